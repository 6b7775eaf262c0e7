// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/accessible.h"

#include "grid/accessiblecell.h"
#include "grid/gridview.h"
#include "grid/headertext.h"

namespace grid {

namespace {

constexpr std::size_t kMostCellsKept = 5000;
constexpr int kMostListed = 1000;

int heldToInt(qint64 number)
{
    return static_cast<int>(std::min<qint64>(number, std::numeric_limits<int>::max()));
}

QAccessibleInterface *createAccessible(const QString &, QObject *object)
{
    auto *view = qobject_cast<GridView *>(object);
    return view ? new GridAccessible(view) : nullptr;
}

} // namespace

void GridAccessible::install()
{
    QAccessible::removeFactory(createAccessible);
    QAccessible::installFactory(createAccessible);
}

GridAccessible::GridAccessible(GridView *view)
    : QAccessibleWidget(view, QAccessible::Table)
{
}

GridAccessible::~GridAccessible()
{
    forgetCells();
}

GridView *GridAccessible::view() const
{
    return static_cast<GridView *>(object());
}

QAccessibleInterface *GridAccessible::at(Position position) const
{
    const qint64 key = ((position.row + 1) << 24) + position.column + 1; // the same whatever the number of columns
    if (const auto it = m_made.find(key); it != m_made.end())
        return QAccessible::accessibleInterface(it->second);
    if (m_made.size() >= kMostCellsKept)
        const_cast<GridAccessible *>(this)->forgetCells();
    auto *cell = new CellAccessible(view(), position);
    m_made.emplace(key, QAccessible::registerAccessibleInterface(cell));
    return cell;
}

void GridAccessible::forgetCells()
{
    for (const auto &[key, id] : std::exchange(m_made, {}))
        QAccessible::deleteAccessibleInterface(id);
}

void *GridAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface *>(this)
                                               : QAccessibleWidget::interface_cast(type);
}

int GridAccessible::childCount() const
{
    const State &state = view()->state();
    return state.columnCount() == 0 ? 0 : heldToInt((state.rowCount() + 1) * (state.columnCount() + 1));
}

int GridAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *cell = dynamic_cast<const CellAccessible *>(child);
    if (!cell || !cell->isValid() || cell->parent() != this)
        return -1;
    const qint64 index = (cell->position().row + 1) * (columnCount() + 1) + cell->position().column + 1;
    return index <= std::numeric_limits<int>::max() ? static_cast<int>(index) : -1;
}

QAccessibleInterface *GridAccessible::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    const int width = columnCount() + 1;
    return at({index / width - 1, index % width - 1});
}

QAccessibleInterface *GridAccessible::childAt(int x, int y) const
{
    const Hit hit = view()->state().geometry().hit(view()->viewport()->mapFromGlobal(QPoint(x, y)));
    return hit.part == Part::Nothing ? nullptr : at(hit.at);
}

QAccessibleInterface *GridAccessible::focusChild() const
{
    const Position current = view()->selection().current();
    return view()->hasFocus() && current.isValid() ? at(current) : nullptr;
}

QAccessibleInterface *GridAccessible::cellAt(int row, int column) const
{
    return row < 0 || column < 0 || row >= rowCount() || column >= columnCount() ? nullptr : at({row, column});
}

int GridAccessible::selectedCellCount() const
{
    return heldToInt(view()->selection().cellCount(view()->state().rowCount(), columnCount()));
}

QList<QAccessibleInterface *> GridAccessible::selectedCells() const
{
    QList<QAccessibleInterface *> cells;
    const Range whole{0, view()->state().rowCount() - 1, 0, columnCount() - 1};
    for (const Range &range : view()->selection().ranges()) {
        const Range held = range.intersected(whole);
        for (qint64 row = held.top; row <= held.bottom; ++row) {
            for (int column = held.left; column <= held.right; ++column) {
                if (cells.size() == kMostListed)
                    return cells;
                if (QAccessibleInterface *cell = at({row, column}); !cells.contains(cell))
                    cells.append(cell);
            }
        }
    }
    return cells;
}

QString GridAccessible::columnDescription(int column) const
{
    return column < 0 || column >= columnCount() ? QString() : at({-1, column})->text(QAccessible::Name);
}

QString GridAccessible::rowDescription(int row) const
{
    return row < 0 || row >= rowCount() ? QString() : QString::number(row + 1);
}

int GridAccessible::selectedColumnCount() const
{
    return static_cast<int>(selectedColumns().size());
}

int GridAccessible::selectedRowCount() const
{
    return static_cast<int>(selectedRows().size());
}

int GridAccessible::columnCount() const
{
    return view()->state().columnCount();
}

int GridAccessible::rowCount() const
{
    return heldToInt(view()->state().rowCount());
}

QList<int> GridAccessible::selectedColumns() const
{
    QList<int> columns;
    for (int column = 0; column < columnCount(); ++column) {
        if (isColumnSelected(column))
            columns.append(column);
    }
    return columns;
}

QList<int> GridAccessible::selectedRows() const
{
    QList<int> rows;
    for (const Range &range : view()->selection().ranges()) {
        for (qint64 row = range.top; row <= std::min<qint64>(range.bottom, rowCount() - 1); ++row) {
            if (!isRowSelected(static_cast<int>(row)) || rows.size() == kMostListed)
                break;
            if (!rows.contains(static_cast<int>(row)))
                rows.append(static_cast<int>(row));
        }
    }
    return rows;
}

bool GridAccessible::isColumnSelected(int column) const
{
    return view()->selection().hasWholeColumn(column);
}

bool GridAccessible::isRowSelected(int row) const
{
    return view()->selection().hasWholeRow(row);
}

bool GridAccessible::selectRow(int row)
{
    if (row < 0 || row >= rowCount())
        return false;
    view()->state().addToSelection(Selection::Shape::Rows, {row, 0});
    return true;
}

bool GridAccessible::selectColumn(int column)
{
    if (column < 0 || column >= columnCount() || rowCount() == 0)
        return false;
    view()->state().addToSelection(Selection::Shape::Columns, {0, column});
    return true;
}

bool GridAccessible::unselectRow(int row)
{
    if (row < 0 || row >= rowCount())
        return false;
    view()->state().removeFromSelection(Selection::Shape::Rows, {row, 0});
    return true;
}

bool GridAccessible::unselectColumn(int column)
{
    if (column < 0 || column >= columnCount() || rowCount() == 0)
        return false;
    view()->state().removeFromSelection(Selection::Shape::Columns, {0, column});
    return true;
}

void GridAccessible::modelChange(QAccessibleTableModelChangeEvent *event)
{
    // Places keep their meaning while rows are appended; other columns change them all.
    if (event->modelChangeType() == QAccessibleTableModelChangeEvent::ModelReset)
        forgetCells();
}

} // namespace grid
