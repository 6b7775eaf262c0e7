// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/popover.h"

class QLabel;
class QLineEdit;
class QTreeWidget;

namespace grid {

// One row turned on its side: a line for each column, hidden ones too. Page Up and Page Down step through the rows, and
// the grid's current cell goes along.
class RecordPopover : public Popover
{
    Q_OBJECT
public:
    explicit RecordPopover(GridView *view);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showRow();
    void step(int rows);
    void narrow();

    QLabel *m_place;
    QLineEdit *m_input;
    QTreeWidget *m_lines;
};

} // namespace grid
