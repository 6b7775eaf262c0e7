// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/translator.h"

#include <algorithm>
#include <charconv>

namespace tdengine::server {

namespace {

bool isTimeText(const Expr &expr)
{
    return expr.kind == Expr::Kind::String || expr.kind == Expr::Kind::Time;
}

int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string blobSql(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string sql = "x'";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        sql += digits[byte >> 4];
        sql += digits[byte & 15];
    }
    return sql + '\'';
}

} // namespace

std::string quotedSql(std::string_view text)
{
    if (text.find('\0') != std::string_view::npos)
        return "CAST(" + blobSql(text) + " AS TEXT)";
    std::string sql = "'";
    for (const char c : text) {
        sql += c;
        if (c == '\'')
            sql += c;
    }
    return sql + '\'';
}

std::string bytesOfLiteral(std::string_view text)
{
    if (!text.starts_with("\\x") && !text.starts_with("\\X"))
        return std::string(text);
    std::string bytes;
    for (std::size_t i = 2; i + 1 < text.size(); i += 2) {
        if (nibble(text[i]) < 0 || nibble(text[i + 1]) < 0)
            return std::string(text);
        bytes += static_cast<char>(nibble(text[i]) * 16 + nibble(text[i + 1]));
    }
    return bytes;
}

bool hasAggregate(const Expr &expr)
{
    if (expr.kind == Expr::Kind::Call && isAggregateName(expr.name))
        return true;
    return std::any_of(expr.args.begin(), expr.args.end(), hasAggregate);
}

bool hasSeries(const Expr &expr)
{
    if (expr.kind == Expr::Kind::Call && isSeriesName(expr.name))
        return true;
    return std::any_of(expr.args.begin(), expr.args.end(), hasSeries);
}

Translator::Value Translator::fail(int code, std::string desc)
{
    if (!failed())
        m_failure = {code, std::move(desc)};
    return {"NULL", makeType(Type::Null)};
}

std::optional<std::int64_t> Translator::constantTicks(const Expr &expr, Precision precision)
{
    switch (expr.kind) {
    case Expr::Kind::Integer: {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(expr.name.data(), expr.name.data() + expr.name.size(), value);
        return error == std::errc() ? std::optional(value) : std::nullopt;
    }
    case Expr::Kind::String:
    case Expr::Kind::Time: return parseTimestamp(expr.name, precision, m_context.zone);
    case Expr::Kind::Duration: return expr.duration.ticks(precision);
    case Expr::Kind::Unary: {
        const auto inner = expr.name == "not" ? std::nullopt : constantTicks(expr.args[0], precision);
        return inner && expr.name == "-" ? std::optional(-*inner) : inner;
    }
    case Expr::Kind::Call: {
        const std::int64_t now = scaled(m_context.nowNs, Precision::Nano, precision);
        if (expr.name == "now" && expr.args.empty())
            return now;
        if (expr.name != "today" || !expr.args.empty())
            return std::nullopt;
        WindowSpec day;
        day.interval = {1, 'd'};
        day.precision = precision;
        day.zone = m_context.zone;
        return day.lastStart(now);
    }
    case Expr::Kind::Binary: {
        if (expr.name != "+" && expr.name != "-")
            return std::nullopt;
        const auto left = constantTicks(expr.args[0], precision);
        const std::int64_t sign = expr.name == "-" ? -1 : 1;
        if (left && expr.args[1].kind == Expr::Kind::Duration)
            return moved(*left, expr.args[1].duration, sign, precision, m_context.zone);
        const auto right = constantTicks(expr.args[1], precision);
        return left && right ? std::optional(*left + sign * *right) : std::nullopt;
    }
    default: return std::nullopt;
    }
}

