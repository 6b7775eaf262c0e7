// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/parser.h"

#include <algorithm>
#include <array>

namespace redshift::server {

namespace {

using TokenKind = connector::Token::Kind;

// Words that end what stands before them and are no alias.
bool isClause(const std::string &word)
{
    constexpr std::array<std::string_view, 29> kWords{"from", "where", "group", "having", "order", "limit", "offset", "union",
        "except", "minus", "intersect", "on", "using", "join", "inner", "left", "right", "full", "cross", "natural", "qualify", "as",
        "window", "fetch", "set", "returning", "and", "or", "when"};
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

} // namespace

Query Parser::query(const Scope *outer)
{
    const Level level(*this);
    Query out;
    const std::size_t ctesBefore = m_ctes.size();
    const std::string with = withClause();
    Scope scope;
    out = selectCore(outer, scope);
    bool isCompound = false;
    for (;;) {
        std::string word;
        if (takeWord("union"))
            word = takeWord("all") ? " UNION ALL " : " UNION ";
        else if (takeWord("except") || takeWord("minus"))
            word = " EXCEPT ";
        else if (takeWord("intersect"))
            word = " INTERSECT ";
        else
            break;
        isCompound = true;
        Scope other;
        const Query next = selectCore(outer, other);
        if (!m_failure && next.columns.size() != out.columns.size())
            fail("each" + word + "query must have the same number of columns");
        out.sql += word + next.sql;
        for (std::size_t i = 0; i < std::min(out.columns.size(), next.columns.size()); ++i) {
            if (out.columns[i].type.kind == SqlType::Kind::Unknown || (out.columns[i].type.isNumber() && next.columns[i].type.kind > out.columns[i].type.kind))
                out.columns[i].type = next.columns[i].type;
        }
    }
    const Scope none;
    out.sql = with + out.sql + orderBy(isCompound ? none : scope, out.columns);
    std::string limit;
    std::string offset;
    while (isWord("limit") || isWord("offset")) {
        const bool isLimit = takeWord("limit");
        if (!isLimit)
            advance();
        if (isLimit && takeWord("all"))
            continue;
        const auto count = takeInteger();
        if (!count) {
            failHere();
            return out;
        }
        (isLimit ? limit : offset) = std::to_string(*count);
    }
    if (!limit.empty() || !offset.empty())
        out.sql += " LIMIT " + (limit.empty() ? std::string("-1") : limit) + (offset.empty() ? "" : " OFFSET " + offset);
    m_ctes.resize(ctesBefore);
    return out;
}

std::string Parser::withClause()
{
    if (!takeWord("with"))
        return {};
    const bool isRecursive = takeWord("recursive");
    std::string sql = isRecursive ? "WITH RECURSIVE " : "WITH ";
    do {
        Cte cte;
        cte.name = name();
        cte.relation.name = cte.name;
        cte.relation.source = quotedName(cte.name);
        std::vector<std::string> names;
        if (takeSymbol("(")) {
            do
                names.push_back(name());
            while (takeSymbol(","));
            expectSymbol(")");
        }
        expectWord("as");
        expectSymbol("(");
        const Query query = this->query(nullptr);
        expectSymbol(")");
        std::string list;
        for (std::size_t i = 0; i < query.columns.size(); ++i) {
            const std::string &column = i < names.size() ? names[i] : query.columns[i].name;
            cte.relation.columns.push_back({column, query.columns[i].type});
            list += (i == 0 ? "" : ", ") + quotedName(column);
        }
        sql += (m_ctes.empty() || sql.back() == ' ' ? "" : ", ") + cte.relation.source + "(" + list + ") AS (" + query.sql + ")";
        m_ctes.push_back(std::move(cte));
    } while (takeSymbol(",") && !m_failure);
    return sql + ' ';
}

Query Parser::valuesList()
{
    Query out;
    out.sql = "VALUES ";
    do {
        expectSymbol("(");
        std::string row;
        std::size_t column = 0;
        do {
            const Expression value = expression(nullptr);
            row += (row.empty() ? "" : ", ") + value.sql;
            if (out.columns.size() == column)
                out.columns.push_back({"column" + std::to_string(column + 1), value.type, {}, {}, {}});
            ++column;
        } while (takeSymbol(","));
        expectSymbol(")");
        out.sql += (out.sql.ends_with(' ') ? "(" : ", (") + row + ")";
    } while (takeSymbol(",") && !m_failure);
    return out;
}

// Where this SELECT's FROM is; the end of the tokens where it has none.
std::size_t Parser::findFrom() const
{
    int depth = 0;
    for (std::size_t i = m_at; i < m_tokens.size(); ++i) {
        const Word &word = m_tokens[i];
        if (word.kind == TokenKind::Symbol)
            depth += word.text == "(" ? 1 : word.text == ")" ? -1 : 0;
        if (depth < 0)
            break;
        if (depth > 0 || word.kind != TokenKind::Word)
            continue;
        if (word.text == "from")
            return i;
        if (word.text == "union" || word.text == "except" || word.text == "minus" || word.text == "intersect" || word.text == "where")
            break;
    }
    return m_tokens.size();
}

Query Parser::selectCore(const Scope *outer, Scope &scope)
{
    scope.outer = outer;
    if (takeSymbol("(")) {
        Query inner = query(outer);
        expectSymbol(")");
        inner.sql = "SELECT * FROM (" + inner.sql + ")";
        return inner;
    }
    if (takeWord("values"))
        return valuesList();
    expectWord("select");
    Query out;
    const std::string distinct = takeWord("distinct") ? "DISTINCT " : "";
    takeWord("all");
    std::optional<std::int64_t> top;
    if (takeWord("top"))
        top = takeInteger();
    const std::size_t listStart = m_at;
    const std::size_t from = findFrom();
    if (from == listStart) {
        failHere();
        return out;
    }
    std::string fromSql;
    std::size_t rest = m_tokens.size();
    if (from < m_tokens.size()) {
        m_at = from + 1;
        fromSql = " FROM " + fromClause(scope);
        if (m_failure)
            return out;
        rest = m_at;
        m_at = listStart;
    }
    out.sql = "SELECT " + distinct + selectList(scope, out.columns, from);
    if (m_failure)
        return out;
    if (rest < m_tokens.size()) {
        if (m_at != from) {
            failHere();
            return out;
        }
        m_at = rest;
    }
    out.sql += fromSql;
    if (takeWord("where"))
        out.sql += " WHERE " + expression(&scope).sql;
    if (takeWord("group")) {
        expectWord("by");
        out.sql += " GROUP BY " + groupBy(scope, out.columns);
    }
    if (takeWord("having"))
        out.sql += " HAVING " + expression(&scope).sql;
    if (isWord("qualify"))
        fail("QUALIFY is not supported by the sandbox");
    if (top) {
        const std::string order = orderBy(scope, out.columns);
        out.sql = "SELECT * FROM (" + out.sql + order + " LIMIT " + std::to_string(*top) + ")";
    }
    return out;
}

std::string Parser::fromClause(Scope &scope)
{
    std::string sql = joined(scope);
    while (takeSymbol(","))
        sql += ", " + joined(scope);
    return sql;
}

std::string Parser::joined(Scope &scope)
{
    std::string sql = fromItem(scope);
    for (;;) {
        std::string kind;
        const bool isNatural = takeWord("natural");
        if (takeWord("cross"))
            kind = " CROSS JOIN ";
        else if (takeWord("left"))
            kind = " LEFT JOIN ";
        else if (takeWord("right"))
            kind = " RIGHT JOIN ";
        else if (takeWord("full"))
            kind = " FULL JOIN ";
        else if (takeWord("inner") || isWord("join"))
            kind = " JOIN ";
        else
            break;
        takeWord("outer");
        expectWord("join");
        sql += (isNatural ? " NATURAL" : "") + kind + fromItem(scope);
        if (takeWord("on")) {
            sql += " ON " + expression(&scope).sql;
        } else if (takeWord("using")) {
            expectSymbol("(");
            std::string names;
            do
                names += (names.empty() ? "" : ", ") + quotedName(name());
            while (takeSymbol(","));
            expectSymbol(")");
            sql += " USING (" + names + ")";
        }
    }
    return sql;
}

std::string Parser::fromItem(Scope &scope)
{
    Scope::Source source;
    std::string sql;
    if (isSymbol("(")) {
        advance();
        Query inner = query(scope.outer);
        expectSymbol(")");
        sql = "(" + inner.sql + ")";
        for (const Output &column : inner.columns)
            source.relation.columns.push_back({column.name, column.type});
        source.relation.name = source.alias = "subquery" + std::to_string(scope.sources.size());
        // A result may repeat names; what stands outside finds the first.
    } else {
        const std::size_t start = m_at;
        const std::vector<std::string> parts = nameParts();
        if (m_failure)
            return {};
        const auto cte = std::find_if(m_ctes.rbegin(), m_ctes.rend(), [&](const Cte &one) { return parts.size() == 1 && one.name == parts[0]; });
        auto relation = cte != m_ctes.rend() ? std::optional(cte->relation) : m_warehouse.find(parts, m_database);
        if (!relation) {
            std::string whole;
            for (const std::string &part : parts)
                whole += (whole.empty() ? "" : ".") + part;
            failAt("relation \"" + whole + "\" does not exist", start);
            return {};
        }
        source.relation = std::move(*relation);
        source.alias = source.relation.name;
        sql = source.relation.source;
    }
    if (takeWord("as") || (isName() && !(token().kind == TokenKind::Word && isClause(token().text))))
        source.alias = name();
    if (isSymbol("(") && !source.alias.empty() && sql.starts_with('(')) {
        advance();
        for (std::size_t i = 0; !m_failure; ++i) {
            const std::string column = name();
            if (i < source.relation.columns.size())
                source.relation.columns[i].name = column;
            if (!takeSymbol(","))
                break;
        }
        expectSymbol(")");
        std::string names;
        for (const Column &column : source.relation.columns)
            names += (names.empty() ? "" : ", ") + quotedName(column.name);
        sql = "(WITH v(" + names + ") AS " + sql + " SELECT * FROM v)";
    }
    source.quotedAlias = quotedName(source.alias);
    sql += " AS " + source.quotedAlias;
    scope.sources.push_back(std::move(source));
    return sql;
}

void Parser::addStar(const Scope::Source &source, std::string &sql, std::vector<Output> &columns)
{
    for (const Column &column : source.relation.columns) {
        sql += (sql.empty() ? "" : ", ") + source.quotedAlias + '.' + quotedName(column.name);
        columns.push_back({column.name, column.type, column.name, source.relation.name, source.relation.schema, column.isNotNull});
    }
}

// Up to the token end, where FROM begins.
std::string Parser::selectList(const Scope &scope, std::vector<Output> &columns, std::size_t end)
{
    std::string sql;
    do {
        if (takeSymbol("*")) {
            if (scope.sources.empty())
                fail("SELECT * with no tables specified is not valid");
            for (const Scope::Source &source : scope.sources)
                addStar(source, sql, columns);
            continue;
        }
        if (isName() && isSymbol(".", 1) && isSymbol("*", 2)) {
            const std::string alias = name();
            advance();
            advance();
            const auto source = std::find_if(scope.sources.begin(), scope.sources.end(), [&](const auto &one) { return one.alias == alias; });
            if (source == scope.sources.end())
                fail("relation \"" + alias + "\" does not exist");
            else
                addStar(*source, sql, columns);
            continue;
        }
        const Expression item = expression(&scope);
        Output output{item.name.empty() ? "?column?" : item.name, item.type, {}, {}, {}};
        if (item.column) {
            output.sourceName = item.column->name;
            output.isNotNull = item.column->isNotNull;
            output.tableName = item.relation->name;
            output.schemaName = item.relation->schema;
        }
        if (m_at != end && (takeWord("as") || (isName() && !(token().kind == TokenKind::Word && isClause(token().text)))))
            output.name = name();
        sql += (sql.empty() ? "" : ", ") + item.sql + " AS " + quotedName(output.name);
        columns.push_back(std::move(output));
    } while (takeSymbol(",") && !m_failure);
    return sql;
}

std::string Parser::groupBy(const Scope &scope, const std::vector<Output> &columns)
{
    std::string sql;
    do {
        sql += sql.empty() ? "" : ", ";
        if (const auto place = takeInteger()) {
            sql += std::to_string(*place);
            continue;
        }
        const bool isLone = isName() && !isSymbol(".", 1) && !isSymbol("(", 1) && !isSymbol("::", 1);
        const auto isColumn = [&](const Scope::Source &source) {
            return std::any_of(source.relation.columns.begin(), source.relation.columns.end(), [&](const Column &column) { return column.name == token().text; });
        };
        const auto output = std::find_if(columns.begin(), columns.end(), [&](const Output &column) { return column.name == token().text; });
        if (isLone && output != columns.end() && std::none_of(scope.sources.begin(), scope.sources.end(), isColumn)) {
            sql += std::to_string(output - columns.begin() + 1);
            advance();
        } else {
            sql += expression(&scope).sql;
        }
    } while (takeSymbol(",") && !m_failure);
    return sql;
}

// NULL counts as larger than everything.
std::string Parser::orderBy(const Scope &scope, const std::vector<Output> &columns)
{
    if (!takeWord("order"))
        return {};
    expectWord("by");
    std::string sql;
    do {
        sql += sql.empty() ? " ORDER BY " : ", ";
        const auto output = std::find_if(columns.begin(), columns.end(), [&](const Output &column) { return isName() && column.name == token().text; });
        const bool isLone = !isSymbol(".", 1) && !isSymbol("(", 1) && !isSymbol("::", 1) && !isSymbol("+", 1) && !isSymbol("-", 1) && !isSymbol("*", 1) && !isSymbol("/", 1);
        if (const auto place = takeInteger()) {
            sql += std::to_string(*place);
        } else if (output != columns.end() && isLone) {
            sql += std::to_string(output - columns.begin() + 1);
            advance();
        } else {
            sql += expression(&scope).sql;
        }
        const bool isDescending = takeWord("desc");
        if (!isDescending)
            takeWord("asc");
        bool nullsFirst = isDescending;
        if (takeWord("nulls")) {
            nullsFirst = isWord("first");
            if (!nullsFirst)
                expectWord("last");
            else
                advance();
        }
        sql += std::string(isDescending ? " DESC" : "") + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
    } while (takeSymbol(",") && !m_failure);
    return sql;
}

} // namespace redshift::server
