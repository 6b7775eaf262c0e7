// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/exportrows.h"

#include "grid/gridview.h"

#include <algorithm>
#include <set>

namespace desktop {

ExportRows::ExportRows(const grid::GridView &view)
    : m_view(view)
{
    std::vector<std::pair<qint64, qint64>> rows;
    for (const grid::Range &range : view.selection().ranges()) {
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
    return const_cast<grid::GridView &>(m_view).state().rowCount();
}

void ExportRows::chooseShown(ExportRequest &request) const
{
    request.order = {{}, shownCount()};
}

void ExportRows::chooseSelected(ExportRequest &request) const
{
    request.order.rows = m_selectedCount;
    request.order.rowAt = [stretches = m_selected](std::int64_t place) {
        const auto behind = std::upper_bound(stretches.begin(), stretches.end(), place,
            [](std::int64_t wanted, const Stretch &stretch) { return wanted < stretch.before; });
        const Stretch &found = *std::prev(behind);
        return found.first + (place - found.before);
    };
    std::set<std::size_t> columns;
    const int count = static_cast<int>(request.table.columnCount());
    for (const grid::Range &range : m_view.selection().ranges()) {
        for (int column = range.left; column <= std::min(range.right, count - 1); ++column)
            columns.insert(static_cast<std::size_t>(column));
    }
    if (columns.size() < request.table.columnCount())
        request.options.columns.assign(columns.begin(), columns.end());
}

} // namespace desktop
