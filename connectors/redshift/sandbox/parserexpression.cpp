// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/parser.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace redshift::server {

namespace {

using Kind = SqlType::Kind;
using TokenKind = connector::Token::Kind;

Expression plain(std::string sql, Kind kind, std::string name = {})
{
    return {.sql = std::move(sql), .type = {kind, 0, 0}, .literal = {}, .name = std::move(name)};
}

} // namespace

Expression Parser::expression(const Scope *scope)
{
    const Level level(*this);
    return orExpression(scope);
}

Expression Parser::unary(const Scope *scope)
{
    const Level level(*this);
    if (takeSymbol("-")) {
        Expression value = unary(scope);
        value.sql = "(- " + value.sql + ")";
        value.name.clear();
        value.column = nullptr;
        value.months = -value.months;
        return value;
    }
    takeSymbol("+");
    return postfix(scope);
}

Expression Parser::postfix(const Scope *scope)
{
    Expression value = primary(scope);
    while (takeSymbol("::")) {
        const SqlType target = type();
        if (!m_failure)
            value = cast(value, target);
    }
    return value;
}

Expression Parser::primary(const Scope *scope)
{
    if (token().kind == TokenKind::String) {
        const std::string text = takeText();
        Expression value = plain(quotedText(text), Kind::Unknown);
        value.literal = text;
        return value;
    }
    if (token().kind == TokenKind::Number) {
        const std::string text = token().text;
        const std::size_t point = text.find('.');
        std::int64_t whole = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), whole);
        advance();
        if (problem == std::errc() && end == text.data() + text.size())
            return plain(text, whole == static_cast<std::int32_t>(whole) ? Kind::Int4 : Kind::Int8);
        if (text.find_first_of("eE") != std::string::npos)
            return plain(text, Kind::Float8);
        if (text.find_first_not_of("0123456789.") != std::string::npos) {
            --m_at;
            failHere();
            return {};
        }
        Expression value = plain(point == std::string::npos || point + 1 < text.size() ? text : text + "0", Kind::Numeric);
        value.type.scale = static_cast<int>(point == std::string::npos ? 0 : text.size() - point - 1);
        value.type.precision = static_cast<int>(text.size() - (point == std::string::npos ? 0 : 1));
        return value;
    }
    if (takeSymbol(":")) { // a parameter: a text whose type follows from its place
        const auto given = m_parameters.find(token().text);
        if (given == m_parameters.end()) {
            failHere();
            return {};
        }
        advance();
        Expression value = plain(quotedText(given->second), Kind::Unknown);
        value.literal = given->second;
        return value;
    }
    if (isSymbol("(")) {
        advance();
        Expression value;
        if (isWord("select") || isWord("with") || isWord("values")) {
            const Query inner = query(scope);
            if (!m_failure)
                value = {.sql = inner.sql, .type = inner.columns[0].type, .literal = {}, .name = inner.columns[0].name};
        } else {
            value = expression(scope);
        }
        expectSymbol(")");
        value.sql = "(" + value.sql + ")";
        return value;
    }
    if (!isName()) {
        failHere();
        return {};
    }
    return columnOrCall(scope);
}

Expression Parser::typedLiteral(Kind kind)
{
    const std::size_t start = m_at;
    const std::string text = takeText();
    const auto value = parseMoment(text, kind);
    if (!value && !m_failure)
        failAt("invalid input syntax for type " + std::string(typeName(kind)) + ": \"" + text + '"', start);
    return plain(std::to_string(value.value_or(0)), kind, typeName(kind));
}

Expression Parser::intervalLiteral()
{
    const std::size_t start = m_at;
    const std::string text = takeText();
    std::string unit;
    constexpr std::array<std::string_view, 7> kUnits{"second", "minute", "hour", "day", "week", "month", "year"};
    if (isName() && std::find(kUnits.begin(), kUnits.end(), token().text) != kUnits.end())
        unit = name();
    const auto span = parseInterval(text, unit);
    if (!span && !m_failure)
        failAt("invalid input syntax for type interval: \"" + text + '"', start);
    Expression value = plain(std::to_string(span.value_or(Span()).microseconds), Kind::Interval, "interval");
    value.months = span.value_or(Span()).months;
    return value;
}

