// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/accessiblecell.h"

#include "grid/accessible.h"
#include "grid/celltext.h"
#include "grid/gridview.h"
#include "grid/headertext.h"

namespace grid {

CellAccessible::CellAccessible(GridView *view, Position at)
    : m_view(view)
    , m_at(at)
{
}

bool CellAccessible::isValid() const
{
    return m_view && m_at.row < m_view->state().rowCount() && m_at.column < m_view->state().columnCount();
}

QAccessibleInterface *CellAccessible::parent() const
{
    return m_view ? QAccessible::queryAccessibleInterface(m_view.data()) : nullptr;
}

QString CellAccessible::text(QAccessible::Text kind) const
{
    if (!isValid())
        return {};
    const State &state = m_view->state();
    const bool isHead = m_at.column < 0 || m_at.row < 0;
    if (m_at.column < 0)
        return kind == QAccessible::Name && m_at.row >= 0 ? QString::number(m_at.row + 1) : QString();
    const table::ColumnInfo &info = state.info(m_at.column);
    if (kind == QAccessible::Description) {
        const HeaderText header = headerText(info, m_view->zoneName());
        return isHead ? header.type : header.name;
    }
    if (isHead)
        return kind == QAccessible::Name ? headerText(info).name : QString();
    if (kind != QAccessible::Name && kind != QAccessible::Value)
        return {};
    return cellText(state.table(), state.source(m_at), state.zone(), kMostCharsTold).text;
}

QRect CellAccessible::rect() const
{
    if (!isValid())
        return {};
    const Geometry &geometry = m_view->state().geometry();
    QRect rect = geometry.cell({std::max<qint64>(m_at.row, 0), std::max(m_at.column, 0)});
    if (m_at.row < 0)
        rect = QRect(geometry.columnLeft(std::max(m_at.column, 0)), 0, rect.width(), geometry.headerHeight);
    if (m_at.column < 0)
        rect = QRect(0, rect.top(), geometry.gutterWidth, rect.height());
    return {m_view->viewport()->mapToGlobal(rect.topLeft()), rect.size()};
}

QAccessible::Role CellAccessible::role() const
{
    if (m_at.row < 0)
        return QAccessible::ColumnHeader;
    return m_at.column < 0 ? QAccessible::RowHeader : QAccessible::Cell;
}

QAccessible::State CellAccessible::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    const Geometry &geometry = m_view->state().geometry();
    const QRect area = QRect(m_view->viewport()->mapToGlobal(QPoint()), geometry.view);
    state.offscreen = !area.intersects(rect());
    if (m_at.row < 0 || m_at.column < 0)
        return state;
    state.readOnly = true;
    state.selectable = true;
    state.focusable = true;
    state.multiSelectable = true;
    state.selected = isSelected();
    state.focused = m_view->hasFocus() && m_view->selection().current() == m_at;
    return state;
}

void *CellAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface *>(this) : nullptr;
}

bool CellAccessible::isSelected() const
{
    return isValid() && m_view->selection().contains(m_at);
}

QList<QAccessibleInterface *> CellAccessible::columnHeaderCells() const
{
    auto *grid = static_cast<GridAccessible *>(parent());
    return grid ? QList<QAccessibleInterface *>{grid->at({-1, m_at.column})} : QList<QAccessibleInterface *>();
}

QList<QAccessibleInterface *> CellAccessible::rowHeaderCells() const
{
    auto *grid = static_cast<GridAccessible *>(parent());
    return grid ? QList<QAccessibleInterface *>{grid->at({m_at.row, -1})} : QList<QAccessibleInterface *>();
}

int CellAccessible::rowIndex() const
{
    return static_cast<int>(std::min<qint64>(m_at.row, std::numeric_limits<int>::max()));
}

} // namespace grid
