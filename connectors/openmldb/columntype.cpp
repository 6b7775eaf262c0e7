// SPDX-License-Identifier: GPL-3.0-or-later
#include "columntype.h"

#include "connector/tokens.h"

#include <algorithm>
#include <array>

namespace openmldb {

namespace {

struct TypeName {
    const char *name;
    Type type;
};
constexpr std::array<TypeName, 24> kTypeNames{{
    {"bool", Type::Bool}, {"kbool", Type::Bool}, {"int16", Type::Int16}, {"smallint", Type::Int16}, {"ksmallint", Type::Int16},
    {"int32", Type::Int32}, {"int", Type::Int32}, {"kint", Type::Int32}, {"integer", Type::Int32}, {"int64", Type::Int64},
    {"bigint", Type::Int64}, {"kbigint", Type::Int64}, {"float", Type::Float}, {"kfloat", Type::Float}, {"double", Type::Double},
    {"kdouble", Type::Double}, {"string", Type::String}, {"varchar", Type::String}, {"kvarchar", Type::String}, {"kstring", Type::String},
    {"date", Type::Date}, {"kdate", Type::Date}, {"timestamp", Type::Timestamp}, {"ktimestamp", Type::Timestamp},
}};

} // namespace

Type typeOf(std::string_view name)
{
    const auto found = std::find_if(kTypeNames.begin(), kTypeNames.end(),
        [name](const TypeName &known) { return connector::sameWord(known.name, name); });
    return found == kTypeNames.end() ? Type::Unknown : found->type;
}

const char *sqlName(Type type)
{
    constexpr std::array<const char *, 10> kNames{
        "UNKNOWN", "BOOL", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "STRING", "DATE", "TIMESTAMP"};
    return kNames[static_cast<std::size_t>(type)];
}

table::ColumnInfo columnOf(std::string name, std::string_view typeName)
{
    table::ColumnInfo info;
    info.name = std::move(name);
    info.serverType = typeName;
    switch (typeOf(typeName)) {
    case Type::Bool:
        info.kind = table::Kind::Bool;
        break;
    case Type::Int16:
        info.kind = table::Kind::Int;
        info.bits = 16;
        break;
    case Type::Int32:
        info.kind = table::Kind::Int;
        info.bits = 32;
        break;
    case Type::Int64:
        info.kind = table::Kind::Int;
        break;
    case Type::Float:
        info.kind = table::Kind::Float;
        break;
    case Type::Double:
        info.kind = table::Kind::Double;
        break;
    case Type::Date:
        info.kind = table::Kind::Date;
        break;
    case Type::Timestamp:
        info.kind = table::Kind::Instant;
        break;
    case Type::String:
    case Type::Unknown:
        info.kind = table::Kind::Text;
        break;
    }
    return info;
}

decode::CellDecoder cellDecoder(const table::ColumnInfo &info)
{
    return info.kind == table::Kind::Instant ? decode::CellDecoder(info, decode::Form::Epoch, 3) : decode::CellDecoder(info);
}

} // namespace openmldb
