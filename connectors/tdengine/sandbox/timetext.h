// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/types.h"

#include <QTimeZone>

#include <optional>
#include <string>
#include <string_view>

namespace tdengine::server {

// A time zone that remembers the stretch of its last answer. A value; each thread uses its own copy.
class Zone
{
public:
    Zone() = default; // UTC
    // Nothing: no such IANA name. "" and "UTC" are UTC, "Local" is this machine's zone.
    static std::optional<Zone> named(std::string_view name);
    static Zone local();

    std::int64_t offsetAt(std::int64_t utcSeconds) const;
    std::int64_t utcOf(std::int64_t localSeconds) const;

private:
    bool m_isUtc = true;
    QTimeZone m_zone;
    mutable std::int64_t m_from = 0;
    mutable std::int64_t m_to = 0; // m_offset holds in [m_from, m_to)
    mutable std::int64_t m_offset = 0;
};

// RFC 3339 with exactly 3, 6 or 9 digits; "Z" for an offset of zero.
void appendTimestamp(std::string &out, std::int64_t ticks, Precision precision, const Zone &zone);

// "2021-07-12", "2021-07-12 20:00:00.123456", RFC 3339. Without an offset it is read in the zone.
std::optional<std::int64_t> parseTimestamp(std::string_view text, Precision precision, const Zone &zone);

// 10s, 5m, 1n …; unit 'n' (month) and 'y' are calendar units, all others have a fixed length.
struct Duration {
    std::int64_t count = 0;
    char unit = 0;

    bool isCalendar() const { return unit == 'n' || unit == 'y'; }
    std::int64_t months() const { return unit == 'y' ? count * 12 : count; }
    std::int64_t ticks(Precision precision) const; // of fixed units; months count as 30 days
};
std::optional<Duration> parseDuration(std::string_view text);

// ticks moved by a duration; calendar units keep the day of the month where it exists.
std::int64_t moved(std::int64_t ticks, const Duration &by, std::int64_t times, Precision precision, const Zone &zone);

// The windows of INTERVAL(interval, offset) SLIDING(sliding).
struct WindowSpec {
    Duration interval;
    Duration offset; // count 0: none
    Duration sliding; // count 0: as the interval
    Precision precision = Precision::Milli;
    Zone zone;

    bool overlaps() const { return sliding.count > 0 && sliding.ticks(precision) != interval.ticks(precision); }
    // The start of the last window that holds the tick.
    std::int64_t lastStart(std::int64_t ticks) const;
    std::int64_t nextStart(std::int64_t start) const;
    // The start of the first window that holds the tick.
    std::int64_t firstStart(std::int64_t ticks) const;
    std::int64_t end(std::int64_t start) const;
};

std::int64_t nowTicks(Precision precision);
std::int64_t scaled(std::int64_t ticks, Precision from, Precision to);

} // namespace tdengine::server
