// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace table {

// What a column holds, as the grid, the chart and the writers see it. How it is stored follows from it (storageOf).
enum class Kind : std::uint8_t {
    Null, // a column without a type: every value is NULL
    Bool,
    Int, // signed, up to 64 bits
    UInt, // unsigned, up to 64 bits
    Float, // IEEE binary32: printed and compared in its own width
    Double, // IEEE binary64
    Decimal, // the text that was sent
    Text, // bytes as sent: UTF-8 is usual, not promised
    Binary, // raw bytes
    Json, // a nested JSON value, the text that was sent
    Instant, // a point in time: counts of unit since 1970-01-01T00:00:00Z
    LocalDateTime, // a date and time without a zone: counts of unit since 1970-01-01T00:00:00 of an unnamed zone
    Date, // the text that was sent, as are the two below
    Time,
    Interval,
};

enum class Storage : std::uint8_t {
    None,
    Byte, // Bool
    Int64, // Int, Instant, LocalDateTime
    UInt64,
    Float32,
    Float64,
    Bytes, // arena and offsets
};

constexpr Storage storageOf(Kind kind)
{
    switch (kind) {
    case Kind::Null:
        return Storage::None;
    case Kind::Bool:
        return Storage::Byte;
    case Kind::Int:
    case Kind::Instant:
    case Kind::LocalDateTime:
        return Storage::Int64;
    case Kind::UInt:
        return Storage::UInt64;
    case Kind::Float:
        return Storage::Float32;
    case Kind::Double:
        return Storage::Float64;
    default:
        return Storage::Bytes;
    }
}

// Whether the kind can be a chart's y value.
constexpr bool isNumeric(Kind kind)
{
    return kind == Kind::Int || kind == Kind::UInt || kind == Kind::Float || kind == Kind::Double || kind == Kind::Decimal;
}

constexpr bool isTime(Kind kind)
{
    return kind == Kind::Instant || kind == Kind::LocalDateTime;
}

// One column of a result as the server declared it.
struct ColumnInfo {
    std::string name; // as sent, even repeated
    Kind kind = Kind::Text;
    std::string serverType; // as sent: "DECIMAL(20,4)", "BIGINT UNSIGNED"
    std::int64_t length = -1; // as sent; -1: not declared
    std::uint8_t bits = 64; // declared width of Int and UInt
    int precision = -1; // Decimal: declared digits, and digits after the point
    int scale = -1;
};

struct Schema {
    std::vector<ColumnInfo> columns;

    // Index of the first column with this name; an exact match goes before one that ignores ASCII case.
    ONDO_EXPORT std::optional<std::size_t> find(std::string_view name) const;
};

} // namespace table
