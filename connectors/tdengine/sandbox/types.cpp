// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/types.h"

#include <charconv>

namespace tdengine::server {

std::int64_t ticksPerSecond(Precision precision)
{
    switch (precision) {
    case Precision::Micro: return 1'000'000;
    case Precision::Nano: return 1'000'000'000;
    default: return 1'000;
    }
}

const char *precisionName(Precision precision)
{
    switch (precision) {
    case Precision::Micro: return "us";
    case Precision::Nano: return "ns";
    default: return "ms";
    }
}

DataType makeType(Type type, int length, int scale)
{
    DataType made;
    made.type = type;
    made.length = length;
    made.scale = scale;
    return made;
}

DataType timestampType(Precision precision)
{
    DataType made;
    made.type = Type::Timestamp;
    made.precision = precision;
    return made;
}

namespace {

const char *plainName(Type type)
{
    switch (type) {
    case Type::Null: return "NULL";
    case Type::Bool: return "BOOL";
    case Type::TinyInt: return "TINYINT";
    case Type::SmallInt: return "SMALLINT";
    case Type::Int: return "INT";
    case Type::BigInt: return "BIGINT";
    case Type::UTinyInt: return "TINYINT UNSIGNED";
    case Type::USmallInt: return "SMALLINT UNSIGNED";
    case Type::UInt: return "INT UNSIGNED";
    case Type::UBigInt: return "BIGINT UNSIGNED";
    case Type::Float: return "FLOAT";
    case Type::Double: return "DOUBLE";
    case Type::Varchar: return "VARCHAR";
    case Type::NChar: return "NCHAR";
    case Type::VarBinary: return "VARBINARY";
    case Type::Geometry: return "GEOMETRY";
    case Type::Blob: return "BLOB";
    case Type::Json: return "JSON";
    case Type::Decimal: return "DECIMAL";
    case Type::Timestamp: return "TIMESTAMP";
    }
    return "NULL";
}

} // namespace

std::string typeName(const DataType &type)
{
    if (type.type == Type::Decimal)
        return "DECIMAL(" + std::to_string(type.length) + ',' + std::to_string(type.scale) + ')';
    return plainName(type.type);
}

int metaLength(const DataType &type)
{
    switch (type.type) {
    case Type::Null:
    case Type::Bool:
    case Type::TinyInt:
    case Type::UTinyInt: return 1;
    case Type::SmallInt:
    case Type::USmallInt: return 2;
    case Type::Int:
    case Type::UInt:
    case Type::Float: return 4;
    case Type::BigInt:
    case Type::UBigInt:
    case Type::Double:
    case Type::Timestamp: return 8;
    case Type::Decimal: return type.length > 18 ? 16 : 8;
    case Type::Json: return 4095;
    case Type::Blob: return 4194304;
    default: return type.length;
    }
}

std::string declaredName(const DataType &type)
{
    switch (type.type) {
    case Type::Varchar:
    case Type::NChar:
    case Type::VarBinary:
    case Type::Geometry: return std::string(plainName(type.type)) + '(' + std::to_string(type.length) + ')';
    default: return typeName(type);
    }
}

Cell unsignedCell(std::uint64_t value)
{
    if (value <= static_cast<std::uint64_t>(INT64_MAX))
        return static_cast<std::int64_t>(value);
    std::string digits = std::to_string(value);
    return std::string(20 - digits.size(), '0') + digits;
}

std::uint64_t unsignedValue(const Cell &cell)
{
    if (const auto *integer = std::get_if<std::int64_t>(&cell))
        return static_cast<std::uint64_t>(*integer);
    std::uint64_t value = 0;
    if (const auto *text = std::get_if<std::string>(&cell))
        std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

} // namespace tdengine::server
