// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows.h"
#include "runner.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace lindorm {

// The columns of a table, as DESCRIBE TABLE lists them.
struct TableInfo {
    enum class Kind { Tag, Time, Field };
    struct Column {
        std::string name;
        std::string type;
        Kind kind = Kind::Field;
        bool isPrimaryKey = false;
    };
    std::vector<Column> columns;
    bool isWideTable = false; // of the wide-table engine, which has neither tags nor SAMPLE BY

    // The column of this name in any case of its letters; nullptr if there is none.
    const Column *find(std::string_view name) const;
    std::vector<std::string> names(Kind kind) const;
};

core::Result<TableInfo> describeTable(Runner &runner, const std::string &database, const std::string &table,
    const QString &purpose, connector::Sink &sink, std::stop_token stop);

// What tables looked like when they were last described. Thread-safe.
class TableCache
{
public:
    explicit TableCache(Runner &runner)
        : m_runner(runner)
    {
    }

    // database may be empty: the connection's own.
    core::Result<std::shared_ptr<const TableInfo>> table(const std::string &database, const std::string &table,
        connector::Sink &sink, std::stop_token stop);
    void forget();

private:
    Runner &m_runner;
    std::mutex m_mutex;
    std::map<std::pair<std::string, std::string>, std::shared_ptr<const TableInfo>> m_tables;
};

} // namespace lindorm
