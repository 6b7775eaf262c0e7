// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/ast.h"
#include "sandbox/datafile.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace lindorm::server {

struct TableColumn {
    std::string name;
    Type type = Type::Null;
    Role role = Role::Field;
    bool isKey = false;
    bool isPartition = false;
};

// Rows that come into a table when somebody first wants rows of it: large samples take a second to make.
struct PendingRows {
    std::once_flag once;
    std::function<void(sandbox::sqlite::Database &)> fill;
};

// A table as it was at some time: immutable. Its rows are in a table of SQLite that has the same columns; a tag that a
// row lacks is the empty text there.
struct TableEntry {
    std::string name;
    std::string physical; // SQLite's table
    std::vector<TableColumn> columns;
    bool lacksTags = false; // some row lacks some tag
    std::shared_ptr<PendingRows> pending;

    const TableColumn *find(std::string_view column) const; // any case; nullptr
    const TableColumn &time() const;
};
using TablePtr = std::shared_ptr<const TableEntry>;

struct DatabaseEntry {
    std::string name;
    std::map<std::string, std::string> options;
    std::map<std::string, TablePtr> tables;
    bool isSystem = false;
};

struct UserEntry {
    std::string password;
    std::map<std::string, std::set<std::string>> grants; // privileges by database, "*": all
};

// What there is: databases, tables, users, settings. Safe from several threads; names are found as they are written, or
// else in any case of their letters.
class Store
{
public:
    Store();

    const sandbox::DataFile &file() const { return m_file; }

    std::vector<DatabaseEntry> databases() const;
    std::optional<DatabaseEntry> database(std::string_view name) const;
    void createDatabase(const std::string &name, std::map<std::string, std::string> options, bool isLenient);
    void dropDatabase(const std::string &name, bool isLenient);

    TablePtr table(std::string_view database, std::string_view name) const; // nullptr: none
    TablePtr createTable(const std::string &database, const std::string &name, std::vector<TableColumn> columns,
        std::shared_ptr<PendingRows> pending = nullptr);
    // To be called before rows of the table are read or written.
    void needRows(const TableEntry &table) const;
    void dropTable(const std::string &database, const std::string &name);
    // The same table with further columns. The writing lock is held by the caller.
    TablePtr addColumns(const std::string &database, const TablePtr &table, const std::vector<TableColumn> &columns);
    void markLackingTags(const std::string &database, const TablePtr &table);

    bool isAuthOn() const;
    std::string parameter(const std::string &name) const; // refuses an unknown one
    void setParameter(const std::string &name, const std::string &value);
    bool isPassword(const std::string &user, std::string_view password) const;
    std::map<std::string, UserEntry> users() const;
    void changeUsers(const Statement &statement);
    bool isAllowed(const std::string &user, const std::string &database, const char *privilege) const;

private:
    using Databases = std::map<std::string, DatabaseEntry>;
    Databases::iterator find(std::string_view name) const;
    DatabaseEntry &at(std::string_view name);

    sandbox::DataFile m_file;
    mutable std::mutex m_mutex;
    mutable Databases m_databases;
    std::map<std::string, UserEntry> m_users;
    std::map<std::string, std::string> m_parameters;
    int m_nextTable = 1;
};

// CREATE TABLE of SQLite for a table.
std::string physicalDefinition(const TableEntry &table);

// The sample data; see sampledata.h of the SDK.
void fillSamples(Store &store);

} // namespace lindorm::server
