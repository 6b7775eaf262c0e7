// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/gridview.h"

class QLabel;
class QLineEdit;
class QToolButton;

namespace grid {

// Quick search over all columns of a grid: a bar over it that marks what it finds while one types.
class FindRow : public QWidget
{
    Q_OBJECT
public:
    FindRow(GridView *view, QWidget *parent);

    void open();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void search();
    void go(bool forward);
    void showState();
    void closeRow();

    GridView *m_view;
    QLineEdit *m_input;
    QToolButton *m_pattern;
    QToolButton *m_case;
    QLabel *m_state;
    bool m_isToBeShown = false; // the first match, as soon as there is one
};

} // namespace grid
