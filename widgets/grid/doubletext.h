// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/range.h"
#include "table/table.h"

#include <QString>

namespace grid {

// Whether a double, in which many tools keep all numbers, could not hold the value: integers past 2^53, decimals of
// many digits.
bool isRoundedByDouble(const table::Table &table, Position at);
// What such a tool shows for it; empty where that is the value.
QString roundedText(const table::Table &table, Position at);

} // namespace grid
