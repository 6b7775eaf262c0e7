// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/columnlayout.h"
#include "grid/range.h"

#include <QRect>

namespace grid {

// What lies under a point of the view.
enum class Part { Nothing, Cell, Header, HeaderEdge, Sort, Filter, Gutter, Corner };
struct Hit {
    Part part = Part::Nothing;
    Position at; // Header, HeaderEdge, Sort, Filter: column only; Gutter: row only
};

// Where everything is. The vertical position is kept in pixels of 64 bits: exact to the pixel at any number of rows,
// where a scroll bar's int would end at some hundred million rows or round them.
class Geometry
{
public:
    static constexpr int kEdgeGrip = 4; // pixels beside a column's edge that take hold of it
    static constexpr int kSortWidth = 20; // at the right of a column's head, where it is wide enough

    ColumnLayout columns;
    int frozen = 0; // columns that stay at the left while the others scroll
    qint64 rows = 0;
    QSize view; // header and gutter included
    int rowHeight = 20;
    int headerHeight = 40;
    int filterHeight = 0; // of the lowest part of the header
    int gutterWidth = 50;
    qint64 y = 0; // first visible pixel of the rows
    int x = 0; // first visible pixel of the columns

    int headHeight() const { return headerHeight - filterHeight; } // of the header without its filters
    // Where a click sorts; empty in a narrow column.
    QRect sortArea(int column) const;
    QRect filterArea(int column) const;
    QRect cells() const; // the part of the view where rows are
    qint64 mostY() const;
    int mostX() const;
    void clamp();

    // Visible rows, the half-shown ones included; empty if there are none.
    qint64 firstRow() const { return y / rowHeight; }
    qint64 lastRow() const;
    // Visible columns behind the frozen ones.
    int firstColumn() const { return columns.count() == 0 ? 0 : std::max(frozen, columns.nearest(x + frozenWidth())); }
    int lastColumn() const;
    // Rows that fit as a whole, at least 1: what Page Down moves by.
    int rowsOfPage() const;

    int rowTop(qint64 row) const; // in the view; only for rows near the visible ones
    int columnLeft(int column) const { return gutterWidth + columns.left(column) - (column < frozen ? 0 : x); }
    int frozenWidth() const { return frozen == 0 ? 0 : columns.right(frozen - 1); }
    // In the view, not clipped; empty for a row or column that is not there or far away.
    QRect cell(Position at) const;
    // The cell nearest to a point: rows and columns are held to those that exist. Invalid in an empty table.
    Position nearest(QPoint point) const;
    Hit hit(QPoint point) const;
    // The scroll position that shows the whole cell and moves least.
    void reveal(Position at);

private:
    int edgeAt(int viewX) const;
    // From a place in the view to one in the columns.
    int columnPixel(int viewX) const;
};

} // namespace grid
