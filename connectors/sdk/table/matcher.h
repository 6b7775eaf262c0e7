// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/filter.h"
#include "table/format.h"

#include <array>
#include <memory>

namespace table {

// For each row of a chunk 1 or 0.
using Hits = std::array<std::uint8_t, kChunkRows>;

// A condition for columns of one kind. One thread each; clone() gives another one its own.
class Matcher
{
public:
    virtual ~Matcher() = default;
    // Sets hits to 1 for rows from first to last (exclusive) that match; others stay as they are.
    virtual void match(const ColumnInfo &info, const Column &column, std::uint32_t first, std::uint32_t last, Hits &hits) = 0;
};

// Each thread makes its own. The condition was checked before.
std::unique_ptr<Matcher> textMatcher(const Condition &condition, const std::optional<Zone> &zone);
core::Result<std::unique_ptr<Matcher>> rangeMatcher(
    const Condition &condition, const ColumnInfo &info, const std::optional<Zone> &zone);

// Calls use(row, text) for each row with a value or a literal, as it is printed.
template <typename Use>
void forTexts(const ColumnInfo &info, const Column &column, std::uint32_t first, std::uint32_t last, const Zone *zone, Use use)
{
    const bool isText = storageOf(column.kind()) == Storage::Bytes && column.kind() != Kind::Binary;
    std::string buffer;
    for (std::uint32_t row = first; row < last; ++row) {
        if (column.hasValue(row)) {
            if (isText) {
                use(row, column.bytes(row));
                continue;
            }
            buffer.clear();
            appendCell(buffer, info, column, row, {.zone = zone});
            use(row, std::string_view(buffer));
        } else if (const auto literal = column.literal(row)) {
            use(row, *literal);
        }
    }
}

} // namespace table
