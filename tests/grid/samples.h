// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/resulttable.h"
#include "table/builder.h"

#include <QString>

#include <memory>
#include <string>

namespace gridtest {

std::shared_ptr<const table::Schema> schemaOf(std::vector<table::ColumnInfo> columns);
table::ColumnInfo column(const char *name, table::Kind kind, const char *serverType = "");

// "n" (Int) and "name" (Text): row r holds first + r and "r<first + r>".
std::shared_ptr<const table::Schema> countingSchema();
std::shared_ptr<const table::Chunk> countingChunk(std::uint32_t rows, std::int64_t first = 0);
// Full chunks of that, then a short one; memory for one full chunk only: all rows from 8192 on repeat the first.
void fillCounting(common::ResultTable *result, qint64 rows);

// One row for each odd kind of value; see the .cpp.
void fillOddities(common::ResultTable *result);

// One row, columns named c0, c1, …, value r0c0 etc. in Text.
void fillWide(common::ResultTable *result, int columns, std::uint32_t rows);

} // namespace gridtest
