// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/state.h"

#include "grid/columnsizer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace grid {

State::State(QObject *parent)
    : QObject(parent)
{
}

void State::setResult(common::ResultTable *result)
{
    if (m_result)
        m_result->disconnect(this);
    m_result = result;
    if (result) {
        connect(result, &common::ResultTable::wasReset, this, &State::onReset);
        connect(result, &common::ResultTable::wasRetyped, this, &State::onRetyped);
        connect(result, &common::ResultTable::grew, this, &State::onGrew);
        // m_result is null by the time that this runs.
        connect(result, &QObject::destroyed, this, &State::onReset);
    }
    onReset();
}

const table::Table &State::table() const
{
    static const table::Table kNone;
    return m_result ? m_result->table() : kNone;
}

void State::onReset()
{
    m_isResizedByHand = false;
    m_isMapped = false;
    m_rows = table::RowMap(table().rowCount());
    m_columns.resize(table().columnCount());
    std::iota(m_columns.begin(), m_columns.end(), std::size_t(0));
    m_geometry.frozen = 0;
    m_geometry.rows = m_rows.count();
    m_geometry.x = 0;
    m_geometry.y = 0;
    const bool hadSelection = !m_selection.isEmpty() || m_selection.current().isValid();
    m_selection.clear();
    m_geometry.gutterWidth = m_metrics.gutterWidth(m_geometry.rows);
    sampleWidths();
    Q_EMIT wasReset();
    if (hadSelection) {
        Q_EMIT currentChanged();
        Q_EMIT selectionChanged();
    }
}

// Who looks at a place, or has selected something, stays there.
void State::onRetyped()
{
    const std::size_t before = m_widths.size();
    if (before > table().columnCount() || (!m_isMapped && table().rowCount() < rowCount())) {
        onReset();
        return;
    }
    for (std::size_t column = before; column < table().columnCount(); ++column)
        m_columns.push_back(column);
    if (!m_isMapped)
        m_rows = table::RowMap(table().rowCount());
    m_geometry.rows = m_rows.count();
    m_geometry.gutterWidth = m_metrics.gutterWidth(m_geometry.rows);
    if (!m_isResizedByHand || before != table().columnCount())
        sampleWidths();
    m_geometry.clamp();
    Q_EMIT layoutChanged();
    Q_EMIT rowsCame(0);
    Q_EMIT wasRetyped();
}

void State::sampleWidths()
{
    m_widths = sampledWidths(table(), zone(), m_metrics);
    m_isSampled = m_geometry.rows > 0;
    layOutColumns();
}

void State::layOutColumns()
{
    std::vector<int> widths;
    widths.reserve(m_columns.size());
    for (const std::size_t column : m_columns)
        widths.push_back(m_widths[column]);
    m_geometry.columns.setWidths(std::move(widths));
}

void State::onGrew(qint64 first)
{
    Q_EMIT tableGrew();
    if (m_isMapped)
        return;
    m_rows = table::RowMap(table().rowCount());
    // A short last chunk is replaced by one that begins where it began.
    changeRows(m_rows.count(), std::min<qint64>(first, m_rows.count() - 1) & ~qint64(table::kChunkRows - 1));
}

void State::changeRows(qint64 rows, qint64 first)
{
    const bool wasAtEnd = m_geometry.y == m_geometry.mostY();
    const bool hadRows = m_geometry.rows > 0;
    m_geometry.rows = rows;
    const int gutterWidth = m_metrics.gutterWidth(m_geometry.rows);
    const bool changesLayout = gutterWidth != m_geometry.gutterWidth || (!m_isSampled && !m_isResizedByHand);
    m_geometry.gutterWidth = gutterWidth;
    if (!m_isSampled && !m_isResizedByHand)
        sampleWidths();
    if (changesLayout)
        Q_EMIT layoutChanged();
    Q_EMIT rowsCame(std::max<qint64>(0, first));
    if (m_followsEnd && wasAtEnd && hadRows)
        scrollTo(m_geometry.mostY(), m_geometry.x);
}