Translator::Value Translator::render(const Expr &expr, Frame &frame)
{
    if (failed())
        return {"NULL", makeType(Type::Null)};
    switch (expr.kind) {
    case Expr::Kind::Null: return {"NULL", makeType(Type::Null)};
    case Expr::Kind::Bool: return {expr.name == "true" ? "1" : "0", makeType(Type::Bool)};
    case Expr::Kind::Integer: return renderInteger(expr);
    case Expr::Kind::Float: return {expr.name, makeType(Type::Double)};
    case Expr::Kind::String: return {quotedSql(expr.name), makeType(Type::Varchar, static_cast<int>(expr.name.size()))};
    case Expr::Kind::Time: {
        const auto ticks = parseTimestamp(expr.name, frame.precision, m_context.zone);
        if (!ticks)
            return fail(code::kWrongValueType, "Invalid value type: " + expr.name);
        return {std::to_string(*ticks), timestampType(frame.precision)};
    }
    case Expr::Kind::Duration:
        return {std::to_string(expr.duration.ticks(frame.precision)), makeType(Type::BigInt)};
    case Expr::Kind::Column: return renderColumn(expr, frame);
    case Expr::Kind::Star: return fail(code::kSyntax, "syntax error near \"*\"");
    case Expr::Kind::Call: return renderCall(expr, frame);
    case Expr::Kind::Cast: return renderCast(expr, frame);
    case Expr::Kind::Unary: return renderUnary(expr, frame);
    case Expr::Kind::Binary: return renderBinary(expr, frame);
    case Expr::Kind::IsNull:
        return {'(' + render(expr.args[0], frame).sql + (expr.negated ? " IS NOT NULL)" : " IS NULL)"), makeType(Type::Bool)};
    case Expr::Kind::Between: return renderBetween(expr, frame);
    case Expr::Kind::In: return renderIn(expr, frame);
    case Expr::Kind::Case: return renderCase(expr, frame);
    case Expr::Kind::Query:
    case Expr::Kind::Exists: {
        std::vector<Column> columns;
        const Value inner = subquery(*expr.query, columns);
        if (expr.kind == Expr::Kind::Exists)
            return {"EXISTS (" + inner.sql + ')', makeType(Type::Bool)};
        return {'(' + inner.sql + ')', columns.empty() ? makeType(Type::Null) : columns.front().type};
    }
    }
    return {"NULL", makeType(Type::Null)};
}

Translator::Value Translator::renderInteger(const Expr &expr)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(expr.name.data(), expr.name.data() + expr.name.size(), value);
    if (error != std::errc())
        return {expr.name + ".0", makeType(Type::Double)};
    const Cell cell = unsignedCell(value);
    if (const auto *text = std::get_if<std::string>(&cell))
        return {'\'' + *text + '\'', makeType(Type::UBigInt)};
    return {std::to_string(value), makeType(Type::BigInt)};
}

Translator::Value Translator::renderColumn(const Expr &expr, Frame &frame)
{
    if (const auto pseudo = pseudoColumn(expr, frame))
        return *pseudo;
    const ScopeColumn *found = nullptr;
    bool knowsSource = expr.qualifier.empty();
    for (const ScopeSource &source : frame.sources) {
        const bool fits = expr.qualifier.empty() || expr.qualifier == source.alias
            || (!source.table.empty() && (expr.qualifier == source.table || expr.qualifier == source.database + '.' + source.table));
        if (!fits)
            continue;
        knowsSource = true;
        for (const ScopeColumn &column : source.columns) {
            if (column.name != expr.name)
                continue;
            if (found)
                return fail(code::kAmbiguousColumn, "Column ambiguously defined: " + expr.name);
            found = &column;
        }
    }
    if (!knowsSource)
        return fail(code::kTableNotExist, "Table does not exist: " + expr.qualifier);
    if (!found)
        return fail(code::kInvalidColumn, "Invalid column name: " + expr.name);
    if (frame.isOuterOfFill && !frame.insideAggregate) {
        for (std::size_t i = 0; i < frame.keys.size(); ++i) {
            if (frame.keys[i].sql == found->sql)
                return {"k" + std::to_string(i), found->type};
        }
    }
    if (!frame.isAggregate || frame.insideAggregate)
        return {found->sql, found->type};
    const bool isKey = std::any_of(
        frame.keys.begin(), frame.keys.end(), [found](const Value &key) { return key.sql == found->sql; });
    // All rows of one table have the same tags.
    const bool isFixed = found->isTag && std::any_of(frame.keys.begin(), frame.keys.end(), [&frame](const Value &key) {
        return std::any_of(frame.sources.begin(), frame.sources.end(), [&key](const ScopeSource &s) { return s.tableName == key.sql; });
    });
    const bool isSingle = found->isTag && !frame.sources.empty() && !frame.sources.front().starHasTags;
    if (isKey || isFixed || isSingle)
        return {found->sql, found->type};
    if (!frame.pick.empty())
        return {frame.pick + '(' + timeOf(frame) + ", " + found->sql + ')', found->type};
    return fail(code::kNotSingleGroup, "Not a single-group group function");
}

