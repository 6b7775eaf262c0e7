// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/findbar.h"

#include "common/icons.h"
#include "common/theme.h"
#include "editor/scripteditor.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace editor {

namespace {
QToolButton *barButton(QWidget *parent, const QString &iconName, const QString &name)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setIcon(common::icon(iconName));
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}
}

FindBar::FindBar(ScriptEditor *editor, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_input(new QLineEdit(this))
    , m_case(barButton(this, QStringLiteral("case"), tr("Match case")))
    , m_state(new QLabel(this))
{
    setAutoFillBackground(true);
    m_input->setPlaceholderText(tr("Find in this text"));
    m_input->setAccessibleName(tr("Find in this text"));
    m_input->setMinimumWidth(50 * common::kStep);
    m_case->setCheckable(true);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    auto *previous = barButton(this, QStringLiteral("up"), tr("Find previous (Shift+Return)"));
    auto *next = barButton(this, QStringLiteral("down"), tr("Find next (Return)"));
    auto *close = barButton(this, QStringLiteral("close"), tr("Close (Escape)"));

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2 * common::kStep, common::kStep, 2 * common::kStep, common::kStep);
    row->setSpacing(common::kStep);
    row->addWidget(m_input);
    row->addWidget(m_case);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(m_state);
    row->addStretch();
    row->addWidget(close);
    connect(m_input, &QLineEdit::textEdited, this, [this] { find(true, true); });
    connect(m_case, &QToolButton::toggled, this, [this] { find(true, true); });
    connect(previous, &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(next, &QToolButton::clicked, this, &FindBar::findNext);
    connect(close, &QToolButton::clicked, this, &FindBar::closeBar);
    hide();
}

void FindBar::open()
{
    const QString selected = m_editor->selectedText();
    if (!selected.isEmpty() && !selected.contains(QLatin1Char('\n')))
        m_input->setText(selected);
    m_state->clear();
    show();
    m_input->setFocus();
    m_input->selectAll();
}

void FindBar::findNext()
{
    find(true, false);
}

void FindBar::findPrevious()
{
    find(false, true);
}

void FindBar::closeBar()
{
    hide();
    m_editor->setFocus();
}

void FindBar::find(bool forward, bool fromStartOfMatch)
{
    const QString wanted = m_input->text();
    m_state->clear();
    if (wanted.isEmpty())
        return;
    int line = -1;
    int column = -1;
    if (fromStartOfMatch && m_editor->hasSelectedText()) {
        int endLine = 0;
        int endColumn = 0;
        m_editor->getSelection(&line, &column, &endLine, &endColumn);
    }
    if (!m_editor->findFirst(wanted, false, m_case->isChecked(), false, true, forward, line, column))
        m_state->setText(tr("Not found"));
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        closeBar();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (event->modifiers() & Qt::ShiftModifier)
            findPrevious();
        else
            findNext();
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace editor

#include "moc_findbar.cpp"
