// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/column.h"

#include <memory>
#include <vector>

namespace table {

// A stretch of rows, typed column by typed column. Every chunk of a table but the last has kChunkRows rows.
// Immutable once made; shared between threads as std::shared_ptr<const Chunk>.
struct Chunk {
    std::uint32_t rows = 0;
    std::vector<Column> columns;

    ONDO_EXPORT std::size_t memoryBytes() const;
};

} // namespace table
