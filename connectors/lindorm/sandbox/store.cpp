// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/store.h"

#include <algorithm>

namespace lindorm::server {

namespace {

template <typename Map>
auto findName(Map &map, std::string_view name)
{
    const auto exact = map.find(std::string(name));
    if (exact != map.end())
        return exact;
    return std::find_if(map.begin(), map.end(), [name](const auto &entry) { return sameText(entry.first, name); });
}

const char *storageName(Type type)
{
    return type == Type::Varchar ? "TEXT" : type == Type::Double ? "REAL" : "INTEGER";
}

} // namespace

const TableColumn *TableEntry::find(std::string_view column) const
{
    for (const TableColumn &own : columns) {
        if (own.name == column)
            return &own;
    }
    const auto found = std::find_if(columns.begin(), columns.end(), [column](const TableColumn &own) { return sameText(own.name, column); });
    return found == columns.end() ? nullptr : &*found;
}

const TableColumn &TableEntry::time() const
{
    return *std::find_if(columns.begin(), columns.end(), [](const TableColumn &column) { return column.role == Role::Time; });
}

std::string physicalDefinition(const TableEntry &table)
{
    std::string columns;
    std::string key;
    for (const TableColumn &column : table.columns) {
        columns += (columns.empty() ? "" : ",") + sqliteName(column.name) + ' ' + storageName(column.type);
        if (column.role == Role::Tag) {
            columns += " NOT NULL DEFAULT ''";
            key += sqliteName(column.name) + ',';
        }
    }
    key += sqliteName(table.time().name);
    return "CREATE TABLE " + sqliteName(table.physical) + '(' + columns + ",PRIMARY KEY(" + key + ")) WITHOUT ROWID";
}

Store::Store()
{
    m_databases["default"] = {"default", {}, {}, false};
    m_databases["information_schema"] = {"information_schema", {}, {}, true};
    m_users["root"] = {"root_tsdb", {{"*", {"READ", "WRITE", "ADMIN"}}}};
    m_users["tsdbuser"] = {"password", {{"*", {"READ"}}}};
    m_parameters["USER_AUTH"] = "TRUE";
}

Store::Databases::iterator Store::find(std::string_view name) const
{
    return findName(m_databases, name);
}

DatabaseEntry &Store::at(std::string_view name)
{
    const auto found = find(name);
    if (found == m_databases.end())
        refuse(code::kNoDatabase, "42000", "Unknown database '" + std::string(name) + "'");
    return found->second;
}

std::vector<DatabaseEntry> Store::databases() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<DatabaseEntry> all;
    for (const auto &[name, entry] : m_databases)
        all.push_back(entry);
    return all;
}

std::optional<DatabaseEntry> Store::database(std::string_view name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = find(name);
    return found == m_databases.end() ? std::nullopt : std::optional(found->second);
}

void Store::createDatabase(const std::string &name, std::map<std::string, std::string> options, bool isLenient)
{
    const std::lock_guard lock(m_mutex);
    if (find(name) != m_databases.end()) {
        if (isLenient)
            return;
        refuse(code::kDatabaseExists, "HY000", "Can't create database '" + name + "'; database exists");
    }
    m_databases[name] = {name, std::move(options), {}, false};
}

void Store::dropDatabase(const std::string &name, bool isLenient)
{
    DatabaseEntry gone;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = find(name);
        if (found == m_databases.end() && isLenient)
            return;
        if (found == m_databases.end())
            refuse(code::kNoDatabaseToDrop, "HY000", "Can't drop database '" + name + "'; database doesn't exist");
        if (found->second.isSystem || found->second.name == "default")
            refuse(code::kDenied, "28000", "Database '" + name + "' cannot be dropped");
        gone = found->second;
        m_databases.erase(found);
    }
    const auto writing = m_file.lockWriting();
    const auto database = m_file.open();
    for (const auto &[table, entry] : gone.tables)
        database->execute("DROP TABLE " + sqliteName(entry->physical));
}

TablePtr Store::table(std::string_view database, std::string_view name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = find(database);
    if (found == m_databases.end())
        return nullptr;
    const auto table = findName(found->second.tables, name);
    return table == found->second.tables.end() ? nullptr : table->second;
}

void Store::needRows(const TableEntry &table) const
{
    if (!table.pending)
        return;
    std::call_once(table.pending->once, [&] {
        const auto database = m_file.open();
        database->execute("PRAGMA cache_size=-65536"); // all of it, so that nothing is written twice
        database->execute("BEGIN IMMEDIATE");
        table.pending->fill(*database);
        database->execute("COMMIT");
    });
}

TablePtr Store::createTable(const std::string &database, const std::string &name, std::vector<TableColumn> columns,
    std::shared_ptr<PendingRows> pending)
{
    auto entry = std::make_shared<TableEntry>();
    entry->name = name;
    entry->pending = std::move(pending);
    entry->columns = std::move(columns);
    const std::lock_guard lock(m_mutex);
    DatabaseEntry &owner = at(database);
    if (findName(owner.tables, name) != owner.tables.end())
        refuse(code::kTableExists, "42S01", "Table '" + name + "' already exists");
    entry->physical = 't' + std::to_string(m_nextTable++);
    if (!m_file.open()->execute(physicalDefinition(*entry)))
        refuse(code::kStorage, "HY000", "Can't create table '" + name + "'");
    owner.tables[name] = entry;
    return entry;
}

void Store::dropTable(const std::string &database, const std::string &name)
{
    TablePtr gone;
    {
        const std::lock_guard lock(m_mutex);
        DatabaseEntry &owner = at(database);
        const auto found = findName(owner.tables, name);
        if (found == owner.tables.end())
            refuse(code::kNoTable, "42S02", "Table '" + owner.name + '.' + name + "' doesn't exist");
        gone = found->second;
        owner.tables.erase(found);
    }
    const auto writing = m_file.lockWriting();
    m_file.open()->execute("DROP TABLE " + sqliteName(gone->physical));
}

TablePtr Store::addColumns(const std::string &database, const TablePtr &table, const std::vector<TableColumn> &columns)
{
    auto entry = std::make_shared<TableEntry>(*table);
    entry->columns.insert(entry->columns.end(), columns.begin(), columns.end());
    const bool hasTags = std::any_of(columns.begin(), columns.end(), [](const TableColumn &column) { return column.role == Role::Tag; });
    const std::lock_guard lock(m_mutex);
    const auto connection = m_file.open();
    if (!hasTags) {
        for (const TableColumn &column : columns)
            connection->execute("ALTER TABLE " + sqliteName(entry->physical) + " ADD COLUMN " + sqliteName(column.name) + ' ' + storageName(column.type));
    } else {
        // Tags are part of the key: the rows move to a table that has them.
        entry->lacksTags = true;
        entry->physical = 't' + std::to_string(m_nextTable++);
        std::string names;
        for (const TableColumn &column : table->columns)
            names += (names.empty() ? "" : ",") + sqliteName(column.name);
        connection->execute(physicalDefinition(*entry));
        connection->execute("INSERT INTO " + sqliteName(entry->physical) + '(' + names + ") SELECT " + names + " FROM " + sqliteName(table->physical));
        connection->execute("DROP TABLE " + sqliteName(table->physical));
    }
    at(database).tables[entry->name] = entry;
    return entry;
}

void Store::markLackingTags(const std::string &database, const TablePtr &table)
{
    auto entry = std::make_shared<TableEntry>(*table);
    entry->lacksTags = true;
    const std::lock_guard lock(m_mutex);
    at(database).tables[entry->name] = entry;
}

} // namespace lindorm::server
