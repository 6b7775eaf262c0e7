// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tdengine::server {

enum class Type : std::uint8_t {
    Null, Bool, TinyInt, SmallInt, Int, BigInt, UTinyInt, USmallInt, UInt, UBigInt,
    Float, Double, Varchar, NChar, VarBinary, Geometry, Blob, Json, Decimal, Timestamp,
};

// Ticks of a database's timestamps.
enum class Precision : std::uint8_t { Milli, Micro, Nano };
std::int64_t ticksPerSecond(Precision precision);
const char *precisionName(Precision precision);

struct DataType {
    Type type = Type::Null;
    int length = 0; // declared: bytes, of NCHAR characters; of DECIMAL its digits
    int scale = 0; // of DECIMAL
    Precision precision = Precision::Milli; // of TIMESTAMP

    bool isInteger() const { return type >= Type::TinyInt && type <= Type::UBigInt; }
    bool isUnsigned() const { return type >= Type::UTinyInt && type <= Type::UBigInt; }
    bool isFloating() const { return type == Type::Float || type == Type::Double; }
    bool isNumeric() const { return isInteger() || isFloating() || type == Type::Decimal || type == Type::Bool; }
    bool isText() const { return type == Type::Varchar || type == Type::NChar || type == Type::Json; }
    bool isBytes() const { return type == Type::VarBinary || type == Type::Geometry || type == Type::Blob; }
};

DataType makeType(Type type, int length = 0, int scale = 0);
DataType timestampType(Precision precision);

// "DECIMAL(20,4)", "BIGINT UNSIGNED": as column_meta names it.
std::string typeName(const DataType &type);
// The length that column_meta gives.
int metaLength(const DataType &type);
// "VARCHAR(24)": as SHOW CREATE TABLE and ins_columns write it.
std::string declaredName(const DataType &type);

// A stored value in SQLite's terms. Its meaning is its column's: text and bytes are strings; BIGINT UNSIGNED beyond
// 2^63 - 1 is a string of 20 digits, which SQLite orders after all integers and among themselves by size.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

Cell unsignedCell(std::uint64_t value);
std::uint64_t unsignedValue(const Cell &cell);

struct Column {
    std::string name;
    DataType type;
};

// What the server answers instead of a result; code is the lower half of the native one.
struct Failure {
    int code = 0;
    std::string desc;
};

namespace code {
inline constexpr int kAuthentication = 0x0357;
inline constexpr int kSyntax = 0x2600;
inline constexpr int kIncomplete = 0x2601;
inline constexpr int kInvalidColumn = 0x2602;
inline constexpr int kTableNotExist = 0x2603;
inline constexpr int kAmbiguousColumn = 0x2604;
inline constexpr int kWrongValueType = 0x2605;
inline constexpr int kAggregateNotAllowed = 0x2608;
inline constexpr int kNotSingleGroup = 0x260C;
inline constexpr int kTagsNotMatched = 0x260D;
inline constexpr int kDatabaseNotSpecified = 0x2616;
inline constexpr int kInvalidTimestamp = 0x2636;
inline constexpr int kInvalidFunction = 0x264D;
inline constexpr int kFirstColumn = 0x2641;
inline constexpr int kDeleteRange = 0x2655;
inline constexpr int kFunctionArguments = 0x2801;
inline constexpr int kFillTimeRange = 0x263B;
inline constexpr int kParserInternal = 0x26FF;
inline constexpr int kDatabaseExists = 0x0381;
inline constexpr int kDatabaseNotExist = 0x0388;
inline constexpr int kUserExists = 0x0350;
inline constexpr int kUserNotExist = 0x0351;
inline constexpr int kStableExists = 0x0360;
inline constexpr int kTableExists = 0x0603;
inline constexpr int kInvalidQueryId = 0x030C;
inline constexpr int kQueryKilled = 0x022D;
inline constexpr int kValueTooLong = 0x2653;
inline constexpr int kOther = 0xFFFF;
} // namespace code

} // namespace tdengine::server
