// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/pointer.h"

#include <QMouseEvent>
#include <QTimerEvent>

namespace grid {

namespace {

constexpr int kAutoScrollMs = 30;

int outside(int at, int first, int last)
{
    return at < first ? at - first : at > last ? at - last : 0;
}

bool isSame(const Hit &a, const Hit &b)
{
    return a.part == b.part && a.at == b.at;
}

} // namespace

Pointer::Pointer(State &state, QObject *parent)
    : QObject(parent)
    , m_state(state)
{
}

void Pointer::press(const QMouseEvent &event)
{
    const QPoint at = event.position().toPoint();
    const Hit hit = m_state.geometry().hit(at);
    m_last = at;
    if (event.button() == Qt::RightButton) {
        // A menu is about what is selected if it is opened there, else about the cell under it.
        if (hit.part == Part::Cell && !m_state.selection().contains(hit.at))
            m_state.select(Selection::Shape::Cells, hit.at);
        return;
    }
    if (event.button() != Qt::LeftButton)
        return;
    if (hit.part == Part::HeaderEdge) {
        m_drag = Drag::Resize;
        m_column = hit.at.column;
        m_grip = at.x() - m_state.geometry().columnLeft(m_column) - m_state.geometry().columns.width(m_column);
        return;
    }
    if (hit.part == Part::Sort) {
        Q_EMIT sortWanted(hit.at.column, event.modifiers() & (Qt::ShiftModifier | Qt::ControlModifier));
        return;
    }
    if (hit.part == Part::Filter) {
        Q_EMIT filterWanted(hit.at.column);
        return;
    }
    // The head of a column that is selected moves it; any other selects.
    if (hit.part == Part::Header && event.modifiers() == Qt::NoModifier && m_state.selection().hasWholeColumn(hit.at.column)) {
        m_drag = Drag::Move;
        m_column = hit.at.column;
        m_isMoved = false;
        m_pressed = at;
        return;
    }
    beginSelection(hit, event.modifiers());
}

void Pointer::dragColumn()
{
    const Geometry &geometry = m_state.geometry();
    m_isMoved = m_isMoved || std::abs(m_last.x() - m_pressed.x()) > 2 * Geometry::kEdgeGrip;
    const Position at = geometry.nearest({m_last.x(), geometry.headerHeight});
    if (!at.isValid())
        return;
    const int middle = geometry.columnLeft(at.column) + geometry.columns.width(at.column) / 2;
    m_drop = at.column + (m_last.x() > middle ? 1 : 0);
    Q_EMIT dropChanged();
}

void Pointer::beginSelection(const Hit &hit, Qt::KeyboardModifiers modifiers)
{
    const Geometry &geometry = m_state.geometry();
    const Position current = m_state.selection().current();
    Position at = hit.at;
    switch (hit.part) {
    case Part::Cell:
        m_shape = Selection::Shape::Cells;
        break;
    case Part::Gutter:
        m_shape = Selection::Shape::Rows;
        at.column = geometry.firstColumn();
        break;
    case Part::Header:
        m_shape = Selection::Shape::Columns;
        at.row = geometry.firstRow();
        break;
    case Part::Corner:
        m_state.selectAll();
        return;
    default:
        return;
    }
    if ((modifiers & Qt::ShiftModifier) && current.isValid()) {
        m_state.reshapeSelection(m_shape, at);
    } else if (modifiers & Qt::ControlModifier) {
        const Selection &selection = m_state.selection();
        const bool isSelected = m_shape == Selection::Shape::Cells ? selection.contains(at)
            : m_shape == Selection::Shape::Rows                    ? selection.hasWholeRow(at.row)
                                                                   : selection.hasWholeColumn(at.column);
        if (isSelected) {
            m_state.removeFromSelection(m_shape, at);
            return; // a drag would select again what was just taken out
        }
        m_state.addToSelection(m_shape, at);
    } else {
        m_state.select(m_shape, at);
    }
    m_drag = Drag::Select;
}

void Pointer::move(const QMouseEvent &event)
{
    m_last = event.position().toPoint();
    if (m_drag == Drag::Resize) {
        const int left = m_state.geometry().columnLeft(m_column);
        m_state.resizeColumn(m_column, m_last.x() - m_grip - left);
    } else if (m_drag == Drag::Move) {
        dragColumn();
    } else if (m_drag == Drag::Select) {
        dragSelection();
        if (m_state.geometry().cells().contains(m_last))
            m_autoScroll.stop();
        else if (!m_autoScroll.isActive())
            m_autoScroll.start(kAutoScrollMs, this);
    } else {
        setHover(m_state.geometry().hit(m_last));
    }
}

void Pointer::dragSelection()
{
    const QRect area = m_state.geometry().cells();
    const QPoint held(std::clamp(m_last.x(), area.left(), std::max(area.left(), area.right())),
        std::clamp(m_last.y(), area.top(), std::max(area.top(), area.bottom())));
    m_state.extendSelection(m_state.geometry().nearest(held));
}

// The further outside, the faster; along the axis that the shape grows in.
void Pointer::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_autoScroll.timerId())
        return;
    const QRect area = m_state.geometry().cells();
    const int dx = m_shape == Selection::Shape::Rows ? 0 : outside(m_last.x(), area.left(), area.right());
    const int dy = m_shape == Selection::Shape::Columns ? 0 : outside(m_last.y(), area.top(), area.bottom());
    m_state.scrollTo(m_state.geometry().y + dy, m_state.geometry().x + dx);
    dragSelection();
}

void Pointer::release()
{
    const int drop = dropColumn();
    const bool isClick = m_drag == Drag::Move && !m_isMoved;
    m_drag = Drag::None;
    if (drop >= 0) {
        const int to = drop > m_column ? drop - 1 : drop;
        m_state.moveColumn(m_column, to);
        m_state.select(Selection::Shape::Columns, {m_state.geometry().firstRow(), to});
    } else if (isClick) {
        m_state.select(Selection::Shape::Columns, {m_state.geometry().firstRow(), m_column});
    }
    Q_EMIT dropChanged();
    m_autoScroll.stop();
    setHover(m_state.geometry().hit(m_last));
}

void Pointer::doubleClick(const QMouseEvent &event)
{
    const Hit hit = m_state.geometry().hit(event.position().toPoint());
    if (event.button() != Qt::LeftButton)
        return;
    if (hit.part == Part::HeaderEdge)
        m_state.fitColumn(hit.at.column);
    else if (hit.part == Part::Cell)
        Q_EMIT activated(hit.at);
}

void Pointer::leave()
{
    if (m_drag == Drag::None)
        setHover({});
}

void Pointer::setHover(const Hit &hit)
{
    if (isSame(hit, m_hover))
        return;
    const Hit before = std::exchange(m_hover, hit);
    Q_EMIT hoverChanged(before, hit);
}

} // namespace grid

#include "moc_pointer.cpp"
