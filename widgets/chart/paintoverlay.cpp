// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/layers.h"
#include "chart/readings.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace chart {

namespace {

// The exact x under the crosshair, over the axis' labels.
void paintFlag(QPainter &painter, const PlotState &state, double x, const QString &text)
{
    const QFontMetricsF metrics(painter.font());
    const double width = metrics.horizontalAdvance(text) + 12;
    const double left = std::clamp(x - width / 2, 0.0, std::max(0.0, state.area.right() + 16 - width));
    const QRectF rect(left, state.area.bottom() + 3, width, metrics.height() + 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(state.theme.text);
    painter.drawRoundedRect(rect, 3, 3);
    painter.setPen(state.theme.background);
    painter.drawText(rect, Qt::AlignCenter, text);
}

// A ring around the point of each line that the legend reads out.
void paintMarks(QPainter &painter, const PlotState &state)
{
    if (!state.reduction)
        return;
    painter.save();
    painter.setClipRect(state.area.adjusted(-4, -4, 4, 4));
    painter.setBrush(state.theme.background);
    for (const ReducedLine &line : state.reduction->lines) {
        const auto reading = readingAt(state, line.series);
        if (!reading || !reading->point.hasValue())
            continue;
        painter.setPen(QPen(state.colorOf(line.series), 1.6));
        painter.drawEllipse(
            QPointF(state.pixelOf(static_cast<long double>(reading->point.x)), state.pixelOfY(reading->point.y)), 3.5, 3.5);
    }
    painter.restore();
}

} // namespace

void paintOverlay(QPainter &painter, const PlotState &state)
{
    if (state.isEmpty())
        return;
    painter.setFont(state.font);
    painter.setRenderHint(QPainter::Antialiasing);
    if (state.box) {
        QColor fill = state.theme.accent;
        fill.setAlphaF(0.15f);
        painter.setPen(QPen(state.theme.accent, 1));
        painter.setBrush(fill);
        painter.drawRect(*state.box);
    }
    if (!state.crosshair)
        return;
    const auto point = pointAtCrosshair(state);
    const double x = std::floor(state.pixelOf(point ? static_cast<long double>(point->x) : *state.crosshair)) + 0.5;
    painter.setPen(QPen(state.theme.muted, 1, Qt::DashLine));
    painter.drawLine(QPointF(x, state.area.top()), QPointF(x, state.area.bottom()));
    paintMarks(painter, state);
    if (point)
        paintFlag(painter, state, x, xText(state, point->x));
}

} // namespace chart