std::optional<Translator::Value> Translator::pseudoColumn(const Expr &expr, Frame &frame)
{
    const DataType time = timestampType(frame.precision);
    const std::string &name = expr.name;
    if (name == "tbname") {
        for (const ScopeSource &source : frame.sources) {
            if (source.tableName.empty() || (!expr.qualifier.empty() && expr.qualifier != source.alias && expr.qualifier != source.table))
                continue;
            const Value value{source.tableName, makeType(Type::Varchar, 192)};
            for (std::size_t i = 0; frame.isOuterOfFill && !frame.insideAggregate && i < frame.keys.size(); ++i) {
                if (frame.keys[i].sql == value.sql)
                    return Value{"k" + std::to_string(i), value.type};
            }
            return value;
        }
        return std::nullopt;
    }
    if (name == "_rowts" || name == "_c0")
        return frame.isAggregate && !frame.pick.empty() && !frame.insideAggregate
            ? Value{frame.pick + '(' + timeOf(frame) + ", " + timeOf(frame) + ')', time}
            : Value{timeOf(frame), time};
    if (name == "_qstart" || name == "_qend") {
        const auto &ticks = name == "_qstart" ? frame.lowTicks : frame.highTicks;
        return Value{ticks ? std::to_string(*ticks) : "NULL", time};
    }
    if (name != "_wstart" && name != "_wend" && name != "_wduration" && name != "_isfilled")
        return std::nullopt;
    if (frame.windowStart.empty())
        return fail(0x2660, "Invalid windows pc");
    const std::string start = frame.isOuterOfFill ? "w" : frame.windowStart;
    std::string end = frame.windowEnd;
    if (frame.windowIndex >= 0)
        end = "td_window_end(" + start + ", " + std::to_string(frame.windowIndex) + ')';
    if (name == "_wstart")
        return Value{start, time};
    if (name == "_wend")
        return Value{end, time};
    if (name == "_wduration")
        return Value{'(' + end + " - " + start + ')', makeType(Type::BigInt)};
    return Value{frame.isOuterOfFill ? "miss" : "0", makeType(Type::Bool)};
}

std::string Translator::timeOf(Frame &frame)
{
    for (const ScopeSource &source : frame.sources) {
        if (!source.time.empty())
            return source.time;
    }
    fail(0x2647, "Invalid timeline function");
    return "NULL";
}

Translator::Value Translator::renderUnary(const Expr &expr, Frame &frame)
{
    if (expr.name == "not")
        return {"(NOT " + render(expr.args[0], frame).sql + ')', makeType(Type::Bool)};
    if (expr.name == "-" && expr.args[0].kind == Expr::Kind::Integer)
        return {"(-" + expr.args[0].name + ')', makeType(Type::BigInt)};
    const Value inner = render(expr.args[0], frame);
    return {'(' + expr.name + ' ' + inner.sql + ')', inner.type};
}

Translator::Value Translator::renderBinary(const Expr &expr, Frame &frame)
{
    const std::string &name = expr.name;
    if (name == "and" || name == "or") {
        const Value left = render(expr.args[0], frame);
        return {'(' + left.sql + (name == "and" ? " AND " : " OR ") + render(expr.args[1], frame).sql + ')', makeType(Type::Bool)};
    }
    if (name == "->") {
        const Value json = render(expr.args[0], frame);
        return {'(' + json.sql + " -> " + quotedSql("$.\"" + expr.args[1].name + '"') + ')', makeType(Type::Json, 4095)};
    }
    if (name == "+" || name == "-" || name == "*" || name == "/" || name == "%" || name == "&" || name == "|")
        return renderArithmetic(expr, frame);
    if (name == "like") {
        const Value left = renderOperand(expr.args[0], makeType(Type::Varchar), frame);
        return {'(' + left.sql + (expr.negated ? " NOT LIKE " : " LIKE ") + render(expr.args[1], frame).sql + " ESCAPE '\\')",
            makeType(Type::Bool)};
    }
    if (name == "match" || name == "nmatch") {
        const bool negated = (name == "nmatch") != expr.negated;
        const Value left = renderOperand(expr.args[0], makeType(Type::Varchar), frame);
        return {std::string(negated ? "(NOT " : "(") + "td_match(" + left.sql + ", " + render(expr.args[1], frame).sql + "))",
            makeType(Type::Bool)};
    }
    if (name == "contains") {
        const Value json = render(expr.args[0], frame);
        return {"(json_type(" + json.sql + ", '$.\"' || " + render(expr.args[1], frame).sql + " || '\"') IS NOT NULL)",
            makeType(Type::Bool)};
    }
    return renderComparison(expr, frame);
}

