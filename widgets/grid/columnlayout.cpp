// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/columnlayout.h"

#include <algorithm>

namespace grid {

void ColumnLayout::setWidths(std::vector<int> widths)
{
    m_ends = std::move(widths);
    int end = 0;
    for (int &width : m_ends)
        width = end += std::clamp(width, kLeastWidth, kMostWidth);
}

void ColumnLayout::setWidth(int column, int width)
{
    const int change = std::clamp(width, kLeastWidth, kMostWidth) - this->width(column);
    for (auto it = m_ends.begin() + column; it != m_ends.end(); ++it)
        *it += change;
}

int ColumnLayout::at(int x) const
{
    return x < 0 || x >= total() ? -1 : nearest(x);
}

int ColumnLayout::nearest(int x) const
{
    const auto it = std::upper_bound(m_ends.begin(), m_ends.end(), x);
    return std::min(static_cast<int>(it - m_ends.begin()), count() - 1);
}

} // namespace grid
