// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/order.h"

#include <string>
#include <string_view>

namespace table {

// A row with what it is sorted by at the moment.
struct SortEntry {
    std::uint64_t key;
    std::uint32_t row;
    std::uint32_t rest; // see SortKey::Part
};

// The values of one column as a sort sees them: first a class, then 64 bits that order as the values do, and for what is
// longer more of them at further offsets. Reads the table; any thread.
class SortKey
{
public:
    enum class Class : std::uint8_t { Value, NaN, Literal, Null };
    static constexpr std::uint32_t kGoesOn = 9; // more than the 8 bytes that a key holds

    struct Part {
        std::uint64_t key = 0;
        std::uint32_t rest = 0; // bytes of the key that are in use where lengths vary, kGoesOn: and more behind them
    };

    SortKey(const Table &table, const OrderKey &order);

    const OrderKey &order() const { return m_order; }
    Class classOf(std::uint32_t row) const;
    // Every row is of the class Value.
    bool isPlain() const { return m_isPlain; }
    // 64 bits are all that there is of a value.
    bool isFixed() const { return m_domain < Domain::Time; }
    // Of rows of the class Value, ascending. offset counts bytes: 0, 8, 16 …
    Part part(std::uint32_t row, std::size_t offset, std::string &buffer) const;
    // Fills the keys of many rows of the class Value, in the direction that is wanted.
    void fill(std::span<SortEntry> entries, std::size_t offset) const;
    // In the wanted direction, classes and NULLs included: less than 0, 0, more than 0.
    int compare(std::uint32_t a, std::uint32_t b) const;
    // Of rows of the class Literal, ascending.
    int compareLiterals(std::uint32_t a, std::uint32_t b) const;
    // Where a class stands: ascending numbers.
    int rank(Class value) const { return value == Class::Null && m_order.nullsFirst ? -1 : static_cast<int>(value); }

private:
    enum class Domain : std::uint8_t { None, Bool, Int, UInt, Float, Double, Time, Bytes, Natural, Decimal, MixedNumber, MixedText };

    Domain domainOf() const;
    const Column &column(std::uint32_t row) const { return m_table.chunks()[row >> kChunkShift]->columns[m_order.column]; }
    std::string_view bytes(std::uint32_t row, std::string &buffer) const;
    int compareValues(std::uint32_t a, std::uint32_t b) const;

    const Table &m_table;
    OrderKey m_order;
    Domain m_domain = Domain::None;
    bool m_isPlain = true;
};

// Orders as the number does; -0 becomes 0.
std::uint64_t orderedBits(double value);

} // namespace table
