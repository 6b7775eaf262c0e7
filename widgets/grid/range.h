// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <limits>

namespace grid {

// A cell of the result, counted from 0; -1 is "none".
struct Position {
    qint64 row = -1;
    int column = -1;

    bool isValid() const { return row >= 0 && column >= 0; }
    friend bool operator==(const Position &, const Position &) = default;
};

// Ends of ranges that reach to the edge, rows that are still to come included.
inline constexpr qint64 kLastRow = std::numeric_limits<qint64>::max();
inline constexpr int kLastColumn = std::numeric_limits<int>::max();

// A rectangle of cells; all four sides belong to it.
struct Range {
    qint64 top = 0;
    qint64 bottom = -1;
    int left = 0;
    int right = -1;

    bool isEmpty() const { return bottom < top || right < left; }
    bool contains(Position at) const
    {
        return at.row >= top && at.row <= bottom && at.column >= left && at.column <= right;
    }
    Range intersected(const Range &other) const
    {
        return {std::max(top, other.top), std::min(bottom, other.bottom), std::max(left, other.left),
            std::min(right, other.right)};
    }
    friend bool operator==(const Range &, const Range &) = default;
};

} // namespace grid
