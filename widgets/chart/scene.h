// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/plotstate.h"

#include <QGraphicsScene>

class QChart;
class QValueAxis;

namespace chart {

class Layer;

// One picture of a chart: a QChart gives frame, backdrop and the pair of value axes that series of Qt Charts can be put
// on; grid, labels, dense lines and the crosshair are layers of our own over its plot area. The window shows one in a
// view, a picture for a file is another one of its own size.
class Scene : public QGraphicsScene
{
    Q_OBJECT
public:
    explicit Scene(QObject *parent = nullptr);
    ~Scene() override;

    PlotState &state() { return m_state; }
    const PlotState &state() const { return m_state; }

    // To be called after changes to the state: of anything, of the crosshair and the box alone.
    void refresh();
    void refreshOverlay();
    void resizeTo(QSizeF size);

private:
    PlotState m_state;
    QSizeF m_size{1, 1};
    QChart *m_chart = nullptr;
    QValueAxis *m_xAxis = nullptr;
    QValueAxis *m_yAxis = nullptr;
    Layer *m_grid = nullptr;
    Layer *m_lines = nullptr;
    Layer *m_overlay = nullptr;
};

} // namespace chart
