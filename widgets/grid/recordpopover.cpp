// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/recordpopover.h"

#include "common/icons.h"
#include "common/theme.h"
#include "grid/celltext.h"
#include "grid/gridview.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace grid {

namespace {
constexpr int kMostCharsListed = 500;
enum RecordColumn { NameColumn, TypeColumn, ValueColumn };
}

RecordPopover::RecordPopover(GridView *view)
    : Popover(view, std::max(0, view->currentColumn()), tr("One row"))
    , m_place(new QLabel(this))
    , m_input(new QLineEdit(this))
    , m_lines(new QTreeWidget(this))
{
    m_input->setPlaceholderText(tr("Find a column by its name"));
    m_input->setAccessibleName(m_input->placeholderText());
    m_lines->setAccessibleName(tr("Columns and values"));
    m_lines->setHeaderLabels({tr("Column"), tr("Type"), tr("Value")});
    m_lines->setRootIsDecorated(false);
    m_lines->setUniformRowHeights(true);
    m_lines->setMinimumSize(140 * common::kStep, 90 * common::kStep);
    m_place->setForegroundRole(QPalette::PlaceholderText);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_input, 1);
    bar->addWidget(m_place);
    for (const bool isNext : {false, true}) {
        auto *button = new QToolButton(this);
        button->setAutoRaise(true);
        button->setIcon(common::icon(isNext ? QStringLiteral("down") : QStringLiteral("up")));
        button->setToolTip(isNext ? tr("Next row (Page Down)") : tr("Previous row (Page Up)"));
        button->setAccessibleName(button->toolTip());
        connect(button, &QToolButton::clicked, this, [this, isNext] { step(isNext ? 1 : -1); });
        bar->addWidget(button);
    }
    rows()->addLayout(bar);
    rows()->addWidget(m_lines);
    for (const table::ColumnInfo &info : view->state().table().schema().columns) {
        auto *line = new QTreeWidgetItem(m_lines);
        line->setText(NameColumn, lineText(info.name, 80).text);
        line->setText(TypeColumn, lineText(info.serverType, 30).text);
        line->setFont(ValueColumn, common::dataFont());
        line->setForeground(TypeColumn, common::Theme::of(view).muted);
    }
    showRow();
    m_lines->resizeColumnToContents(NameColumn);
    m_lines->resizeColumnToContents(TypeColumn);
    m_input->installEventFilter(this);
    m_lines->installEventFilter(this);
    connect(m_input, &QLineEdit::textEdited, this, &RecordPopover::narrow);
    connect(view, &GridView::currentCellChanged, this, &RecordPopover::showRow);
    m_input->setFocus();
}

void RecordPopover::showRow()
{
    const State &state = view()->state();
    const qint64 row = view()->currentRow();
    if (row < 0 || row >= state.rowCount())
        return;
    m_place->setText(tr("row %1 of %2").arg(QLocale().toString(row + 1), QLocale().toString(state.rowCount())));
    const common::Theme &theme = common::Theme::of(view());
    for (int column = 0; column < m_lines->topLevelItemCount(); ++column) {
        const CellText text = cellText(state.table(), {state.rowMap().tableRow(row), column}, state.zone(), kMostCharsListed);
        QTreeWidgetItem *line = m_lines->topLevelItem(column);
        line->setText(ValueColumn, text.text);
        line->setForeground(ValueColumn, text.look == CellText::Look::Plain ? theme.text : text.look == CellText::Look::Literal ? theme.warning : theme.muted);
    }
}

void RecordPopover::step(int count)
{
    const qint64 row = view()->currentRow() + count;
    if (row >= 0 && row < view()->state().rowCount())
        view()->setCurrentCell(row, std::max(0, view()->currentColumn()));
}

void RecordPopover::narrow()
{
    for (int i = 0; i < m_lines->topLevelItemCount(); ++i) {
        QTreeWidgetItem *line = m_lines->topLevelItem(i);
        line->setHidden(!line->text(NameColumn).contains(m_input->text(), Qt::CaseInsensitive));
    }
}

bool RecordPopover::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            step(key == Qt::Key_PageUp ? -1 : 1);
            return true;
        }
    }
    return Popover::eventFilter(watched, event);
}

} // namespace grid

#include "moc_recordpopover.cpp"
