// SPDX-License-Identifier: GPL-3.0-or-later
#include "columntype.h"

#include "connector/tokens.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace redshift {

namespace {

struct TypeName {
    std::string_view name;
    table::Kind kind;
    std::uint8_t bits = 64;
};

constexpr TypeName kTypes[] = {
    {"int2", table::Kind::Int, 16},
    {"int4", table::Kind::Int, 32},
    {"int8", table::Kind::Int},
    {"oid", table::Kind::Int},
    {"float4", table::Kind::Float},
    {"float8", table::Kind::Double},
    {"numeric", table::Kind::Decimal},
    {"bool", table::Kind::Bool},
    {"date", table::Kind::Date},
    {"time", table::Kind::Time},
    {"timetz", table::Kind::Time},
    {"timestamp", table::Kind::LocalDateTime},
    {"timestamptz", table::Kind::Instant},
    {"super", table::Kind::Json},
    {"varbyte", table::Kind::Binary},
    {"interval", table::Kind::Interval},
    {"intervaly2m", table::Kind::Interval},
    {"intervald2s", table::Kind::Interval},
};

template <typename Integer>
void readInteger(json::Token token, std::string_view text, Integer *value)
{
    Integer read = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), read);
    if (token == json::Token::Number && problem == std::errc() && end == text.data() + text.size())
        *value = read;
}

void readMember(const std::string &key, json::Token token, std::string_view text, ColumnMeta &column)
{
    if (token == json::Token::String) {
        if (key == "name")
            column.name = text;
        else if (key == "label")
            column.label = text;
        else if (key == "typeName")
            column.typeName = text;
        return;
    }
    if (key == "precision")
        readInteger(token, text, &column.precision);
    else if (key == "scale")
        readInteger(token, text, &column.scale);
    else if (key == "length")
        readInteger(token, text, &column.length);
    else if (key == "nullable")
        readInteger(token, text, &column.nullable);
}

} // namespace

bool readColumnMeta(json::Reader &reader, ColumnMeta &column)
{
    for (;;) {
        const json::Token token = reader.next();
        if (token == json::Token::EndObject)
            return true;
        if (token != json::Token::Key)
            return false;
        const std::string key(reader.text());
        const json::Token value = reader.next();
        if (value == json::Token::Failed)
            return false;
        readMember(key, value, reader.text(), column);
        if (!reader.skipValue())
            return false;
    }
}

table::ColumnInfo columnOf(const ColumnMeta &column)
{
    table::ColumnInfo info;
    info.name = column.label.empty() ? column.name : column.label;
    info.serverType = column.typeName;
    info.length = column.length > 0 ? column.length : -1;
    const auto type = std::find_if(std::begin(kTypes), std::end(kTypes),
        [&](const TypeName &candidate) { return connector::sameWord(candidate.name, column.typeName); });
    if (type != std::end(kTypes)) {
        info.kind = type->kind;
        info.bits = type->bits;
    }
    if (info.kind == table::Kind::Decimal) {
        info.precision = column.precision;
        info.scale = column.scale;
    }
    return info;
}

std::string typeText(const ColumnMeta &column)
{
    if (column.typeName == "numeric" && column.precision > 0)
        return "numeric(" + std::to_string(column.precision) + "," + std::to_string(std::max(column.scale, 0)) + ")";
    const bool hasLength = column.typeName == "varchar" || column.typeName == "bpchar" || column.typeName == "varbyte";
    const std::int64_t length = column.length > 0 ? column.length : column.precision;
    return hasLength && length > 0 ? column.typeName + "(" + std::to_string(length) + ")" : column.typeName;
}

} // namespace redshift
