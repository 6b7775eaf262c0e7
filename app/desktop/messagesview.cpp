// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/messagesview.h"

#include "common/theme.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QTime>

namespace desktop {

namespace {
constexpr int kMostLines = 20000;
constexpr qsizetype kStatementShown = 2000;
}

MessagesView::MessagesView(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setFont(common::dataFont());
    setMaximumBlockCount(kMostLines);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setPlaceholderText(tr("Nothing has been run yet. What servers say, and what goes wrong, is written down here."));
    document()->setDocumentMargin(2 * common::kStep);
    setAccessibleName(tr("Messages"));
}

void MessagesView::addText(const QString &text)
{
    appendPlainText(QTime::currentTime().toString(QStringLiteral("HH:mm:ss  ")) + text);
}

void MessagesView::addError(const core::Error &error, const QString &statement)
{
    QString text = core::toText(error);
    if (!statement.isEmpty()) {
        QString shown = statement.left(kStatementShown);
        if (shown.size() < statement.size())
            shown += QStringLiteral(" …");
        text += QLatin1Char('\n') + tr("Statement:") + QLatin1Char('\n') + shown;
    }
    addText(text.replace(QLatin1Char('\n'), QStringLiteral("\n          ")));
}

void MessagesView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    menu.addAction(tr("Copy"), this, &QPlainTextEdit::copy)->setEnabled(textCursor().hasSelection());
    menu.addAction(tr("Select all"), this, &QPlainTextEdit::selectAll);
    menu.addSeparator();
    menu.addAction(tr("Clear messages"), this, &QPlainTextEdit::clear);
    menu.exec(event->globalPos());
}

} // namespace desktop

#include "moc_messagesview.cpp"
