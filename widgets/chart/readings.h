// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/plotstate.h"

namespace chart {

// What a line holds where the crosshair stands: the point next to it, with its value exactly as the server sent it.
struct Reading {
    table::Point point;
    QString text; // "NULL" for none
};

// Nothing without a crosshair, or where the next point is out of view.
std::optional<Reading> readingAt(const PlotState &state, std::size_t series);

// Of the shown lines' points next to the crosshair, the one nearest to it in time.
std::optional<table::Point> pointAtCrosshair(const PlotState &state);

// x as text: time with the digits of its unit, or the number.
QString xText(const PlotState &state, std::int64_t x);

} // namespace chart
