// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/layers.h"
#include "chart/plotstate.h"

#include <algorithm>
#include <cmath>

namespace chart {

namespace {

constexpr double kPenWidth = 1.4;
constexpr double kDotRadius = 2.2;
constexpr double kDotSpacing = 14; // points further apart than this are marked
constexpr qsizetype kMostSmoothPoints = 3000; // antialiasing costs three times as much; beyond this it buys nothing

// The stretches of a line between its breaks.
using Stretches = std::vector<QPolygonF>;

Stretches stretchesOf(const PlotState &state, const ReducedLine &line)
{
    Stretches stretches;
    const long double gap = state.gapOf(line.series);
    bool isBroken = true;
    long double lastX = 0;
    for (const table::Point &point : line.points) {
        if (!point.hasValue()) {
            isBroken = true;
            continue;
        }
        const auto x = static_cast<long double>(point.x);
        if (isBroken || (gap > 0 && x - lastX > gap))
            stretches.emplace_back();
        stretches.back().append(QPointF(state.pixelOf(x), state.pixelOfY(point.y)));
        lastX = x;
        isBroken = false;
    }
    return stretches;
}

void paintPoints(QPainter &painter, const PlotState &state, const ReducedLine &line)
{
    const Stretches stretches = stretchesOf(state, line);
    painter.setRenderHint(QPainter::Antialiasing, static_cast<qsizetype>(line.points.size()) <= kMostSmoothPoints);
    QPen pen(state.colorOf(line.series), kPenWidth);
    pen.setJoinStyle(Qt::BevelJoin);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    for (const QPolygonF &stretch : stretches)
        painter.drawPolyline(stretch);
    const bool isSparse = static_cast<double>(line.points.size()) * kDotSpacing < state.area.width();
    painter.setPen(Qt::NoPen);
    painter.setBrush(state.colorOf(line.series));
    for (const QPolygonF &stretch : stretches) {
        if (!isSparse && stretch.size() > 1)
            continue;
        for (const QPointF &point : stretch)
            painter.drawEllipse(point, kDotRadius, kDotRadius);
    }
}

bool isConnected(const table::Bucket &a, const table::Bucket &b, long double gap)
{
    if (a.breaksAfter || b.breaksBefore)
        return false;
    return gap <= 0 || static_cast<long double>(b.firstX) - static_cast<long double>(a.lastX) <= gap;
}

// One upright bar a pixel column from the least to the greatest value, lengthened to where the column before ended, so
// that the line is whole and no sample is missing from it.
void paintColumns(QPainter &painter, const PlotState &state, const Reduction &reduction, const ReducedLine &line)
{
    const long double gap = state.gapOf(line.series);
    const double pixel = 1 / state.dpr;
    const bool isExact = reduction.range == state.x;
    const auto edgeOf = [&](std::size_t column) {
        if (isExact)
            return state.area.left() + static_cast<double>(column) * state.area.width() / reduction.columns;
        return state.pixelOf(reduction.range.fromPixel(static_cast<double>(column), reduction.columns));
    };
    QVector<QRectF> bars;
    QVector<QLineF> joins;
    const table::Bucket *before = nullptr;
    std::size_t beforeColumn = 0;
    table::Bucket hole; // breaks of columns without a value in between
    for (std::size_t column = 0; column < line.columns.size(); ++column) {
        const table::Bucket &bucket = line.columns[column];
        if (bucket.count == 0) {
            hole.append(bucket);
            continue;
        }
        double top = state.pixelOfY(bucket.max);
        double bottom = state.pixelOfY(bucket.min);
        const double left = edgeOf(column);
        if (before != nullptr && !hole.breaksBefore && isConnected(*before, bucket, gap)) {
            const double from = state.pixelOfY(before->last);
            if (column == beforeColumn + 1) {
                top = std::min(top, from);
                bottom = std::max(bottom, from);
            } else {
                joins.append(QLineF(edgeOf(beforeColumn) + pixel / 2, from, left + pixel / 2, state.pixelOfY(bucket.first)));
            }
        }
        const double width = isExact ? pixel : std::max(pixel, edgeOf(column + 1) - left);
        top = std::max(top, state.area.top() - 2);
        bottom = std::min(bottom, state.area.bottom() + 2);
        if (bottom >= top)
            bars.append(QRectF(left, top - pixel / 2, width, bottom - top + pixel));
        before = &bucket;
        beforeColumn = column;
        hole = {};
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    painter.setBrush(state.colorOf(line.series));
    painter.drawRects(bars);
    painter.setPen(QPen(state.colorOf(line.series), pixel));
    painter.drawLines(joins);
}

} // namespace

void paintLines(QPainter &painter, const PlotState &state)
{
    if (state.isEmpty() || !state.reduction)
        return;
    painter.save();
    painter.setClipRect(state.area);
    for (const ReducedLine &line : state.reduction->lines) {
        if (line.hasPoints)
            paintPoints(painter, state, line);
        else
            paintColumns(painter, state, *state.reduction, line);
    }
    painter.restore();
}

} // namespace chart
