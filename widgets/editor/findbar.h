// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace editor {

class ScriptEditor;

// Finds text in one editor: a bar that opens under it, searches while one types, and wraps around.
class FindBar : public QWidget
{
    Q_OBJECT
public:
    FindBar(ScriptEditor *editor, QWidget *parent);

    // Shows the bar with what is selected, ready to type.
    void open();

public Q_SLOTS:
    void findNext();
    void findPrevious();
    void closeBar();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void find(bool forward, bool fromStartOfMatch);

    ScriptEditor *m_editor;
    QLineEdit *m_input;
    QToolButton *m_case;
    QLabel *m_state;
};

} // namespace editor
