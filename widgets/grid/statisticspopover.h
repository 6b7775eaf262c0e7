// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/job.h"
#include "grid/popover.h"
#include "table/statistics.h"

class QFormLayout;
class QLabel;

namespace grid {

// What the values of a column are like, of the rows that the view shows.
class StatisticsPopover : public Popover
{
    Q_OBJECT
public:
    StatisticsPopover(GridView *view, int column);

private:
    void showFound(const core::Result<table::ColumnStatistics> &answer);
    void add(const QString &name, const QString &value);

    QLabel *m_state;
    QFormLayout *m_lines;
    Job<core::Result<table::ColumnStatistics>> m_job;
};

} // namespace grid