Expression Parser::caseExpression(const Scope *scope)
{
    std::string sql = "CASE";
    std::optional<Expression> subject;
    if (!isWord("when"))
        subject = expression(scope);
    std::vector<Expression> values;
    std::vector<std::string> conditions;
    while (takeWord("when") && !m_failure) {
        Expression condition = expression(scope);
        if (subject) {
            Expression left = *subject;
            align(left, condition);
            condition.sql = left.sql + " IS " + condition.sql;
        }
        conditions.push_back(condition.sql);
        expectWord("then");
        values.push_back(expression(scope));
    }
    const bool hasElse = takeWord("else");
    if (hasElse)
        values.push_back(expression(scope));
    expectWord("end");
    if (conditions.empty()) {
        failHere();
        return {};
    }
    const SqlType common = commonType(values);
    for (std::size_t i = 0; i < conditions.size() && i < values.size(); ++i)
        sql += " WHEN " + conditions[i] + " THEN " + values[i].sql;
    if (hasElse)
        sql += " ELSE " + values.back().sql;
    return {.sql = "(" + sql + " END)", .type = common, .literal = {}, .name = "case"};
}

Expression Parser::castCall(const Scope *scope)
{
    expectSymbol("(");
    const Expression value = expression(scope);
    expectWord("as");
    const SqlType target = type();
    expectSymbol(")");
    return m_failure ? Expression() : cast(value, target);
}

Expression Parser::extractCall(const Scope *scope)
{
    expectSymbol("(");
    const std::string unit = token().kind == TokenKind::String ? takeText() : name();
    expectWord("from");
    Expression value = expression(scope);
    expectSymbol(")");
    if (value.literal)
        value = cast(value, {Kind::Timestamp, 0, 0});
    if (!m_failure && !value.type.isTime())
        fail("function pg_catalog.date_part(\"unknown\", " + std::string(sqlName(value.type.kind)) + ") does not exist", false);
    const bool isReal = unit == "epoch";
    const std::string sql = "rs_part(" + quotedText(unit) + ", " + value.sql + ")";
    return plain(isReal ? sql : "CAST(" + sql + " AS INTEGER)", isReal ? Kind::Float8 : Kind::Int4, "date_part");
}

Expression Parser::columnOrCall(const Scope *scope)
{
    const std::size_t start = m_at;
    const bool isPlainWord = token().kind == TokenKind::Word;
    const std::string first = token().text;
    if (isPlainWord && token(1).kind == TokenKind::String) {
        const auto kind = kindByName(first);
        if (first == "interval" || (kind && SqlType{*kind, 0, 0}.isTime())) {
            advance();
            return first == "interval" ? intervalLiteral() : typedLiteral(*kind);
        }
    }
    if (isPlainWord && isWord("timestamp") && isWord("with", 1) && token(4).kind == TokenKind::String) {
        for (int i = 0; i < 4; ++i)
            advance();
        return typedLiteral(Kind::TimestampTz);
    }
    if (isPlainWord && !isSymbol("(", 1) && !isSymbol(".", 1)) {
        if (takeWord("null"))
            return plain("NULL", Kind::Unknown);
        if (isWord("true") || isWord("false")) {
            advance();
            return plain(first == "true" ? "1" : "0", Kind::Bool, "bool");
        }
        if (takeWord("case"))
            return caseExpression(scope);
        const std::string now = std::to_string(nowMicroseconds());
        if (takeWord("sysdate"))
            return plain(now, Kind::Timestamp, "timestamp");
        if (takeWord("current_timestamp"))
            return plain(now, Kind::TimestampTz, "timestamptz");
        if (takeWord("current_date"))
            return plain("rs_trunc('day', " + now + ")", Kind::Date, "date");
        if (takeWord("current_user") || takeWord("user") || takeWord("session_user"))
            return plain("'awsuser'", Kind::Name, "current_user");
    }
    if (isPlainWord && isSymbol("(", 1)) {
        if (takeWord("cast"))
            return castCall(scope);
        if (takeWord("extract"))
            return extractCall(scope);
        if (takeWord("exists")) {
            expectSymbol("(");
            const Query inner = query(scope);
            expectSymbol(")");
            return plain("EXISTS (" + inner.sql + ")", Kind::Bool);
        }
    }
    std::vector<std::string> parts{name()};
    if (isSymbol("(") && isPlainWord)
        return call(parts[0], scope, start);
    while (parts.size() < 4 && takeSymbol("."))
        parts.push_back(name());
    if (isSymbol("(") && parts.size() == 2 && parts[0] == "pg_catalog")
        return call(parts[1], scope, start);
    return m_failure ? Expression() : columnReference(parts, scope, start);
}