void State::setRowMap(std::optional<table::RowMap> rows)
{
    if (!rows && !m_isMapped)
        return;
    const Position current = m_selection.current();
    const bool hasCurrent = current.isValid() && current.row < m_rows.count();
    const qint64 currentRow = hasCurrent ? m_rows.tableRow(current.row) : -1;
    const qint64 first = m_geometry.firstRow();
    // What stands at the top stays there, unless the view is at its start: there one wants to see the first rows.
    const bool keepsTop = m_geometry.y > 0 && first < m_rows.count();
    const qint64 topRow = keepsTop ? m_rows.tableRow(first) : -1;
    const qint64 offset = m_geometry.y - first * m_geometry.rowHeight;
    m_isMapped = rows.has_value();
    m_rows = rows ? std::move(*rows) : table::RowMap(table().rowCount());
    changeRows(m_rows.count(), 0);
    if (const qint64 top = keepsTop ? m_rows.gridRow(topRow) : -1; top >= 0)
        m_geometry.y = top * m_geometry.rowHeight + offset;
    m_geometry.clamp();
    Q_EMIT rowMapChanged();
    if (hasCurrent)
        keepCurrent({currentRow, current.column});
}

// The current cell follows its row. Whole columns stay selected: they mean the column, whatever its rows are.
void State::keepCurrent(Position source)
{
    const auto &ranges = m_selection.ranges();
    const bool isWhole = !ranges.empty()
        && std::all_of(ranges.begin(), ranges.end(), [](const Range &range) { return range.bottom == kLastRow; });
    const qint64 row = m_rows.gridRow(source.row);
    changeSelection([&] {
        if (isWhole)
            m_selection.setCurrent({std::max<qint64>(row, 0), source.column});
        else if (row >= 0)
            m_selection.begin(Selection::Shape::Cells, {row, source.column});
        else
            m_selection.clear();
    });
}

void State::setColumns(std::vector<std::size_t> columns, int frozen)
{
    const Position current = m_selection.current();
    const bool hasCurrent = current.isValid() && current.column < columnCount();
    const std::size_t source = hasCurrent ? m_columns[static_cast<std::size_t>(current.column)] : 0;
    m_columns = std::move(columns);
    m_geometry.frozen = std::clamp(frozen, 0, static_cast<int>(m_columns.size()));
    layOutColumns();
    m_geometry.clamp();
    Q_EMIT columnsChanged();
    Q_EMIT layoutChanged();
    if (!hasCurrent)
        return;
    const int column = gridColumn(source);
    changeSelection([&] { m_selection.begin(Selection::Shape::Cells, {current.row, std::max(column, 0)}); });
}

void State::moveColumn(int from, int to)
{
    if (from == to || from < 0 || to < 0 || from >= columnCount() || to >= columnCount())
        return;
    std::vector<std::size_t> columns = m_columns;
    const std::size_t moved = columns[static_cast<std::size_t>(from)];
    columns.erase(columns.begin() + from);
    columns.insert(columns.begin() + to, moved);
    setColumns(std::move(columns), m_geometry.frozen);
}

void State::hideColumn(int column)
{
    if (columnCount() < 2 || column < 0 || column >= columnCount())
        return;
    std::vector<std::size_t> columns = m_columns;
    columns.erase(columns.begin() + column);
    setColumns(std::move(columns), m_geometry.frozen - (column < m_geometry.frozen ? 1 : 0));
}

// Hidden ones come back behind the column that they stood behind in the table.
void State::showAllColumns()
{
    std::vector<std::size_t> columns = m_columns;
    for (std::size_t column = 0; column < table().columnCount(); ++column) {
        if (std::find(columns.begin(), columns.end(), column) != columns.end())
            continue;
        const auto before = column == 0 ? columns.end() : std::find(columns.begin(), columns.end(), column - 1);
        columns.insert(before == columns.end() ? columns.begin() : before + 1, column);
    }
    setColumns(std::move(columns), m_geometry.frozen);
}

void State::setFrozenColumns(int count)
{
    setColumns(m_columns, count);
}

void State::setFilterRow(bool isShown)
{
    if (isShown == hasFilterRow())
        return;
    m_geometry.filterHeight = isShown ? m_metrics.rowHeight + 2 : 0;
    m_geometry.headerHeight = m_metrics.headerHeight + m_geometry.filterHeight;
    m_geometry.clamp();
    Q_EMIT layoutChanged();
}

