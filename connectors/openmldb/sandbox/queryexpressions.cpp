// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/query.h"

#include <algorithm>
#include <charconv>

namespace openmldb::server {

namespace {

Type widerOf(Type left, Type right)
{
    if (left == Type::Unknown)
        return right;
    if (right == Type::Unknown)
        return left;
    if (left == Type::Timestamp || right == Type::Timestamp)
        return Type::Timestamp;
    if (!isNumeric(left) || !isNumeric(right))
        return left;
    return std::max(left, right);
}

} // namespace

QueryTranslator::Value QueryTranslator::expression()
{
    Value left = conjunction();
    while (m_reader.take("OR"))
        left = truth("(" + left.sql + " OR " + conjunction().sql + ")");
    return left;
}

QueryTranslator::Value QueryTranslator::conjunction()
{
    Value left = negation();
    while (m_reader.take("AND"))
        left = truth("(" + left.sql + " AND " + negation().sql + ")");
    return left;
}

QueryTranslator::Value QueryTranslator::negation()
{
    if (m_reader.take("NOT") || m_reader.take("!"))
        return truth("(NOT " + negation().sql + ")");
    return comparison();
}

QueryTranslator::Value QueryTranslator::comparison()
{
    Value left = sum();
    for (;;) {
        if (m_reader.isAny({"=", "==", "<>", "!=", "<", "<=", ">", ">="})) {
            const std::string symbol = m_reader.next().text;
            const Value right = sum();
            const Value a = right.type == Type::Timestamp && left.type == Type::String ? converted(left, Type::Timestamp) : left;
            const Value b = left.type == Type::Timestamp && right.type == Type::String ? converted(right, Type::Timestamp) : right;
            left = truth("(" + a.sql + " " + symbol + " " + b.sql + ")");
        } else if (m_reader.take("IS")) {
            const bool isNot = m_reader.take("NOT");
            m_reader.expect("NULL");
            left = truth("(" + left.sql + (isNot ? " IS NOT NULL)" : " IS NULL)"));
        } else if (m_reader.is("NOT") || m_reader.isAny({"IN", "BETWEEN", "LIKE", "ILIKE"})) {
            const bool isNot = m_reader.take("NOT");
            left = predicate(std::move(left), isNot);
        } else {
            return left;
        }
    }
}

QueryTranslator::Value QueryTranslator::predicate(Value left, bool isNot)
{
    const std::string negated = isNot ? " NOT" : "";
    if (m_reader.take("IN")) {
        m_reader.expect("(");
        std::string list;
        do {
            list += (list.empty() ? "" : ", ") + expression().sql;
        } while (m_reader.take(","));
        m_reader.expect(")");
        return truth("(" + left.sql + negated + " IN (" + list + "))");
    }
    if (m_reader.take("BETWEEN")) {
        const std::string low = sum().sql;
        m_reader.expect("AND");
        return truth("(" + left.sql + negated + " BETWEEN " + low + " AND " + sum().sql + ")");
    }
    const bool isExact = m_reader.is("LIKE");
    if (!isExact && !m_reader.is("ILIKE"))
        return m_reader.failHere("Unexpected " + m_reader.shown()), left;
    m_reader.next();
    return truth("(" + negated + " om_like(" + sum().sql + ", " + left.sql + ", " + (isExact ? "0" : "1") + "))");
}

QueryTranslator::Value QueryTranslator::arithmetic(const std::string &symbol, const Value &left, const Value &right)
{
    const auto takes = [](const Value &value) {
        return isNumeric(value.type) || value.type == Type::Timestamp || value.type == Type::Bool || value.type == Type::Unknown;
    };
    if (!takes(left) || !takes(right))
        return failed(1100, "Fail to codegen expression: invalid operand types " + std::string(sqlName(left.type)) + " " + symbol + " " + sqlName(right.type));
    const std::string both = left.sql + ", " + right.sql;
    if (symbol == "/")
        return {"om_divide(" + both + ")", Type::Double, {}, false};
    Type type = widerOf(left.type, right.type);
    if (type == Type::Bool)
        type = Type::Int32;
    if (symbol == "%" || symbol == "MOD")
        return {"om_mod(" + both + ")", type, {}, false};
    if (symbol == "DIV")
        return {"(" + left.sql + " / CAST(" + right.sql + " AS INTEGER))", type, {}, false};
    return {"(" + left.sql + " " + symbol + " " + right.sql + ")", type, {}, false};
}

QueryTranslator::Value QueryTranslator::sum()
{
    Value left = product();
    while (m_reader.isAny({"+", "-"})) {
        const std::string symbol = m_reader.next().text;
        const Value right = product();
        left = arithmetic(symbol, left, right);
    }
    return left;
}

QueryTranslator::Value QueryTranslator::product()
{
    Value left = unary();
    while (m_reader.isAny({"*", "/", "%", "DIV", "MOD"})) {
        const std::string symbol = m_reader.next().upper;
        const Value right = unary();
        left = arithmetic(symbol, left, right);
    }
    return left;
}

QueryTranslator::Value QueryTranslator::unary()
{
    if (m_reader.take("+"))
        return unary();
    if (!m_reader.take("-"))
        return primary();
    Value value = unary();
    value.sql = "(-" + value.sql + ")";
    value.column.clear();
    return value;
}

QueryTranslator::Value QueryTranslator::primary()
{
    const Token &token = m_reader.token();
    if (m_reader.take("(")) {
        Value value = expression();
        m_reader.expect(")");
        value.sql = "(" + value.sql + ")";
        value.column.clear();
        return value;
    }
    if (token.kind == Token::Kind::Parameter) {
        const int number = m_reader.next().parameter;
        const auto index = static_cast<std::size_t>(number - 1);
        if (index >= m_settings.parameters.size())
            return failed(kPlanError, "Fail to get parameter type: parameter types are not enough, position " + std::to_string(number));
        return {"?" + std::to_string(number), m_settings.parameters[index], {}, false};
    }
    if (token.kind == Token::Kind::Number || token.kind == Token::Kind::String || token.kind == Token::Kind::Interval
        || m_reader.isAny({"NULL", "TRUE", "FALSE"}))
        return literal();
    if (m_reader.is("CASE"))
        return caseOf();
    if (m_reader.is("CAST") && m_reader.is("(", 1))
        return cast();
    if (token.kind == Token::Kind::Word && m_reader.is("(", 1))
        return call(m_reader.next().text);
    if (m_reader.isName())
        return column();
    m_reader.failHere("Unexpected " + m_reader.shown());
    return {"NULL", Type::Unknown, {}, false};
}

QueryTranslator::Value QueryTranslator::literal()
{
    const Token token = m_reader.next();
    if (token.kind == Token::Kind::String)
        return {quotedLiteral(token.text), Type::String, {}, false};
    if (token.kind == Token::Kind::Word)
        return token.upper == "NULL" ? Value{"NULL", Type::Unknown, {}, false} : truth(token.upper == "TRUE" ? "1" : "0");
    if (token.kind == Token::Kind::Interval)
        return failed(kSyntaxError, "Syntax error: Unexpected interval literal " + placeOf(m_reader.sql(), token.begin));
    std::int64_t integer = 0;
    const char *end = token.text.data() + token.text.size();
    const auto [stop, code] = std::from_chars(token.text.data(), end, integer);
    if (code == std::errc() && stop == end)
        return {token.text, token.upper == "L" || integer > 2147483647 ? Type::Int64 : Type::Int32, {}, false};
    if (code == std::errc::result_out_of_range)
        return failed(kSyntaxError, "Invalid integer literal: " + token.text);
    return {token.text, Type::Double, {}, false};
}

QueryTranslator::Value QueryTranslator::column()
{
    std::vector<std::string> names{m_reader.name()};
    while (m_reader.take("."))
        names.push_back(m_reader.name());
    return found(names.size() > 1 ? names[names.size() - 2] : std::string(), names.back());
}

QueryTranslator::Value QueryTranslator::found(const std::string &table, const std::string &name)
{
    Value value;
    int count = 0;
    for (const Source &one : m_scope) {
        if (!table.empty() && one.name != table)
            continue;
        for (const Column &column : one.columns) {
            if (column.name != name)
                continue;
            ++count;
            value = {quotedIdentifier(one.name) + "." + quotedIdentifier(name), column.type, name, column.isConstant};
            break;
        }
    }
    if (count == 0)
        return failed(kPlanError, "Fail to find column " + (table.empty() ? name : table + "." + name));
    if (count > 1)
        return failed(kPlanError, "Column " + name + " is ambiguous");
    return value;
}

QueryTranslator::Value QueryTranslator::caseOf()
{
    m_reader.expect("CASE");
    std::string sql = "CASE";
    if (!m_reader.is("WHEN"))
        sql += " " + expression().sql;
    Type type = Type::Unknown;
    while (m_reader.take("WHEN")) {
        sql += " WHEN " + expression().sql;
        m_reader.expect("THEN");
        const Value value = expression();
        type = widerOf(type, value.type);
        sql += " THEN " + value.sql;
    }
    if (m_reader.take("ELSE")) {
        const Value value = expression();
        type = widerOf(type, value.type);
        sql += " ELSE " + value.sql;
    }
    m_reader.expect("END");
    return {sql + " END", type, {}, false};
}

QueryTranslator::Value QueryTranslator::cast()
{
    m_reader.next();
    m_reader.expect("(");
    const Value value = expression();
    m_reader.expect("AS");
    const std::string name = m_reader.name();
    m_reader.expect(")");
    const auto type = typeNamed(name);
    return type ? converted(value, *type) : failed(kSyntaxError, "Unknown DataType identifier: " + name);
}

QueryTranslator::Value QueryTranslator::converted(const Value &value, Type type)
{
    const std::string &sql = value.sql;
    std::string text = sql;
    const bool isText = value.type == Type::String || value.type == Type::Unknown;
    switch (type) {
    case Type::Bool:
        text = isText ? "om_bool(" + sql + ")" : "(" + sql + " <> 0)";
        break;
    case Type::Int16:
    case Type::Int32:
    case Type::Int64:
        text = "CAST(" + sql + " AS INTEGER)";
        break;
    case Type::Float:
        text = "om_float(" + sql + ")";
        break;
    case Type::Double:
        text = "om_double(" + sql + ")";
        break;
    case Type::String:
        if (value.type == Type::Timestamp)
            text = "om_format(" + sql + ", '%Y-%m-%d %H:%M:%S')";
        else if (value.type == Type::Bool)
            text = "CASE " + sql + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
        else
            text = "CAST(" + sql + " AS TEXT)";
        break;
    case Type::Date:
        text = value.type == Type::Date ? sql : "om_date(" + sql + ")";
        break;
    case Type::Timestamp:
        text = isText || value.type == Type::Date ? "om_timestamp(" + sql + ")" : "CAST(" + sql + " AS INTEGER)";
        break;
    case Type::Unknown:
        break;
    }
    return {text, type, {}, false};
}

} // namespace openmldb::server
