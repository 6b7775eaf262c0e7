// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/table.h"

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace table {

// Rows of a table by number, as sorting and filtering give them. 32 bits: half the memory, and a table of more than
// 4,294,967,296 rows does not fit a computer of today.
using Rows = std::vector<std::uint32_t>;

// Which row of the table stands at which row of a view: all in their own order, or a list of them. An immutable
// snapshot, cheap to copy and shared by threads.
class RowMap
{
public:
    RowMap() = default;
    // The first rows as they are.
    explicit RowMap(std::int64_t rows)
        : m_count(rows)
    {
    }
    explicit RowMap(std::shared_ptr<const Rows> rows)
        : m_rows(std::move(rows))
        , m_count(static_cast<std::int64_t>(m_rows->size()))
    {
    }

    bool isIdentity() const { return !m_rows; }
    std::int64_t count() const { return m_count; }
    // gridRow from 0 to count() - 1.
    std::int64_t tableRow(std::int64_t gridRow) const
    {
        return m_rows ? std::int64_t((*m_rows)[static_cast<std::size_t>(gridRow)]) : gridRow;
    }
    // -1 where the view does not show the row. Costs milliseconds where ten million rows are sorted.
    ONDO_EXPORT std::int64_t gridRow(std::int64_t tableRow) const;
    const std::shared_ptr<const Rows> &rows() const { return m_rows; }

private:
    std::shared_ptr<const Rows> m_rows; // null: identity
    std::int64_t m_count = 0;
};

// A table as somebody looks at it: rows sorted and filtered, columns hidden and moved. A snapshot: what copies, exports
// or sums what is seen reads this, on any thread.
struct TableView {
    Table table;
    RowMap rows;
    std::vector<std::size_t> columns; // of the table, in the order in which they are shown

    // All rows and columns as they came.
    ONDO_EXPORT static TableView of(Table table);

    std::int64_t rowCount() const { return rows.count(); }
    std::size_t columnCount() const { return columns.size(); }
    const ColumnInfo &info(std::size_t column) const { return table.schema().columns[columns[column]]; }
    Cell cell(std::int64_t row, std::size_t column) const { return table.cell(rows.tableRow(row), columns[column]); }
};

} // namespace table
