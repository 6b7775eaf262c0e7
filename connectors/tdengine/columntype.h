// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/type.h"

namespace tdengine {

// A column as column_meta of 3.x declares it: "BIGINT UNSIGNED", "DECIMAL(20,4)". An unknown name is taken for text.
table::ColumnInfo columnOf(std::string name, std::string_view type, std::int64_t length);

// The same for a type code of 2.x.
table::ColumnInfo columnOf(std::string name, std::int64_t typeCode, std::int64_t length);

} // namespace tdengine
