// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/gridview.h"

namespace grid {

class FindRow;
class TotalsLine;

// A grid with what belongs around it: the quick search over it, the line of totals under it, and the popovers of its
// columns.
class GridPanel : public QWidget
{
    Q_OBJECT
public:
    explicit GridPanel(QWidget *parent = nullptr);

    GridView *view() const { return m_view; }
    void openFind();
    void openFilter(int column);
    void openStatistics(int column);
    void openColumns();
    void openRecord();

private:
    GridView *m_view;
    FindRow *m_find;
    TotalsLine *m_totals;
};

} // namespace grid
