// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/table.h"

#include <string>

namespace grid {

// The exact text of a value, as it is copied: every digit that was sent, bytes of texts unchanged, binary in hex.
// Nothing is appended for NULL.
void appendValue(const table::Cell &cell, std::string *out);

} // namespace grid
