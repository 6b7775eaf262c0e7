// SPDX-License-Identifier: GPL-3.0-or-later
#include "columntype.h"

#include <algorithm>
#include <charconv>

namespace tdengine {

namespace {

struct TypeName {
    std::string_view name;
    table::Kind kind;
    std::uint8_t bits = 64;
    std::int64_t code = -1; // of 2.x
};

constexpr TypeName kTypes[] = {
    {"NULL", table::Kind::Null, 64, 0},
    {"BOOL", table::Kind::Bool, 64, 1},
    {"TINYINT", table::Kind::Int, 8, 2},
    {"SMALLINT", table::Kind::Int, 16, 3},
    {"INT", table::Kind::Int, 32, 4},
    {"BIGINT", table::Kind::Int, 64, 5},
    {"FLOAT", table::Kind::Float, 64, 6},
    {"DOUBLE", table::Kind::Double, 64, 7},
    {"BINARY", table::Kind::Text, 64, 8},
    {"VARCHAR", table::Kind::Text},
    {"TIMESTAMP", table::Kind::Instant, 64, 9},
    {"NCHAR", table::Kind::Text, 64, 10},
    {"TINYINT UNSIGNED", table::Kind::UInt, 8, 11},
    {"SMALLINT UNSIGNED", table::Kind::UInt, 16, 12},
    {"INT UNSIGNED", table::Kind::UInt, 32, 13},
    {"BIGINT UNSIGNED", table::Kind::UInt, 64, 14},
    {"JSON", table::Kind::Json, 64, 15},
    {"VARBINARY", table::Kind::Binary, 64, 16},
    {"DECIMAL", table::Kind::Decimal, 64, 17},
    {"BLOB", table::Kind::Binary, 64, 18},
    {"MEDIUMBLOB", table::Kind::Binary, 64, 19},
    {"GEOMETRY", table::Kind::Binary, 64, 20},
    {"DECIMAL64", table::Kind::Decimal, 64, 21},
};

table::ColumnInfo columnInfo(std::string name, const TypeName *type, std::int64_t length)
{
    table::ColumnInfo info;
    info.name = std::move(name);
    info.length = length;
    if (type) {
        info.kind = type->kind;
        info.bits = type->bits;
    }
    return info;
}

// "(20,4)": both numbers, where they are there.
void readPrecision(std::string_view parameters, table::ColumnInfo &info)
{
    const char *end = parameters.data() + parameters.size();
    int precision = 0;
    const auto [comma, code] = std::from_chars(parameters.data() + 1, end, precision);
    if (code != std::errc())
        return;
    info.precision = precision;
    info.scale = 0;
    if (comma == end || *comma != ',')
        return;
    const char *digits = std::find_if(comma + 1, end, [](char c) { return c != ' '; });
    std::from_chars(digits, end, info.scale);
}

} // namespace

table::ColumnInfo columnOf(std::string name, std::string_view type, std::int64_t length)
{
    const std::size_t bracket = std::min(type.find('('), type.size());
    std::string_view plain = type.substr(0, bracket);
    while (plain.ends_with(' '))
        plain.remove_suffix(1);
    std::string upper(plain);
    std::transform(upper.begin(), upper.end(), upper.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const auto *found = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const TypeName &t) { return t.name == upper; });
    table::ColumnInfo info = columnInfo(std::move(name), found == std::end(kTypes) ? nullptr : found, length);
    info.serverType = type;
    if (info.kind == table::Kind::Decimal && bracket < type.size())
        readPrecision(type.substr(bracket), info);
    return info;
}

table::ColumnInfo columnOf(std::string name, std::int64_t typeCode, std::int64_t length)
{
    const auto *found
        = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const TypeName &t) { return t.code == typeCode; });
    const bool isKnown = typeCode >= 0 && found != std::end(kTypes);
    table::ColumnInfo info = columnInfo(std::move(name), isKnown ? found : nullptr, length);
    info.serverType = isKnown ? std::string(found->name) : std::to_string(typeCode);
    return info;
}

} // namespace tdengine
