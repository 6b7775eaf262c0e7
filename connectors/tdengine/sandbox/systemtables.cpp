// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/systemtables.h"

#include "sandbox/jsontext.h"

#include <array>
#include <chrono>
#include <functional>

namespace tdengine::server {

namespace {

using Rows = std::vector<std::vector<Cell>>;

struct SystemTable {
    std::string_view database;
    std::string_view name;
    std::vector<Column> columns;
    std::function<void(Store &, const RunningStatements &, Rows &)> fill; // under the store's lock
};

Column text(const char *name, int length) { return {name, makeType(Type::Varchar, length)}; }
Column integer(const char *name) { return {name, makeType(Type::Int)}; }
Column big(const char *name) { return {name, makeType(Type::BigInt)}; }
Column small(const char *name) { return {name, makeType(Type::SmallInt)}; }
Column tiny(const char *name) { return {name, makeType(Type::TinyInt)}; }
Column flag(const char *name) { return {name, makeType(Type::Bool)}; }
Column time(const char *name) { return {name, timestampType(Precision::Milli)}; }

Cell str(std::string_view value) { return std::string(value); }
Cell num(std::int64_t value) { return value; }

constexpr std::string_view kInformation = "information_schema";
constexpr std::string_view kPerformance = "performance_schema";

const std::vector<SystemTable> &systemTables();

std::vector<Cell> systemDatabaseRow(std::string_view name)
{
    std::vector<Cell> row(28);
    std::int64_t tables = 0;
    for (const SystemTable &table : systemTables())
        tables += table.database == name;
    row[0] = str(name);
    row[3] = num(tables);
    row[15] = str("ready");
    return row;
}

void fillDatabases(Store &store, const RunningStatements &, Rows &rows)
{
    rows.push_back(systemDatabaseRow(kInformation));
    rows.push_back(systemDatabaseRow(kPerformance));
    for (const auto &[name, database] : store.databases()) {
        rows.push_back({str(name), num(database.createdMs), num(2), num(static_cast<std::int64_t>(database.tables.size())),
            num(1), str("on"), str("10d"), str("3650d,3650d,3650d"), num(256), num(4), num(256), num(100), num(4096), num(2),
            str(precisionName(database.precision)), str("ready"), {}, num(0), str("none"), num(1), num(1), num(3000), num(3600),
            num(0), num(2), num(0), num(0), num(4)});
    }
}

void fillStables(Store &store, const RunningStatements &, Rows &rows)
{
    for (const auto &[name, database] : store.databases()) {
        for (const auto &[tableName, table] : database.superTables) {
            rows.push_back({str(tableName), str(name), num(table->createdMs), num(static_cast<std::int64_t>(table->columns.size())),
                num(static_cast<std::int64_t>(table->tags.size())), num(table->createdMs),
                table->comment.empty() ? Cell() : str(table->comment), str("5000a,5000a"), str("-1a,-1a"), {}, num(table->uid)});
        }
    }
}

void fillTables(Store &store, const RunningStatements &, Rows &rows)
{
    for (const SystemTable &table : systemTables()) {
        rows.push_back({str(table.name), str(table.database), {}, num(static_cast<std::int64_t>(table.columns.size())), {}, {}, {}, {}, {},
            str("SYSTEM_TABLE")});
    }
    for (const auto &[name, database] : store.databases()) {
        for (const auto &[tableName, entry] : database.tables) {
            const Table &table = *entry.table;
            rows.push_back({str(tableName), str(name), num(table.createdMs), num(static_cast<std::int64_t>(table.columns.size())),
                table.parent ? str(table.parent->name) : Cell(), num(table.uid), num(table.vgroup), num(0),
                table.comment.empty() ? Cell() : str(table.comment), str(table.parent ? "CHILD_TABLE" : "NORMAL_TABLE")});
        }
    }
}

void addColumns(Rows &rows, std::string_view database, std::string_view table, std::string_view kind, const std::vector<Column> &columns)
{
    for (const Column &column : columns) {
        const bool isDecimal = column.type.type == Type::Decimal;
        rows.push_back({str(table), str(database), str(kind), str(column.name), str(declaredName(column.type)),
            num(metaLength(column.type)), isDecimal ? num(column.type.length) : Cell(), isDecimal ? num(column.type.scale) : Cell(), {}});
    }
}

void fillColumns(Store &store, const RunningStatements &, Rows &rows)
{
    for (const SystemTable &table : systemTables())
        addColumns(rows, table.database, table.name, "SYSTEM_TABLE", table.columns);
    for (const auto &[name, database] : store.databases()) {
        for (const auto &[tableName, table] : database.superTables)
            addColumns(rows, name, tableName, "SUPER_TABLE", table->columns);
        for (const auto &[tableName, entry] : database.tables)
            addColumns(rows, name, tableName, entry.table->parent ? "CHILD_TABLE" : "NORMAL_TABLE", entry.table->columns);
    }
}

std::string tagText(const Cell &cell, const DataType &type)
{
    std::string out;
    if (const auto *value = std::get_if<std::string>(&cell)) {
        if (type.isBytes())
            appendHex(out, *value);
        else if (type.type == Type::UBigInt)
            out = std::to_string(unsignedValue(cell));
        else
            out = *value;
    } else if (const auto *real = std::get_if<double>(&cell)) {
        type.type == Type::Float ? appendFloat(out, static_cast<float>(*real)) : appendDouble(out, *real);
    } else if (const auto *whole = std::get_if<std::int64_t>(&cell)) {
        out = type.type == Type::Bool ? (*whole ? "true" : "false") : std::to_string(*whole);
    }
    return out;
}

void fillTags(Store &store, const RunningStatements &, Rows &rows)
{
    for (const auto &[name, database] : store.databases()) {
        for (const auto &[tableName, entry] : database.tables) {
            const Table &table = *entry.table;
            for (std::size_t i = 0; table.parent && i < table.parent->tags.size(); ++i) {
                const Column &tag = table.parent->tags[i];
                const bool isNull = std::holds_alternative<std::monostate>(table.tags[i]);
                rows.push_back({str(tableName), str(name), str(table.parent->name), str(tag.name), str(declaredName(tag.type)),
                    isNull ? Cell() : str(tagText(table.tags[i], tag.type))});
            }
        }
    }
}

void fillUsers(Store &store, const RunningStatements &, Rows &rows)
{
    for (const auto &[name, password] : store.users())
        rows.push_back({str(name), num(name == "root"), num(1), num(1), num(1), num(0), str("+127.0.0.1/32")});
}

void fillVgroups(Store &store, const RunningStatements &, Rows &rows)
{
    for (const auto &[name, database] : store.databases()) {
        for (int group = 2; group < 4; ++group) {
            std::int64_t tables = 0;
            for (const auto &[tableName, entry] : database.tables)
                tables += entry.table->vgroup == group;
            rows.push_back({num(group), str(name), num(tables), num(1), str("leader")});
        }
    }
}

void fillQueries(Store &, const RunningStatements &running, Rows &rows)
{
    using namespace std::chrono;
    const std::int64_t now = duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
    for (const RunningStatements::Entry &entry : running.entries()) {
        rows.push_back({str(entry.killId), unsignedCell(entry.queryId), num(entry.connectionId), str(entry.application), num(1),
            str(entry.user), str("127.0.0.1"), num(entry.startedMs), num(now - entry.startedTickUs), num(0), num(0), num(0), str(""),
            str(entry.sql)});
    }
}

void fillConnections(Store &, const RunningStatements &running, Rows &rows)
{
    for (const RunningStatements::Entry &entry : running.entries()) {
        rows.push_back({num(entry.connectionId), str(entry.user), str(entry.application), num(1), str("127.0.0.1"),
            num(entry.startedMs), num(entry.startedMs)});
    }
}

void fillNothing(Store &, const RunningStatements &, Rows &) { }

const std::vector<SystemTable> &systemTables()
{
    static const std::vector<SystemTable> tables{
        {kInformation, "ins_databases",
            {text("name", 64), time("create_time"), small("vgroups"), big("ntables"), tiny("replica"), text("strict", 4),
                text("duration", 10), text("keep", 64), integer("buffer"), integer("pagesize"), integer("pages"), integer("minrows"),
                integer("maxrows"), tiny("comp"), text("precision", 2), text("status", 10), text("retentions", 60),
                flag("single_stable"), text("cachemodel", 60), integer("cachesize"), tiny("wal_level"), integer("wal_fsync_period"),
                integer("wal_retention_period"), big("wal_retention_size"), small("stt_trigger"), small("table_prefix"),
                small("table_suffix"), integer("tsdb_pagesize")},
            fillDatabases},
        {kInformation, "ins_stables",
            {text("stable_name", 192), text("db_name", 64), time("create_time"), integer("columns"), integer("tags"),
                time("last_update"), text("table_comment", 1024), text("watermark", 64), text("max_delay", 64), text("rollup", 128),
                big("uid")},
            fillStables},
        {kInformation, "ins_tables",
            {text("table_name", 192), text("db_name", 64), time("create_time"), integer("columns"), text("stable_name", 192),
                big("uid"), integer("vgroup_id"), integer("ttl"), text("table_comment", 1024), text("type", 21)},
            fillTables},
        {kInformation, "ins_columns",
            {text("table_name", 192), text("db_name", 64), text("table_type", 21), text("col_name", 64), text("col_type", 32),
                integer("col_length"), integer("col_precision"), integer("col_scale"), integer("col_nullable")},
            fillColumns},
        {kInformation, "ins_tags",
            {text("table_name", 192), text("db_name", 64), text("stable_name", 192), text("tag_name", 64), text("tag_type", 32),
                {"tag_value", makeType(Type::NChar, 4096)}},
            fillTags},
        {kInformation, "ins_users",
            {text("name", 24), tiny("super"), tiny("enable"), tiny("sysinfo"), tiny("createdb"), time("create_time"),
                text("allowed_host", 4096)},
            fillUsers},
        {kInformation, "ins_vgroups",
            {integer("vgroup_id"), text("db_name", 64), integer("tables"), integer("v1_dnode"), text("v1_status", 9)}, fillVgroups},
        {kInformation, "ins_indexes",
            {text("index_name", 192), text("db_name", 64), text("table_name", 192), integer("vgroup_id"), time("create_time"),
                text("columns", 64), text("index_type", 10), text("index_extensions", 256)},
            fillNothing},
        {kInformation, "ins_views",
            {text("view_name", 192), text("db_name", 64), text("effective_user", 24), time("create_time"), text("type", 10),
                text("query_sql", 65517), text("parameters", 65517), text("default_values", 65517), text("target_table", 192)},
            fillNothing},
        {kInformation, "ins_streams",
            {text("stream_name", 192), time("create_time"), text("sql", 2048), text("status", 20), text("source_db", 64),
                text("target_db", 64), text("target_table", 192)},
            fillNothing},
        {kInformation, "ins_topics",
            {text("topic_name", 192), text("db_name", 64), time("create_time"), text("sql", 65517), text("schema", 65517)}, fillNothing},
        {kInformation, "ins_functions",
            {text("name", 64), text("comment", 255), integer("aggregate"), text("output_type", 31), time("create_time"),
                integer("code_len"), integer("bufsize")},
            fillNothing},
        {kInformation, "ins_dnodes",
            {small("id"), text("endpoint", 134), small("vnodes"), small("support_vnodes"), text("status", 9), time("create_time")},
            [](Store &, const RunningStatements &, Rows &rows) {
                rows.push_back({num(1), str("localhost:6030"), num(4), num(16), str("ready"), num(0)});
            }},
        {kInformation, "ins_mnodes", {integer("id"), text("endpoint", 134), text("role", 12), text("status", 9), time("create_time")},
            [](Store &, const RunningStatements &, Rows &rows) {
                rows.push_back({num(1), str("localhost:6030"), str("leader"), str("ready"), num(0)});
            }},
        {kInformation, "ins_cluster", {big("id"), text("name", 134), integer("uptime"), time("create_time"), text("version", 10)},
            [](Store &, const RunningStatements &, Rows &rows) {
                rows.push_back({num(1), str("ondograph-sandbox"), num(0), num(0), str("sandbox")});
            }},
        {kInformation, "ins_configs", {text("name", 32), text("value", 64)}, fillNothing},
        {kPerformance, "perf_queries",
            {text("kill_id", 26), {"query_id", makeType(Type::UBigInt)}, {"conn_id", makeType(Type::UInt)}, text("app", 24),
                {"pid", makeType(Type::UInt)}, text("user", 24), text("end_point", 22), time("create_time"), big("exec_usec"),
                flag("stable_query"), flag("is_sub_query"), integer("sub_num"), text("sub_status", 1000), text("sql", 1024)},
            fillQueries},
        {kPerformance, "perf_connections",
            {{"conn_id", makeType(Type::UInt)}, text("user", 24), text("app", 24), {"pid", makeType(Type::UInt)}, text("end_point", 22),
                time("login_time"), time("last_access")},
            fillConnections},
        {kPerformance, "perf_consumers", {text("consumer_id", 32), text("consumer_group", 192), text("client_id", 256), text("status", 20)},
            fillNothing},
        {kPerformance, "perf_trans", {integer("id"), time("create_time"), text("stage", 12), text("oper", 16)}, fillNothing},
        {kPerformance, "perf_apps", {big("app_id"), text("ip", 16), integer("pid"), text("name", 24), time("start_time")}, fillNothing},
    };
    return tables;
}

} // namespace

bool isSystemDatabase(std::string_view name)
{
    return name == kInformation || name == kPerformance;
}

std::shared_ptr<const Relation> systemRelation(
    std::string_view database, std::string_view table, Store &store, const RunningStatements &running)
{
    for (const SystemTable &system : systemTables()) {
        if (system.database != database || system.name != table)
            continue;
        Rows rows;
        {
            const auto lock = store.lock();
            system.fill(store, running, rows);
        }
        auto relation = std::make_shared<Relation>();
        relation->isSystem = true;
        relation->columns = system.columns;
        auto described = std::make_shared<Table>();
        described->name = table;
        auto data = std::make_shared<TableData>(system.columns);
        for (const std::vector<Cell> &row : rows) {
            for (std::size_t i = 0; i < row.size(); ++i)
                data->columns[i].append(row[i]);
        }
        relation->parts.push_back({std::move(described), std::move(data)});
        return relation;
    }
    return nullptr;
}

} // namespace tdengine::server
