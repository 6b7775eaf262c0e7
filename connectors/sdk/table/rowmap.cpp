// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/rowmap.h"

#include <algorithm>
#include <numeric>

namespace table {

std::int64_t RowMap::gridRow(std::int64_t tableRow) const
{
    if (!m_rows)
        return tableRow >= 0 && tableRow < m_count ? tableRow : -1;
    const auto it = std::find(m_rows->begin(), m_rows->end(), static_cast<std::uint32_t>(tableRow));
    return it == m_rows->end() ? -1 : it - m_rows->begin();
}

TableView TableView::of(Table table)
{
    TableView view;
    view.rows = RowMap(table.rowCount());
    view.columns.resize(table.columnCount());
    std::iota(view.columns.begin(), view.columns.end(), std::size_t(0));
    view.table = std::move(table);
    return view;
}

} // namespace table