Translator::Value Translator::renderArithmetic(const Expr &expr, Frame &frame)
{
    const std::string &name = expr.name;
    const Expr &second = expr.args[1];
    const bool isAboutTime = expr.args[0].kind == Expr::Kind::Call || second.kind == Expr::Kind::Duration;
    if (const auto ticks = isAboutTime ? constantTicks(expr, frame.precision) : std::nullopt)
        return {std::to_string(*ticks), timestampType(frame.precision)};
    const Value left = render(expr.args[0], frame);
    if (left.type.type == Type::Timestamp && second.kind == Expr::Kind::Duration) {
        if (second.duration.isCalendar())
            return {"td_move(" + left.sql + ", " + (name == "-" ? "-" : "") + std::to_string(second.duration.months()) + ", "
                    + std::to_string(static_cast<int>(frame.precision)) + ')', left.type};
        return {'(' + left.sql + ' ' + name + ' ' + std::to_string(second.duration.ticks(frame.precision)) + ')', left.type};
    }
    const Value right = renderOperand(second, left.type, frame);
    if (name == "&" || name == "|")
        return {'(' + left.sql + ' ' + name + ' ' + right.sql + ')', makeType(Type::BigInt)};
    if (left.type.type == Type::Timestamp || right.type.type == Type::Timestamp) {
        const bool isDifference = name == "-" && left.type.type == right.type.type;
        return {'(' + left.sql + ' ' + name + ' ' + right.sql + ')', isDifference ? makeType(Type::BigInt) : timestampType(frame.precision)};
    }
    if (name == "%")
        return {"mod(" + left.sql + ", " + right.sql + ')', makeType(Type::Double)};
    return {"(CAST(" + left.sql + " AS REAL) " + name + ' ' + right.sql + ')', makeType(Type::Double)};
}

// A text beside a timestamp is a time, beside bytes it is bytes; a member of a JSON tag is taken out as a value.
Translator::Value Translator::renderOperand(const Expr &expr, const DataType &against, Frame &frame)
{
    if (against.type == Type::Timestamp && isTimeText(expr)) {
        const auto ticks = parseTimestamp(expr.name, against.precision, m_context.zone);
        if (!ticks)
            return fail(code::kInvalidTimestamp, "Incorrect TIMESTAMP value: " + expr.name);
        return {std::to_string(*ticks), against};
    }
    if (against.isBytes() && expr.kind == Expr::Kind::String)
        return {blobSql(bytesOfLiteral(expr.name)), against};
    if (against.type == Type::Bool && expr.kind == Expr::Kind::String)
        return {expr.name == "true" || expr.name == "TRUE" ? "1" : "0", against};
    if (expr.kind == Expr::Kind::Binary && expr.name == "->") {
        const Value json = render(expr.args[0], frame);
        return {'(' + json.sql + " ->> " + quotedSql("$.\"" + expr.args[1].name + '"') + ')', makeType(Type::Varchar, 4095)};
    }
    if (against.type == Type::Timestamp) {
        if (const auto ticks = constantTicks(expr, against.precision))
            return {std::to_string(*ticks), against};
    }
    return render(expr, frame);
}

Translator::Value Translator::renderComparison(const Expr &expr, Frame &frame)
{
    Value left;
    Value right;
    const bool leftIsLiteral = isTimeText(expr.args[0]) || constantTicks(expr.args[0], frame.precision).has_value();
    if (leftIsLiteral) {
        right = renderOperand(expr.args[1], makeType(Type::Null), frame);
        left = renderOperand(expr.args[0], right.type, frame);
    } else {
        left = renderOperand(expr.args[0], makeType(Type::Null), frame);
        right = renderOperand(expr.args[1], left.type, frame);
    }
    const std::string name = expr.name == "!=" ? "<>" : expr.name;
    return {'(' + left.sql + ' ' + name + ' ' + right.sql + ')', makeType(Type::Bool)};
}

