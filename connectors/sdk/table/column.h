// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/blocks.h"
#include "table/type.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace table {

inline constexpr std::uint32_t kChunkRows = 8192; // a power of two: row -> chunk is a shift
inline constexpr unsigned kChunkShift = 13;

// The values of one column in one chunk. Immutable, hence shared by threads without locks.
//
// A value is there (hasValue), or is SQL NULL (isNull), or did not fit the column's type; then the text that was sent
// stands in literal(), nothing is rounded, and numeric code passes over it as it does over NULL.
class ONDO_EXPORT Column
{
public:
    Column() = default;
    Column(Column &&) = default;
    Column &operator=(Column &&) = default;

    Kind kind() const { return m_kind; }
    std::uint32_t rows() const { return m_rows; }

    bool hasAllValues() const { return m_valid.empty() && m_kind != Kind::Null; }
    bool hasValue(std::uint32_t row) const
    {
        return m_kind != Kind::Null && (m_valid.empty() || ((m_valid[row >> 6] >> (row & 63)) & 1) != 0);
    }
    bool isNull(std::uint32_t row) const { return !hasValue(row) && (m_literals.empty() || !literal(row)); }

    // The text that was sent for a value that does not fit the column's type.
    std::optional<std::string_view> literal(std::uint32_t row) const;
    bool hasLiterals() const { return !m_literals.empty(); }

    // Valid for the column's own storage only; entries without a value hold 0.
    std::span<const std::int64_t> ints() const { return {reinterpret_cast<const std::int64_t *>(m_fixed.get()), m_rows}; }
    std::span<const std::uint64_t> uints() const
    {
        return {reinterpret_cast<const std::uint64_t *>(m_fixed.get()), m_rows};
    }
    std::span<const float> floats() const { return {reinterpret_cast<const float *>(m_fixed.get()), m_rows}; }
    std::span<const double> doubles() const { return {reinterpret_cast<const double *>(m_fixed.get()), m_rows}; }
    std::span<const std::uint8_t> bools() const
    {
        return {reinterpret_cast<const std::uint8_t *>(m_fixed.get()), m_rows};
    }
    std::string_view bytes(std::uint32_t row) const
    {
        const std::uint32_t *offset = offsets() + (m_codes ? std::to_integer<std::uint32_t>(m_codes.get()[row]) : row);
        return {reinterpret_cast<const char *>(m_arena.get()) + offset[0], offset[1] - offset[0]};
    }

    // Where a chunk has few different texts, each is kept once and codes() says which one a row has; null: bytes() of
    // the rows lie one behind the other.
    const std::uint8_t *codes() const { return reinterpret_cast<const std::uint8_t *>(m_codes.get()); }
    std::uint32_t textCount() const { return m_texts; }
    std::string_view textOf(std::uint32_t code) const
    {
        return {reinterpret_cast<const char *>(m_arena.get()) + offsets()[code], offsets()[code + 1] - offsets()[code]};
    }

    // Instant and LocalDateTime: ints() count 10^-unitDigits() seconds (0, 3, 6 or 9; each chunk has its own).
    int unitDigits() const { return m_unitDigits; }
    // Fraction digits of this value as it was sent, 0 to 9.
    int fractionDigits(std::uint32_t row) const { return m_rowDigits.empty() ? m_digits : m_rowDigits[row]; }

    std::size_t memoryBytes() const;

private:
    friend class ColumnBuilder;

    const std::uint32_t *offsets() const { return reinterpret_cast<const std::uint32_t *>(m_offsets.get()); }

    Kind m_kind = Kind::Null;
    std::uint8_t m_unitDigits = 0;
    std::uint8_t m_digits = 0;
    std::uint32_t m_rows = 0;
    Values<std::byte> m_fixed; // values of fixed width
    Values<std::byte> m_arena; // texts, one behind the other
    Values<std::byte> m_offsets; // of std::uint32_t, where there are texts: one more than there are in the arena
    Values<std::byte> m_codes; // where a chunk has few different texts: which of them each row has; none: one text a row
    std::uint32_t m_texts = 0; // in the arena
    std::vector<std::uint64_t> m_valid; // empty while every row has a value
    std::vector<std::uint8_t> m_rowDigits; // empty while all rows have m_digits
    std::vector<std::pair<std::uint32_t, std::string>> m_literals; // ascending rows
};

} // namespace table
