// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runner.h"
#include "selectlist.h"

#include <functional>
#include <map>
#include <mutex>

namespace openmldb {

// Columns of tables that stars were expanded by. Forgotten after a while, and whenever this connection may have changed
// one. Thread-safe.
class TableCache
{
public:
    std::optional<std::vector<SelectedColumn>> find(const std::string &database, const std::string &table);
    void keep(const std::string &database, const std::string &table, std::vector<SelectedColumn> columns);
    void clear();

private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        std::vector<SelectedColumn> columns;
        Clock::time_point at;
    };
    std::mutex m_mutex;
    std::map<std::pair<std::string, std::string>, Entry> m_entries;
};

using ColumnNaming = std::function<std::vector<std::string>(const std::vector<std::string> &types)>;

// What the columns of the statement's answer are called, as far as its text and the catalogue tell for certain: asks
// for the columns of tables where the statement has stars, and adds what that took to bytes. A wrong name is worse than
// c1.
ColumnNaming namingOf(std::string_view statement, const std::string &database, Mode mode, const Runner &runner, TableCache &cache,
    connector::Sink &sink, const std::stop_token &stop, std::int64_t &bytes);

} // namespace openmldb
