// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/columnsizer.h"

#include "grid/celltext.h"
#include "grid/geometry.h"
#include "grid/headertext.h"

#include <algorithm>
#include <cmath>

namespace grid {

namespace {

constexpr qint64 kCellsSampled = 6000;
constexpr qint64 kRowsFitted = 2000;
constexpr int kMostSampledChars = 60; // wider values are cut until somebody widens the column

struct Sampler {
    const table::Table &table;
    const table::Zone *zone;
    const Metrics &metrics;
    int mostChars;

    qreal roughWidthOf(Position at) const { return metrics.roughWidthOf(cellText(table, at, zone, mostChars).text); }
    qreal widthOf(Position at) const
    {
        const CellText text = cellText(table, at, zone, mostChars);
        return metrics.widthOf(text.text, text.isAscii);
    }
};

int headerWidth(const table::ColumnInfo &info, const Metrics &metrics)
{
    const HeaderText header = headerText(info);
    const qreal name = metrics.roughHeaderWidthOf(header.name) + std::max(kMarkWidth, Geometry::kSortWidth);
    return static_cast<int>(std::ceil(std::max(name, metrics.roughHeaderWidthOf(header.type)))) + 2 * kCellPadding;
}

int cellWidth(qreal text)
{
    return static_cast<int>(std::ceil(text)) + 2 * kCellPadding + 1;
}

// The first rows of a counter are short: numbers get room for what will follow.
qreal leastText(table::Kind kind, const Metrics &metrics)
{
    return (table::isNumeric(kind) ? 8 : 4) * metrics.charWidth;
}

} // namespace

std::vector<int> sampledWidths(const table::Table &table, const table::Zone *zone, const Metrics &metrics)
{
    const auto &columns = table.schema().columns;
    const qint64 count = static_cast<qint64>(columns.size());
    const qint64 rows = std::min<qint64>(table.rowCount(), std::clamp<qint64>(kCellsSampled / std::max<qint64>(1, count), 4, 100));
    const qreal most = kMostSampledChars * metrics.charWidth;
    const Sampler sampler{table, zone, metrics, kMostSampledChars};
    std::vector<int> widths;
    widths.reserve(columns.size());
    for (int column = 0; column < count; ++column) {
        const table::ColumnInfo &info = columns[static_cast<std::size_t>(column)];
        qreal text = leastText(info.kind, metrics);
        for (qint64 i = 0; i < rows; ++i)
            text = std::max(text, sampler.roughWidthOf({i * table.rowCount() / rows, column}));
        const int header = std::min(headerWidth(info, metrics), cellWidth(most));
        widths.push_back(std::max(header, cellWidth(std::min(text, most))));
    }
    return widths;
}

int fittedWidth(const table::TableView &view, const table::Zone *zone, int column, const Metrics &metrics, qint64 firstShown,
    qint64 lastShown)
{
    const auto index = static_cast<std::size_t>(column);
    const Sampler sampler{view.table, zone, metrics, kMostCharsDrawn};
    const auto widthOf = [&](qint64 row) {
        return sampler.widthOf({view.rows.tableRow(row), static_cast<int>(view.columns[index])});
    };
    qreal text = 0;
    for (qint64 row = firstShown; row <= lastShown; ++row)
        text = std::max(text, widthOf(row));
    const qint64 rows = std::min<qint64>(view.rowCount(), kRowsFitted);
    for (qint64 i = 0; i < rows; ++i)
        text = std::max(text, widthOf(i * view.rowCount() / rows));
    return std::max(headerWidth(view.info(index), metrics), cellWidth(text));
}

} // namespace grid
