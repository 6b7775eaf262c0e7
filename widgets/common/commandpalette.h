// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>

class QAction;
class QLineEdit;
class QListWidget;

namespace common {

// Finds an action by a few letters of its name and runs it. A popover at the top of its parent window, which it covers
// only while it is open; opened with openFor(), closed by Escape, by running something or by losing the focus.
class CommandPalette : public QFrame
{
    Q_OBJECT
public:
    explicit CommandPalette(QWidget *parent);

    // Disabled and nameless actions are left out. A property "paletteName" stands in for a text that says too little out
    // of its menu. The actions are not owned.
    void openFor(const QList<QAction *> &actions);
    // The names that are listed now, best match first.
    QStringList listed() const;
    QLineEdit *input() const { return m_input; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refill();
    void runCurrent();

    QLineEdit *m_input;
    QListWidget *m_list;
    QList<QAction *> m_actions;
};

// How well a pattern's letters fit a text, in order and in any case: 0 for not at all, more for matches at the starts
// of words and in one piece.
int fuzzyScore(QStringView pattern, QStringView text);

} // namespace common
