// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace grid {

// Where the columns stand, in pixels from the left edge of the first one. Lookups cost the logarithm of the number of
// columns, so that a thousand of them are as quick as ten.
class ColumnLayout
{
public:
    static constexpr int kLeastWidth = 24;
    static constexpr int kMostWidth = 20000;

    void setWidths(std::vector<int> widths);
    void setWidth(int column, int width);

    int count() const { return static_cast<int>(m_ends.size()); }
    int total() const { return m_ends.empty() ? 0 : m_ends.back(); }
    int left(int column) const { return column == 0 ? 0 : m_ends[static_cast<std::size_t>(column) - 1]; }
    int right(int column) const { return m_ends[static_cast<std::size_t>(column)]; }
    int width(int column) const { return right(column) - left(column); }
    // The column that covers this pixel, or -1.
    int at(int x) const;
    // The same, but the nearest column where none covers it; -1 only without columns.
    int nearest(int x) const;

private:
    std::vector<int> m_ends;
};

} // namespace grid
