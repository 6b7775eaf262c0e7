// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/scene.h"

#include "chart/layers.h"

#include <QChart>
#include <QGraphicsItem>
#include <QLegend>
#include <QValueAxis>

#include <functional>

namespace chart {

// A sheet over the whole scene. Cached by the view, so that a moving crosshair does not draw the lines again.
class Layer : public QGraphicsItem
{
public:
    Layer(QGraphicsItem *parent, std::function<void(QPainter &, const QRectF &)> paintSheet)
        : QGraphicsItem(parent)
        , m_paint(std::move(paintSheet))
    {
        setAcceptedMouseButtons(Qt::NoButton);
    }
    void resizeTo(QSizeF size)
    {
        prepareGeometryChange();
        m_rect = QRectF(QPointF(0, 0), size);
    }
    QRectF boundingRect() const override { return m_rect; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override { m_paint(*painter, m_rect); }

private:
    QRectF m_rect;
    std::function<void(QPainter &, const QRectF &)> m_paint;
};

Scene::Scene(QObject *parent)
    : QGraphicsScene(parent)
    , m_chart(new QChart)
    , m_xAxis(new QValueAxis)
    , m_yAxis(new QValueAxis)
{
    setItemIndexMethod(NoIndex);
    addItem(m_chart);
    m_chart->legend()->hide();
    m_chart->setMargins({});
    m_chart->setBackgroundRoundness(0);
    m_chart->setDropShadowEnabled(false);
    m_chart->setAcceptedMouseButtons(Qt::NoButton);
    m_chart->addAxis(m_xAxis, Qt::AlignBottom);
    m_chart->addAxis(m_yAxis, Qt::AlignLeft);
    m_xAxis->hide(); // they scale; what is seen of them is drawn by us
    m_yAxis->hide();
    m_grid = new Layer(m_chart, [this](QPainter &painter, const QRectF &rect) { paintGrid(painter, m_state, rect); });
    m_lines = new Layer(m_chart, [this](QPainter &painter, const QRectF &) { paintLines(painter, m_state); });
    m_overlay = new Layer(m_chart, [this](QPainter &painter, const QRectF &) { paintOverlay(painter, m_state); });
    m_grid->setCacheMode(QGraphicsItem::DeviceCoordinateCache);
    m_lines->setCacheMode(QGraphicsItem::DeviceCoordinateCache);
}

Scene::~Scene() = default;

void Scene::resizeTo(QSizeF size)
{
    m_size = size;
    setSceneRect(QRectF(QPointF(0, 0), size));
    m_chart->resize(size);
    for (Layer *layer : {m_grid, m_lines, m_overlay})
        layer->resizeTo(size);
    refresh();
}

void Scene::refresh()
{
    layOut(m_state, m_size);
    m_chart->setBackgroundBrush(m_state.theme.background);
    m_chart->setBackgroundPen(Qt::NoPen);
    m_chart->setPlotArea(m_state.area);
    m_xAxis->setRange(0, static_cast<double>(m_state.x.span()));
    m_yAxis->setRange(m_state.y.low, m_state.y.high);
    m_grid->update();
    m_lines->update();
    m_overlay->update();
}

void Scene::refreshOverlay()
{
    m_overlay->update();
}

} // namespace chart

#include "moc_scene.cpp"