Translator::Value Translator::renderBetween(const Expr &expr, Frame &frame)
{
    const Value value = renderOperand(expr.args[0], makeType(Type::Null), frame);
    const Value low = renderOperand(expr.args[1], value.type, frame);
    const Value high = renderOperand(expr.args[2], value.type, frame);
    return {'(' + value.sql + (expr.negated ? " NOT BETWEEN " : " BETWEEN ") + low.sql + " AND " + high.sql + ')', makeType(Type::Bool)};
}

Translator::Value Translator::renderIn(const Expr &expr, Frame &frame)
{
    const Value value = renderOperand(expr.args[0], makeType(Type::Null), frame);
    std::string sql = '(' + value.sql + (expr.negated ? " NOT IN (" : " IN (");
    if (expr.query) {
        std::vector<Column> columns;
        sql += subquery(*expr.query, columns).sql;
    }
    for (std::size_t i = 1; i < expr.args.size(); ++i)
        sql += (i > 1 ? ", " : "") + renderOperand(expr.args[i], value.type, frame).sql;
    return {sql + "))", makeType(Type::Bool)};
}

Translator::Value Translator::renderCase(const Expr &expr, Frame &frame)
{
    std::string sql = "(CASE";
    std::size_t at = 0;
    DataType type;
    DataType operand;
    if (expr.hasOperand) {
        const Value value = render(expr.args[at++], frame);
        sql += ' ' + value.sql;
        operand = value.type;
    }
    const std::size_t end = expr.args.size() - (expr.hasElse ? 1 : 0);
    const auto result = [&](const Expr &branch) {
        const Value value = render(branch, frame);
        if (type.type == Type::Null)
            type = value.type;
        else if (type.isInteger() && value.type.isFloating())
            type = value.type;
        else if (type.isText())
            type.length = std::max(type.length, value.type.length);
        return value.sql;
    };
    for (; at + 1 < end; at += 2) {
        sql += " WHEN " + renderOperand(expr.args[at], operand, frame).sql;
        sql += " THEN " + result(expr.args[at + 1]);
    }
    if (expr.hasElse)
        sql += " ELSE " + result(expr.args.back());
    return {sql + " END)", type};
}

Translator::Value Translator::renderCast(const Expr &expr, Frame &frame)
{
    DataType type = expr.type;
    if (type.type == Type::Timestamp)
        type.precision = frame.precision;
    const Value value = renderOperand(expr.args[0], type.type == Type::Timestamp || type.isBytes() ? type : makeType(Type::Null), frame);
    if (type.type == Type::Bool)
        return {"(CASE WHEN " + value.sql + " IS NULL THEN NULL ELSE (" + value.sql + " IN ('true', 'TRUE') OR CAST(" + value.sql
                + " AS REAL) <> 0) END)", type};
    if (type.type == Type::UBigInt)
        return {"td_unsigned(" + value.sql + ')', type};
    if (type.type == Type::Decimal)
        return {"td_decimal(" + value.sql + ", " + std::to_string(type.scale) + ')', type};
    if (type.type == Type::Timestamp || type.isInteger())
        return {"CAST(" + value.sql + " AS INTEGER)", type};
    if (type.isFloating())
        return {"CAST(" + value.sql + " AS REAL)", type};
    if (type.isBytes())
        return {"CAST(" + value.sql + " AS BLOB)", type};
    std::string text = value.sql;
    if (value.type.type == Type::Timestamp)
        text = "td_iso(" + value.sql + ", " + std::to_string(static_cast<int>(value.type.precision)) + ')';
    else if (value.type.type == Type::Bool)
        text = "(CASE WHEN " + value.sql + " THEN 'true' WHEN NOT " + value.sql + " THEN 'false' END)";
    else if (value.type.isNumeric())
        text = "td_text(" + value.sql + ", " + (value.type.type == Type::Float ? "1" : "0") + ')';
    if (type.length > 0)
        text = "substr(" + text + ", 1, " + std::to_string(type.length) + ')';
    else
        type.length = value.type.length > 0 ? value.type.length : 64;
    return {text, type};
}

} // namespace tdengine::server
