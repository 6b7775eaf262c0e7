// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"
#include "core/result.h"
#include "runner.h"
#include "table/table.h"

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace lindorm {

// The result of a small statement of our own, in memory. Its columns are read by position: their names differ with
// version and engine.
class Rows
{
public:
    Rows() = default;
    Rows(table::Table table, std::optional<std::chrono::system_clock::time_point> serverTime)
        : m_table(std::move(table))
        , m_serverTime(serverTime)
    {
    }

    std::int64_t count() const { return m_table.rowCount(); }
    std::size_t columnCount() const { return m_table.columnCount(); }
    std::string name(std::size_t column) const;
    // A cell as text; empty for NULL and for a column that is not there.
    std::string at(std::int64_t row, std::size_t column) const;
    // The server's clock when it answered, to the second; none if it did not tell.
    std::optional<std::chrono::system_clock::time_point> serverTime() const { return m_serverTime; }

private:
    table::Table m_table;
    std::optional<std::chrono::system_clock::time_point> m_serverTime;
};

// Runs a statement and keeps its rows; its exchanges go on to the sink. A statement without a result has no rows.
core::Result<Rows> fetchRows(Runner &runner, std::string sql, const std::string &database, const QString &purpose,
    connector::Sink &sink, std::stop_token stop);

} // namespace lindorm
