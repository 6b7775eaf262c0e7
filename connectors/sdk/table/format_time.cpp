// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/format.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>

namespace table {

namespace {

constexpr std::int64_t kDaySeconds = 86400;

constexpr auto kPairs = [] {
    struct Digits {
        char text[200];
    } pairs{};
    for (int i = 0; i < 100; ++i) {
        pairs.text[2 * i] = static_cast<char>('0' + i / 10);
        pairs.text[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
}();

char *putTwo(char *at, unsigned value)
{
    std::memcpy(at, kPairs.text + 2 * value, 2);
    return at + 2;
}

std::int64_t floorDiv(std::int64_t value, std::int64_t by)
{
    const std::int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

// ISO 8601: four digits; beyond them a sign and as many as it takes.
char *putYear(char *at, std::int64_t year)
{
    if (year >= 0 && year <= 9999) {
        at = putTwo(at, static_cast<unsigned>(year / 100));
        return putTwo(at, static_cast<unsigned>(year % 100));
    }
    *at++ = year < 0 ? '-' : '+';
    const std::int64_t size = std::abs(year);
    for (std::int64_t step = 1000; step > size; step /= 10)
        *at++ = '0';
    return std::to_chars(at, at + 20, size).ptr;
}

// value as whole units and what is left of them, both rounded down. Constant divisors: a division by a variable costs
// more than all the rest of a cell.
struct Split {
    std::int64_t seconds;
    std::uint32_t fraction;
};

template <std::int64_t Unit>
Split splitBy(std::int64_t value)
{
    std::int64_t seconds = value / Unit;
    std::int64_t fraction = value % Unit;
    if (fraction < 0) {
        fraction += Unit;
        --seconds;
    }
    return {seconds, static_cast<std::uint32_t>(fraction)};
}

Split split(std::int64_t value, int unitDigits)
{
    switch (unitDigits) {
    case 0:
        return {value, 0};
    case 3:
        return splitBy<1000>(value);
    case 6:
        return splitBy<1000000>(value);
    default:
        return splitBy<1000000000>(value);
    }
}

// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years that begin on a 1 March.
char *putDate(char *at, std::int64_t days)
{
    const std::int64_t shifted = days + 719468;
    const std::int64_t era = floorDiv(shifted, 146097);
    const auto dayOfEra = static_cast<unsigned>(shifted - era * 146097);
    const unsigned yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const unsigned dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const unsigned marchMonth = (5 * dayOfYear + 2) / 153;
    const unsigned day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    const unsigned month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    at = putYear(at, static_cast<std::int64_t>(yearOfEra) + era * 400 + (month <= 2 ? 1 : 0));
    *at++ = '-';
    at = putTwo(at, month);
    *at++ = '-';
    return putTwo(at, day);
}

char *putClock(char *at, unsigned seconds)
{
    at = putTwo(at, seconds / 3600);
    *at++ = ':';
    at = putTwo(at, seconds / 60 % 60);
    *at++ = ':';
    return putTwo(at, seconds % 60);
}

// fraction counts 10^-unitDigits, of which no more than unitDigits digits can be printed.
char *putFraction(char *at, std::uint32_t fraction, int unitDigits, int digits)
{
    if (digits <= 0)
        return at;
    *at++ = '.';
    for (int i = unitDigits; i > digits; --i)
        fraction /= 10;
    for (int i = digits; i-- > 0; fraction /= 10)
        at[i] = static_cast<char>('0' + fraction % 10);
    return at + digits;
}

// Offsets of before standard time have seconds; they are printed too, as the clock time would be wrong without.
char *putOffset(char *at, int offset)
{
    *at++ = offset < 0 ? '-' : '+';
    const auto size = static_cast<unsigned>(std::abs(offset));
    at = putTwo(at, size / 3600);
    *at++ = ':';
    at = putTwo(at, size / 60 % 60);
    if (size % 60 != 0) {
        *at++ = ':';
        at = putTwo(at, size % 60);
    }
    return at;
}

char *putDateTime(char *at, std::int64_t seconds, std::uint32_t fraction, int unitDigits, int digits)
{
    const std::int64_t days = floorDiv(seconds, kDaySeconds);
    // Rows that follow each other are mostly of one day.
    struct Day {
        std::int64_t days = 0;
        std::size_t size = 10;
        char text[32] = "1970-01-01";
    };
    thread_local Day last;
    if (days != last.days) {
        last.size = static_cast<std::size_t>(putDate(last.text, days) - last.text);
        last.days = days;
    }
    std::memcpy(at, last.text, sizeof last.text);
    at += last.size;
    *at++ = 'T';
    at = putClock(at, static_cast<unsigned>(seconds - days * kDaySeconds));
    return putFraction(at, fraction, unitDigits, std::min(digits, unitDigits));
}

} // namespace

void appendInstant(std::string &out, std::int64_t value, int unitDigits, int fractionDigits, const Zone *zone)
{
    char text[96];
    const auto [seconds, fraction] = split(value, unitDigits);
    const bool isUtc = !zone || zone->isUtc();
    const int offset = isUtc ? 0 : zone->offsetAt(seconds);
    char *at = putDateTime(text, seconds + offset, fraction, unitDigits, fractionDigits);
    if (isUtc)
        *at++ = 'Z';
    else
        at = putOffset(at, offset);
    out.append(text, static_cast<std::size_t>(at - text));
}

void appendLocalDateTime(std::string &out, std::int64_t value, int unitDigits, int fractionDigits)
{
    char text[96];
    const auto [seconds, fraction] = split(value, unitDigits);
    char *at = putDateTime(text, seconds, fraction, unitDigits, fractionDigits);
    out.append(text, static_cast<std::size_t>(at - text));
}

} // namespace table
