// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/keys.h"

#include "grid/state.h"

#include <QKeyEvent>

#include <optional>

namespace grid {

namespace {

std::optional<Position> arrowTarget(int key, bool toEdge, Position from, Position last)
{
    switch (key) {
    case Qt::Key_Left:
        return Position{from.row, toEdge ? 0 : from.column - 1};
    case Qt::Key_Right:
        return Position{from.row, toEdge ? last.column : from.column + 1};
    case Qt::Key_Up:
        return Position{toEdge ? 0 : from.row - 1, from.column};
    case Qt::Key_Down:
        return Position{toEdge ? last.row : from.row + 1, from.column};
    case Qt::Key_Home:
        return Position{toEdge ? 0 : from.row, 0};
    case Qt::Key_End:
        return Position{toEdge ? last.row : from.row, last.column};
    default:
        return std::nullopt;
    }
}

// Page keys move the view by as much as the current cell, so that the frame stays where it was on the screen.
bool handlePage(State &state, int key, bool extends, Position from)
{
    if (key != Qt::Key_PageUp && key != Qt::Key_PageDown)
        return false;
    const Geometry &geometry = state.geometry();
    const qint64 page = std::max(1, geometry.rowsOfPage() - 1) * (key == Qt::Key_PageUp ? -1 : 1);
    const qint64 row = state.held({from.row + page, from.column}).row;
    state.scrollTo(geometry.y + (row - from.row) * geometry.rowHeight, geometry.x);
    const Position to{row, from.column};
    extends ? state.extendSelection(to) : state.select(Selection::Shape::Cells, to);
    state.reveal(to);
    return true;
}

bool handleTab(State &state, bool isBack, Position from)
{
    const qint64 columns = state.columnCount();
    const qint64 index = from.row * columns + from.column + (isBack ? -1 : 1);
    if (index < 0 || index >= state.rowCount() * columns)
        return false; // past the ends, Tab goes on to the next widget
    const Position to{index / columns, static_cast<int>(index % columns)};
    state.select(Selection::Shape::Cells, to);
    state.reveal(to);
    return true;
}

bool handleSpace(State &state, Qt::KeyboardModifiers modifiers, Position current)
{
    if (modifiers == Qt::ShiftModifier)
        state.select(Selection::Shape::Rows, current);
    else if (modifiers == Qt::ControlModifier)
        state.select(Selection::Shape::Columns, current);
    else
        return false;
    return true;
}

} // namespace

bool handleKey(State &state, const QKeyEvent &event)
{
    const Position last{state.rowCount() - 1, state.columnCount() - 1};
    if (!last.isValid())
        return false;
    const Qt::KeyboardModifiers modifiers
        = event.modifiers() & (Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (modifiers & (Qt::AltModifier | Qt::MetaModifier))
        return false;
    if (event.matches(QKeySequence::SelectAll)) {
        state.selectAll();
        return true;
    }
    const bool hasCurrent = state.selection().current().isValid();
    const Position from = hasCurrent ? state.selection().current() : Position{0, 0};
    const bool extends = modifiers & Qt::ShiftModifier;
    if (event.key() == Qt::Key_Tab || event.key() == Qt::Key_Backtab)
        return !(modifiers & Qt::ControlModifier) && handleTab(state, event.key() == Qt::Key_Backtab, from);
    if (event.key() == Qt::Key_Space)
        return handleSpace(state, modifiers, from);
    if (event.key() == Qt::Key_Escape && hasCurrent) {
        state.select(Selection::Shape::Cells, from);
        return true;
    }
    if (handlePage(state, event.key(), extends, from))
        return true;
    const auto target = arrowTarget(event.key(), modifiers & Qt::ControlModifier, from, last);
    if (!target)
        return false;
    // The first step of all shows where one is; a jump is one from anywhere.
    const bool isJump = (modifiers & Qt::ControlModifier) || event.key() == Qt::Key_Home || event.key() == Qt::Key_End;
    const Position to = state.held(hasCurrent || isJump ? *target : from);
    extends ? state.extendSelection(to) : state.select(Selection::Shape::Cells, to);
    state.reveal(to);
    return true;
}

} // namespace grid
