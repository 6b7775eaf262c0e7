// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/metrics.h"
#include "table/rowmap.h"
#include "table/zone.h"

#include <vector>

namespace grid {

// Column widths from a sample of rows; what it costs does not depend on how many rows there are.

// For all columns of the table, in its order: some rows each, so that a thousand columns are still measured within a frame.
std::vector<int> sampledWidths(const table::Table &table, const table::Zone *zone, const Metrics &metrics);

// For one column that somebody asked to fit: a larger sample, the given rows (those in view) first.
int fittedWidth(const table::TableView &view, const table::Zone *zone, int column, const Metrics &metrics, qint64 firstShown,
    qint64 lastShown);

} // namespace grid
