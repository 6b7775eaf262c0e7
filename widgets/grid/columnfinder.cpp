// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/columnfinder.h"

#include "common/theme.h"
#include "grid/celltext.h"
#include "grid/gridview.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace grid {

ColumnFinder::ColumnFinder(GridView *view)
    : Popover(view, std::max(0, std::min(view->state().geometry().firstColumn(), view->state().columnCount() - 1)), tr("Columns"))
    , m_input(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    m_input->setPlaceholderText(tr("Find a column by its name"));
    m_input->setAccessibleName(m_input->placeholderText());
    m_list->setAccessibleName(tr("Columns"));
    m_list->setMinimumSize(80 * common::kStep, 70 * common::kStep);
    const auto &columns = view->state().table().schema().columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const QString type = lineText(columns[i].serverType, 30).text;
        const QString name = lineText(columns[i].name, 80).text;
        auto *item = new QListWidgetItem(type.isEmpty() ? name : name % QStringLiteral("   ") % type, m_list);
        item->setData(Qt::UserRole, static_cast<int>(i));
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(view->state().gridColumn(i) >= 0 ? Qt::Checked : Qt::Unchecked);
    }
    rows()->addWidget(m_input);
    rows()->addWidget(m_list);
    m_list->setCurrentRow(0);
    m_input->installEventFilter(this);
    connect(m_input, &QLineEdit::textEdited, this, &ColumnFinder::narrow);
    connect(m_input, &QLineEdit::returnPressed, this, &ColumnFinder::go);
    connect(m_list, &QListWidget::itemActivated, this, &ColumnFinder::go);
    connect(m_list, &QListWidget::itemChanged, this, &ColumnFinder::applyChecks);
    m_input->setFocus();
}

// Up and down choose while one types.
bool ColumnFinder::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            const int step = key == Qt::Key_Up ? -1 : 1;
            int row = m_list->currentRow() + step;
            while (row >= 0 && row < m_list->count() && m_list->item(row)->isHidden())
                row += step;
            if (row >= 0 && row < m_list->count())
                m_list->setCurrentRow(row);
            return true;
        }
    }
    return Popover::eventFilter(watched, event);
}

void ColumnFinder::narrow()
{
    int first = -1;
    for (int i = 0; i < m_list->count(); ++i) {
        const bool fits = m_list->item(i)->text().contains(m_input->text(), Qt::CaseInsensitive);
        m_list->item(i)->setHidden(!fits);
        first = fits && first < 0 ? i : first;
    }
    m_list->setCurrentRow(first);
}

// A hidden column that one goes to is shown again.
void ColumnFinder::go()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    GridView *grid = view();
    const auto source = static_cast<std::size_t>(item->data(Qt::UserRole).toInt());
    close();
    if (grid->state().gridColumn(source) < 0) {
        std::vector<std::size_t> columns = grid->state().columns();
        columns.push_back(source);
        grid->state().setColumns(std::move(columns), grid->state().frozenColumns());
    }
    const qint64 row = std::max<qint64>(grid->currentRow(), grid->state().geometry().firstRow());
    grid->setCurrentCell(row, grid->state().gridColumn(source));
    grid->setFocus();
}

void ColumnFinder::applyChecks()
{
    State &state = view()->state();
    std::vector<std::size_t> columns = state.columns();
    for (int i = 0; i < m_list->count(); ++i) {
        const auto source = static_cast<std::size_t>(m_list->item(i)->data(Qt::UserRole).toInt());
        const bool isShown = std::find(columns.begin(), columns.end(), source) != columns.end();
        const bool isWanted = m_list->item(i)->checkState() == Qt::Checked;
        if (isShown && !isWanted && columns.size() > 1)
            std::erase(columns, source);
        else if (!isShown && isWanted)
            columns.insert(std::lower_bound(columns.begin(), columns.end(), source), source);
    }
    if (columns == state.columns())
        return;
    disconnect(&state, &State::columnsChanged, this, nullptr); // its own change does not close it
    state.setColumns(std::move(columns), state.frozenColumns());
}

} // namespace grid

#include "moc_columnfinder.cpp"
