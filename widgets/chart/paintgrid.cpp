// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/layers.h"
#include "chart/plotstate.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace chart {

namespace {

constexpr double kTickLabelGap = 6;

// Lines of one device pixel lie on it, not between two.
double crisp(double position, qreal dpr)
{
    return (std::floor(position * dpr) + 0.5) / dpr;
}

QColor mixed(const QColor &a, const QColor &b, double share)
{
    return QColor::fromRgbF(static_cast<float>(a.redF() * (1 - share) + b.redF() * share),
        static_cast<float>(a.greenF() * (1 - share) + b.greenF() * share),
        static_cast<float>(a.blueF() * (1 - share) + b.blueF() * share));
}

void paintGridLines(QPainter &painter, const PlotState &state)
{
    const QRectF &area = state.area;
    const QColor faint = mixed(state.theme.background, state.theme.line, 0.5);
    const double width = 1 / state.dpr;
    for (const Tick &tick : state.xTicks) {
        painter.setPen(QPen(tick.isMajor ? state.theme.line : faint, width));
        const double x = crisp(state.pixelOf(tick.at), state.dpr);
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    for (const Tick &tick : state.yTicks) {
        painter.setPen(QPen(tick.isMajor ? state.theme.line : faint, width));
        const double y = crisp(state.pixelOfY(static_cast<double>(tick.at)), state.dpr);
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
    painter.setPen(QPen(state.theme.line, width));
    const double bottom = crisp(area.bottom(), state.dpr);
    painter.drawLine(QPointF(area.left(), bottom), QPointF(area.right(), bottom));
}

void paintXLabels(QPainter &painter, const PlotState &state, const QRectF &scene)
{
    const QFontMetricsF metrics(painter.font());
    const double top = state.area.bottom() + kTickLabelGap;
    double free = 0; // labels that would touch the one before are left out
    for (const Tick &tick : state.xTicks) {
        const double width = metrics.horizontalAdvance(tick.label);
        const double left = std::clamp(state.pixelOf(tick.at) - width / 2, 0.0, std::max(0.0, scene.width() - width));
        if (left < free)
            continue;
        free = left + width + kTickLabelGap;
        painter.setPen(tick.isMajor ? state.theme.text : state.theme.muted);
        painter.drawText(QPointF(left, top + metrics.ascent()), tick.label);
    }
    const double second = top + metrics.height() + metrics.ascent();
    painter.setPen(state.theme.muted);
    painter.drawText(QPointF(state.area.left(), second), state.xContext);
    painter.drawText(QPointF(state.area.right() - metrics.horizontalAdvance(state.xNote), second), state.xNote);
}

void paintYLabels(QPainter &painter, const PlotState &state)
{
    const QFontMetricsF metrics(painter.font());
    painter.setPen(state.theme.muted);
    for (const Tick &tick : state.yTicks) {
        const double y = state.pixelOfY(static_cast<double>(tick.at)) + metrics.ascent() / 2 - metrics.descent() / 2;
        const double x = state.area.left() - kTickLabelGap - metrics.horizontalAdvance(tick.label);
        painter.drawText(QPointF(x, y), tick.label);
    }
}

} // namespace

void paintGrid(QPainter &painter, const PlotState &state, const QRectF &scene)
{
    painter.setFont(state.font);
    paintLegend(painter, state, scene.width());
    if (state.isEmpty()) {
        painter.setPen(state.theme.muted);
        painter.drawText(scene.adjusted(32, 32, -32, -32), Qt::AlignCenter | Qt::TextWordWrap, state.emptyText);
        return;
    }
    paintGridLines(painter, state);
    paintXLabels(painter, state, scene);
    paintYLabels(painter, state);
}

} // namespace chart
