// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/timetext.h"

#include <array>
#include <charconv>
#include <chrono>

namespace table {

namespace {

constexpr std::int64_t kNanos = 1'000'000'000;

class TimeReader
{
public:
    explicit TimeReader(std::string_view text)
        : m_rest(text)
    {
    }

    bool isAtEnd() const { return m_rest.empty(); }
    bool take(char c)
    {
        if (m_rest.empty() || m_rest.front() != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    bool number(std::size_t most, int *value)
    {
        const std::size_t size = std::min(most, m_rest.size());
        const auto [end, error] = std::from_chars(m_rest.data(), m_rest.data() + size, *value);
        if (error != std::errc() || *value < 0)
            return false;
        m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
        return true;
    }
    // Digits behind the point; step: what one of the last digit is worth.
    bool fraction(std::int64_t *nanos, std::int64_t *step)
    {
        *step = kNanos;
        for (; !m_rest.empty() && m_rest.front() >= '0' && m_rest.front() <= '9' && *step > 1; m_rest.remove_prefix(1)) {
            *step /= 10;
            *nanos += (m_rest.front() - '0') * *step;
        }
        return *step < kNanos;
    }
    // Seconds east, where the text says so.
    bool offset(std::optional<std::int64_t> *seconds)
    {
        while (take(' ')) { }
        if (take('Z') || take('z')) {
            *seconds = 0;
            return true;
        }
        const bool isWest = !m_rest.empty() && m_rest.front() == '-';
        if (!take('+') && !take('-'))
            return true;
        int hours = 0;
        int minutes = 0;
        if (!number(2, &hours) || (take(':') ? !number(2, &minutes) : !isAtEnd() && !number(2, &minutes)))
            return false;
        *seconds = (isWest ? -1 : 1) * (hours * 3600 + minutes * 60);
        return true;
    }

private:
    std::string_view m_rest;
};

struct TimeParts {
    std::array<int, 6> values{0, 1, 1, 0, 0, 0}; // year … second
    std::size_t count = 0; // how many of them the text has
    std::int64_t nanos = 0;
    std::int64_t step = 0; // of the fraction; 0: none
    std::optional<std::int64_t> offset;
};

bool readParts(std::string_view text, TimeParts *parts)
{
    TimeReader reader(text);
    constexpr std::array<char, 6> kSeparators{'-', '-', 'T', ':', ':', '.'};
    for (std::size_t i = 0; i < 6; ++i) {
        if (!reader.number(i == 0 ? 4 : 2, &parts->values[i]))
            return false;
        parts->count = i + 1;
        const bool goesOn = reader.take(kSeparators[i]) || (i == 2 && reader.take(' '));
        if (!goesOn)
            break;
        if (i == 5 && !reader.fraction(&parts->nanos, &parts->step))
            return false;
    }
    return (parts->count < 4 || reader.offset(&parts->offset)) && reader.isAtEnd();
}

std::optional<std::int64_t> secondsOf(const std::array<int, 6> &v)
{
    using namespace std::chrono;
    const year_month_day date{year{v[0]}, month{static_cast<unsigned>(v[1])}, day{static_cast<unsigned>(v[2])}};
    if (!date.ok() || v[3] > 24 || v[4] > 59 || v[5] > 60)
        return std::nullopt;
    return sys_days(date).time_since_epoch().count() * std::int64_t(86400) + v[3] * 3600 + v[4] * 60 + v[5];
}

// The first part that is not there, one on.
std::optional<std::int64_t> endOf(const TimeParts &parts)
{
    constexpr std::array<std::int64_t, 7> kLengths{0, 0, 0, 86400, 3600, 60, 1};
    if (parts.count >= 3) {
        const auto begin = secondsOf(parts.values);
        return begin ? std::optional(*begin + kLengths[parts.count]) : std::nullopt;
    }
    std::array<int, 6> next = parts.values;
    if (parts.count == 1 || next[1] == 12) {
        ++next[0];
        next[1] = 1;
    } else {
        ++next[1];
    }
    return secondsOf(next);
}

// A local time that the zone skips or has twice means the earlier of what it may be.
std::int64_t toUtc(std::int64_t local, const TimeParts &parts, const Zone *zone)
{
    if (parts.offset)
        return local - *parts.offset;
    if (!zone)
        return local;
    const std::int64_t guess = local - zone->offsetAt(local);
    return local - zone->offsetAt(guess);
}

} // namespace

std::optional<TimeSpan> parseTimeText(std::string_view text, const Zone *zone)
{
    TimeParts parts;
    if (!readParts(text, &parts))
        return std::nullopt;
    const auto begin = secondsOf(parts.values);
    const auto end = endOf(parts);
    if (!begin || !end)
        return std::nullopt;
    TimeSpan span{toUtc(*begin, parts, zone), parts.nanos, toUtc(*end, parts, zone), 0};
    if (parts.step > 0) {
        span.endSeconds = span.seconds + (parts.nanos + parts.step) / kNanos;
        span.endNanos = (parts.nanos + parts.step) % kNanos;
    }
    return span;
}

} // namespace table
