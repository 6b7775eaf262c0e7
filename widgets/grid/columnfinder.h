// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/popover.h"

class QLineEdit;
class QListWidget;

namespace grid {

// Finds a column by its name among a thousand, goes to it, shows and hides.
class ColumnFinder : public Popover
{
    Q_OBJECT
public:
    explicit ColumnFinder(GridView *view);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void narrow();
    void go();
    void applyChecks();

    QLineEdit *m_input;
    QListWidget *m_list;
};

} // namespace grid
