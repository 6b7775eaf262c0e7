// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/column.h"
#include "table/zone.h"

#include <cstdint>
#include <string>
#include <string_view>

// Values as text, the same for the command line, exports, the clipboard and the grid. Nothing is rounded or changed on
// the way: 64-bit integers print all their digits, decimals as they were sent, floats the shortest text that reads back
// equal in their own width.
namespace table {

enum class TextForm : std::uint8_t {
    Plain, // as is; NULL is "NULL"
    Csv, // RFC 4180: quotes where needed and around empty text; NULL is nothing
    Tsv, // tab, LF, CR and backslash escaped; NULL is \N
    Table, // for a terminal: control characters are shown as escapes
    Markdown, // for a cell of a table: | \ < escaped, line ends as <br>
    Json, // a JSON value
    Sql, // a literal
    Raw, // as is, bytes unchanged; NULL is nothing
};

// How separated values differ from the usual. Told apart on the way back: NULL is nullText, a text that reads like it is
// quoted.
struct Dialect {
    char separator = ',';
    char quote = '"'; // doubled inside
    bool quotesAll = false; // every value but NULL
    bool decimalComma = false; // in floats and decimals
    // Against spreadsheets that take a text for a formula: one that begins with = + - @ tab or CR gets an apostrophe in
    // front. Columns of numbers and times stay as they are.
    bool guardsFormulas = false;
    std::string nullText;

    friend bool operator==(const Dialect &, const Dialect &) = default;
};

struct FormatOptions {
    TextForm form = TextForm::Plain;
    const Zone *zone = nullptr; // in which instants print, with its offset; null: UTC, with Z
    bool backslashEscapes = false; // Sql: the dialect's strings know backslash escapes
    const Dialect *dialect = nullptr; // Csv and Tsv (there without quotes, separator and nullText); null: the usual one
};

// Appends one cell. False where bytes that are not UTF-8 were replaced by U+FFFD (never for Csv, Tsv, Sql and Raw, which
// keep them). row is within the column.
ONDO_EXPORT bool appendCell(
    std::string &out, const ColumnInfo &info, const Column &column, std::uint32_t row, const FormatOptions &options);

// Appends a text, such as a column's name, in the same form (Json: a string; Sql: a string literal). False as above.
ONDO_EXPORT bool appendText(std::string &out, std::string_view text, const FormatOptions &options);

// Appends "2024-05-17T08:30:00.123Z": value counts 10^-unitDigits seconds since 1970 (unitDigits 0, 3, 6 or 9), of which
// fractionDigits digits are printed. zone as in FormatOptions.
ONDO_EXPORT void appendInstant(std::string &out, std::int64_t value, int unitDigits, int fractionDigits, const Zone *zone);
// The same without zone or Z.
ONDO_EXPORT void appendLocalDateTime(std::string &out, std::int64_t value, int unitDigits, int fractionDigits);

} // namespace table
