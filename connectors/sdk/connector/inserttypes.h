// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <string_view>

namespace connector {

// What the name of a column's type says about the values that it takes, as far as SQL servers agree on names.
enum class InsertKind : std::uint8_t { Unknown, Bool, Integer, Real, Decimal, Text, Date, Timestamp };

struct InsertType {
    InsertKind kind = InsertKind::Unknown;
    int bits = 64; // Integer
    bool isUnsigned = false;
    int length = -1; // Text: in bytes, or characters
    int precision = -1; // Decimal: digits, and those after the point
    int scale = 0;
    bool countsCharacters = false;
};

InsertType insertKindOf(const QString &serverType);

// "-12", "1.5", "2e9": what SQL takes without quotes.
bool isInsertNumber(std::string_view text);
bool isInsertInteger(std::string_view text);
// true or false, in any case of letters.
bool isInsertWord(std::string_view text);

} // namespace connector
