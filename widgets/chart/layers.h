// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>

namespace chart {

struct PlotState;

// The layers of a plot, from below. All paint in scene coordinates and change nothing.
void paintGrid(QPainter &painter, const PlotState &state, const QRectF &scene);
void paintLines(QPainter &painter, const PlotState &state);
void paintOverlay(QPainter &painter, const PlotState &state);

// Title and legend above the plot area; 0 high where the state asks for neither.
double legendHeight(const PlotState &state, double width);
void paintLegend(QPainter &painter, const PlotState &state, double width);

} // namespace chart
