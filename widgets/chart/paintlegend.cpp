// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/layers.h"
#include "chart/plotstate.h"

#include <QFontMetricsF>

#include <functional>

namespace chart {

namespace {

constexpr double kLegendSwatch = 10;
constexpr double kLegendGap = 6;
constexpr double kLegendSide = 16;
constexpr double kEntryGap = 18;

QFont titleFont(const PlotState &state)
{
    QFont font = state.font;
    font.setWeight(QFont::DemiBold);
    return font;
}

// Calls place for each entry with its top left corner; answers where the last line ends.
double layEntries(const PlotState &state, double width, double top,
    const std::function<void(std::size_t series, const QString &name, QPointF at)> &place)
{
    if (state.legend.empty() || !state.indexed)
        return top;
    const QFontMetricsF metrics(state.font);
    double left = kLegendSide;
    for (const std::size_t series : state.legend) {
        const QString name = seriesName(*state.indexed, series);
        const double entry = kLegendSwatch + kLegendGap + metrics.horizontalAdvance(name);
        if (left > kLegendSide && left + entry > width - kLegendSide) {
            left = kLegendSide;
            top += metrics.height() + kLegendGap;
        }
        place(series, name, {left, top});
        left += entry + kEntryGap;
    }
    return top + metrics.height() + kLegendGap;
}

double titleHeight(const PlotState &state)
{
    return state.title.isEmpty() ? 0 : QFontMetricsF(titleFont(state)).height() + kLegendGap;
}

} // namespace

double legendHeight(const PlotState &state, double width)
{
    return layEntries(state, width, titleHeight(state), [](std::size_t, const QString &, QPointF) {});
}

void paintLegend(QPainter &painter, const PlotState &state, double width)
{
    painter.save();
    painter.setPen(state.theme.text);
    if (!state.title.isEmpty()) {
        painter.setFont(titleFont(state));
        painter.drawText(QPointF(kLegendSide, kLegendGap + QFontMetricsF(painter.font()).ascent()), state.title);
    }
    painter.setFont(state.font);
    const QFontMetricsF metrics(state.font);
    layEntries(state, width, kLegendGap + titleHeight(state), [&](std::size_t series, const QString &name, QPointF at) {
        const double middle = at.y() + metrics.height() / 2;
        painter.fillRect(QRectF(at.x(), middle - kLegendSwatch / 2, kLegendSwatch, kLegendSwatch), state.colorOf(series));
        painter.drawText(QPointF(at.x() + kLegendSwatch + kLegendGap, at.y() + metrics.ascent()), name);
    });
    painter.restore();
}

} // namespace chart
