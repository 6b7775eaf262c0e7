// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QPlainTextEdit>

namespace desktop {

// What happened in a tab, in full, oldest first: plain text to read and to copy.
class MessagesView : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit MessagesView(QWidget *parent = nullptr);

    void addText(const QString &text);
    // The error with the statement that it belongs to.
    void addError(const core::Error &error, const QString &statement);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
};

} // namespace desktop
