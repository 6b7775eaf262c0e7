// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/functions.h"
#include "sandbox/writer.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace tdengine::server {

namespace {

std::int64_t characters(std::string_view text)
{
    return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

struct IntegerRange {
    std::int64_t low;
    std::uint64_t high;
};

IntegerRange rangeOf(Type type)
{
    switch (type) {
    case Type::TinyInt: return {INT8_MIN, INT8_MAX};
    case Type::SmallInt: return {INT16_MIN, INT16_MAX};
    case Type::Int: return {INT32_MIN, INT32_MAX};
    case Type::UTinyInt: return {0, UINT8_MAX};
    case Type::USmallInt: return {0, UINT16_MAX};
    case Type::UInt: return {0, UINT32_MAX};
    case Type::UBigInt: return {0, UINT64_MAX};
    default: return {INT64_MIN, INT64_MAX};
    }
}

std::string lowered(std::string text)
{
    for (char &c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

} // namespace

void Writer::refuse(const Token &token, const std::string &why)
{
    m_in.fail(0x0216, "syntax error near '" + std::string(m_in.sql().substr(token.begin, token.end - token.begin)) + "' (" + why + ')');
}

std::int64_t Writer::insert()
{
    m_in.expectWord("into");
    std::int64_t affected = 0;
    do {
        affected += insertInto();
    } while (!m_in.failed() && !m_in.atEnd());
    m_in.expectEnd();
    // A statement that is refused anywhere has changed no rows.
    for (const auto &[entry, row] : m_pending) {
        if (!m_in.failed())
            writable(*entry).put(row);
    }
    return affected;
}

std::int64_t Writer::insertInto()
{
    const TableName name = tableName();
    Database *database = databaseOf(name);
    if (!database)
        return 0;
    auto found = database->tables.find(name.table);
    if (m_in.atWord("using")) {
        const auto options = usingClause(*database, name);
        if (m_in.failed())
            return 0;
        if (found == database->tables.end()) {
            addTable(*database, name.table, options->parent->columns, *options, {});
            found = database->tables.find(name.table);
        }
    }
    if (found != database->tables.end())
        return insertRows(*database, name, &found->second, found->second.table->columns);
    const auto parent = database->superTables.find(name.table);
    if (parent == database->superTables.end()) {
        m_in.fail(code::kTableNotExist, "Table does not exist");
        return 0;
    }
    // Into a super table: each row names its own table and brings its tags.
    std::vector<Column> columns = parent->second->columns;
    columns.insert(columns.end(), parent->second->tags.begin(), parent->second->tags.end());
    columns.push_back({"tbname", makeType(Type::Varchar, 192)});
    return insertRows(*database, name, nullptr, columns);
}

std::int64_t Writer::insertRows(Database &database, const TableName &name, TableEntry *entry, const std::vector<Column> &columns)
{
    std::vector<std::size_t> order;
    if (m_in.takeSymbol("(")) {
        do {
            const std::string column = m_in.expectName();
            const auto at = std::find_if(columns.begin(), columns.end(), [&column](const Column &c) { return c.name == column; });
            if (at == columns.end())
                m_in.fail(code::kInvalidColumn, "Invalid column name: " + column);
            else
                order.push_back(static_cast<std::size_t>(at - columns.begin()));
        } while (!m_in.failed() && m_in.takeSymbol(","));
        m_in.expectSymbol(")");
    } else {
        for (std::size_t i = 0; i < columns.size(); ++i)
            order.push_back(i);
    }
    if (m_in.failed())
        return 0;
    if (!m_in.takeWord("values") && !m_in.takeWord("value")) {
        m_in.failHere();
        return 0;
    }
    std::int64_t affected = 0;
    do {
        std::vector<Cell> row(columns.size());
        m_in.expectSymbol("(");
        for (std::size_t i = 0; i < order.size() && !m_in.failed(); ++i) {
            if (i > 0)
                m_in.expectSymbol(",");
            row[order[i]] = value(columns[order[i]], database.precision);
        }
        m_in.expectSymbol(")");
        if (m_in.failed())
            return affected;
        if (!std::holds_alternative<std::int64_t>(row.front())) {
            m_in.fail(0x0216, "Primary timestamp should not be null");
            return affected;
        }
        TableEntry *target = entry;
        if (!target) {
            const auto *own = std::get_if<std::string>(&row.back());
            const auto parent = database.superTables.find(name.table)->second;
            if (!own || own->empty()) {
                m_in.fail(0x266D, "Pseudo tag tbname not set");
                return affected;
            }
            const auto tagsFrom = row.begin() + static_cast<std::ptrdiff_t>(parent->columns.size());
            const auto found = database.tables.find(*own);
            target = found != database.tables.end()
                ? &found->second
                : &addTable(database, *own, parent->columns, {parent, std::vector<Cell>(tagsFrom, row.end() - 1)}, {});
            row.resize(parent->columns.size());
        }
        m_pending.emplace_back(target, std::move(row));
        ++affected;
        m_in.takeSymbol(",");
    } while (m_in.atSymbol("("));
    return affected;
}

Cell Writer::value(const Column &column, Precision precision)
{
    const Type type = column.type.type;
    if (m_in.takeWord("null"))
        return {};
    if (type == Type::Timestamp)
        return time(column, precision);
    bool negative = false;
    while (m_in.atSymbol("-") || m_in.atSymbol("+"))
        negative ^= m_in.take().text == "-";
    if (m_in.peek().kind == Token::Kind::End || m_in.peek().kind == Token::Kind::Bad || m_in.peek().kind == Token::Kind::Symbol) {
        m_in.failHere();
        return {};
    }
    const Token token = m_in.take();
    return literal(column, precision, token, negative);
}

Cell Writer::time(const Column &, Precision precision)
{
    const Token token = m_in.peek();
    const Expr expr = m_parser.expression();
    if (m_in.failed())
        return {};
    auto ticks = m_constants.constantTicks(expr, precision);
    if (!ticks && expr.kind == Expr::Kind::String) { // ticks may stand in quotes
        std::int64_t value = 0;
        const char *last = expr.name.data() + expr.name.size();
        const auto [end, error] = std::from_chars(expr.name.data(), last, value);
        if (error == std::errc() && end == last)
            ticks = value;
    }
    if (!ticks) {
        refuse(token, "invalid timestamp");
        return {};
    }
    return *ticks;
}

Cell Writer::literal(const Column &column, Precision, const Token &token, bool negative)
{
    const DataType &type = column.type;
    const std::string number = (negative ? "-" : "") + token.text;
    const char *first = number.data();
    const char *last = number.data() + number.size();
    if (type.type == Type::Bool) {
        const std::string word = lowered(token.text);
        if (word == "true" || word == "false")
            return std::int64_t(word == "true");
        double value = 0;
        if (std::from_chars(first, last, value).ec != std::errc())
            refuse(token, "invalid bool data");
        return std::int64_t(value != 0);
    }
    if (type.isInteger()) {
        const IntegerRange range = rangeOf(type.type);
        std::int64_t signedValue = 0;
        std::uint64_t unsignedNumber = 0;
        const bool isText = token.kind != Token::Kind::Integer && token.kind != Token::Kind::String;
        if (const auto [end, error] = std::from_chars(first, last, signedValue); !isText && error == std::errc() && end == last) {
            if (signedValue < range.low || (signedValue > 0 && static_cast<std::uint64_t>(signedValue) > range.high))
                refuse(token, lowered(typeName(type)) + " data overflow");
            return signedValue;
        }
        if (const auto [end, error] = std::from_chars(first, last, unsignedNumber); !isText && error == std::errc() && end == last
            && type.type == Type::UBigInt)
            return unsignedCell(unsignedNumber);
        double real = 0;
        if (const auto [end, error] = std::from_chars(first, last, real); error == std::errc() && end == last
            && real > -9.2e18 && real < 9.2e18 && static_cast<double>(static_cast<std::int64_t>(real)) >= double(range.low)
            && real <= static_cast<double>(range.high))
            return static_cast<std::int64_t>(real);
        refuse(token, "invalid " + lowered(typeName(type)) + " data");
        return {};
    }
    if (type.isFloating()) {
        double value = 0;
        const auto [end, error] = std::from_chars(first, last, value);
        if (error == std::errc::invalid_argument || end != last)
            refuse(token, "illegal float data");
        else if (error != std::errc() || (type.type == Type::Float && std::isinf(static_cast<float>(value))))
            refuse(token, type.type == Type::Float ? "float data overflow" : "double data overflow");
        return value;
    }
    if (type.type == Type::Decimal) {
        const auto text = decimalText(number, type.scale);
        if (!text) {
            refuse(token, "invalid decimal data");
            return {};
        }
        const auto digits = std::count_if(text->begin(), text->end(), [](char c) { return c >= '0' && c <= '9'; });
        if (digits - (text->front() == '0' || text->starts_with("-0")) > type.length)
            refuse(token, "decimal data overflow");
        return *text;
    }
    std::string text = token.kind == Token::Kind::String ? token.text : number;
    if (type.type == Type::VarBinary || type.type == Type::Blob) {
        text = bytesOfLiteral(text);
    } else if (type.type == Type::Geometry) {
        const auto wkb = text.starts_with("\\x") ? std::optional(bytesOfLiteral(text)) : wkbOfText(text);
        if (!wkb)
            refuse(token, "invalid geometry data");
        text = wkb.value_or(std::string());
    }
    const std::int64_t size = type.type == Type::NChar ? characters(text) : static_cast<std::int64_t>(text.size());
    if (type.length > 0 && size > type.length)
        m_in.fail(code::kValueTooLong, "Value too long for column/tag: " + column.name);
    return text;
}

// Only a range of the primary timestamp, and tags of a super table's children, may choose what is deleted.
std::int64_t Writer::deleteRows()
{
    m_in.expectWord("from");
    const TableName name = tableName();
    std::optional<Expr> where;
    if (m_in.takeWord("where"))
        where = m_parser.expression();
    m_in.expectEnd();
    Database *database = databaseOf(name);
    if (!database)
        return 0;
    std::vector<TableEntry *> targets;
    for (auto &[tableName, entry] : database->tables) {
        if (tableName == name.table || (entry.table->parent && entry.table->parent->name == name.table))
            targets.push_back(&entry);
    }
    if (targets.empty() && !database->superTables.contains(name.table)) {
        m_in.fail(code::kTableNotExist, "Table does not exist");
        return 0;
    }
    std::int64_t low = INT64_MIN;
    std::int64_t high = INT64_MAX;
    const auto narrow = [&](const auto &self, const Expr &expr) -> bool {
        if (expr.kind == Expr::Kind::Binary && expr.name == "and")
            return self(self, expr.args[0]) && self(self, expr.args[1]);
        const bool isBetween = expr.kind == Expr::Kind::Between && !expr.negated;
        const std::string primary = targets.empty() ? "" : targets.front()->table->columns.front().name;
        if (targets.empty())
            return true;
        if ((expr.kind != Expr::Kind::Binary && !isBetween) || expr.args[0].kind != Expr::Kind::Column
            || (expr.args[0].name != primary && expr.args[0].name != "_rowts" && expr.args[0].name != "_c0"))
            return false;
        const auto first = m_constants.constantTicks(expr.args[1], database->precision);
        const auto second = isBetween ? m_constants.constantTicks(expr.args[2], database->precision) : first;
        if (!first || !second)
            return false;
        if (isBetween || expr.name == "=" || expr.name == ">=")
            low = std::max(low, *first);
        else if (expr.name == ">")
            low = std::max(low, *first + 1);
        if (isBetween || expr.name == "=" || expr.name == "<=")
            high = std::min(high, *second);
        else if (expr.name == "<")
            high = std::min(high, *first - 1);
        return isBetween || expr.name == "=" || expr.name.front() == '<' || expr.name.front() == '>';
    };
    if (where && !narrow(narrow, *where)) {
        m_in.fail(code::kDeleteRange, "The DELETE statement must only have a definite time window range");
        return 0;
    }
    std::int64_t affected = 0;
    for (TableEntry *entry : targets) {
        const std::size_t from = low == INT64_MIN ? 0 : entry->data->lowerBound(low);
        const std::size_t to = high == INT64_MAX ? entry->data->rows() : entry->data->lowerBound(high + 1);
        if (from >= to)
            continue;
        for (ColumnData &column : writable(*entry).columns)
            column.erase(from, to);
        affected += static_cast<std::int64_t>(to - from);
    }
    return affected;
}

} // namespace tdengine::server
