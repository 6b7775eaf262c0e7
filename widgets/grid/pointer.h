// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/state.h"

#include <QBasicTimer>

class QMouseEvent;

namespace grid {

// The mouse in the grid: selects by click and drag (cells, rows at the gutter, columns at the header, all at the corner,
// with Shift and Ctrl), scrolls while a drag is outside, resizes columns.
class Pointer : public QObject
{
    Q_OBJECT
public:
    explicit Pointer(State &state, QObject *parent);

    void press(const QMouseEvent &event);
    void move(const QMouseEvent &event);
    void release();
    void doubleClick(const QMouseEvent &event);
    void leave();

    Hit hover() const { return m_hover; }
    // Before which column the one that is being moved would stand; -1 while none is.
    int dropColumn() const { return m_drag == Drag::Move && m_isMoved ? m_drop : -1; }
    bool isDragging() const { return m_drag != Drag::None; }

Q_SIGNALS:
    void hoverChanged(const grid::Hit &before, const grid::Hit &now);
    void activated(const grid::Position &at);
    void sortWanted(int column, bool keepsOthers);
    void filterWanted(int column);
    void dropChanged();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    enum class Drag { None, Select, Resize, Move };

    void beginSelection(const Hit &hit, Qt::KeyboardModifiers modifiers);
    void dragSelection();
    void setHover(const Hit &hit);
    void dragColumn();

    State &m_state;
    Hit m_hover;
    Drag m_drag = Drag::None;
    Selection::Shape m_shape = Selection::Shape::Cells;
    QPoint m_last;
    int m_column = -1; // being resized
    int m_drop = -1;
    bool m_isMoved = false; // far enough to be meant
    QPoint m_pressed;
    int m_grip = 0; // from its right edge to the pointer
    QBasicTimer m_autoScroll;
};

} // namespace grid
