// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/selection.h"

#include <utility>

namespace grid {

namespace {

// What is left of a rectangle when another is cut out: above, below, left and right of it.
void appendRest(const Range &from, const Range &cut, std::vector<Range> *rest)
{
    const Range shared = from.intersected(cut);
    if (shared.isEmpty()) {
        rest->push_back(from);
        return;
    }
    if (from.top < shared.top)
        rest->push_back({from.top, shared.top - 1, from.left, from.right});
    if (shared.bottom < from.bottom)
        rest->push_back({shared.bottom + 1, from.bottom, from.left, from.right});
    if (from.left < shared.left)
        rest->push_back({shared.top, shared.bottom, from.left, shared.left - 1});
    if (shared.right < from.right)
        rest->push_back({shared.top, shared.bottom, shared.right + 1, from.right});
}

} // namespace

Range Selection::rangeOf(Shape shape, Position a, Position b)
{
    const auto [top, bottom] = std::minmax(a.row, b.row);
    const auto [left, right] = std::minmax(a.column, b.column);
    switch (shape) {
    case Shape::Cells:
        return {top, bottom, left, right};
    case Shape::Rows:
        return {top, bottom, 0, kLastColumn};
    case Shape::Columns:
        return {0, kLastRow, left, right};
    case Shape::All:
        break;
    }
    return {0, kLastRow, 0, kLastColumn};
}

bool Selection::contains(Position at) const
{
    return std::any_of(m_ranges.begin(), m_ranges.end(), [at](const Range &range) { return range.contains(at); });
}

bool Selection::touchesRow(qint64 row) const
{
    return std::any_of(m_ranges.begin(), m_ranges.end(),
        [row](const Range &range) { return row >= range.top && row <= range.bottom; });
}

bool Selection::touchesColumn(int column) const
{
    return std::any_of(m_ranges.begin(), m_ranges.end(),
        [column](const Range &range) { return column >= range.left && column <= range.right; });
}

bool Selection::hasWholeRow(qint64 row) const
{
    return std::any_of(m_ranges.begin(), m_ranges.end(), [row](const Range &range) {
        return row >= range.top && row <= range.bottom && range.left == 0 && range.right == kLastColumn;
    });
}

bool Selection::hasWholeColumn(int column) const
{
    return std::any_of(m_ranges.begin(), m_ranges.end(), [column](const Range &range) {
        return column >= range.left && column <= range.right && range.top == 0 && range.bottom == kLastRow;
    });
}

std::vector<Range> Selection::disjoint() const
{
    std::vector<Range> counted;
    for (const Range &range : m_ranges) {
        std::vector<Range> fresh{range};
        for (const Range &before : counted) {
            std::vector<Range> rest;
            for (const Range &part : fresh)
                appendRest(part, before, &rest);
            fresh = std::move(rest);
        }
        counted.insert(counted.end(), fresh.begin(), fresh.end());
    }
    return counted;
}

qint64 Selection::cellCount(qint64 rows, int columns) const
{
    const Range table{0, rows - 1, 0, columns - 1};
    qint64 count = 0;
    for (const Range &range : disjoint()) {
        const Range part = range.intersected(table);
        if (!part.isEmpty())
            count += (part.bottom - part.top + 1) * (part.right - part.left + 1);
    }
    return count;
}

void Selection::clear()
{
    *this = Selection();
}

void Selection::begin(Shape shape, Position at)
{
    m_ranges.clear();
    add(shape, at);
}

void Selection::add(Shape shape, Position at)
{
    m_shape = shape;
    m_anchor = at;
    m_current = at;
    m_ranges.push_back(rangeOf(shape, at, at));
    m_isExtendable = true;
}

void Selection::remove(Shape shape, Position at)
{
    std::vector<Range> rest;
    const Range cut = rangeOf(shape, at, at);
    for (const Range &range : m_ranges)
        appendRest(range, cut, &rest);
    m_ranges = std::move(rest);
    m_shape = shape;
    m_anchor = at;
    m_current = at;
    m_isExtendable = false;
}

void Selection::extendTo(Shape shape, Position at)
{
    m_shape = shape;
    if (!m_anchor.isValid()) {
        begin(shape, at);
        return;
    }
    if (m_isExtendable && !m_ranges.empty())
        m_ranges.pop_back();
    m_ranges.push_back(rangeOf(m_shape, m_anchor, at));
    m_isExtendable = true;
    m_current = at;
}

void Selection::selectAll()
{
    m_ranges = {rangeOf(Shape::All, {0, 0}, {0, 0})};
    m_shape = Shape::Cells;
    m_isExtendable = true;
    if (!m_anchor.isValid())
        m_anchor = m_current.isValid() ? m_current : Position{0, 0};
    if (!m_current.isValid())
        m_current = m_anchor;
}

} // namespace grid
