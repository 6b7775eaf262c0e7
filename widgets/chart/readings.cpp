// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/readings.h"

#include "table/format.h"

#include <cmath>

namespace chart {

namespace {

std::int64_t roundedX(long double x)
{
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    if (x >= static_cast<long double>(most))
        return most;
    return x <= static_cast<long double>(least) ? least : static_cast<std::int64_t>(std::llround(x));
}

std::optional<table::Point> nearestPoint(const PlotState &state, std::size_t series)
{
    if (!state.crosshair || !state.indexed || series >= state.indexed->set.series.size())
        return std::nullopt;
    const table::PointSeries &points = state.indexed->set.series[series].points;
    const std::int64_t index = points.nearest(roundedX(*state.crosshair));
    if (index < 0)
        return std::nullopt;
    const table::Point point = points.at(index);
    const auto x = static_cast<long double>(point.x);
    return x >= state.x.low && x <= state.x.high ? std::optional(point) : std::nullopt;
}

} // namespace

std::optional<Reading> readingAt(const PlotState &state, std::size_t series)
{
    const auto point = nearestPoint(state, series);
    if (!point)
        return std::nullopt;
    const std::size_t column = state.indexed->set.series[series].y;
    const table::Table &table = state.indexed->table;
    const table::Cell cell = table.cell(point->row, column);
    std::string text;
    table::appendCell(text, table.schema().columns[column], *cell.column, cell.row, {});
    return Reading{*point, QString::fromStdString(text)};
}

std::optional<table::Point> pointAtCrosshair(const PlotState &state)
{
    std::optional<table::Point> best;
    if (!state.crosshair || !state.reduction)
        return best;
    const auto distance = [&](const table::Point &point) {
        return std::abs(static_cast<long double>(point.x) - *state.crosshair);
    };
    for (const ReducedLine &line : state.reduction->lines) {
        const auto point = nearestPoint(state, line.series);
        if (point && (!best || distance(*point) < distance(*best)))
            best = point;
    }
    return best;
}

QString xText(const PlotState &state, std::int64_t x)
{
    return state.indexed && state.indexed->roles.x.isTime() ? timeText(x, state.time) : QString::number(x);
}

} // namespace chart
