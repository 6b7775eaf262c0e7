// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "decode/cell.h"
#include "table/type.h"

#include <string>
#include <string_view>

namespace lindorm {

// The column for an entry of metadata: the five types of the time-series engine, those of the wide-table engine, and
// what expressions make of them. Unknown types are texts; values of another form stay as they were sent.
table::ColumnInfo columnOf(std::string name, std::string_view type);

// TIMESTAMP comes as milliseconds since 1970.
decode::CellDecoder cellDecoderOf(const table::ColumnInfo &info);

} // namespace lindorm
