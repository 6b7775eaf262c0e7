// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/datafile.h"
#include "sandbox/types.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace openmldb::server {

struct Index {
    std::string name;
    std::vector<std::string> keys;
    std::string time; // empty: none
    std::string ttlType = "absolute";
    std::int64_t absoluteTtl = 0; // minutes
    std::int64_t latestTtl = 0;
};

struct Table {
    std::string database;
    std::string name;
    int id = 0;
    int partitions = 1;
    int replicas = 1;
    std::vector<Column> columns;
    std::vector<Index> indexes;

    std::string sqliteName() const { return quotedIdentifier(database + "." + name); }
};

// A deployment, or a procedure.
struct Procedure {
    std::string database;
    std::string name;
    bool isDeployment = true;
    std::string query;
    std::string text; // as CREATE PROCEDURE
    std::vector<Column> input;
    std::vector<Column> output;
    std::vector<std::pair<std::string, std::string>> tables; // database, table; the first one's rows are what is sent
};

// What there is: databases, tables, deployments. Rows are in SQLite. Thread-safe; what is handed out does not change.
class Store
{
public:
    Store();

    std::vector<std::string> databases() const;
    bool hasDatabase(const std::string &name) const;
    bool addDatabase(const std::string &name);
    // Only where it is empty.
    bool removeDatabase(const std::string &name);

    std::shared_ptr<const Table> table(const std::string &database, const std::string &name) const;
    std::vector<std::shared_ptr<const Table>> tables(const std::string &database) const;
    Failure addTable(Table table);
    bool removeTable(const std::string &database, const std::string &name);

    std::shared_ptr<const Procedure> procedure(const std::string &database, const std::string &name) const;
    std::vector<std::shared_ptr<const Procedure>> procedures(bool areDeployments) const; // of all databases
    bool addProcedure(Procedure procedure);
    bool removeProcedure(const std::string &database, const std::string &name);

    const sandbox::DataFile &data() const { return m_data; }

private:
    using Key = std::pair<std::string, std::string>;

    sandbox::DataFile m_data;
    mutable std::mutex m_mutex;
    std::map<std::string, bool> m_databases;
    std::map<Key, std::shared_ptr<const Table>> m_tables;
    std::map<Key, std::shared_ptr<const Procedure>> m_procedures;
    int m_nextTable = 1;
};

} // namespace openmldb::server
