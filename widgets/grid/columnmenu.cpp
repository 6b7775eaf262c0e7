// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/gridview.h"

#include "grid/headertext.h"

#include <QKeyEvent>
#include <QMenu>

namespace grid {

namespace {
QString columnMenuText(const QString &text, const QKeySequence &keys)
{
    return keys.isEmpty() ? text : text % u'\t' % keys.toString(QKeySequence::NativeText);
}
}

void GridView::showColumnMenu(int column, QPoint globalAt)
{
    const std::size_t source = m_state.columns()[static_cast<std::size_t>(column)];
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &text, const QKeySequence &keys, auto work) {
        return menu->addAction(columnMenuText(text, keys), this, work);
    };
    const bool keeps = !m_arranger.keys().empty() && m_arranger.rankOf(source) == 0;
    add(tr("Sort ascending"), Qt::ALT | Qt::Key_Up, [this, source] { m_arranger.setKey({source}, false); });
    add(tr("Sort descending"), Qt::ALT | Qt::Key_Down, [this, source] { m_arranger.setKey({source, true}, false); });
    if (keeps)
        add(tr("Then sort by this column"), Qt::ALT | Qt::SHIFT | Qt::Key_Up, [this, source] { m_arranger.setKey({source}, true); });
    if (m_arranger.rankOf(source) > 0) {
        table::OrderKey key = m_arranger.keys()[static_cast<std::size_t>(m_arranger.rankOf(source)) - 1];
        key.nullsFirst = !key.nullsFirst;
        add(key.nullsFirst ? tr("NULLs first") : tr("NULLs last"), {}, [this, key] { m_arranger.setKey(key, true); });
        if (m_state.info(column).kind == table::Kind::Text) {
            key.nullsFirst = !key.nullsFirst;
            const bool isNatural = key.text == table::TextOrder::Natural;
            key.text = isNatural ? table::TextOrder::Bytes : table::TextOrder::Natural;
            add(isNatural ? tr("Order of bytes") : tr("Natural order"), {}, [this, key] { m_arranger.setKey(key, true); });
        }
    }
    if (m_arranger.isActive())
        add(tr("No sorting, no filters"), {}, [this] { m_arranger.clear(); });
    menu->addSeparator();
    add(tr("Filter …"), Qt::CTRL | Qt::ALT | Qt::Key_F, [this, column] { Q_EMIT filterWanted(column); });
    add(tr("Statistics …"), Qt::CTRL | Qt::ALT | Qt::Key_S, [this, column] { Q_EMIT statisticsWanted(column); });
    QAction *row = add(tr("Filter row"), {}, [this] { m_state.setFilterRow(!m_state.hasFilterRow()); });
    row->setCheckable(true);
    row->setChecked(m_state.hasFilterRow());
    menu->addSeparator();
    add(tr("Find a column …"), Qt::CTRL | Qt::SHIFT | Qt::Key_F, [this] { Q_EMIT findColumnWanted(); });
    add(tr("Hide column"), Qt::ALT | Qt::Key_Delete, [this, column] { m_state.hideColumn(column); })->setEnabled(m_state.columnCount() > 1);
    if (m_state.columns().size() < m_state.table().columnCount())
        add(tr("Show all columns"), Qt::ALT | Qt::Key_Insert, [this] { m_state.showAllColumns(); });
    if (column + 1 == m_state.frozenColumns())
        add(tr("Do not freeze columns"), {}, [this] { m_state.setFrozenColumns(0); });
    else
        add(tr("Freeze up to this column"), {}, [this, column] { m_state.setFrozenColumns(column + 1); });
    menu->popup(globalAt);
}

// What one does to the current cell's column.
bool GridView::handleColumnKey(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & (Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    const bool isAlt = modifiers == Qt::AltModifier || modifiers == (Qt::AltModifier | Qt::ShiftModifier);
    const bool isShift = modifiers & Qt::ShiftModifier;
    if (event.matches(QKeySequence::Find)) {
        Q_EMIT findWanted();
        return true;
    }
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && event.key() == Qt::Key_F) {
        Q_EMIT findColumnWanted();
        return true;
    }
    const int column = currentColumn();
    if (column < 0 || column >= m_state.columnCount())
        return false;
    if (modifiers == (Qt::ControlModifier | Qt::AltModifier) && event.key() == Qt::Key_F) {
        Q_EMIT filterWanted(column);
        return true;
    }
    if (modifiers == (Qt::ControlModifier | Qt::AltModifier) && event.key() == Qt::Key_R && m_state.rowCount() > 0) {
        Q_EMIT recordWanted();
        return true;
    }
    if (modifiers == (Qt::ControlModifier | Qt::AltModifier) && event.key() == Qt::Key_S) {
        Q_EMIT statisticsWanted(column);
        return true;
    }
    if (!isAlt)
        return false;
    const std::size_t source = m_state.columns()[static_cast<std::size_t>(column)];
    switch (event.key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        m_arranger.setKey({source, event.key() == Qt::Key_Down}, isShift);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (isShift)
            m_state.moveColumn(column, column + (event.key() == Qt::Key_Left ? -1 : 1));
        return isShift;
    case Qt::Key_Delete:
        m_state.hideColumn(column);
        return true;
    case Qt::Key_Insert:
        m_state.showAllColumns();
        return true;
    case Qt::Key_Menu:
    case Qt::Key_F10:
        showColumnMenu(column, viewport()->mapToGlobal(QPoint(m_state.geometry().columnLeft(column), m_state.geometry().headerHeight)));
        return true;
    default:
        return false;
    }
}

} // namespace grid
