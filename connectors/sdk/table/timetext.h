// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/zone.h"

#include <optional>
#include <string_view>

namespace table {

// What a text such as "2024-05" or "2024-05-17 08:30:00.25" names: a stretch of time as long as its last part.
struct TimeSpan {
    std::int64_t seconds = 0; // since 1970, of the first moment
    std::int64_t nanos = 0;
    std::int64_t endSeconds = 0; // the first moment behind it
    std::int64_t endNanos = 0;
};

// Years, months, days and so on from left to right, T or a blank between day and hour, at the end Z or an offset; without
// one the zone counts (null: UTC). Nothing for what is no time.
ONDO_EXPORT std::optional<TimeSpan> parseTimeText(std::string_view text, const Zone *zone);

} // namespace table
