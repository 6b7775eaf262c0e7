// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/builder.h"
#include "table/table.h"

#include <functional>

namespace support {

// A table made by appending rows: fill is called for each row with the builder of its chunk.
inline table::Table makeTable(std::vector<table::ColumnInfo> columns, std::int64_t rows,
    const std::function<void(table::ChunkBuilder &, std::int64_t)> &fill)
{
    auto schema = std::make_shared<table::Schema>();
    schema->columns = std::move(columns);
    table::Table made(schema);
    table::ChunkBuilder builder(schema);
    for (std::int64_t row = 0; row < rows; ++row) {
        fill(builder, row);
        builder.finishRow();
        if (builder.isFull())
            made.append(builder.seal());
    }
    if (builder.rows() > 0)
        made.append(builder.seal());
    return made;
}

inline table::ColumnInfo column(const char *name, table::Kind kind)
{
    table::ColumnInfo info;
    info.name = name;
    info.kind = kind;
    return info;
}

} // namespace support
