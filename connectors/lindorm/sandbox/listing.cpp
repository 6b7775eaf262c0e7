// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include "sandbox/jsontext.h"
#include "sandbox/timetext.h"

// SHOW and DESCRIBE.
namespace lindorm::server {

namespace {

using Rows = std::vector<std::vector<std::optional<std::string>>>;

std::vector<OutputColumn> texts(std::initializer_list<const char *> names)
{
    std::vector<OutputColumn> columns;
    for (const char *name : names)
        columns.push_back({name, Type::Varchar, Role::None});
    return columns;
}

const char *kindName(Role role)
{
    return role == Role::Tag ? "TAG" : role == Role::Time ? "TIMESTAMP" : "FIELD";
}

Translation described(const TableEntry &table)
{
    Rows rows;
    for (const TableColumn &column : table.columns)
        rows.push_back({column.name, typeName(column.type), kindName(column.role), column.isKey ? "true" : "false", column.isPartition ? "true" : "false"});
    return constantRows(texts({"columnName", "typeName", "columnKind", "primaryKey", "partitionTag"}), rows);
}

Translation privileges(const std::map<std::string, UserEntry> &users)
{
    Rows rows;
    for (const auto &[name, user] : users) {
        std::string json = "{";
        for (const auto &[database, granted] : user.grants) {
            json += json.size() > 1 ? "," : "";
            appendText(json, database);
            json += ":[";
            for (const std::string &privilege : granted) {
                json += json.ends_with('[') ? "" : ",";
                appendText(json, privilege);
            }
            json += ']';
        }
        rows.push_back({name, json + '}'});
    }
    return constantRows(texts({"user", "privileges"}), rows);
}

Translation processes(const std::vector<RunningStatements::Entry> &entries)
{
    Rows rows;
    for (const RunningStatements::Entry &entry : entries)
        rows.push_back({entry.id, entry.user, "sandbox", entry.database, entry.type, zonedText(entry.createdMs), entry.sql});
    return constantRows(texts({"ID", "USER", "HOST", "DB", "TYPE", "CREATED", "SQL"}), rows);
}

Translation tablesOf(const DatabaseEntry &database)
{
    Rows rows;
    for (const auto &[name, table] : database.tables)
        rows.push_back({name});
    std::vector<OutputColumn> columns{{"Tables_In_" + database.name, Type::Varchar, Role::None}};
    return constantRows(std::move(columns), rows);
}

DatabaseEntry needDatabase(const Store &store, const std::string &name)
{
    const auto database = store.database(name);
    if (!database)
        refuse(code::kNoDatabase, "42000", "Unknown database '" + name + "'");
    return *database;
}

} // namespace

Translation constantRows(std::vector<OutputColumn> columns, const Rows &rows)
{
    Translation translation;
    std::string none;
    for (std::size_t i = 0; i < columns.size(); ++i)
        none += i == 0 ? "NULL" : ",NULL";
    translation.columns = std::move(columns);
    for (const auto &row : rows) {
        std::string values;
        for (const auto &value : row)
            values += (values.empty() ? "" : ",") + (value ? sqliteText(*value) : std::string("NULL"));
        translation.sql += (translation.sql.empty() ? "VALUES(" : ",(") + values + ')';
    }
    if (rows.empty())
        translation.sql = "SELECT " + none + " WHERE 0";
    return translation;
}

Translation Engine::listed(const Statement &statement, std::string_view text, const Caller &caller) const
{
    using Kind = Statement::Kind;
    const std::string &database = statement.database.empty() ? caller.database : statement.database;
    switch (statement.kind) {
    case Kind::DescribeTable:
        needDatabase(m_store, database);
        return described(*needTable(statement, text, database));
    case Kind::DescribeDatabase: {
        DatabaseEntry entry = needDatabase(m_store, statement.name);
        const auto option = [&entry](const char *name) { return entry.options.contains(name) ? std::optional(entry.options[name]) : std::nullopt; };
        return constantRows(texts({"database", "ttl", "cold_boundary", "partition_interval"}),
            {{entry.name, option("TTL"), option("COLD_BOUNDARY"), option("PARTITION_INTERVAL")}});
    }
    case Kind::ShowDatabases: {
        Rows rows;
        for (const DatabaseEntry &entry : m_store.databases())
            rows.push_back({entry.name});
        return constantRows(texts({"SCHEMA"}), rows);
    }
    case Kind::ShowTables:
        return tablesOf(needDatabase(m_store, database));
    case Kind::ShowUsers: {
        Rows rows;
        for (const auto &[name, user] : m_store.users())
            rows.push_back({name});
        return constantRows(texts({"user"}), rows);
    }
    case Kind::ShowPrivileges:
        return privileges(m_store.users());
    case Kind::ShowProcesslist:
        return processes(m_running.entries());
    case Kind::ShowParameter:
        return constantRows(texts({"name", "value"}), {{statement.name, m_store.parameter(statement.name)}});
    case Kind::ShowContinuousQueries:
        return constantRows(texts({"database", "name", "query"}), {});
    default:
        return constantRows(texts({"database", "table", "sample_by"}), {});
    }
}

} // namespace lindorm::server
