// SPDX-License-Identifier: GPL-3.0-or-later
#include "columntype.h"

#include <algorithm>
#include <charconv>

namespace lindorm {

namespace {

struct TypeName {
    std::string_view name;
    table::Kind kind;
    std::uint8_t bits = 64;
};

// How binary columns are written is documented nowhere: as texts they stay what was sent.
constexpr TypeName kTypes[] = {
    {"BOOLEAN", table::Kind::Bool},
    {"BIGINT", table::Kind::Int},
    {"DOUBLE", table::Kind::Double},
    {"VARCHAR", table::Kind::Text},
    {"TIMESTAMP", table::Kind::Instant},
    {"BOOL", table::Kind::Bool},
    {"TINYINT", table::Kind::Int, 8},
    {"SMALLINT", table::Kind::Int, 16},
    {"INTEGER", table::Kind::Int, 32},
    {"INT", table::Kind::Int, 32},
    {"LONG", table::Kind::Int},
    {"FLOAT", table::Kind::Float},
    {"REAL", table::Kind::Float},
    {"DECIMAL", table::Kind::Decimal},
    {"NUMERIC", table::Kind::Decimal},
    {"DATE", table::Kind::Date},
    {"TIME", table::Kind::Time},
    {"JSON", table::Kind::Json},
    {"NULL", table::Kind::Null},
};

std::string upperCase(std::string_view text)
{
    std::string upper(text);
    std::transform(upper.begin(), upper.end(), upper.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return upper;
}

// "(20, 4)": both numbers, where they are there.
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

table::ColumnInfo columnOf(std::string name, std::string_view type)
{
    const std::size_t bracket = std::min(type.find('('), type.size());
    std::string_view plain = type.substr(0, bracket);
    while (plain.ends_with(' '))
        plain.remove_suffix(1);
    const std::string upper = upperCase(plain);
    const auto *found = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const TypeName &t) { return t.name == upper; });
    table::ColumnInfo info;
    info.name = std::move(name);
    info.serverType = type;
    if (found != std::end(kTypes)) {
        info.kind = found->kind;
        info.bits = found->bits;
    }
    if (info.kind == table::Kind::Decimal && bracket < type.size())
        readPrecision(type.substr(bracket), info);
    return info;
}

decode::CellDecoder cellDecoderOf(const table::ColumnInfo &info)
{
    // A column without a declared type was inferred: its times are texts.
    if (info.kind == table::Kind::Instant && !info.serverType.empty())
        return {info, decode::Form::Epoch, 3};
    return decode::CellDecoder(info);
}

} // namespace lindorm
