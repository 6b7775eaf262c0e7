// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include <algorithm>
#include <cstdlib>

namespace openmldb::server {

namespace {

// Minutes of "30d", "10m" or a bare number.
std::int64_t minutesOf(const Token &token)
{
    const std::int64_t count = std::strtoll(token.text.c_str(), nullptr, 10);
    if (token.kind != Token::Kind::Interval)
        return count;
    switch (token.text.back() | 0x20) {
    case 's':
        return std::max<std::int64_t>(1, count / 60);
    case 'h':
        return count * 60;
    case 'd':
        return count * 1440;
    default:
        return count;
    }
}

void readTtl(TokenReader &reader, Index &index)
{
    const auto one = [&] {
        const Token token = reader.next();
        (token.kind == Token::Kind::Interval ? index.absoluteTtl : index.latestTtl) = minutesOf(token);
    };
    if (!reader.take("("))
        return one();
    one();
    reader.expect(",");
    one();
    reader.expect(")");
}

// INDEX(KEY=(a, b), TS=c, TTL=…, TTL_TYPE=…)
Index readIndex(TokenReader &reader)
{
    Index index;
    reader.expect("(");
    do {
        const std::string option = upperCase(reader.name());
        reader.expect("=");
        if (option == "KEY") {
            const bool isList = reader.take("(");
            do {
                index.keys.push_back(reader.name());
            } while (isList && reader.take(","));
            if (isList)
                reader.expect(")");
        } else if (option == "TS") {
            index.time = reader.name();
        } else if (option == "TTL") {
            readTtl(reader, index);
        } else if (option == "TTL_TYPE") {
            index.ttlType = lowerCase(reader.name());
        } else {
            reader.failHere("Unexpected index option " + option);
        }
    } while (reader.take(","));
    reader.expect(")");
    // A bare number of an absolute TTL counts minutes.
    if (index.ttlType == "absolute" && index.absoluteTtl == 0)
        index.absoluteTtl = std::exchange(index.latestTtl, 0);
    return index;
}

void readColumn(TokenReader &reader, Table &table)
{
    Column column;
    column.name = reader.name();
    const std::string type = reader.name();
    const auto known = typeNamed(type);
    if (!known)
        reader.fail(kSyntaxError, "Unknown DataType identifier: " + type);
    column.type = known.value_or(Type::String);
    if (reader.take("NOT", "NULL"))
        column.isNotNull = true;
    else
        reader.take("NULL");
    if (reader.is("DEFAULT"))
        reader.fail(kCommandError, "DEFAULT is not part of this sandbox");
    const std::string lower = lowerCase(column.name);
    for (const Column &other : table.columns) {
        if (lowerCase(other.name) == lower)
            reader.fail(kCommandError, "duplicate column name: " + column.name);
    }
    table.columns.push_back(std::move(column));
}

void readOptions(TokenReader &reader, Table &table)
{
    reader.expect("(");
    do {
        const std::string option = upperCase(reader.name());
        reader.expect("=");
        const Token value = reader.next();
        if (option == "PARTITIONNUM")
            table.partitions = std::atoi(value.text.c_str());
        else if (option == "REPLICANUM")
            table.replicas = std::atoi(value.text.c_str());
    } while (reader.take(","));
    reader.expect(")");
}

Failure checkIndexes(Table &table)
{
    const auto typeOf = [&table](const std::string &name) -> std::optional<Type> {
        for (const Column &column : table.columns) {
            if (column.name == name)
                return column.type;
        }
        return std::nullopt;
    };
    if (table.indexes.empty()) {
        Index first;
        first.keys.push_back(table.columns.front().name);
        table.indexes.push_back(std::move(first));
    }
    int number = 0;
    for (Index &index : table.indexes) {
        index.name = "INDEX_" + std::to_string(number) + "_" + std::to_string(1600000000 + number);
        ++number;
        for (const std::string &key : index.keys) {
            const auto type = typeOf(key);
            if (!type)
                return {kCommandError, "index key " + key + " is not a column"};
            if (isReal(*type))
                return {kCommandError, "float or double column can not be index"};
        }
        if (index.time.empty())
            continue;
        const auto type = typeOf(index.time);
        if (type != Type::Timestamp && type != Type::Int64)
            return {kCommandError, "ts column " + index.time + " must be bigint or timestamp"};
    }
    return {};
}

} // namespace

Failure createTable(TokenReader &reader, const std::string &database, Store &store)
{
    const bool mayExist = reader.take("IF", "NOT") && reader.take("EXISTS");
    Table table;
    table.database = database;
    table.name = reader.name();
    if (reader.take(".")) {
        table.database = std::move(table.name);
        table.name = reader.name();
    }
    reader.expect("(");
    do {
        if (reader.is("INDEX") && reader.is("(", 1)) {
            reader.next();
            table.indexes.push_back(readIndex(reader));
        } else {
            readColumn(reader, table);
        }
    } while (reader.take(","));
    reader.expect(")");
    if (reader.take("OPTIONS"))
        readOptions(reader, table);
    reader.expectEnd();
    if (reader.failure())
        return {};
    if (!store.hasDatabase(table.database))
        return {kCommandError, "database not found"};
    if (table.columns.empty())
        return {kCommandError, "table has no columns"};
    if (Failure failure = checkIndexes(table))
        return failure;
    Failure failure = store.addTable(table);
    return failure && mayExist && store.table(table.database, table.name) ? Failure() : failure;
}

} // namespace openmldb::server
