// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/geometry.h"

#include <cstdlib>

namespace grid {

QRect Geometry::cells() const
{
    return {gutterWidth, headerHeight, std::max(0, view.width() - gutterWidth), std::max(0, view.height() - headerHeight)};
}

qint64 Geometry::mostY() const
{
    return std::max<qint64>(0, rows * rowHeight - cells().height());
}

int Geometry::mostX() const
{
    return std::max(0, columns.total() - cells().width());
}

void Geometry::clamp()
{
    y = std::clamp<qint64>(y, 0, mostY());
    x = std::clamp(x, 0, mostX());
}

qint64 Geometry::lastRow() const
{
    return std::min(rows - 1, (y + cells().height() - 1) / rowHeight);
}

int Geometry::lastColumn() const
{
    return columns.count() == 0 ? -1 : columns.nearest(x + std::max(0, cells().width() - 1));
}

int Geometry::rowsOfPage() const
{
    return std::max(1, cells().height() / rowHeight);
}

QRect Geometry::sortArea(int column) const
{
    const int width = columns.width(column);
    if (width < 3 * kSortWidth)
        return {};
    return {columnLeft(column) + width - kSortWidth - kEdgeGrip, 0, kSortWidth, headHeight()};
}

QRect Geometry::filterArea(int column) const
{
    return {columnLeft(column), headHeight(), columns.width(column), filterHeight};
}

int Geometry::rowTop(qint64 row) const
{
    return static_cast<int>(headerHeight + row * rowHeight - y);
}

QRect Geometry::cell(Position at) const
{
    const bool isNear = std::llabs(at.row - firstRow()) < 1000000;
    if (!at.isValid() || at.row >= rows || at.column >= columns.count() || !isNear)
        return {};
    return {columnLeft(at.column), rowTop(at.row), columns.width(at.column), rowHeight};
}

Position Geometry::nearest(QPoint point) const
{
    if (rows == 0 || columns.count() == 0)
        return {};
    const qint64 pixel = std::max<qint64>(0, y + point.y() - headerHeight);
    return {std::min(pixel / rowHeight, rows - 1), columns.nearest(std::max(0, columnPixel(point.x())))};
}

int Geometry::columnPixel(int viewX) const
{
    const int pixel = viewX - gutterWidth;
    return pixel < frozenWidth() ? pixel : pixel + x;
}

int Geometry::edgeAt(int viewX) const
{
    const int pixel = columnPixel(viewX);
    const int column = columns.count() == 0 ? -1 : columns.nearest(std::max(0, pixel));
    if (column < 0)
        return -1;
    if (std::abs(columns.right(column) - pixel) <= kEdgeGrip)
        return column;
    return column > 0 && pixel - columns.left(column) <= kEdgeGrip ? column - 1 : -1;
}

Hit Geometry::hit(QPoint point) const
{
    if (!QRect(QPoint(), view).contains(point))
        return {};
    const bool isHeader = point.y() < headerHeight;
    const bool isGutter = point.x() < gutterWidth;
    if (isHeader && isGutter)
        return {Part::Corner, {}};
    const int column = columns.at(columnPixel(point.x()));
    if (isHeader) {
        if (const int edge = edgeAt(point.x()); edge >= 0 && point.y() < headHeight())
            return {Part::HeaderEdge, {-1, edge}};
        if (column < 0)
            return {};
        if (point.y() >= headHeight())
            return {Part::Filter, {-1, column}};
        return {sortArea(column).contains(point) ? Part::Sort : Part::Header, {-1, column}};
    }
    const qint64 row = (y + point.y() - headerHeight) / rowHeight;
    if (row >= rows)
        return {};
    if (isGutter)
        return {Part::Gutter, {row, -1}};
    return column < 0 ? Hit{} : Hit{Part::Cell, {row, column}};
}

void Geometry::reveal(Position at)
{
    const QRect area = cells();
    const qint64 top = at.row * rowHeight;
    if (top + rowHeight > y + area.height())
        y = top + rowHeight - area.height();
    y = std::min(y, top);
    if (at.column >= frozen) {
        if (columns.right(at.column) > x + area.width())
            x = columns.right(at.column) - area.width();
        x = std::min(x, columns.left(at.column) - frozenWidth());
    }
    clamp();
}

} // namespace grid
