// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/plot.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace chart {

namespace {

constexpr double kZoomStep = 1.25; // for each notch of a wheel, 120 units
constexpr double kKeyPan = 0.1; // of the width
constexpr int kZoomPauseMs = 600;

} // namespace

void Plot::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    m_scene.state().dpr = devicePixelRatioF();
    m_scene.resizeTo(viewport()->size());
    Q_EMIT looked();
}

void Plot::wheelEvent(QWheelEvent *event)
{
    event->accept();
    const QPoint turned = event->angleDelta();
    if (state().isEmpty() || turned.isNull())
        return;
    if (std::abs(turned.x()) > std::abs(turned.y())) {
        remember();
        pan(QPointF(turned.x(), 0) / 2, m_look);
        return;
    }
    // Turns that follow each other are one step of the history.
    if (!m_sinceZoom.isValid() || m_sinceZoom.elapsed() > kZoomPauseMs)
        remember();
    m_sinceZoom.start();
    const double factor = std::pow(kZoomStep, -turned.y() / 120.0);
    if (event->modifiers() & Qt::ControlModifier)
        zoomY(factor, event->position().y());
    else
        zoomX(factor, event->position().x());
    moveCrosshair(event->position());
}

void Plot::zoomX(double factor, double atPixel)
{
    const PlotState &now = state();
    const long double at = now.xAt(std::clamp(atPixel, now.area.left(), now.area.right()));
    m_isFitted = false;
    Look look = m_look;
    look.x = {at - (at - now.x.low) * static_cast<long double>(factor), at + (now.x.high - at) * static_cast<long double>(factor)};
    apply(look);
}

void Plot::zoomY(double factor, double atPixel)
{
    const PlotState &now = state();
    const double at = now.yAt(std::clamp(atPixel, now.area.top(), now.area.bottom()));
    const YRange range{at - (at - now.y.low) * factor, at + (now.y.high - at) * factor};
    const double least = std::max(std::abs(at) * 1e-13, 1e-300);
    if (!std::isfinite(range.low) || !std::isfinite(range.high) || !(range.high - range.low > least))
        return;
    m_isFitted = false;
    apply({m_look.x, range});
}

void Plot::pan(QPointF pixels, const Look &from)
{
    const QRectF &area = state().area;
    Look look = from;
    const long double x = look.x.span() * static_cast<long double>(pixels.x()) / static_cast<long double>(area.width());
    look.x = {look.x.low - x, look.x.high - x};
    if (look.y) {
        const double y = (look.y->high - look.y->low) * (pixels.y() / area.height());
        const YRange moved{look.y->low + y, look.y->high + y};
        if (std::isfinite(moved.low) && std::isfinite(moved.high) && std::isfinite(moved.high - moved.low))
            look.y = moved;
    }
    m_isFitted = false;
    apply(look);
}

void Plot::mousePressEvent(QMouseEvent *event)
{
    event->accept();
    if (event->button() == Qt::BackButton)
        return goBack();
    if (event->button() == Qt::ForwardButton)
        return goForward();
    if (event->button() != Qt::LeftButton || state().isEmpty())
        return;
    m_pressed = event->position();
    m_pressedLook = m_look;
    m_hasDragged = false;
    m_drag = event->modifiers() & Qt::ShiftModifier ? Drag::Box : Drag::Pan;
}

void Plot::mouseMoveEvent(QMouseEvent *event)
{
    event->accept();
    const QPointF moved = event->position() - m_pressed;
    if (m_drag != Drag::None && (m_hasDragged || moved.manhattanLength() >= QApplication::startDragDistance())) {
        if (!m_hasDragged && m_drag == Drag::Pan) {
            remember();
            viewport()->setCursor(Qt::ClosedHandCursor);
        }
        m_hasDragged = true;
        if (m_drag == Drag::Pan)
            pan(moved, m_pressedLook);
        else
            m_scene.state().box = QRectF(m_pressed, event->position()).normalized().intersected(state().area);
    }
    moveCrosshair(event->position());
}

void Plot::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
    viewport()->unsetCursor();
    if (event->button() == Qt::LeftButton && m_drag == Drag::Box && m_hasDragged)
        endBox();
    m_drag = Drag::None;
}

void Plot::endBox()
{
    const QRectF box = state().box.value_or(QRectF());
    m_scene.state().box.reset();
    m_scene.refreshOverlay();
    if (box.width() < 4 || box.height() < 4)
        return;
    setLook({{state().xAt(box.left()), state().xAt(box.right())}, YRange{state().yAt(box.bottom()), state().yAt(box.top())}});
}

void Plot::mouseDoubleClickEvent(QMouseEvent *event)
{
    event->accept();
    if (event->button() == Qt::LeftButton)
        fit();
}

void Plot::moveByKey(int key, bool withValues)
{
    const QRectF &area = state().area;
    const auto zoom = [this, withValues, &area](double factor) {
        const double atX = state().crosshair ? state().pixelOf(*state().crosshair) : area.center().x();
        withValues ? zoomY(factor, area.center().y()) : zoomX(factor, atX);
    };
    const Look before = m_look;
    switch (key) {
    case Qt::Key_Left:
        pan({area.width() * kKeyPan, 0}, before);
        break;
    case Qt::Key_Right:
        pan({-area.width() * kKeyPan, 0}, before);
        break;
    case Qt::Key_Up:
    case Qt::Key_Down: {
        Look look = before;
        look.y = state().y;
        pan({0, area.height() * (key == Qt::Key_Up ? kKeyPan : -kKeyPan)}, look);
        break;
    }
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(1 / kZoomStep);
        break;
    case Qt::Key_Minus:
        zoom(kZoomStep);
        break;
    default:
        break;
    }
}

void Plot::keyPressEvent(QKeyEvent *event)
{
    const bool isAlt = event->modifiers() & Qt::AltModifier;
    if (isAlt && event->key() == Qt::Key_Left)
        return goBack();
    if (isAlt && event->key() == Qt::Key_Right)
        return goForward();
    if (event->key() == Qt::Key_Home || event->key() == Qt::Key_0)
        return fit();
    if (event->key() == Qt::Key_Escape && m_drag == Drag::Box) {
        m_drag = Drag::None;
        m_scene.state().box.reset();
        return m_scene.refreshOverlay();
    }
    static constexpr std::array moves
        = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Plus, Qt::Key_Equal, Qt::Key_Minus};
    if (state().isEmpty() || isAlt || std::find(moves.begin(), moves.end(), event->key()) == moves.end()) {
        event->ignore();
        return;
    }
    if (!event->isAutoRepeat())
        remember();
    moveByKey(event->key(), event->modifiers() & Qt::ControlModifier);
}

void Plot::leaveEvent(QEvent *event)
{
    QGraphicsView::leaveEvent(event);
    moveCrosshair(std::nullopt);
}

void Plot::moveCrosshair(std::optional<QPointF> pointer)
{
    PlotState &now = m_scene.state();
    now.crosshair.reset();
    if (pointer && !now.isEmpty() && now.area.contains(*pointer))
        now.crosshair = now.xAt(pointer->x());
    m_scene.refreshOverlay();
    Q_EMIT crosshairMoved();
}

} // namespace chart
