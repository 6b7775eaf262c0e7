// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace decode {

// A time as table::ColumnBuilder::appendTime takes it.
struct TimeValue {
    std::int64_t value = 0; // counts 10^-digits seconds, digits rounded up to 0, 3, 6 or 9
    int digits = 0; // fraction digits sent
};

// The date that was met last and its day since 1970-01-01: neighbouring rows mostly share it.
struct DateCache {
    char text[10] = {'1', '9', '7', '0', '-', '0', '1', '-', '0', '1'};
    std::int64_t day = 0;
};

// Reads YYYY-MM-DD, T or a blank, HH:MM:SS, a fraction of up to 9 digits, and with isZoned Z or an offset: RFC 3339.
// text ends in a byte that belongs to no time (a quote, zero); 40 bytes from text on are readable. Returns where the time ends, nullptr if there is none,
// if such a day does not exist or if the counts do not fit 64 bits. Leap seconds are none.
ONDO_EXPORT const char *parseTime(const char *text, bool isZoned, DateCache &cache, TimeValue *time);

// The same for a text of its own that has to be a time from end to end.
ONDO_EXPORT std::optional<TimeValue> parseWholeTime(std::string_view text, bool isZoned, DateCache &cache);

} // namespace decode
