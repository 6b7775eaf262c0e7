// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/parser.h"

#include <algorithm>
#include <array>

namespace tdengine::server {

namespace {

// Words that end an expression or a table name, so that they are no aliases.
constexpr std::array<std::string_view, 42> kClauseWords{"from", "where", "partition", "group", "having", "order", "limit",
    "offset", "slimit", "soffset", "interval", "session", "state_window", "event_window", "count_window", "sliding",
    "fill", "union", "join", "inner", "left", "right", "full", "on", "and", "or", "not", "as", "asc", "desc", "between",
    "in", "is", "like", "when", "then", "else", "end", "range", "every", "nulls", "select"};

bool isClauseWord(const Token &token)
{
    return token.kind == Token::Kind::Word
        && std::find(kClauseWords.begin(), kClauseWords.end(), token.text) != kClauseWords.end();
}

Expr made(Expr::Kind kind, std::string name = {}, std::vector<Expr> args = {})
{
    Expr expr;
    expr.kind = kind;
    expr.name = std::move(name);
    expr.args = std::move(args);
    return expr;
}

constexpr int kDeepest = 200;

} // namespace

// Keeps what the user wrote for an expression.
template <typename Body>
Expr Parser::marked(Body body)
{
    const std::size_t begin = m_in.peek().begin;
    Expr expr = body();
    const std::size_t end = m_in.lastEnd();
    if (end > begin)
        expr.text = m_in.sql().substr(begin, end - begin);
    return expr;
}

Query Parser::query()
{
    Query query;
    query.selects.push_back(select());
    while (!m_in.failed() && m_in.takeWord("union")) {
        query.unionAll.push_back(m_in.takeWord("all"));
        query.selects.push_back(select());
    }
    ordering(query);
    return query;
}

Select Parser::select()
{
    Select select;
    if (m_in.takeSymbol("(")) { // a bracketed branch of a UNION
        select = this->select();
        m_in.expectSymbol(")");
        return select;
    }
    m_in.expectWord("select");
    select.isDistinct = m_in.takeWord("distinct");
    m_in.takeWord("all");
    do {
        select.items.push_back(item());
    } while (!m_in.failed() && m_in.takeSymbol(","));
    if (m_in.takeWord("from"))
        from(select);
    clauses(select);
    return select;
}

SelectItem Parser::item()
{
    SelectItem item;
    item.expr = expression();
    if (m_in.takeWord("as")) {
        item.alias = m_in.peek().kind == Token::Kind::String ? m_in.take().text : m_in.expectName();
    } else if (m_in.peek().kind == Token::Kind::Quoted || m_in.peek().kind == Token::Kind::String
        || (m_in.peek().kind == Token::Kind::Word && !isClauseWord(m_in.peek()))) {
        item.alias = m_in.take().text;
    }
    return item;
}

void Parser::from(Select &select)
{
    select.from.push_back(source());
    while (!m_in.failed()) {
        std::string join;
        if (m_in.takeSymbol(",")) {
            join = ",";
        } else {
            if (m_in.takeWord("inner"))
                join = "";
            else if (m_in.atWord("left") || m_in.atWord("right") || m_in.atWord("full")) {
                join = m_in.take().text + ' ';
                m_in.takeWord("outer");
            } else if (!m_in.atWord("join")) {
                return;
            }
            m_in.expectWord("join");
            join += "join";
        }
        select.from.push_back(source());
        select.from.back().join = join;
        if (m_in.takeWord("on"))
            select.from.back().on = expression();
    }
}

Source Parser::source()
{
    Source source;
    if (m_in.takeSymbol("(")) {
        source.query = std::make_shared<Query>(query());
        m_in.expectSymbol(")");
    } else {
        source.table = m_in.expectName();
        if (m_in.takeSymbol(".")) {
            source.database = std::move(source.table);
            source.table = m_in.expectName();
        }
    }
    const bool named = m_in.takeWord("as");
    if (named || m_in.peek().kind == Token::Kind::Quoted
        || (m_in.peek().kind == Token::Kind::Word && !isClauseWord(m_in.peek())))
        source.alias = m_in.expectName();
    return source;
}

void Parser::clauses(Select &select)
{
    if (m_in.takeWord("where"))
        select.where = expression();
    if (m_in.takeWords("partition", "by")) {
        do {
            select.partitionBy.push_back(item());
        } while (!m_in.failed() && m_in.takeSymbol(","));
    }
    window(select);
    if (m_in.takeWords("group", "by")) {
        do {
            select.groupBy.push_back(expression());
        } while (!m_in.failed() && m_in.takeSymbol(","));
    }
    if (m_in.takeWord("having"))
        select.having = expression();
}

void Parser::window(Select &select)
{
    Window &window = select.window;
    if (m_in.takeWord("interval")) {
        window.kind = Window::Kind::Interval;
        m_in.expectSymbol("(");
        window.interval = duration();
        if (m_in.takeSymbol(",") && !m_in.takeWord("auto"))
            window.offset = duration();
        m_in.expectSymbol(")");
    } else if (m_in.takeWord("session")) {
        window.kind = Window::Kind::Session;
        m_in.expectSymbol("(");
        window.args.push_back(expression());
        m_in.expectSymbol(",");
        window.interval = duration();
        m_in.expectSymbol(")");
    } else if (m_in.takeWord("state_window")) {
        window.kind = Window::Kind::State;
        m_in.expectSymbol("(");
        window.args.push_back(expression());
        m_in.expectSymbol(")");
    } else if (m_in.takeWord("count_window")) {
        window.kind = Window::Kind::Count;
        m_in.expectSymbol("(");
        window.count = m_in.expectInteger();
        m_in.expectSymbol(")");
    } else if (m_in.takeWord("event_window")) {
        window.kind = Window::Kind::Event;
        m_in.expectWord("start");
        m_in.expectWord("with");
        window.args.push_back(expression());
        m_in.expectWord("end");
        m_in.expectWord("with");
        window.args.push_back(expression());
    } else {
        return;
    }
    if (m_in.takeWord("sliding")) {
        m_in.expectSymbol("(");
        window.sliding = duration();
        m_in.expectSymbol(")");
    }
    if (m_in.takeWord("fill"))
        fill(window);
}

void Parser::fill(Window &window)
{
    constexpr std::array<std::string_view, 8> modes{"none", "null", "value", "prev", "next", "linear", "null_f", "value_f"};
    m_in.expectSymbol("(");
    if (m_in.peek().kind != Token::Kind::Word || std::find(modes.begin(), modes.end(), m_in.peek().text) == modes.end())
        m_in.failHere();
    window.fill = m_in.take().text;
    while (!m_in.failed() && m_in.takeSymbol(","))
        window.fillValues.push_back(expression());
    if (window.fillValues.empty() == window.fill.starts_with("value"))
        m_in.failHere();
    m_in.expectSymbol(")");
}

void Parser::ordering(Query &query)
{
    if (m_in.takeWords("order", "by")) {
        do {
            OrderItem order;
            order.expr = expression();
            if (m_in.takeWord("desc"))
                order.isDescending = true;
            else
                m_in.takeWord("asc");
            if (m_in.takeWord("nulls"))
                order.nulls = m_in.atWord("first") || m_in.atWord("last") ? m_in.take().text : (m_in.failHere(), "");
            query.orderBy.push_back(std::move(order));
        } while (!m_in.failed() && m_in.takeSymbol(","));
    }
    limit(query);
}

void Parser::limit(Query &query)
{
    const auto read = [this](Limit &limit, std::string_view offset) {
        limit.count = m_in.expectInteger();
        if (m_in.takeSymbol(",")) {
            limit.offset = *limit.count;
            limit.count = m_in.expectInteger();
        } else if (m_in.takeWord(offset)) {
            limit.offset = m_in.expectInteger();
        }
    };
    if (m_in.takeWord("slimit"))
        read(query.partitions, "soffset");
    if (m_in.takeWord("limit"))
        read(query.limit, "offset");
}

Duration Parser::duration()
{
    if (m_in.peek().kind == Token::Kind::Duration || m_in.peek().kind == Token::Kind::String) {
        const auto read = parseDuration(m_in.peek().text);
        if (read && read->count > 0) {
            m_in.take();
            return *read;
        }
        if (read && read->count == 0) {
            m_in.take();
            return *read;
        }
    }
    m_in.failHere();
    return {};
}

Expr Parser::expression()
{
    if (++m_depth > kDeepest)
        m_in.fail(code::kParserInternal, "SQL statement too long");
    Expr expr = m_in.failed() ? Expr() : conjunction(0);
    --m_depth;
    return expr;
}

// Level 0 is OR, level 1 AND.
Expr Parser::conjunction(int level)
{
    return marked([this, level] {
        const std::string_view word = level == 0 ? "or" : "and";
        Expr left = level == 0 ? conjunction(1) : negation();
        while (!m_in.failed() && m_in.takeWord(word)) {
            Expr right = level == 0 ? conjunction(1) : negation();
            left = made(Expr::Kind::Binary, std::string(word), {std::move(left), std::move(right)});
        }
        return left;
    });
}

Expr Parser::negation()
{
    return marked([this] {
        if (m_in.takeWord("not"))
            return made(Expr::Kind::Unary, "not", {negation()});
        return comparison();
    });
}

Expr Parser::comparison()
{
    return marked([this] {
        Expr left = sum(0);
        for (;;) {
            const Token &token = m_in.peek();
            const bool negated = m_in.atWord("not") && !m_in.atWord("null", 1);
            if (token.kind == Token::Kind::Symbol
                && (token.text == "=" || token.text == "<" || token.text == ">" || token.text == "<=" || token.text == ">="
                    || token.text == "<>" || token.text == "!=")) {
                const std::string name = m_in.take().text;
                left = made(Expr::Kind::Binary, name, {std::move(left), sum(0)});
            } else if (m_in.atWord("is") || m_in.atWord("between", negated) || m_in.atWord("in", negated)
                || m_in.atWord("like", negated) || m_in.atWord("match", negated) || m_in.atWord("nmatch", negated)
                || m_in.atWord("contains", negated)) {
                if (negated)
                    m_in.take();
                left = predicate(std::move(left), negated);
            } else {
                return left;
            }
            if (m_in.failed())
                return left;
        }
    });
}

Expr Parser::predicate(Expr left, bool negated)
{
    Expr expr;
    expr.negated = negated;
    if (m_in.takeWord("is")) {
        expr.kind = Expr::Kind::IsNull;
        expr.negated = m_in.takeWord("not");
        m_in.expectWord("null");
        expr.args = {std::move(left)};
    } else if (m_in.takeWord("between")) {
        expr.kind = Expr::Kind::Between;
        Expr low = sum(0);
        m_in.expectWord("and");
        expr.args = {std::move(left), std::move(low), sum(0)};
    } else if (m_in.takeWord("in")) {
        expr.kind = Expr::Kind::In;
        m_in.expectSymbol("(");
        expr.args = {std::move(left)};
        if (m_in.atWord("select")) {
            expr.query = std::make_shared<Query>(query());
        } else {
            for (Expr &value : list())
                expr.args.push_back(std::move(value));
        }
        m_in.expectSymbol(")");
    } else {
        expr.kind = Expr::Kind::Binary;
        expr.name = m_in.take().text;
        expr.args = {std::move(left), sum(0)};
    }
    return expr;
}

// Level 0 is | and &, 1 is + and -, 2 is *, / and %.
Expr Parser::sum(int level)
{
    constexpr std::array<std::string_view, 3> symbols{"&|", "+-", "*/%"};
    return marked([this, level, &symbols] {
        Expr left = level == 2 ? unary() : sum(level + 1);
        while (!m_in.failed() && m_in.peek().kind == Token::Kind::Symbol && m_in.peek().text.size() == 1
            && symbols[static_cast<std::size_t>(level)].find(m_in.peek().text) != std::string_view::npos) {
            const std::string name = m_in.take().text;
            Expr right = level == 2 ? unary() : sum(level + 1);
            left = made(Expr::Kind::Binary, name, {std::move(left), std::move(right)});
        }
        return left;
    });
}

Expr Parser::unary()
{
    return marked([this] {
        if (m_in.atSymbol("-") || m_in.atSymbol("+")) {
            const std::string name = m_in.take().text;
            return made(Expr::Kind::Unary, name, {unary()});
        }
        return postfix();
    });
}

Expr Parser::postfix()
{
    return marked([this] {
        Expr left = primary();
        while (!m_in.failed() && m_in.takeSymbol("->")) {
            Expr key = made(Expr::Kind::String);
            key.name = m_in.expectString();
            left = made(Expr::Kind::Binary, "->", {std::move(left), std::move(key)});
        }
        return left;
    });
}

Expr Parser::primary()
{
    const Token &token = m_in.peek();
    const auto literal = [this](Expr::Kind kind) {
        Expr expr = made(kind);
        expr.name = m_in.take().text;
        return expr;
    };
    switch (token.kind) {
    case Token::Kind::Integer: return literal(Expr::Kind::Integer);
    case Token::Kind::Float: return literal(Expr::Kind::Float);
    case Token::Kind::String: return literal(Expr::Kind::String);
    case Token::Kind::Duration: {
        Expr expr = made(Expr::Kind::Duration);
        expr.duration = duration();
        return expr;
    }
    case Token::Kind::Quoted: return column();
    case Token::Kind::Word: return word();
    default: break;
    }
    if (m_in.atSymbol("*")) { // all columns, which nothing can be done with
        m_in.take();
        if (!m_in.atEnd() && !m_in.atSymbol(",") && !m_in.atSymbol(")") && !isClauseWord(m_in.peek()))
            m_in.failHere();
        return made(Expr::Kind::Star);
    }
    if (!m_in.takeSymbol("(")) {
        m_in.failHere();
        return {};
    }
    Expr inner;
    if (m_in.atWord("select")) {
        inner = made(Expr::Kind::Query);
        inner.query = std::make_shared<Query>(query());
    } else {
        inner = expression();
    }
    m_in.expectSymbol(")");
    return inner;
}

Expr Parser::word()
{
    if (isClauseWord(m_in.peek())) {
        m_in.failHere();
        return {};
    }
    if (m_in.atWord("null") || m_in.atWord("true") || m_in.atWord("false")) {
        Expr expr = made(m_in.atWord("null") ? Expr::Kind::Null : Expr::Kind::Bool);
        expr.name = m_in.take().text;
        return expr;
    }
    if (m_in.atWord("case"))
        return caseOf();
    if (m_in.atWord("timestamp") && m_in.peek(1).kind == Token::Kind::String) {
        m_in.take();
        Expr expr = made(Expr::Kind::Time);
        expr.name = m_in.take().text;
        return expr;
    }
    if (m_in.atWord("exists") && m_in.atSymbol("(", 1)) {
        m_in.take();
        m_in.take();
        Expr expr = made(Expr::Kind::Exists);
        expr.query = std::make_shared<Query>(query());
        m_in.expectSymbol(")");
        return expr;
    }
    if (m_in.atSymbol("(", 1)) {
        const std::string name = m_in.take().text;
        m_in.take();
        return name == "cast" ? cast() : call(name);
    }
    if (m_in.atWord("now") || m_in.atWord("today")) {
        if (!m_in.atSymbol(".", 1))
            return made(Expr::Kind::Call, m_in.take().text);
    }
    return column();
}

Expr Parser::call(const std::string &name)
{
    Expr expr = made(Expr::Kind::Call, name);
    expr.isDistinct = m_in.takeWord("distinct");
    if (!m_in.atSymbol(")"))
        expr.args = list();
    m_in.expectSymbol(")");
    return expr;
}

Expr Parser::cast()
{
    Expr expr = made(Expr::Kind::Cast, {}, {expression()});
    m_in.expectWord("as");
    expr.type = dataType();
    m_in.expectSymbol(")");
    return expr;
}

Expr Parser::caseOf()
{
    Expr expr = made(Expr::Kind::Case);
    m_in.expectWord("case");
    if (!m_in.atWord("when")) {
        expr.hasOperand = true;
        expr.args.push_back(expression());
    }
    while (!m_in.failed() && m_in.takeWord("when")) {
        expr.args.push_back(expression());
        m_in.expectWord("then");
        expr.args.push_back(expression());
    }
    if (m_in.takeWord("else")) {
        expr.hasElse = true;
        expr.args.push_back(expression());
    }
    m_in.expectWord("end");
    return expr;
}

Expr Parser::column()
{
    Expr expr = made(Expr::Kind::Column);
    expr.name = m_in.expectName();
    while (!m_in.failed() && m_in.takeSymbol(".")) {
        expr.qualifier += (expr.qualifier.empty() ? "" : ".") + expr.name;
        if (m_in.takeSymbol("*")) {
            expr.kind = Expr::Kind::Star;
            expr.name.clear();
            return expr;
        }
        expr.name = m_in.expectName();
    }
    return expr;
}

std::vector<Expr> Parser::list()
{
    std::vector<Expr> all;
    do {
        all.push_back(expression());
    } while (!m_in.failed() && m_in.takeSymbol(","));
    return all;
}

DataType Parser::dataType()
{
    struct Named {
        std::string_view name;
        Type type;
        bool hasLength;
        int length;
    };
    constexpr std::array<Named, 18> names{{{"timestamp", Type::Timestamp, false, 8}, {"bool", Type::Bool, false, 1},
        {"tinyint", Type::TinyInt, false, 1}, {"smallint", Type::SmallInt, false, 2}, {"int", Type::Int, false, 4},
        {"integer", Type::Int, false, 4}, {"bigint", Type::BigInt, false, 8}, {"float", Type::Float, false, 4},
        {"double", Type::Double, false, 8}, {"varchar", Type::Varchar, true, 0}, {"binary", Type::Varchar, true, 0},
        {"nchar", Type::NChar, true, 0}, {"varbinary", Type::VarBinary, true, 0}, {"geometry", Type::Geometry, true, 0},
        {"json", Type::Json, false, 4095}, {"blob", Type::Blob, false, 0}, {"decimal", Type::Decimal, true, 10},
        {"numeric", Type::Decimal, true, 10}}};
    const auto found = std::find_if(names.begin(), names.end(), [this](const Named &n) { return m_in.atWord(n.name); });
    if (found == names.end()) {
        m_in.failHere();
        return {};
    }
    m_in.take();
    DataType type = makeType(found->type, found->length);
    if (found->hasLength && m_in.takeSymbol("(")) {
        type.length = static_cast<int>(m_in.expectInteger());
        if (type.type == Type::Decimal && m_in.takeSymbol(","))
            type.scale = static_cast<int>(m_in.expectInteger());
        m_in.expectSymbol(")");
    }
    if (type.isInteger() && m_in.takeWord("unsigned"))
        type.type = static_cast<Type>(static_cast<int>(type.type) + 4);
    return type;
}

} // namespace tdengine::server
