// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/reduction.h"

#include <algorithm>
#include <cmath>

namespace chart {

namespace {

constexpr double kFarPixels = 1e5; // what lies further off only needs to be off; painters overflow much later

std::int64_t ceilToInt64(long double value)
{
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const long double up = std::ceil(value);
    if (up <= static_cast<long double>(least))
        return least;
    if (up >= static_cast<long double>(most))
        return most;
    return static_cast<std::int64_t>(up);
}

ReducedLine reduceLine(const table::PointSeries &points, std::span<const std::int64_t> bounds)
{
    ReducedLine line;
    std::int64_t from = points.lowerBound(bounds.front());
    std::int64_t to = points.lowerBound(bounds.back());
    // A bound holds no more than 64 bits; the last count of all belongs to the last column.
    if (bounds.back() == std::numeric_limits<std::int64_t>::max())
        to = points.size();
    line.summary = points.summaryOf(from, to);
    const auto columns = static_cast<std::int64_t>(bounds.size()) - 1;
    if (to - from <= columns / 2) {
        line.hasPoints = true;
        from = std::max<std::int64_t>(from - 1, 0);
        to = std::min<std::int64_t>(to + 1, points.size());
        line.points.reserve(static_cast<std::size_t>(to - from));
        for (std::int64_t i = from; i < to; ++i)
            line.points.push_back(points.at(i));
    } else {
        line.columns = table::reduce(points, bounds);
    }
    return line;
}

} // namespace

double XRange::toPixel(long double x, double width) const
{
    const long double pixel = (x - low) / span() * static_cast<long double>(width);
    return std::clamp(static_cast<double>(pixel), -kFarPixels, kFarPixels);
}

// Halves, because the difference of two doubles can be more than a double holds.
double YRange::toPixel(double y, double height) const
{
    const double share = (y / 2 - low / 2) / (high / 2 - low / 2);
    return std::clamp(height - share * height, -kFarPixels, kFarPixels);
}

double YRange::fromPixel(double pixel, double height) const
{
    const double share = (height - pixel) / height;
    return low * (1 - share) + high * share;
}

std::vector<std::int64_t> columnBounds(const XRange &range, int columns)
{
    std::vector<std::int64_t> bounds;
    bounds.reserve(static_cast<std::size_t>(columns) + 1);
    for (int i = 0; i <= columns; ++i)
        bounds.push_back(ceilToInt64(range.fromPixel(i, columns)));
    return bounds;
}

std::optional<Reduction> reduceLines(const table::SeriesSet &set, const std::vector<std::size_t> &lines, const XRange &range,
    int columns, std::stop_token stop)
{
    Reduction reduction{range, columns, {}};
    const std::vector<std::int64_t> bounds = columnBounds(range, std::max(columns, 1));
    for (const std::size_t index : lines) {
        if (stop.stop_requested())
            return std::nullopt;
        if (index >= set.series.size() || set.series[index].points.isEmpty())
            continue;
        ReducedLine line = reduceLine(set.series[index].points, bounds);
        line.series = index;
        reduction.lines.push_back(std::move(line));
    }
    return reduction;
}

} // namespace chart
