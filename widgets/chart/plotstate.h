// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/engine.h"
#include "chart/ticks.h"

#include "common/theme.h"

#include <QRectF>

#include <optional>

namespace chart {

// What one picture of a chart shows; the items of a scene read it when they paint.
struct PlotState {
    common::Theme theme = common::Theme::light();
    QFont font;
    qreal dpr = 1;
    std::shared_ptr<const Indexed> indexed;
    std::shared_ptr<const Reduction> reduction; // may be of another range than the one in view
    XRange x;
    YRange y;
    TimeAxis time;
    double gapFactor = 5;
    QString emptyText; // instead of a plot
    std::optional<long double> crosshair; // an x in view
    std::vector<std::size_t> legend; // lines to be named above the plot; the window has a list of its own beside it
    QString title;
    std::optional<QRectF> box; // being drawn for a zoom, in scene coordinates

    // Laid out for the scene's size.
    QRectF area;
    std::vector<Tick> xTicks;
    std::vector<Tick> yTicks;
    QString xContext;
    QString xNote; // zone or name of what x is

    bool isEmpty() const { return !emptyText.isEmpty() || !indexed; }
    QColor colorOf(std::size_t series) const { return theme.series[series % theme.series.size()]; }
    double pixelOf(long double at) const { return area.left() + x.toPixel(at, area.width()); }
    double pixelOfY(double at) const { return area.top() + y.toPixel(at, area.height()); }
    long double xAt(double pixel) const { return x.fromPixel(pixel - area.left(), area.width()); }
    double yAt(double pixel) const { return y.fromPixel(pixel - area.top(), area.height()); }

    // Steps longer than this break the line of that series; 0: none does.
    long double gapOf(std::size_t series) const;
};

// Places the plot area within the size and chooses the ticks.
void layOut(PlotState &state, QSizeF size);

// The range of the values that a reduction holds, with some air; where there are none, the range given.
YRange fittedY(const Reduction &reduction, const YRange &otherwise);
// All points of these series, with some air.
std::optional<XRange> fittedX(const Indexed &indexed, const std::vector<std::size_t> &series);
// Name of a line as the legend and messages say it.
QString seriesName(const Indexed &indexed, std::size_t series);

} // namespace chart
