// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/sortkey.h"

#include "table/format.h"
#include "table/sortbytes.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <optional>

namespace table {

namespace {

constexpr std::uint64_t kSign = std::uint64_t(1) << 63;

std::uint64_t orderedInt(std::int64_t value)
{
    return static_cast<std::uint64_t>(value) ^ kSign;
}

SortKey::Part partOf(std::string_view bytes, std::size_t offset)
{
    SortKey::Part part;
    if (bytes.size() <= offset)
        return part;
    const std::size_t left = bytes.size() - offset;
    std::uint64_t raw = 0;
    if (left >= 8) [[likely]] {
        std::memcpy(&raw, bytes.data() + offset, 8);
        part.key = __builtin_bswap64(raw);
    } else {
        std::memcpy(&raw, bytes.data() + offset, left);
        part.key = __builtin_bswap64(raw);
    }
    part.rest = left > 8 ? SortKey::kGoesOn : static_cast<std::uint32_t>(left);
    return part;
}

// Whole seconds, then what is behind the point: exact for units that are mixed.
SortKey::Part timePart(std::int64_t value, int digits, std::size_t offset)
{
    constexpr std::int64_t kUnits[] = {1, 1000, 1'000'000, 1'000'000'000};
    const std::int64_t unit = kUnits[digits / 3];
    std::int64_t seconds = value / unit;
    std::int64_t rest = value % unit;
    if (rest < 0) {
        rest += unit;
        --seconds;
    }
    if (offset == 0)
        return {orderedInt(seconds), SortKey::kGoesOn};
    return {static_cast<std::uint64_t>(rest * (kUnits[3] / unit)), 0};
}

int sign(std::uint64_t a, std::uint64_t b)
{
    return a < b ? -1 : a > b ? 1 : 0;
}

} // namespace

std::uint64_t orderedBits(double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
    return bits & kSign ? ~bits : bits | kSign;
}

SortKey::SortKey(const Table &table, const OrderKey &order)
    : m_table(table)
    , m_order(order)
    , m_domain(domainOf())
{
    const bool mayBeNoValue = m_domain == Domain::None || m_domain == Domain::Float || m_domain == Domain::Double
        || m_domain == Domain::Decimal || m_domain == Domain::MixedNumber;
    m_isPlain = !mayBeNoValue;
    for (const auto &chunk : table.chunks())
        m_isPlain = m_isPlain && chunk->columns[order.column].hasAllValues();
}

// Chunks of one kind are the rule. Where they differ, numbers are still compared as numbers.
SortKey::Domain SortKey::domainOf() const
{
    std::optional<Kind> kind;
    bool isMixed = false;
    bool areNumbers = true;
    std::optional<int> digits;
    bool hasUnits = false;
    for (const auto &chunk : m_table.chunks()) {
        const Column &column = chunk->columns[m_order.column];
        if (column.kind() == Kind::Null)
            continue;
        areNumbers = areNumbers && isNumeric(column.kind());
        isMixed = isMixed || (kind && *kind != column.kind());
        hasUnits = hasUnits || (digits && *digits != column.unitDigits());
        kind = column.kind();
        digits = column.unitDigits();
    }
    if (!kind)
        return Domain::None;
    if (isMixed)
        return areNumbers ? Domain::MixedNumber : Domain::MixedText;
    switch (*kind) {
    case Kind::Bool:
        return Domain::Bool;
    case Kind::Int:
        return Domain::Int;
    case Kind::Instant:
    case Kind::LocalDateTime:
        return hasUnits ? Domain::Time : Domain::Int;
    case Kind::UInt:
        return Domain::UInt;
    case Kind::Float:
        return Domain::Float;
    case Kind::Double:
        return Domain::Double;
    case Kind::Decimal:
        return Domain::Decimal;
    case Kind::Text:
        return m_order.text == TextOrder::Natural ? Domain::Natural : Domain::Bytes;
    case Kind::Date:
    case Kind::Time:
    case Kind::Interval:
        return Domain::Natural;
    default:
        return Domain::Bytes;
    }
}

SortKey::Class SortKey::classOf(std::uint32_t row) const
{
    if (m_isPlain)
        return Class::Value;
    const Column &held = column(row);
    const std::uint32_t at = row & (kChunkRows - 1);
    if (!held.hasValue(at))
        return held.isNull(at) ? Class::Null : Class::Literal;
    switch (m_domain) {
    case Domain::Float:
        return std::isnan(held.floats()[at]) ? Class::NaN : Class::Value;
    case Domain::Double:
        return std::isnan(held.doubles()[at]) ? Class::NaN : Class::Value;
    case Domain::Decimal:
    case Domain::MixedNumber: {
        std::string buffer;
        if (!bytes(row, buffer).empty())
            return Class::Value;
        return held.kind() == Kind::Decimal && held.bytes(at) != "NaN" ? Class::Literal : Class::NaN;
    }
    default:
        return Class::Value;
    }
}

std::string_view SortKey::bytes(std::uint32_t row, std::string &buffer) const
{
    const Column &held = column(row);
    const std::uint32_t at = row & (kChunkRows - 1);
    buffer.clear();
    switch (m_domain) {
    case Domain::Bytes:
        return held.bytes(at);
    case Domain::Natural:
        appendNaturalKey(buffer, held.bytes(at));
        break;
    case Domain::Decimal:
        appendDecimalKey(buffer, held.bytes(at));
        break;
    default: {
        std::string text;
        appendCell(text, m_table.schema().columns[m_order.column], held, at, {});
        if (m_domain == Domain::MixedText)
            appendNaturalKey(buffer, text);
        else
            appendDecimalKey(buffer, text);
        break;
    }
    }
    return buffer;
}

SortKey::Part SortKey::part(std::uint32_t row, std::size_t offset, std::string &buffer) const
{
    const Column &held = column(row);
    const std::uint32_t at = row & (kChunkRows - 1);
    switch (m_domain) {
    case Domain::Bool:
        return {held.bools()[at], 0};
    case Domain::Int:
        return {orderedInt(held.ints()[at]), 0};
    case Domain::UInt:
        return {held.uints()[at], 0};
    case Domain::Float:
        return {orderedBits(static_cast<double>(held.floats()[at])), 0};
    case Domain::Double:
        return {orderedBits(held.doubles()[at]), 0};
    case Domain::Time:
        return timePart(held.ints()[at], held.unitDigits(), offset);
    case Domain::None:
        return {};
    default:
        return partOf(bytes(row, buffer), offset);
    }
}

// The kind is looked at once and not for every row.
void SortKey::fill(std::span<SortEntry> entries, std::size_t offset) const
{
    const std::uint64_t flip = m_order.isDescending ? ~std::uint64_t(0) : 0;
    const auto with = [&](auto read) {
        for (SortEntry &entry : entries) {
            entry.key = read(column(entry.row), entry.row & (kChunkRows - 1)) ^ flip;
            entry.rest = 0;
        }
    };
    if (m_domain == Domain::Int) {
        with([](const Column &held, std::uint32_t at) { return orderedInt(held.ints()[at]); });
    } else if (m_domain == Domain::UInt) {
        with([](const Column &held, std::uint32_t at) { return held.uints()[at]; });
    } else if (m_domain == Domain::Double) {
        with([](const Column &held, std::uint32_t at) { return orderedBits(held.doubles()[at]); });
    } else {
        std::string buffer;
        for (SortEntry &entry : entries) {
            const Part found = part(entry.row, offset, buffer);
            entry.key = found.key ^ flip;
            entry.rest = m_order.isDescending ? kGoesOn - found.rest : found.rest;
        }
    }
}

int SortKey::compareLiterals(std::uint32_t a, std::uint32_t b) const
{
    const auto text = [this](std::uint32_t row) {
        const Column &held = column(row);
        const std::uint32_t at = row & (kChunkRows - 1);
        const auto literal = held.literal(at);
        std::string key;
        appendNaturalKey(key, literal ? *literal : held.bytes(at));
        return key;
    };
    return text(a).compare(text(b));
}

int SortKey::compareValues(std::uint32_t a, std::uint32_t b) const
{
    std::string bufferA;
    std::string bufferB;
    if (m_domain == Domain::Bytes)
        return bytes(a, bufferA).compare(bytes(b, bufferB));
    for (std::size_t offset = 0;; offset += 8) {
        const Part partA = part(a, offset, bufferA);
        const Part partB = part(b, offset, bufferB);
        if (partA.key != partB.key)
            return sign(partA.key, partB.key);
        if (partA.rest != partB.rest || partA.rest != kGoesOn)
            return sign(partA.rest, partB.rest);
    }
}

int SortKey::compare(std::uint32_t a, std::uint32_t b) const
{
    const Class classA = classOf(a);
    const Class classB = classOf(b);
    if (classA != classB)
        return rank(classA) - rank(classB);
    if (classA == Class::NaN || classA == Class::Null)
        return 0;
    const int order = classA == Class::Literal ? compareLiterals(a, b) : compareValues(a, b);
    return m_order.isDescending ? -order : order;
}

} // namespace table
