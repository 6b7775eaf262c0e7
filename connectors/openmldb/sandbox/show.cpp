// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include <algorithm>
#include <cstdlib>

namespace openmldb::server {

namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kJobColumns = 9;

Execution texts(Rows rows, std::size_t width = 1)
{
    Execution execution;
    execution.width = width;
    execution.texts = std::move(rows);
    return execution;
}

Execution failedExecution(int code, std::string msg)
{
    Execution execution;
    execution.failure = {code, std::move(msg)};
    return execution;
}

std::string createText(const Table &table)
{
    std::string text = "CREATE TABLE `" + table.name + "` (\n";
    for (const Column &column : table.columns)
        text += "`" + column.name + "` " + sqlName(column.type) + (column.isNotNull ? " NOT NULL,\n" : ",\n");
    for (std::size_t i = 0; i < table.indexes.size(); ++i) {
        const Index &index = table.indexes[i];
        std::string keys;
        for (const std::string &key : index.keys)
            keys += (keys.empty() ? "`" : ", `") + key + "`";
        text += "INDEX (KEY=" + (index.keys.size() > 1 ? "(" + keys + ")" : keys);
        if (!index.time.empty())
            text += ", TS=`" + index.time + "`";
        text += ", TTL_TYPE=" + upperCase(index.ttlType) + ", TTL="
            + (index.ttlType == "latest" ? std::to_string(index.latestTtl) : std::to_string(index.absoluteTtl) + "m") + ")";
        text += i + 1 < table.indexes.size() ? ",\n" : "\n";
    }
    return text + ") OPTIONS (PARTITIONNUM=" + std::to_string(table.partitions) + ", REPLICANUM=" + std::to_string(table.replicas)
        + ", STORAGE_MODE='Memory', COMPRESS_TYPE='NoCompress');";
}

Execution describe(TokenReader &reader, const std::string &database, const Store &store)
{
    std::string owner = database;
    std::string name = reader.name();
    if (reader.take(".")) {
        owner = std::move(name);
        name = reader.name();
    }
    const auto table = store.table(owner, name);
    if (!table)
        return failedExecution(kCommandError, "table " + name + " not found");
    Rows columns;
    for (const Column &column : table->columns)
        columns.push_back({std::to_string(columns.size() + 1), column.name, sqlName(column.type), column.isNotNull ? "NO" : "YES", ""});
    Rows indexes;
    for (const Index &index : table->indexes) {
        std::string keys;
        for (const std::string &key : index.keys)
            keys += (keys.empty() ? "" : "|") + key;
        indexes.push_back({std::to_string(indexes.size() + 1), index.name, keys, index.time.empty() ? "-" : index.time,
            index.ttlType == "latest" ? std::to_string(index.latestTtl) : std::to_string(index.absoluteTtl) + "min", "k" + index.ttlType});
    }
    return texts({{drawnTable({"#", "Field", "Type", "Null", "Default"}, columns)
        + drawnTable({"#", "name", "keys", "ts", "ttl", "ttl_type"}, indexes)}});
}

Execution procedureText(TokenReader &reader, const std::string &database, const Store &store, bool isDeployment)
{
    std::string owner = database;
    std::string name = reader.name();
    if (reader.take(".")) {
        owner = std::move(name);
        name = reader.name();
    }
    const auto procedure = store.procedure(owner, name);
    if (!procedure || procedure->isDeployment != isDeployment)
        return failedExecution(kCommandError, std::string(isDeployment ? "deployment" : "procedure") + " not found");
    const auto columns = [](const std::vector<Column> &all) {
        Rows rows;
        for (const Column &column : all)
            rows.push_back({std::to_string(rows.size() + 1), column.name, sqlName(column.type), column.isConstant ? "YES" : "NO"});
        return drawnTable({"#", "Field", "Type", "IsConstant"}, rows);
    };
    return texts({{drawnTable({"DB", isDeployment ? "Deployment" : "SP"}, {{owner, name}}) + procedure->text + "\n# Input Schema\n"
        + columns(procedure->input) + "# Output Schema\n" + columns(procedure->output)}});
}

Rows procedureRows(const std::string &database, const Store &store, bool areDeployments)
{
    Rows rows;
    for (const auto &procedure : store.procedures(areDeployments)) {
        // Deployments are listed of one database, procedures of all.
        if (!areDeployments || procedure->database == database)
            rows.push_back({procedure->database, procedure->name});
    }
    return rows;
}

Execution tables(const std::string &database, const Store &store)
{
    if (!store.hasDatabase(database))
        return failedExecution(kCommandError, "database not found");
    Rows rows;
    for (const auto &table : store.tables(database))
        rows.push_back({table->name});
    return texts(std::move(rows));
}

Execution createShown(TokenReader &reader, const std::string &database, const Store &store)
{
    std::string owner = database;
    std::string name = reader.name();
    if (reader.take(".")) {
        owner = std::move(name);
        name = reader.name();
    }
    const auto table = store.table(owner, name);
    return table ? texts({{name, createText(*table)}}, 2) : failedExecution(kCommandError, "table " + name + " not found");
}

Execution job(TokenReader &reader, const Jobs &jobs, bool isLog)
{
    const std::string id = reader.next().text;
    Rows rows = jobs.rows(std::max(1, std::atoi(id.c_str())));
    if (rows.empty())
        return failedExecution(kCommandError, "job " + id + " not found");
    return isLog ? texts({{"job " + id + ": " + rows[0][2] + (rows[0][8].empty() ? "" : "\n" + rows[0][8])}}) : texts(std::move(rows), kJobColumns);
}

} // namespace

Execution showCommand(TokenReader &reader, const std::string &database, const Store &store, const Jobs &jobs)
{
    if (!reader.take("SHOW")) {
        reader.next();
        return describe(reader, database, store);
    }
    if (reader.take("DATABASES")) {
        Rows rows;
        for (const std::string &name : store.databases())
            rows.push_back({name});
        return texts(std::move(rows));
    }
    if (reader.take("TABLES"))
        return tables(database, store);
    if (reader.take("CREATE", "TABLE"))
        return createShown(reader, database, store);
    if (reader.take("DEPLOYMENTS"))
        return texts(procedureRows(database, store, true), 2);
    if (reader.take("PROCEDURES"))
        return texts(procedureRows(database, store, false), 2);
    if (reader.take("DEPLOYMENT"))
        return procedureText(reader, database, store, true);
    if (reader.take("PROCEDURE"))
        return procedureText(reader, database, store, false);
    if (reader.take("JOBS"))
        return texts(jobs.rows(), kJobColumns);
    if (reader.take("JOB"))
        return job(reader, jobs, false);
    if (reader.take("JOBLOG"))
        return job(reader, jobs, true);
    reader.failHere("Unexpected " + reader.shown());
    return {};
}

std::string drawnTable(const std::vector<std::string> &names, const std::vector<std::vector<std::string>> &rows)
{
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::size_t width = names[i].size();
        for (const std::vector<std::string> &row : rows)
            width = std::max(width, row[i].size());
        widths.push_back(width);
    }
    std::string line;
    for (const std::size_t width : widths)
        line += " " + std::string(width + 2, '-');
    line += " \n";
    const auto drawn = [&widths](const std::vector<std::string> &row) {
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i)
            text += "  " + row[i] + std::string(widths[i] - row[i].size() + 1, ' ');
        return text + " \n";
    };
    std::string text = line + drawn(names) + line;
    for (const std::vector<std::string> &row : rows)
        text += drawn(row);
    return text + line;
}

} // namespace openmldb::server
