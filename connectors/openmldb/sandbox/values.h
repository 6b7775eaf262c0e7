// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/jsonvalue.h"
#include "sandbox/sqlite.h"
#include "sandbox/types.h"

#include <cstdint>
#include <optional>
#include <string>

namespace openmldb::server {

// A value on its way into SQLite.
struct Cell {
    enum class Kind { Null, Integer, Real, Text };
    Kind kind = Kind::Null;
    std::int64_t integer = 0;
    double real = 0;
    std::string text;

    static Cell of(std::int64_t value) { return {Kind::Integer, value, 0, {}}; }
    static Cell of(double value);
    static Cell of(std::string value) { return {Kind::Text, 0, 0, std::move(value)}; }
};

void bind(sandbox::sqlite::Statement &statement, int parameter, const Cell &cell);

// "2021-5-1" as "2021-05-01"; none: no day of the years 1900 to 9999.
std::optional<std::string> paddedDate(std::string_view text);
std::string unpaddedDate(std::string_view padded);
// A date, or a date and a time of the server's zone, in milliseconds.
std::optional<std::int64_t> timestampOf(std::string_view text);

// A value of PUT or of a call for a column; none: the server does not take it.
std::optional<Cell> cellOf(const JsonValue &value, Type type, bool isNotNull);
// A value of "input".
std::optional<Cell> parameterCell(const JsonValue &value, Type type);
// A literal of INSERT; value as SQLite would have it.
std::optional<Cell> literalCell(const Cell &value, Type type);

// A cell of a result as the server writes it.
void appendCell(std::string &out, const sandbox::sqlite::Statement &statement, int column, Type type, bool isNullForNaN);

} // namespace openmldb::server
