// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/state.h"

#include "grid/columnsizer.h"

#include <cmath>

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
    m_geometry.rows = table().rowCount();
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
    const bool isOtherShape = static_cast<std::size_t>(columnCount()) > table().columnCount() || table().rowCount() < rowCount();
    if (isOtherShape) {
        onReset();
        return;
    }
    m_geometry.rows = table().rowCount();
    m_geometry.gutterWidth = m_metrics.gutterWidth(m_geometry.rows);
    if (!m_isResizedByHand || static_cast<std::size_t>(columnCount()) != table().columnCount())
        sampleWidths();
    m_geometry.clamp();
    Q_EMIT layoutChanged();
    Q_EMIT rowsCame(0);
}

void State::sampleWidths()
{
    m_geometry.columns.setWidths(sampledWidths(table(), zone(), m_metrics));
    m_isSampled = m_geometry.rows > 0;
}

void State::onGrew(qint64 first)
{
    const bool wasAtEnd = m_geometry.y == m_geometry.mostY();
    const bool hadRows = m_geometry.rows > 0;
    m_geometry.rows = table().rowCount();
    // A short last chunk is replaced by one that begins where it began.
    first = std::min(first, m_geometry.rows - 1) & ~qint64(table::kChunkRows - 1);
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

void State::setMetrics(const Metrics &metrics)
{
    const qint64 row = m_geometry.firstRow();
    const qreal scale = metrics.charWidth / m_metrics.charWidth;
    m_metrics = metrics;
    m_geometry.rowHeight = metrics.rowHeight;
    m_geometry.headerHeight = metrics.headerHeight;
    m_geometry.gutterWidth = metrics.gutterWidth(m_geometry.rows);
    // Widths keep the number of characters that they showed; nothing is measured again.
    std::vector<int> widths;
    for (int column = 0; column < m_geometry.columns.count(); ++column)
        widths.push_back(static_cast<int>(std::lround(m_geometry.columns.width(column) * scale)));
    m_geometry.columns.setWidths(std::move(widths));
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
    m_geometry.clamp();
    Q_EMIT layoutChanged();
}

void State::fitColumn(int column)
{
    const int width
        = fittedWidth(table(), zone(), column, m_metrics, m_geometry.firstRow(), m_geometry.lastRow());
    resizeColumn(column, width);
}

} // namespace grid

#include "moc_state.cpp"
