// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include <algorithm>
#include <charconv>

namespace openmldb::server {

namespace {

// A literal, with its sign.
std::optional<Cell> readLiteral(TokenReader &reader)
{
    const bool isNegative = reader.take("-");
    if (!isNegative)
        reader.take("+");
    const Token token = reader.next();
    if (token.kind == Token::Kind::String && !isNegative)
        return Cell::of(token.text);
    if (token.kind == Token::Kind::Word && !isNegative) {
        if (token.upper == "NULL")
            return Cell();
        if (token.upper == "TRUE" || token.upper == "FALSE")
            return Cell::of(std::int64_t(token.upper == "TRUE"));
    }
    if (token.kind == Token::Kind::Number) {
        const std::string text = (isNegative ? "-" : "") + token.text;
        const char *end = text.data() + text.size();
        std::int64_t integer = 0;
        double real = 0;
        if (const auto whole = std::from_chars(text.data(), end, integer); whole.ec == std::errc() && whole.ptr == end)
            return Cell::of(integer);
        if (const auto number = std::from_chars(text.data(), end, real); number.ec == std::errc() && number.ptr == end)
            return Cell::of(real);
    }
    reader.fail(kSyntaxError, "Un-support insert statement with non-const value \"" + token.text + "\" " + placeOf(reader.sql(), token.begin));
    return std::nullopt;
}

// Where the given values go; all columns without a list.
std::vector<std::size_t> readColumns(TokenReader &reader, const Table &table)
{
    std::vector<std::size_t> places;
    if (!reader.take("(")) {
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            places.push_back(i);
        return places;
    }
    do {
        const std::string name = reader.name();
        const auto found = std::find_if(table.columns.begin(), table.columns.end(), [&name](const Column &column) { return column.name == name; });
        if (found == table.columns.end())
            reader.fail(kCommandError, "column " + name + " not found in table " + table.name);
        else
            places.push_back(static_cast<std::size_t>(found - table.columns.begin()));
    } while (reader.take(","));
    reader.expect(")");
    return places;
}

std::vector<Cell> readRow(TokenReader &reader, const Table &table, const std::vector<std::size_t> &places)
{
    std::vector<Cell> row(table.columns.size());
    reader.expect("(");
    std::size_t count = 0;
    do {
        auto cell = readLiteral(reader);
        if (!cell || count >= places.size()) {
            ++count;
            continue;
        }
        const Column &column = table.columns[places[count++]];
        auto typed = literalCell(*cell, column.type);
        if (!typed)
            reader.fail(kCommandError, "convert value failed for column " + column.name + "(" + sqlName(column.type) + ")");
        else
            row[places[count - 1]] = std::move(*typed);
    } while (reader.take(","));
    reader.expect(")");
    if (!reader.failure() && count != places.size())
        reader.fail(kCommandError, "value count mismatch: " + std::to_string(count) + " values for " + std::to_string(places.size()) + " columns");
    return row;
}

Failure insertAll(const Table &table, const std::vector<std::vector<Cell>> &rows, const Store &store)
{
    for (const std::vector<Cell> &row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (table.columns[i].isNotNull && row[i].kind == Cell::Kind::Null)
                return {kCommandError, "column " + table.columns[i].name + " can't be null"};
        }
    }
    const auto writing = store.data().lockWriting();
    const auto data = openData(store);
    std::string holders = "?";
    for (std::size_t i = 1; i < table.columns.size(); ++i)
        holders += ",?";
    data->execute("BEGIN");
    {
        sandbox::sqlite::Statement statement(*data, "INSERT INTO " + table.sqliteName() + " VALUES (" + holders + ")");
        for (const std::vector<Cell> &row : rows) {
            for (std::size_t i = 0; i < row.size(); ++i)
                bind(statement, static_cast<int>(i + 1), row[i]);
            if (statement.step() != sandbox::sqlite::Statement::Step::Done)
                return {kRunError, data->lastError()};
            statement.reset();
        }
    }
    data->execute("COMMIT");
    return {};
}

} // namespace

Failure insertRow(const Table &table, const std::vector<Cell> &cells, const Store &store)
{
    return insertAll(table, {cells}, store);
}

Failure insertRows(TokenReader &reader, const std::string &database, Store &store)
{
    reader.expect("INTO");
    std::string owner = database;
    std::string name = reader.name();
    if (reader.take(".")) {
        owner = std::move(name);
        name = reader.name();
    }
    const auto table = reader.failure() ? nullptr : store.table(owner, name);
    if (!table)
        return {kCommandError, "Table " + name + " not exists in database [" + owner + "]"};
    const std::vector<std::size_t> places = readColumns(reader, *table);
    reader.expect("VALUES");
    std::vector<std::vector<Cell>> rows;
    do {
        rows.push_back(readRow(reader, *table, places));
    } while (reader.take(","));
    reader.expectEnd();
    return reader.failure() ? Failure() : insertAll(*table, rows, store);
}

} // namespace openmldb::server