int State::gridColumn(std::size_t tableColumn) const
{
    const auto it = std::find(m_columns.begin(), m_columns.end(), tableColumn);
    return it == m_columns.end() ? -1 : static_cast<int>(it - m_columns.begin());
}

void State::setMetrics(const Metrics &metrics)
{
    const qint64 row = m_geometry.firstRow();
    const qreal scale = metrics.charWidth / m_metrics.charWidth;
    m_metrics = metrics;
    m_geometry.rowHeight = metrics.rowHeight;
    m_geometry.filterHeight = hasFilterRow() ? metrics.rowHeight + 2 : 0;
    m_geometry.headerHeight = metrics.headerHeight + m_geometry.filterHeight;
    m_geometry.gutterWidth = metrics.gutterWidth(m_geometry.rows);
    // Widths keep the number of characters that they showed; nothing is measured again.
    for (int &width : m_widths)
        width = static_cast<int>(std::lround(width * scale));
    layOutColumns();
    m_geometry.y = row * m_geometry.rowHeight;
    m_geometry.clamp();
    Q_EMIT layoutChanged();
}

void State::setZone(const table::Zone &zone)
{
    m_zone = zone;
    if (!m_isResizedByHand)
        sampleWidths();
    m_geometry.clamp();
    Q_EMIT layoutChanged();
}

void State::setViewSize(QSize size)
{
    m_geometry.view = size;
    m_geometry.clamp();
    Q_EMIT layoutChanged();
}

void State::scrollTo(qint64 y, int x)
{
    const qint64 oldY = m_geometry.y;
    const int oldX = m_geometry.x;
    m_geometry.y = y;
    m_geometry.x = x;
    m_geometry.clamp();
    if (m_geometry.y != oldY || m_geometry.x != oldX)
        Q_EMIT scrolled();
}

void State::reveal(Position at)
{
    if (!held(at).isValid())
        return;
    Geometry there = m_geometry;
    there.reveal(held(at));
    scrollTo(there.y, there.x);
}

Position State::held(Position at) const
{
    if (rowCount() == 0 || columnCount() == 0)
        return {};
    return {std::clamp<qint64>(at.row, 0, rowCount() - 1), std::clamp(at.column, 0, columnCount() - 1)};
}

template <typename Change>
void State::changeSelection(Change change)
{
    const Position before = m_selection.current();
    change();
    Q_EMIT selectionChanged();
    if (m_selection.current() != before)
        Q_EMIT currentChanged();
}

void State::select(Selection::Shape shape, Position at)
{
    if (held(at).isValid())
        changeSelection([&] { m_selection.begin(shape, held(at)); });
}

void State::addToSelection(Selection::Shape shape, Position at)
{
    if (held(at).isValid())
        changeSelection([&] { m_selection.add(shape, held(at)); });
}

void State::removeFromSelection(Selection::Shape shape, Position at)
{
    if (held(at).isValid())
        changeSelection([&] { m_selection.remove(shape, held(at)); });
}

void State::extendSelection(Position at)
{
    if (!held(at).isValid() || (held(at) == m_selection.current() && m_selection.contains(held(at))))
        return;
    changeSelection([&] { m_selection.extendTo(held(at)); });
}

void State::reshapeSelection(Selection::Shape shape, Position at)
{
    if (held(at).isValid())
        changeSelection([&] { m_selection.extendTo(shape, held(at)); });
}

void State::selectAll()
{
    if (held({0, 0}).isValid())
        changeSelection([&] { m_selection.selectAll(); });
}

void State::clearSelection()
{
    if (!m_selection.isEmpty() || m_selection.current().isValid())
        changeSelection([&] { m_selection.clear(); });
}

void State::resizeColumn(int column, int width)
{
    m_isResizedByHand = true;
    m_geometry.columns.setWidth(column, width);
    m_widths[m_columns[static_cast<std::size_t>(column)]] = m_geometry.columns.width(column);
    m_geometry.clamp();
    Q_EMIT layoutChanged();
}

void State::fitColumn(int column)
{
    const int width = fittedWidth(view(), zone(), column, m_metrics, m_geometry.firstRow(), m_geometry.lastRow());
    resizeColumn(column, width);
}

} // namespace grid

#include "moc_state.cpp"
