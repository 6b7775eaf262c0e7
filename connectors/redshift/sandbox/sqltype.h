// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sqlite.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace redshift::server {

// A type of the warehouse and how its values stand in SQLite: dates, times and intervals as integers of microseconds,
// booleans as 0 and 1, numerics as numbers, all else as it is.
struct SqlType {
    enum class Kind : std::uint8_t {
        Unknown, // NULL, a text in quotes or a parameter: takes the type that its place wants
        Bool, Int2, Int4, Int8, Oid, Float4, Float8, Numeric,
        Varchar, Bpchar, Name, Date, Time, TimeTz, Timestamp, TimestampTz, Interval, Super, Varbyte,
    };
    Kind kind = Kind::Unknown;
    int precision = 0; // of numeric; of texts and bytes the most characters
    int scale = 0;

    bool isInteger() const { return kind == Kind::Int2 || kind == Kind::Int4 || kind == Kind::Int8 || kind == Kind::Oid; }
    bool isFloat() const { return kind == Kind::Float4 || kind == Kind::Float8; }
    bool isNumber() const { return isInteger() || isFloat() || kind == Kind::Numeric; }
    bool isText() const { return kind == Kind::Varchar || kind == Kind::Bpchar || kind == Kind::Name; }
    bool isMoment() const { return kind == Kind::Date || kind == Kind::Timestamp || kind == Kind::TimestampTz; }
    bool isTime() const { return isMoment() || kind == Kind::Time || kind == Kind::TimeTz || kind == Kind::Interval; }
    bool operator==(const SqlType &) const = default;
};

const char *typeName(SqlType::Kind kind); // "int4", as ColumnMetadata has it
const char *sqlName(SqlType::Kind kind); // "integer", as error texts and information_schema have it
// By any of the names that SQL has for it; none: unknown.
std::optional<SqlType::Kind> kindByName(std::string_view lowerName);
// The affinity that a column of this type is declared with in SQLite.
const char *affinity(SqlType::Kind kind);

// Microseconds of a text; of times since midnight, else since 1970. None: it is not such a text.
std::optional<std::int64_t> parseMoment(std::string_view text, SqlType::Kind kind);
std::string momentText(std::int64_t microseconds, SqlType::Kind kind);
struct Span {
    std::int64_t months = 0;
    std::int64_t microseconds = 0;
};
// "1 day 02:00:00", "3 months"; unit is what follows the quotes (INTERVAL '3' DAY), empty: none.
std::optional<Span> parseInterval(std::string_view text, std::string_view unit);
std::string intervalText(std::int64_t microseconds);

// Calendar arithmetic on microseconds since 1970. Unknown units: none.
std::optional<std::int64_t> truncatedTo(std::string_view unit, std::int64_t microseconds);
std::optional<double> partOf(std::string_view unit, std::int64_t microseconds);
std::optional<std::int64_t> added(std::string_view unit, std::int64_t count, std::int64_t microseconds);
std::optional<std::int64_t> difference(std::string_view unit, std::int64_t from, std::int64_t to);
std::int64_t addedMonths(std::int64_t microseconds, std::int64_t months);
std::int64_t nowMicroseconds();

// The Field object of a result's cell, as the service writes it.
void appendField(std::string &out, const sandbox::sqlite::Statement &row, int column, const SqlType &type);

} // namespace redshift::server
