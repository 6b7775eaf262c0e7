// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "table/rowmap.h"
#include "table/task.h"

#include <cstddef>
#include <span>

namespace table {

enum class TextOrder : std::uint8_t {
    Bytes, // as SQL's binary collation
    Natural, // case does not count, digits count by their number; see appendNaturalKey
};

// One column to sort by. Values are compared by what they are: integers and decimals exactly, instants by the point in
// time whatever their units, -0 equal to 0. NaN stands behind all numbers, then what does not fit the column's type
// (literals, in natural order), in both directions.
struct OrderKey {
    std::size_t column = 0; // of the table
    bool isDescending = false;
    bool nullsFirst = false;
    TextOrder text = TextOrder::Natural; // of Text columns; dates and times of day are always natural

    bool operator==(const OrderKey &) const = default;
};

// The rows in the order of the keys, the first one counting most; rows that are equal in all stay in the order given.
// Any thread. Errors: Cancelled.
ONDO_EXPORT core::Result<Rows> sortedRows(const Table &table, std::span<const OrderKey> keys, Rows rows, const Task &task);

// The same for a table that has grown: sorted holds rows that are in order already, more those to be put in; rows of
// both that are equal stand in that order. Costs what is new, not what is there.
ONDO_EXPORT core::Result<Rows> mergedRows(
    const Table &table, std::span<const OrderKey> keys, const Rows &sorted, Rows more, const Task &task);

} // namespace table
