// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/filter.h"

#include <QString>

namespace grid {

// What a condition asks, in a few words: "contains abc", "10 … 20".
QString conditionText(const table::Condition &condition);

} // namespace grid
