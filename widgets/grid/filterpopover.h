// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/job.h"
#include "grid/popover.h"
#include "table/filter.h"

#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace grid {

// Asks what a column's values shall be: a text or pattern, a range, NULL, or some of the values that it has. It filters
// while one types.
class FilterPopover : public Popover
{
    Q_OBJECT
public:
    FilterPopover(GridView *view, int column);

private:
    enum class Mode { Contains, Without, Pattern, Range, Values, Null, NotNull };

    void showCondition();
    void countValues();
    void showValues(core::Result<table::ValueCounts> counts);
    void narrowValues();
    void onModeChosen();
    void apply();
    Mode mode() const;
    void setMode(Mode mode);
    std::optional<table::Condition> condition() const;

    QComboBox *m_mode;
    QLineEdit *m_text;
    QCheckBox *m_case;
    QLineEdit *m_from;
    QLineEdit *m_to;
    QListWidget *m_values;
    QLabel *m_state;
    QTimer m_delay;
    Job<core::Result<table::ValueCounts>> m_job;
};

} // namespace grid
