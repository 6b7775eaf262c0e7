// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "decode/time.h"
#include "json/reader.h"
#include "table/builder.h"

namespace decode {

// How the values of a column are written in JSON.
enum class Form : std::uint8_t {
    Null, // none but null is expected
    Bool, // true and false, 1 and 0
    Int,
    UInt,
    Float,
    Double,
    Decimal, // a string or a bare number; the text is kept
    Text,
    Hex, // a string of hex digits, two a byte
    Json, // any value; the text is kept as sent
    ZonedTime, // RFC 3339 with any offset
    LocalTime, // a date and time without a zone
    Epoch, // an integer of a unit
};

// Reads the cells of one column into its builder. Chosen once a column; what a value does not fit becomes the column's
// literal: the text that was sent (of strings: what they say), unrounded.
class ONDO_EXPORT CellDecoder
{
public:
    // The usual form of the column's kind.
    explicit CellDecoder(const table::ColumnInfo &info);
    // epochDigits: the unit of Form::Epoch is 10^-epochDigits seconds; 0, 3, 6 or 9.
    CellDecoder(const table::ColumnInfo &info, Form form, int epochDigits = 0);

    // Appends the value that token begins; reads a nested value to its end. False: the reader failed, nothing was
    // appended.
    bool read(json::Token token, json::Reader &reader, table::ColumnBuilder &builder);

    // The same for a plain value that the window holds whole, together with the byte behind it (see fastcell.h).
    // Returns where it ends; nullptr: nothing was appended, read() must do.
    const char *tryRead(const char *text, const char *windowEnd, table::ColumnBuilder &builder);

private:
    bool append(json::Token token, std::string_view text, table::ColumnBuilder &builder);
    bool appendNumber(std::string_view text, table::ColumnBuilder &builder) const;
    bool appendTime(std::string_view text, table::ColumnBuilder &builder);

    const char *tryInt(const char *text, table::ColumnBuilder &builder) const;
    const char *tryUInt(const char *text, table::ColumnBuilder &builder) const;
    const char *tryTime(const char *text, table::ColumnBuilder &builder);

    Form m_form;
    std::uint8_t m_epochDigits = 0;
    std::int64_t m_least = 0;
    std::int64_t m_most = 0;
    std::uint64_t m_mostUnsigned = 0;
    DateCache m_dates;
};

} // namespace decode
