// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/exportrows.h"

#include "grid/gridview.h"

#include <algorithm>
#include <set>

namespace desktop {

ExportRows::ExportRows(grid::GridView &view)
    : m_view(view.state().view())
    , m_ranges(view.selection().ranges())
{
    bool isOwnOrder = m_view.columns.size() == m_view.table.columnCount();
    for (std::size_t i = 0; isOwnOrder && i < m_view.columns.size(); ++i)
        isOwnOrder = m_view.columns[i] == i;
    m_isRearranged = !isOwnOrder || !m_view.rows.isIdentity();
    std::vector<std::pair<qint64, qint64>> rows;
    for (const grid::Range &range : m_ranges) {
        const qint64 end = std::min(range.bottom, shownCount() - 1) + 1;
        if (range.top < end)
            rows.emplace_back(range.top, end);
    }
    std::sort(rows.begin(), rows.end());
    for (const auto &[first, end] : rows) {
        if (!m_selected.empty() && first <= m_selected.back().end)
            m_selected.back().end = std::max(m_selected.back().end, end);
        else
            m_selected.push_back({first, end, 0});
    }
    for (Stretch &stretch : m_selected) {
        stretch.before = m_selectedCount;
        m_selectedCount += stretch.end - stretch.first;
    }
}

qint64 ExportRows::shownCount() const
{
    return m_view.rowCount();
}

void ExportRows::chooseShown(ExportRequest &request) const
{
    request.table = m_view.table;
    request.order.rows = shownCount();
    if (!m_view.rows.isIdentity())
        request.order.rowAt = [rows = m_view.rows](std::int64_t place) { return rows.tableRow(place); };
    request.options.columns = m_view.columns;
}

void ExportRows::chooseSelected(ExportRequest &request) const
{
    request.table = m_view.table;
    request.order.rows = m_selectedCount;
    request.order.rowAt = [stretches = m_selected, rows = m_view.rows](std::int64_t place) {
        const auto behind = std::upper_bound(stretches.begin(), stretches.end(), place,
            [](std::int64_t wanted, const Stretch &stretch) { return wanted < stretch.before; });
        const Stretch &found = *std::prev(behind);
        return rows.tableRow(found.first + (place - found.before));
    };
    std::set<std::size_t> places;
    const int count = static_cast<int>(m_view.columns.size());
    for (const grid::Range &range : m_ranges) {
        for (int column = range.left; column <= std::min(range.right, count - 1); ++column)
            places.insert(static_cast<std::size_t>(column));
    }
    request.options.columns.clear();
    for (const std::size_t place : places)
        request.options.columns.push_back(m_view.columns[place]);
}

} // namespace desktop
