// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/findrow.h"

#include "common/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

namespace grid {

namespace {
QToolButton *findButton(QWidget *parent, const QString &iconName, const QString &name)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    if (!iconName.isEmpty())
        button->setIcon(common::icon(iconName));
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}
}

FindRow::FindRow(GridView *view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_input(new QLineEdit(this))
    , m_pattern(findButton(this, {}, tr("Regular expression")))
    , m_case(findButton(this, QStringLiteral("case"), tr("Match case")))
    , m_state(new QLabel(this))
{
    setAutoFillBackground(true);
    m_input->setPlaceholderText(tr("Find in the rows loaded"));
    m_input->setAccessibleName(m_input->placeholderText());
    m_input->setMinimumWidth(60 * common::kStep);
    m_pattern->setText(QStringLiteral(".*"));
    m_pattern->setCheckable(true);
    m_case->setCheckable(true);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    auto *previous = findButton(this, QStringLiteral("up"), tr("Find previous (Shift+Return)"));
    auto *next = findButton(this, QStringLiteral("down"), tr("Find next (Return)"));
    auto *close = findButton(this, QStringLiteral("close"), tr("Close (Escape)"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2 * common::kStep, common::kStep, 2 * common::kStep, common::kStep);
    row->setSpacing(common::kStep);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_input, m_case, m_pattern, previous, next, m_state})
        row->addWidget(widget);
    row->addStretch();
    row->addWidget(close);
    connect(m_input, &QLineEdit::textEdited, this, &FindRow::search);
    connect(m_pattern, &QToolButton::toggled, this, &FindRow::search);
    connect(m_case, &QToolButton::toggled, this, &FindRow::search);
    connect(previous, &QToolButton::clicked, this, [this] { go(false); });
    connect(next, &QToolButton::clicked, this, [this] { go(true); });
    connect(close, &QToolButton::clicked, this, &FindRow::closeRow);
    connect(&view->finder(), &Finder::changed, this, &FindRow::showState);
    hide();
}

void FindRow::open()
{
    show();
    m_input->setFocus();
    m_input->selectAll();
    if (!m_input->text().isEmpty())
        search();
}

void FindRow::search()
{
    m_isToBeShown = true;
    if (const auto found = m_view->finder().find(m_input->text(), m_pattern->isChecked(), m_case->isChecked()); !found)
        m_state->setText(found.error().message);
}

void FindRow::showState()
{
    const Finder &finder = m_view->finder();
    if (!finder.isActive()) {
        m_state->clear();
        return;
    }
    const QString rows = QLocale().toString(finder.matchingRows());
    m_state->setText(finder.isRunning() ? tr("Searching …")
            : finder.matchingRows() == 0 ? tr("Not found in the rows loaded")
                                         : tr("in %1 of the rows loaded").arg(rows));
    if (m_isToBeShown && finder.matchingRows() > 0) {
        m_isToBeShown = false;
        const Position current = m_view->selection().current();
        if (!finder.marks(m_view->state().held(current)))
            go(true);
    }
}

void FindRow::go(bool forward)
{
    const Position found = m_view->finder().next(m_view->selection().current(), forward);
    if (found.isValid())
        m_view->setCurrentCell(found.row, found.column);
    else if (m_view->finder().matchingRows() > 0)
        m_state->setText(tr("Only in rows or columns that are not shown"));
}

void FindRow::closeRow()
{
    hide();
    static_cast<void>(m_view->finder().find({}, false, false));
    m_view->setFocus();
}

void FindRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        closeRow();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        go(!(event->modifiers() & Qt::ShiftModifier));
    else
        QWidget::keyPressEvent(event);
}

} // namespace grid

#include "moc_findrow.cpp"
