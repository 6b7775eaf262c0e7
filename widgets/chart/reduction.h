// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/reduceindex.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace chart {

// The stretch of x that is in view, in counts of the x column's unit. Long double holds every 64-bit count and a
// fraction of it, so that nanoseconds of any year are exact to the pixel and a drag does not jump from count to count.
struct XRange {
    long double low = 0;
    long double high = 1;

    long double span() const { return high - low; }
    // Position along width pixels; clamped far outside of them.
    double toPixel(long double x, double width) const;
    long double fromPixel(double pixel, double width) const
    {
        return low + span() * static_cast<long double>(pixel) / static_cast<long double>(width);
    }
    bool operator==(const XRange &) const = default;
};

struct YRange {
    double low = 0;
    double high = 1;

    double toPixel(double y, double height) const; // from the top; clamped far outside
    double fromPixel(double pixel, double height) const;
    bool operator==(const YRange &) const = default;
};

// columns + 1 integers: column c holds bounds[c] <= x < bounds[c + 1].
std::vector<std::int64_t> columnBounds(const XRange &range, int columns);

// A line as it is drawn: single points where they are few, else one bucket a pixel column.
struct ReducedLine {
    std::size_t series = 0; // index in the set
    bool hasPoints = false;
    std::vector<table::Point> points; // of the range and one more on either side
    std::vector<table::Bucket> columns;
    table::Bucket summary; // of the points in range
};

// What a worker made of all visible lines for one range. A last reduction that no longer fits the range can still be
// drawn, moved and stretched, until the next one is there.
struct Reduction {
    XRange range;
    int columns = 0;
    std::vector<ReducedLine> lines;
};

// Nothing if it was stopped.
std::optional<Reduction> reduceLines(const table::SeriesSet &set, const std::vector<std::size_t> &lines, const XRange &range,
    int columns, std::stop_token stop);

} // namespace chart
