// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "decode/memoryrows.h"
#include "decode/time.h"
#include "table/builder.h"

namespace decode {

// What the values of a column look like, one bit for each look that was met.
using Looks = std::uint32_t;

struct Look {
    static constexpr Looks kBool = 1U << 0;
    static constexpr Looks kInt = 1U << 1; // that a double holds too
    static constexpr Looks kLong = 1U << 2; // of 64 bits, that a double would round
    static constexpr Looks kUnsigned = 1U << 3; // of 64 bits without a sign only
    static constexpr Looks kNegative = 1U << 4; // an integer below 0
    static constexpr Looks kHuge = 1U << 5; // an integer of more bits
    static constexpr Looks kReal = 1U << 6; // that a double holds to the last digit
    static constexpr Looks kLongReal = 1U << 7; // that a double would round, or cannot hold
    static constexpr Looks kSpecial = 1U << 8; // the bare words NaN, Infinity, -Infinity
    static constexpr Looks kTextInt = 1U << 9; // a string that is an integer of 64 bits as one is written
    static constexpr Looks kTextDecimal = 1U << 10;
    static constexpr Looks kTextSpecial = 1U << 11;
    static constexpr Looks kTextZoned = 1U << 12;
    static constexpr Looks kTextLocal = 1U << 13;
    static constexpr Looks kTextDate = 1U << 14;
    static constexpr Looks kTextTime = 1U << 15;
    static constexpr Looks kText = 1U << 16; // any other string
    static constexpr Looks kNested = 1U << 17;
};

// seen: what the column's looks are so far; where one more bit would change nothing, it is not looked for.
ONDO_EXPORT Looks lookOf(const MemoryCell &cell, Looks seen, DateCache &dates);

// The narrowest kind that holds all such values as they were sent, none with a digit changed.
ONDO_EXPORT table::Kind kindOf(Looks looks);

// Appends a value to a column of a kind that kindOf() gave; a value that does not fit becomes the literal (false).
ONDO_EXPORT bool appendCell(const MemoryCell &cell, DateCache &dates, table::ColumnBuilder &builder);

} // namespace decode
