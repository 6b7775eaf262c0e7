// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/plotstate.h"

#include "chart/layers.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace chart {

namespace {

struct PlotTr {
    Q_DECLARE_TR_FUNCTIONS(chart::Plot)
};

constexpr double kLabelGap = 6;
constexpr double kLeastLeft = 48;
constexpr double kRight = 16;
constexpr double kTop = 8;

void chooseXTicks(PlotState &state, double lineHeight)
{
    const double perLabel = state.indexed && state.indexed->roles.x.isTime() ? 5.5 * lineHeight : 5 * lineHeight;
    const int count = std::max(1, static_cast<int>(state.area.width() / perLabel));
    if (state.indexed && state.indexed->roles.x.isTime()) {
        TimeTicks ticks = timeTicks(state.x, state.time, count);
        state.xTicks = std::move(ticks.ticks);
        state.xContext = std::move(ticks.context);
    } else {
        state.xTicks = countTicks(state.x, count);
        state.xContext.clear();
    }
}

QString xNoteOf(const PlotState &state)
{
    if (!state.indexed)
        return {};
    const XRole &x = state.indexed->roles.x;
    const QString name = x.column ? QString::fromStdString(state.indexed->table.schema().columns[*x.column].name) : QString();
    switch (x.kind) {
    case XRole::Kind::Instant:
    case XRole::Kind::Epoch: {
        const auto middle = static_cast<std::int64_t>(std::clamp((state.x.low + state.x.high) / 2, -9.2e18L, 9.2e18L));
        return name + QStringLiteral(" · ") + zoneText(middle, state.time);
    }
    case XRole::Kind::LocalDateTime:
        return PlotTr::tr("%1 · local time, no zone").arg(name);
    case XRole::Kind::Integer:
        return name;
    case XRole::Kind::RowNumber:
        return PlotTr::tr("row number");
    }
    return {};
}

} // namespace

long double PlotState::gapOf(std::size_t series) const
{
    if (gapFactor <= 0 || !indexed || series >= indexed->set.series.size())
        return 0;
    return static_cast<long double>(gapFactor) * indexed->set.series[series].points.medianStep();
}

void layOut(PlotState &state, QSizeF size)
{
    const QFontMetricsF metrics(state.font);
    const double lineHeight = metrics.height();
    const double bottom = 2 * lineHeight + 2 * kLabelGap;
    const double top = kTop + legendHeight(state, size.width());
    const double height = std::max(1.0, size.height() - top - bottom);
    state.yTicks = valueTicks(state.y, std::max(2, static_cast<int>(height / (3.2 * lineHeight))));
    double left = kLeastLeft;
    for (const Tick &tick : state.yTicks)
        left = std::max(left, metrics.horizontalAdvance(tick.label) + 2 * kLabelGap);
    left = std::ceil(left / 8) * 8; // so that the plot does not shiver while labels change
    state.area = QRectF(left, top, std::max(1.0, std::floor(size.width() - left - kRight)), std::floor(height));
    chooseXTicks(state, lineHeight);
    state.xNote = xNoteOf(state);
}

YRange fittedY(const Reduction &reduction, const YRange &otherwise)
{
    table::Bucket all;
    for (const ReducedLine &line : reduction.lines)
        all.append(line.summary);
    if (all.count == 0)
        return otherwise;
    constexpr double most = std::numeric_limits<double>::max();
    double air = all.max / 20 - all.min / 20;
    // Less than this no double tells two pixels apart.
    const double least = std::max(std::abs(all.max), std::abs(all.min)) * 1e-12;
    if (!(air > least))
        air = all.max == 0 ? 1 : std::abs(all.max) / 10;
    return {std::max(all.min - air, -most), std::min(all.max + air, most)};
}

std::optional<XRange> fittedX(const Indexed &indexed, const std::vector<std::size_t> &series)
{
    std::optional<XRange> all;
    for (const std::size_t index : series) {
        if (index >= indexed.set.series.size() || indexed.set.series[index].points.isEmpty())
            continue;
        const table::PointSeries &points = indexed.set.series[index].points;
        const auto low = static_cast<long double>(points.firstX());
        const auto high = static_cast<long double>(points.lastX());
        all = all ? XRange{std::min(all->low, low), std::max(all->high, high)} : XRange{low, high};
    }
    if (all) {
        const long double air = all->span() > 0 ? all->span() / 100 : 0.5L;
        all->low -= air;
        all->high += air;
    }
    return all;
}

QString seriesName(const Indexed &indexed, std::size_t series)
{
    const table::IndexedSeries &one = indexed.set.series[series];
    const QString column = QString::fromStdString(indexed.table.schema().columns[one.y].name);
    if (one.group.empty())
        return column;
    const QString group = QString::fromStdString(one.group);
    return indexed.roles.ys.size() > 1 ? group + QStringLiteral(" · ") + column : group;
}

} // namespace chart
