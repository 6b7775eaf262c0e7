// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/scene.h"

#include <QElapsedTimer>
#include <QGraphicsView>

namespace chart {

// What a chart looks at.
struct Look {
    XRange x;
    std::optional<YRange> y; // none: follows the values in view
    bool operator==(const Look &) const = default;
};

// The plot and the hands on it. Wheel: zoom of time at the pointer (with Ctrl: of the values); drag: pan; Shift+drag:
// zoom to the box; double click or Home: all there is; arrows pan, + and - zoom (with Ctrl: the values); Alt+Left and
// Alt+Right, and the mouse buttons for it, go back and forth through what was looked at.
class Plot : public QGraphicsView
{
    Q_OBJECT
public:
    explicit Plot(QWidget *parent = nullptr);

    Scene &scene() { return m_scene; }
    const PlotState &state() const { return m_scene.state(); }
    int columns() const; // device pixels of the plot area

    Look look() const { return m_look; }
    // Looks there, and remembers where it looked before.
    void setLook(const Look &look);
    bool isFitted() const { return m_isFitted; }
    // All there is; a fitted plot stays fitted while more arrives.
    void fit();
    bool canGoBack() const { return !m_back.empty(); }
    bool canGoForward() const { return !m_forward.empty(); }
    void goBack();
    void goForward();
    void forgetHistory();

    // What is all there is, in x. Without: nothing to look at.
    void setWhole(const std::optional<XRange> &whole);
    void setReduction(std::shared_ptr<const Reduction> reduction);
    void refresh() { m_scene.refresh(); }

Q_SIGNALS:
    // Another range is in view, or the plot has another size: it is to be reduced anew.
    void looked();
    void crosshairMoved();
    void historyChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    enum class Drag { None, Pan, Box };

    void apply(const Look &look);
    void remember();
    void zoomX(double factor, double atPixel);
    void zoomY(double factor, double atPixel);
    void pan(QPointF pixels, const Look &from);
    void endBox();
    void moveCrosshair(std::optional<QPointF> pointer);
    XRange limited(XRange range) const;
    void moveByKey(int key, bool withValues);

    Scene m_scene;
    Look m_look;
    std::optional<XRange> m_whole;
    bool m_isFitted = true;
    std::vector<Look> m_back;
    std::vector<Look> m_forward;
    QElapsedTimer m_sinceZoom; // turns of a wheel that follow each other are one step back
    Drag m_drag = Drag::None;
    bool m_hasDragged = false;
    QPointF m_pressed;
    Look m_pressedLook;
};

} // namespace chart
