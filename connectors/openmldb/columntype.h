// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "decode/cell.h"
#include "table/type.h"

#include <string_view>

namespace openmldb {

// The types of the server, which go by three names: Int32 in an answer to SQL (int32 in a deployment's), INT in SQL,
// kInt in the catalogue.
enum class Type { Unknown, Bool, Int16, Int32, Int64, Float, Double, String, Date, Timestamp };

// Any of the three names in any case; also those of old catalogues ("varchar").
Type typeOf(std::string_view name);
// As SQL has it: "INT"; "UNKNOWN".
const char *sqlName(Type type);

// A column as the answer declares it.
table::ColumnInfo columnOf(std::string name, std::string_view typeName);
// The decoder of its cells: timestamps are integers, milliseconds.
decode::CellDecoder cellDecoder(const table::ColumnInfo &info);

} // namespace openmldb
