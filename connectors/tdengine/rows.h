// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"
#include "core/result.h"
#include "runner.h"
#include "table/table.h"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace tdengine {

// The result of a small statement of our own, in memory.
class Rows
{
public:
    explicit Rows(table::Table table)
        : m_table(std::move(table))
    {
    }

    std::int64_t count() const { return m_table.rowCount(); }
    std::optional<std::size_t> column(std::string_view name) const { return m_table.schema().find(name); }
    // A cell as text; empty for NULL and for a column that is not there.
    std::string text(std::int64_t row, std::optional<std::size_t> column) const;
    std::string text(std::int64_t row, std::string_view name) const { return text(row, column(name)); }
    std::string at(std::int64_t row, std::size_t column) const { return text(row, std::optional(column)); }
    std::optional<std::int64_t> integer(std::int64_t row, std::optional<std::size_t> column) const;
    // An instant in nanoseconds since 1970; nothing if the cell holds none.
    std::optional<std::int64_t> instantNs(std::int64_t row, std::string_view name) const;

private:
    table::Table m_table;
};

// Runs a statement and keeps its rows; its exchanges go on to the sink.
core::Result<Rows> fetchRows(
    Runner &runner, std::string sql, const QString &purpose, connector::Sink &sink, std::stop_token stop);

} // namespace tdengine
