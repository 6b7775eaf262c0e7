// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/chartview.h"

#include "chart/plot.h"
#include "chart/readings.h"

#include "common/resulttable.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chart {

QString ChartView::emptyText() const
{
    if (!m_result || m_result->table().columnCount() == 0)
        return tr("Run a statement: its time column is drawn here against its numbers.");
    if (!m_indexed)
        return m_result->table().rowCount() == 0 ? tr("No rows yet.") : tr("Reading the rows …");
    if (m_indexed->choices.ys.empty())
        return tr("No numeric column in this result. A chart needs at least one, best beside a time column.");
    if (m_indexed->table.rowCount() == 0)
        return tr("The result has no rows.");
    return {};
}

QImage ChartView::picture(QSize size, qreal dpr, const QString &title)
{
    std::shared_ptr<const Indexed> indexed = m_indexed;
    const bool isBehind = m_result && (!indexed || indexed->table.rowCount() != m_result->table().rowCount());
    if (isBehind && m_result->table().columnCount() > 0)
        indexed = indexTable(m_result->table(), m_chosen);
    Scene scene;
    PlotState &state = scene.state();
    state = m_plot->state();
    state.dpr = dpr;
    state.crosshair.reset();
    if (indexed && indexed != m_indexed)
        takeIndexed(indexed);
    state.indexed = indexed;
    state.emptyText = emptyText();
    state.legend = m_shown;
    state.title = title;
    if (indexed) {
        state.x = m_plot->look().x;
        state.time = m_plot->state().time;
    }
    scene.resizeTo(size);
    if (indexed) {
        const int columns = std::max(1, static_cast<int>(std::lround(state.area.width() * dpr)));
        auto reduction = reduceLines(indexed->set, m_shown, state.x, columns, {});
        state.reduction = std::make_shared<const Reduction>(std::move(*reduction));
        state.y = m_plot->look().y.value_or(fittedY(*state.reduction, state.y));
        scene.refresh();
    }
    QImage image(size * dpr, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(dpr);
    image.fill(state.theme.background);
    QPainter painter(&image);
    scene.render(&painter, QRectF(QPointF(0, 0), size), QRectF(QPointF(0, 0), size));
    return image;
}

void ChartView::describe()
{
    m_plot->setAccessibleName(tr("Chart"));
    if (!m_indexed || m_plot->state().isEmpty()) {
        m_plot->setAccessibleDescription(m_plot->state().emptyText);
        return;
    }
    const PlotState &state = m_plot->state();
    const auto x = [&state](long double at) { return xText(state, static_cast<std::int64_t>(std::clamp(at, -9.2e18L, 9.2e18L))); };
    QStringList parts;
    parts.append(tr("%1 from %2 to %3").arg(state.xNote, x(state.x.low), x(state.x.high)));
    for (const ReducedLine &line : state.reduction ? state.reduction->lines : std::vector<ReducedLine>()) {
        const QString name = seriesName(*m_indexed, line.series);
        parts.append(line.summary.count == 0 ? tr("%1: no values in view").arg(name)
                                             : tr("%1: from %3 to %4, values in view: %2")
                                                   .arg(name)
                                                   .arg(line.summary.count)
                                                   .arg(line.summary.min)
                                                   .arg(line.summary.max));
    }
    m_plot->setAccessibleDescription(parts.join(QStringLiteral("; ")));
}

} // namespace chart