Expression Parser::columnReference(const std::vector<std::string> &parts, const Scope *scope, std::size_t start)
{
    for (; scope; scope = scope->outer) {
        const Scope::Source *found = nullptr;
        const Column *column = nullptr;
        for (const Scope::Source &source : scope->sources) {
            if (parts.size() > 1 && source.alias != parts[parts.size() - 2])
                continue;
            const auto at = std::find_if(source.relation.columns.begin(), source.relation.columns.end(), [&](const Column &one) { return one.name == parts.back(); });
            if (at == source.relation.columns.end())
                continue;
            if (found && parts.size() == 1 && found->alias != source.alias) {
                failAt("column reference \"" + parts[0] + "\" is ambiguous", start);
                return {};
            }
            found = &source;
            column = &*at;
        }
        if (found) {
            Expression value{.sql = found->quotedAlias + '.' + quotedName(column->name), .type = column->type, .literal = {}, .name = column->name};
            value.column = column;
            value.relation = &found->relation;
            return value;
        }
    }
    failAt("column \"" + parts.back() + "\" does not exist", start);
    return {};
}

Expression Parser::call(const std::string &function, const Scope *scope, std::size_t start)
{
    expectSymbol("(");
    std::vector<Expression> arguments;
    const bool isDistinct = takeWord("distinct");
    const bool isStar = takeSymbol("*");
    if ((function == "substring" || function == "trim" || function == "position") && !isSymbol(")")) {
        for (const char *side : {"both", "leading", "trailing"})
            takeWord(side);
        arguments.push_back(concatenation(scope));
        while (takeWord("from") || takeWord("for") || takeWord("in") || takeSymbol(","))
            arguments.push_back(concatenation(scope));
        if (function == "position")
            std::reverse(arguments.begin(), arguments.end());
    } else if (!isStar && !isSymbol(")")) {
        const bool hasUnit = (function == "dateadd" || function == "datediff") && isName() && isSymbol(",", 1);
        if (hasUnit) {
            Expression unit = plain({}, Kind::Unknown);
            unit.literal = name();
            unit.sql = quotedText(*unit.literal);
            arguments.push_back(std::move(unit));
            expectSymbol(",");
        }
        do
            arguments.push_back(expression(scope));
        while (takeSymbol(",") && !m_failure);
        takeWords({"ignore", "nulls"});
        takeWords({"respect", "nulls"});
    }
    expectSymbol(")");
    if (takeWords({"within", "group"}))
        skipBrackets();
    if (m_failure)
        return {};
    Expression value = knownCall(function, std::move(arguments), isDistinct, isStar, start);
    return takeWord("over") ? over(std::move(value), scope) : value;
}

Expression Parser::over(Expression function, const Scope *scope)
{
    std::string sql = " OVER (";
    expectSymbol("(");
    if (takeWord("partition")) {
        expectWord("by");
        sql += "PARTITION BY ";
        bool isFirst = true;
        do {
            sql += (isFirst ? "" : ", ") + expression(scope).sql;
            isFirst = false;
        } while (takeSymbol(",") && !m_failure);
    }
    sql += orderBy(*scope, {});
    if (isWord("rows") || isWord("range")) {
        sql += isWord("rows") ? " ROWS" : " RANGE";
        advance();
        while (!isSymbol(")") && !isAtEnd()) {
            sql += ' ' + token().text;
            advance();
        }
    }
    expectSymbol(")");
    function.sql += sql + ")";
    function.isAggregate = false;
    return function;
}

} // namespace redshift::server
