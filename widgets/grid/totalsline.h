// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/gridview.h"
#include "grid/job.h"
#include "table/statistics.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace grid {

// The line under a grid: which of the loaded rows it shows and in which order, how far a sort or filter is, and what the
// selected cells come to.
class TotalsLine : public QWidget
{
    Q_OBJECT
public:
    TotalsLine(GridView *view, QWidget *parent);

private:
    void showArrangement();
    void startTotals();
    void showTotals(const core::Result<table::Totals> &found);
    std::vector<table::ViewRange> rangesOf() const;

    GridView *m_view;
    QLabel *m_arrangement;
    QProgressBar *m_progress;
    QToolButton *m_stop;
    QToolButton *m_clear;
    QLabel *m_totals;
    QTimer m_delay; // a drag changes the selection at every move
    Job<core::Result<table::Totals>> m_job;
};

} // namespace grid
