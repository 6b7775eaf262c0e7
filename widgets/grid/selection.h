// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/range.h"

#include <vector>

namespace grid {

// What is selected, as in a spreadsheet: rectangles in the order in which they were made, the last one being the one
// that Shift and drag change. Costs nothing per row: a whole column of ten million rows is one rectangle, and it is
// open at its end, so that rows that arrive later belong to it.
class Selection
{
public:
    enum class Shape { Cells, Rows, Columns, All };

    // The cell that has the focus frame. Not always selected: Ctrl+click takes a cell out and stays on it.
    Position current() const { return m_current; }
    Position anchor() const { return m_anchor; }
    const std::vector<Range> &ranges() const { return m_ranges; }
    bool isEmpty() const { return m_ranges.empty(); }
    bool contains(Position at) const;
    // Whether any cell of the row or column is selected, and whether all are.
    bool touchesRow(qint64 row) const;
    bool touchesColumn(int column) const;
    bool hasWholeRow(qint64 row) const;
    bool hasWholeColumn(int column) const;
    // The same cells in rectangles that share none.
    std::vector<Range> disjoint() const;
    // Selected cells of a table of that size; what two rectangles share counts once.
    qint64 cellCount(qint64 rows, int columns) const;

    void clear();
    // A new selection that starts (and so far ends) at the cell, row or column.
    void begin(Shape shape, Position at);
    // One more rectangle beside those that are there.
    void add(Shape shape, Position at);
    // Cuts the cell, row or column out.
    void remove(Shape shape, Position at);
    // The last rectangle now reaches from the anchor to here, and here is current.
    void extendTo(Position at) { extendTo(m_shape, at); }
    void extendTo(Shape shape, Position at);
    void selectAll();
    // Moves the frame alone.
    void setCurrent(Position at) { m_current = at; }

private:
    static Range rangeOf(Shape shape, Position a, Position b);

    std::vector<Range> m_ranges;
    Shape m_shape = Shape::Cells;
    Position m_anchor;
    Position m_current;
    bool m_isExtendable = false; // the last rectangle belongs to the anchor
};

} // namespace grid
