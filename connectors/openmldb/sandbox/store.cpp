// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/store.h"

namespace openmldb::server {

namespace {

const char *sqliteType(Type type)
{
    return isReal(type) ? "REAL" : type == Type::String || type == Type::Date ? "TEXT" : "INTEGER";
}

bool hasObjects(const auto &map, const std::string &database)
{
    const auto first = map.lower_bound({database, std::string()});
    return first != map.end() && first->first.first == database;
}

} // namespace

Store::Store() = default;

std::vector<std::string> Store::databases() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> names;
    for (const auto &[name, exists] : m_databases)
        names.push_back(name);
    return names;
}

bool Store::hasDatabase(const std::string &name) const
{
    const std::lock_guard lock(m_mutex);
    return m_databases.contains(name);
}

bool Store::addDatabase(const std::string &name)
{
    const std::lock_guard lock(m_mutex);
    return m_databases.emplace(name, true).second;
}

bool Store::removeDatabase(const std::string &name)
{
    const std::lock_guard lock(m_mutex);
    return !hasObjects(m_tables, name) && !hasObjects(m_procedures, name) && m_databases.erase(name) > 0;
}

std::shared_ptr<const Table> Store::table(const std::string &database, const std::string &name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_tables.find({database, name});
    return found == m_tables.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<const Table>> Store::tables(const std::string &database) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::shared_ptr<const Table>> all;
    for (const auto &[key, table] : m_tables) {
        if (key.first == database)
            all.push_back(table);
    }
    return all;
}

Failure Store::addTable(Table table)
{
    std::string columns;
    for (const Column &column : table.columns)
        columns += (columns.empty() ? "" : ",") + quotedIdentifier(column.name) + " " + sqliteType(column.type);
    const auto writing = m_data.lockWriting();
    const auto database = m_data.open();
    const std::lock_guard lock(m_mutex);
    const Key key{table.database, table.name};
    if (m_tables.contains(key))
        return {kCommandError, "table already exists"};
    if (!database->execute("CREATE TABLE IF NOT EXISTS " + table.sqliteName() + "(" + columns + ")"))
        return {kCommandError, "Fail to create table: " + database->lastError()};
    for (const Index &index : table.indexes) {
        std::string keys;
        for (const std::string &name : index.keys)
            keys += (keys.empty() ? "" : ",") + quotedIdentifier(name);
        if (!index.time.empty())
            keys += "," + quotedIdentifier(index.time);
        database->execute("CREATE INDEX " + quotedIdentifier(table.database + "." + table.name + "." + index.name) + " ON "
            + table.sqliteName() + "(" + keys + ")");
    }
    table.id = m_nextTable++;
    m_tables[key] = std::make_shared<const Table>(std::move(table));
    return {};
}

bool Store::removeTable(const std::string &database, const std::string &name)
{
    const auto writing = m_data.lockWriting();
    const std::lock_guard lock(m_mutex);
    const auto found = m_tables.find({database, name});
    if (found == m_tables.end())
        return false;
    m_data.open()->execute("DROP TABLE " + found->second->sqliteName());
    m_tables.erase(found);
    return true;
}

std::shared_ptr<const Procedure> Store::procedure(const std::string &database, const std::string &name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_procedures.find({database, name});
    return found == m_procedures.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<const Procedure>> Store::procedures(bool areDeployments) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::shared_ptr<const Procedure>> all;
    for (const auto &[key, procedure] : m_procedures) {
        if (procedure->isDeployment == areDeployments)
            all.push_back(procedure);
    }
    return all;
}

bool Store::addProcedure(Procedure procedure)
{
    const std::lock_guard lock(m_mutex);
    const Key key{procedure.database, procedure.name};
    return m_procedures.emplace(key, std::make_shared<const Procedure>(std::move(procedure))).second;
}

bool Store::removeProcedure(const std::string &database, const std::string &name)
{
    const std::lock_guard lock(m_mutex);
    return m_procedures.erase({database, name}) > 0;
}

} // namespace openmldb::server
