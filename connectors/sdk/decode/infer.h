// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/type.h"

namespace decode {

// The columns of rows (an array of arrays, JSON) that nobody declared: for each name the narrowest kind that holds all
// of its values as they were sent. Rows that break off count as far as they go.
ONDO_EXPORT table::Schema inferColumns(const std::vector<std::string> &names, std::string_view rows);

} // namespace decode
