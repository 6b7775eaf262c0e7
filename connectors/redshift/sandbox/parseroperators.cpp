// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/parser.h"

#include <algorithm>
#include <charconv>

namespace redshift::server {

namespace {

using Kind = SqlType::Kind;

Expression boolean(std::string sql)
{
    return {.sql = std::move(sql), .type = {Kind::Bool, 0, 0}, .literal = {}, .name = {}};
}

// The type in which two numbers meet.
SqlType widest(const SqlType &left, const SqlType &right)
{
    if (left.isFloat() || right.isFloat())
        return {left.kind == Kind::Float4 && right.kind == Kind::Float4 ? Kind::Float4 : Kind::Float8, 0, 0};
    if (left.kind == Kind::Numeric || right.kind == Kind::Numeric)
        return {Kind::Numeric, 38, std::max(left.kind == Kind::Numeric ? left.scale : 0, right.kind == Kind::Numeric ? right.scale : 0)};
    return {std::max(left.kind, right.kind) == Kind::Oid ? Kind::Int8 : std::max(left.kind, right.kind), 0, 0};
}

std::string narrowed(const std::string &sql, const SqlType &target)
{
    const int bytes = target.kind == Kind::Int2 ? 2 : target.kind == Kind::Int4 ? 4 : 8;
    return "rs_integer(" + sql + ", " + std::to_string(bytes) + ", " + quotedText(sqlName(target.kind)) + ")";
}

} // namespace

Expression Parser::orExpression(const Scope *scope)
{
    Expression left = andExpression(scope);
    while (takeWord("or"))
        left = boolean("(" + left.sql + " OR " + andExpression(scope).sql + ")");
    return left;
}

Expression Parser::andExpression(const Scope *scope)
{
    Expression left = notExpression(scope);
    while (takeWord("and"))
        left = boolean("(" + left.sql + " AND " + notExpression(scope).sql + ")");
    return left;
}

Expression Parser::notExpression(const Scope *scope)
{
    const Level level(*this);
    if (takeWord("not"))
        return boolean("(NOT " + notExpression(scope).sql + ")");
    return comparison(scope);
}

Expression Parser::comparison(const Scope *scope)
{
    Expression left = concatenation(scope);
    for (const char *sign : {"<=", ">=", "<>", "!=", "=", "<", ">"}) {
        if (!takeSymbol(sign))
            continue;
        Expression right = concatenation(scope);
        align(left, right);
        return boolean("(" + left.sql + ' ' + sign + ' ' + right.sql + ")");
    }
    return predicate(std::move(left), scope);
}

Expression Parser::predicate(Expression left, const Scope *scope)
{
    if (takeWord("is")) {
        const std::string no = takeWord("not") ? " IS NOT " : " IS ";
        for (const auto &[word, sql] : {std::pair("null", "NULL"), std::pair("true", "1"), std::pair("false", "0"), std::pair("unknown", "NULL")}) {
            if (takeWord(word))
                return boolean("(" + left.sql + no + sql + ")");
        }
        failHere();
        return {};
    }
    if (takeWord("isnull"))
        return boolean("(" + left.sql + " IS NULL)");
    if (takeWord("notnull"))
        return boolean("(" + left.sql + " IS NOT NULL)");
    const bool isNot = isWord("not") && (isWord("in", 1) || isWord("between", 1) || isWord("like", 1) || isWord("ilike", 1));
    if (isNot)
        takeWord("not");
    if (takeWord("in"))
        return inList(std::move(left), isNot, scope);
    if (isWord("like") || isWord("ilike"))
        return like(std::move(left), isNot, scope);
    if (takeWord("between")) {
        Expression low = concatenation(scope);
        expectWord("and");
        Expression high = concatenation(scope);
        align(left, low);
        align(left, high);
        return boolean("(" + left.sql + (isNot ? " NOT" : "") + " BETWEEN " + low.sql + " AND " + high.sql + ")");
    }
    return left;
}

Expression Parser::inList(Expression left, bool isNot, const Scope *scope)
{
    expectSymbol("(");
    std::string list;
    if (isWord("select") || isWord("with")) {
        list = query(scope).sql;
    } else {
        do {
            Expression item = expression(scope);
            align(left, item);
            list += (list.empty() ? "" : ", ") + item.sql;
        } while (takeSymbol(",") && !m_failure);
    }
    expectSymbol(")");
    return boolean("(" + left.sql + (isNot ? " NOT IN (" : " IN (") + list + "))");
}

Expression Parser::like(Expression left, bool isNot, const Scope *scope)
{
    const bool ignoresCase = isWord("ilike");
    skipToken();
    const Expression pattern = concatenation(scope);
    std::string escape = " ESCAPE '\\'";
    if (takeWord("escape"))
        escape = " ESCAPE " + quotedText(takeText());
    const auto folded = [ignoresCase](const std::string &sql) { return ignoresCase ? "lower(" + sql + ")" : sql; };
    return boolean("(" + folded(left.sql) + (isNot ? " NOT LIKE " : " LIKE ") + folded(pattern.sql) + escape + ")");
}

Expression Parser::concatenation(const Scope *scope)
{
    Expression left = additive(scope);
    while (takeSymbol("||")) {
        const Expression right = additive(scope);
        const SqlType text{Kind::Varchar, 0, 0};
        left = {.sql = "(" + cast(left, text).sql + " || " + cast(right, text).sql + ")", .type = text, .literal = {}, .name = {}};
    }
    return left;
}

Expression Parser::additive(const Scope *scope)
{
    Expression left = multiplicative(scope);
    while ((isSymbol("+") || isSymbol("-")) && !m_failure) {
        const char sign = isSymbol("+") ? '+' : '-';
        skipToken();
        const Expression right = multiplicative(scope);
        if (!m_failure)
            left = sum(left, right, sign);
    }
    return left;
}

Expression Parser::shifted(const Expression &moment, const Expression &interval, char sign)
{
    std::string sql = moment.sql;
    if (interval.months != 0)
        sql = "rs_addmonths(" + sql + ", " + std::to_string(sign == '-' ? -interval.months : interval.months) + ")";
    sql = "(" + sql + ' ' + sign + ' ' + interval.sql + ")";
    return {.sql = sql, .type = moment.type.kind == Kind::Date ? SqlType{Kind::Timestamp, 0, 0} : moment.type, .literal = {}, .name = {}};
}

Expression Parser::sum(const Expression &left, const Expression &right, char sign)
{
    constexpr const char *kDay = "86400000000";
    if (left.type.isTime() && right.type.kind == Kind::Interval && left.type.kind != Kind::Interval)
        return shifted(left, right, sign);
    if (right.type.isTime() && left.type.kind == Kind::Interval && right.type.kind != Kind::Interval && sign == '+')
        return shifted(right, left, sign);
    if (left.type.kind == Kind::Date && right.type.isInteger())
        return {.sql = "(" + left.sql + ' ' + sign + " " + right.sql + " * " + kDay + ")", .type = left.type, .literal = {}, .name = {}};
    Expression first = left;
    Expression second = right;
    align(first, second);
    if (first.type.kind == Kind::Date && second.type.kind == Kind::Date && sign == '-')
        return {.sql = "((" + first.sql + " - " + second.sql + ") / " + kDay + ")", .type = {Kind::Int8, 0, 0}, .literal = {}, .name = {}};
    const bool isSpan = first.type.isMoment() && second.type.isMoment() && sign == '-';
    const SqlType type = isSpan || first.type.kind == Kind::Interval ? SqlType{Kind::Interval, 0, 0} : widest(first.type, second.type);
    if (!isSpan && !(first.type.isNumber() && second.type.isNumber()) && first.type.kind != second.type.kind && !m_failure) {
        fail(std::string("operator does not exist: ") + sqlName(first.type.kind) + ' ' + sign + ' ' + sqlName(second.type.kind), false);
        return {};
    }
    Expression value{.sql = "(" + first.sql + ' ' + sign + ' ' + second.sql + ")", .type = type, .literal = {}, .name = {}};
    value.months = first.months + (sign == '-' ? -second.months : second.months);
    return value;
}

Expression Parser::multiplicative(const Scope *scope)
{
    Expression left = unary(scope);
    while ((isSymbol("*") || isSymbol("/") || isSymbol("%")) && !m_failure) {
        const char sign = isSymbol("*") ? '*' : isSymbol("/") ? '/' : '%';
        skipToken();
        Expression right = unary(scope);
        align(left, right);
        const bool isSpan = left.type.kind == Kind::Interval || right.type.kind == Kind::Interval;
        SqlType type = isSpan ? SqlType{Kind::Interval, 0, 0} : widest(left.type, right.type);
        std::string sql;
        if (sign == '/') {
            const bool isWhole = type.isInteger();
            if (type.kind == Kind::Numeric)
                type.scale = std::min(38, std::max(4, type.scale + 4));
            sql = "rs_divide(" + left.sql + ", " + right.sql + (isWhole ? ", 1)" : ", 0)");
        } else if (sign == '%') {
            sql = "(" + left.sql + " % " + right.sql + ")";
        } else {
            if (type.kind == Kind::Numeric)
                type.scale = (left.type.kind == Kind::Numeric ? left.type.scale : 0) + (right.type.kind == Kind::Numeric ? right.type.scale : 0);
            sql = "(" + left.sql + " * " + right.sql + ")";
        }
        if (isSpan) // fractions of a microsecond are none
            sql = "CAST(round(" + sql + ") AS INTEGER)";
        left = {.sql = sql, .type = type, .literal = {}, .name = {}};
    }
    return left;
}

// A text whose type is open takes the type of the other side.
void Parser::align(Expression &left, Expression &right)
{
    if (m_failure)
        return;
    if (left.literal && !right.literal && right.type.kind != Kind::Unknown)
        left.sql = converted(left, right.type, false), left.type = right.type, left.literal.reset();
    else if (right.literal && !left.literal && left.type.kind != Kind::Unknown)
        right.sql = converted(right, left.type, false), right.type = left.type, right.literal.reset();
    else if (left.type.isNumber() && right.type.isText())
        left = cast(left, {Kind::Varchar, 0, 0});
    else if (right.type.isNumber() && left.type.isText())
        right = cast(right, {Kind::Varchar, 0, 0});
    else if (left.type.isMoment() && right.type.isText())
        right = cast(right, left.type);
    else if (right.type.isMoment() && left.type.isText())
        left = cast(left, right.type);
}

// What a text in quotes means as a value of the type; none: the failure is set.
std::optional<std::string> Parser::literalAs(const std::string &text, const SqlType &target)
{
    const auto refuse = [&](const std::string &what) -> std::optional<std::string> {
        fail("invalid input syntax for " + what + ": \"" + text + '"', false);
        return std::nullopt;
    };
    if (target.isInteger()) {
        std::int64_t value = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (problem != std::errc() || end != text.data() + text.size())
            return refuse("integer");
        return narrowed(text, target);
    }
    if (target.isNumber()) {
        double value = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (text.empty() || problem != std::errc() || end != text.data() + text.size())
            return refuse(target.kind == Kind::Numeric ? "type numeric" : "type double precision");
        return "rs_real(" + quotedText(text) + (target.kind == Kind::Float4 ? ", 1)" : ", 0)");
    }
    if (target.kind == Kind::Interval) {
        const auto span = parseInterval(text, {});
        return span ? std::optional(std::to_string(span->microseconds)) : refuse("type interval");
    }
    if (target.isTime()) {
        const auto moment = parseMoment(text, target.kind);
        return moment ? std::optional(std::to_string(*moment)) : refuse(std::string("type ") + typeName(target.kind));
    }
    if (target.kind == Kind::Bool) {
        for (const char *word : {"t", "true", "y", "yes", "1", "T", "TRUE"}) {
            if (text == word)
                return "1";
        }
        for (const char *word : {"f", "false", "n", "no", "0", "F", "FALSE"}) {
            if (text == word)
                return "0";
        }
        return refuse("type boolean");
    }
    if (target.kind == Kind::Varbyte)
        return "CAST(" + quotedText(text) + " AS BLOB)";
    return quotedText(text);
}

std::string Parser::converted(const Expression &value, const SqlType &target, bool isAssignment)
{
    if (value.literal && !target.isText())
        return literalAs(*value.literal, target).value_or("NULL");
    const bool isText = value.literal || value.type.isText();
    if (isAssignment && target.isText() && isText && target.precision > 0)
        return "rs_fit(" + value.sql + ", " + std::to_string(target.precision) + ")";
    if (!isAssignment || value.type.kind == Kind::Unknown || m_failure)
        return value.sql;
    const bool isRefused = (target.isTime() && value.type.isNumber()) || (target.isNumber() && value.type.isTime());
    if (isRefused) {
        fail(std::string("column is of type ") + sqlName(target.kind) + " but expression is of type " + sqlName(value.type.kind), false);
        return {};
    }
    return value.type == target && !target.isText() ? value.sql : cast(value, target).sql;
}

Expression Parser::cast(const Expression &value, const SqlType &target)
{
    Expression out = value;
    out.type = target;
    out.literal.reset();
    out.column = nullptr;
    out.months = 0;
    if (out.name.empty())
        out.name = typeName(target.kind);
    const SqlType &from = value.type;
    if (value.literal && !target.isText()) {
        out.sql = literalAs(*value.literal, target).value_or("NULL");
        if (target.kind == Kind::Numeric)
            out.sql = "round(" + out.sql + ", " + std::to_string(target.scale) + ")";
        else if (target.kind == Kind::Super)
            out.sql = "json_quote(" + quotedText(*value.literal) + ")";
    } else if (from.kind == Kind::Unknown && !value.literal) {
        out.sql = value.sql; // NULL
    } else if (target.isInteger()) {
        out.sql = narrowed(value.sql, target);
    } else if (target.isFloat()) {
        out.sql = "rs_real(" + value.sql + (target.kind == Kind::Float4 ? ", 1)" : ", 0)");
    } else if (target.kind == Kind::Numeric) {
        out.sql = "round(rs_real(" + value.sql + ", 0), " + std::to_string(target.scale) + ")";
        if (from.isInteger())
            out.sql = value.sql;
    } else if (target.isText()) {
        if (from.isTime())
            out.sql = "rs_text(" + value.sql + ", " + quotedText(typeName(from.kind)) + ")";
        else if (from.kind == Kind::Bool)
            out.sql = "CASE " + value.sql + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
        else if (from.kind == Kind::Numeric)
            out.sql = "printf('%." + std::to_string(from.scale) + "f', " + value.sql + ")";
        else
            out.sql = "CAST(" + value.sql + " AS TEXT)";
        if (target.precision > 0 && target.kind != Kind::Name)
            out.sql = "substr(" + out.sql + ", 1, " + std::to_string(target.precision) + ")";
    } else if (target.isTime() && from.isText()) {
        out.sql = "rs_moment(" + value.sql + ", " + quotedText(typeName(target.kind)) + ")";
    } else if (target.kind == Kind::Date && from.isMoment()) {
        out.sql = "rs_trunc('day', " + value.sql + ")";
    } else if (target.kind == Kind::Bool) {
        out.sql = "(" + value.sql + " <> 0)";
    } else if (target.kind == Kind::Varbyte) {
        out.sql = "CAST(" + value.sql + " AS BLOB)";
    } else if (target.kind == Kind::Super && !from.isText()) {
        out.sql = from.kind == Kind::Bool ? "CASE " + value.sql + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END" : "CAST(" + value.sql + " AS TEXT)";
    } else if (target.kind == Kind::Super) {
        out.sql = "json_quote(" + value.sql + ")";
    }
    return out;
}

// The type that all of these can have; texts that are open are turned into it.
SqlType Parser::commonType(std::vector<Expression> &arguments, std::size_t first)
{
    SqlType common;
    for (std::size_t i = first; i < arguments.size(); ++i) {
        const SqlType &type = arguments[i].type;
        if (type.kind == Kind::Unknown)
            continue;
        if (common.kind == Kind::Unknown)
            common = type;
        else if (common.isNumber() && type.isNumber() && !(common == type))
            common = widest(common, type);
        else if (common.isText() && type.isText())
            common.precision = std::max(common.precision, type.precision);
        else if (common.kind == Kind::Date && type.isMoment())
            common = type;
    }
    if (common.kind == Kind::Unknown)
        common = {Kind::Varchar, 0, 0};
    for (std::size_t i = first; i < arguments.size(); ++i) {
        if (arguments[i].literal)
            arguments[i].sql = converted(arguments[i], common, false);
    }
    return common;
}

} // namespace redshift::server
