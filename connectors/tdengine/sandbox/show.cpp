// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include <array>

namespace tdengine::server {

namespace {

Execution refusedBy(const TokenReader &reader)
{
    Execution execution;
    execution.failure = reader.failure();
    return execution;
}

std::string columnsDdl(const std::vector<Column> &columns)
{
    std::string sql;
    for (const Column &column : columns)
        sql += (sql.empty() ? "`" : ", `") + column.name + "` " + declaredName(column.type);
    return sql;
}

std::string tagDdl(const Cell &cell, const DataType &type)
{
    if (const auto *text = std::get_if<std::string>(&cell))
        return type.type == Type::UBigInt ? std::to_string(unsignedValue(cell)) : '"' + *text + '"';
    if (const auto *real = std::get_if<double>(&cell))
        return std::to_string(*real);
    if (const auto *integer = std::get_if<std::int64_t>(&cell))
        return std::to_string(*integer);
    return "NULL";
}

// SHOW words that are one table of the system: its name and what is taken of it.
struct Listing {
    std::string_view word;
    std::string_view table;
    std::string_view columns;
};
constexpr std::array<Listing, 15> kListings{{{"databases", "information_schema.ins_databases", "name"},
    {"users", "information_schema.ins_users", "*"}, {"queries", "performance_schema.perf_queries", "*"},
    {"connections", "performance_schema.perf_connections", "*"}, {"dnodes", "information_schema.ins_dnodes", "*"},
    {"mnodes", "information_schema.ins_mnodes", "*"}, {"streams", "information_schema.ins_streams", "stream_name"},
    {"topics", "information_schema.ins_topics", "topic_name"}, {"functions", "information_schema.ins_functions", "name"},
    {"consumers", "performance_schema.perf_consumers", "*"}, {"transactions", "performance_schema.perf_trans", "*"},
    {"apps", "performance_schema.perf_apps", "*"}, {"variables", "information_schema.ins_configs", "*"},
    {"cluster", "information_schema.ins_cluster", "*"}, {"views", "information_schema.ins_views", "view_name"}}};

} // namespace

Execution Engine::show(TokenReader &reader, std::string_view sql, const Context &context, std::stop_token stop)
{
    if (reader.takeWord("create"))
        return showCreate(reader, context, sql, std::move(stop));
    for (const Listing &listing : kListings) {
        if (!reader.atWord(listing.word))
            continue;
        reader.take();
        reader.expectEnd();
        if (reader.failed())
            return refusedBy(reader);
        return runText("SELECT " + std::string(listing.columns) + " FROM " + std::string(listing.table), sql, context, std::move(stop));
    }
    std::string database = context.database;
    if (reader.peek(1).kind == Token::Kind::Symbol && reader.atSymbol(".", 1)) {
        database = reader.expectName();
        reader.take();
    }
    std::string query;
    std::string kind;
    if (reader.takeWord("stables")) {
        query = "SELECT stable_name FROM information_schema.ins_stables WHERE db_name = ";
        kind = "stable_name";
    } else if (reader.atWord("tables") || reader.atWord("normal") || reader.atWord("child")) {
        const std::string type = reader.atWord("tables") ? "" : reader.take().text == "normal" ? "NORMAL_TABLE" : "CHILD_TABLE";
        reader.expectWord("tables");
        query = "SELECT table_name FROM information_schema.ins_tables WHERE " + (type.empty() ? "" : "type = '" + type + "' AND ") + "db_name = ";
        kind = "table_name";
    } else if (reader.takeWord("vgroups")) {
        query = "SELECT * FROM information_schema.ins_vgroups WHERE db_name = ";
    } else if (reader.takeWord("tags") || (reader.takeWords("table", "tags"))) {
        reader.expectWord("from");
        std::string table = reader.expectName();
        if (reader.takeSymbol(".")) {
            database = std::move(table);
            table = reader.expectName();
        }
        query = "SELECT * FROM information_schema.ins_tags WHERE table_name = " + quotedSql(table) + " AND db_name = ";
    } else {
        reader.failHere();
        return refusedBy(reader);
    }
    if (reader.takeWord("from"))
        database = reader.expectName();
    const std::string like = reader.takeWord("like") ? reader.expectString() : std::string();
    reader.expectEnd();
    if (database.empty())
        reader.fail(code::kDatabaseNotSpecified, "Database not specified");
    if (!reader.failed() && database != "information_schema" && database != "performance_schema") {
        const auto lock = m_store.lock();
        if (!m_store.database(database))
            reader.fail(code::kDatabaseNotExist, "Database not exist");
    }
    if (reader.failed())
        return refusedBy(reader);
    query += quotedSql(database);
    if (!like.empty() && !kind.empty())
        query += " AND " + kind + " LIKE " + quotedSql(like);
    return runText(query, sql, context, std::move(stop));
}

Execution Engine::showCreate(TokenReader &reader, const Context &context, std::string_view sql, std::stop_token stop)
{
    const std::string what = reader.take().text;
    std::string databaseName = context.database;
    std::string name = reader.expectName();
    if (reader.takeSymbol(".")) {
        databaseName = std::move(name);
        name = reader.expectName();
    }
    reader.expectEnd();
    std::string ddl;
    const auto lock = m_store.lock();
    const Database *database = m_store.database(what == "database" ? name : databaseName);
    if (!reader.failed() && what != "database" && databaseName.empty())
        reader.fail(code::kDatabaseNotSpecified, "Database not specified");
    if (!database)
        reader.fail(code::kDatabaseNotExist, "Database not exist");
    if (reader.failed())
        return refusedBy(reader);
    if (what == "database") {
        ddl = "CREATE DATABASE `" + name + "` BUFFER 256 CACHEMODEL 'none' PRECISION '" + precisionName(database->precision) + "' REPLICA 1";
    } else if (const auto parent = database->superTables.find(name); parent != database->superTables.end()) {
        ddl = "CREATE STABLE `" + name + "` (" + columnsDdl(parent->second->columns) + ") TAGS (" + columnsDdl(parent->second->tags) + ')';
        if (!parent->second->comment.empty())
            ddl += " COMMENT '" + parent->second->comment + '\'';
    } else if (const auto entry = database->tables.find(name); entry != database->tables.end() && what == "table") {
        const Table &table = *entry->second.table;
        ddl = "CREATE TABLE `" + name + "` ";
        if (table.parent) {
            std::string tags, values;
            for (std::size_t i = 0; i < table.tags.size(); ++i) {
                tags += (i ? ", `" : "`") + table.parent->tags[i].name + '`';
                values += (i ? ", " : "") + tagDdl(table.tags[i], table.parent->tags[i].type);
            }
            ddl += "USING `" + table.parent->name + "` (" + tags + ") TAGS (" + values + ')';
        } else {
            ddl += '(' + columnsDdl(table.columns) + ')';
        }
        if (!table.comment.empty())
            ddl += " COMMENT '" + table.comment + '\'';
    } else {
        reader.fail(code::kTableNotExist, "Table does not exist");
        return refusedBy(reader);
    }
    const bool isDatabase = what == "database";
    std::vector<Column> columns{{isDatabase ? "Database" : "Table", makeType(Type::Varchar, 192)},
        {isDatabase ? "Create Database" : "Create Table", makeType(Type::Varchar, 65535)}};
    return rows(std::move(columns), {{name, ddl}}, context, sql, std::move(stop));
}

Execution Engine::describe(TokenReader &reader, const Context &context, std::string_view sql, std::stop_token stop)
{
    std::string database = context.database;
    std::string name = reader.expectName();
    if (reader.takeSymbol(".")) {
        database = std::move(name);
        name = reader.expectName();
    }
    reader.expectEnd();
    Failure failure = reader.failure();
    FoundRelation found;
    if (failure.code == 0)
        found = find(database, name, failure);
    if (failure.code != 0) {
        Execution execution;
        execution.failure = std::move(failure);
        return execution;
    }
    std::vector<std::vector<Cell>> cells;
    const auto add = [&cells](const Column &column, std::string note) {
        DataType bare = column.type;
        cells.push_back({column.name, typeName(bare), std::int64_t(metaLength(bare)), std::move(note),
            std::string(column.type.isFloating() ? "delta-d" : column.type.isText() ? "disabled" : "delta-i"), std::string("lz4"),
            std::string("medium")});
    };
    for (const Column &column : found.relation->columns)
        add(column, "");
    for (const Column &tag : found.relation->tags) {
        add(tag, "TAG");
        for (std::size_t i = 4; i < 7; ++i)
            cells.back()[i] = std::string("disabled");
    }
    std::vector<Column> columns{{"field", makeType(Type::Varchar, 64)}, {"type", makeType(Type::Varchar, 20)},
        {"length", makeType(Type::Int)}, {"note", makeType(Type::Varchar, 12)}, {"encode", makeType(Type::Varchar, 12)},
        {"compress", makeType(Type::Varchar, 12)}, {"level", makeType(Type::Varchar, 12)}};
    return rows(std::move(columns), std::move(cells), context, sql, std::move(stop));
}

} // namespace tdengine::server
