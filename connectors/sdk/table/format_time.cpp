// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/format.h"

#include <charconv>
#include <cstdlib>
#include <cstring>

namespace table {

namespace {

constexpr std::int64_t kUnits[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};
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

char *putFraction(char *at, std::int64_t fraction, int unitDigits, int digits)
{
    if (digits <= 0)
        return at;
    *at++ = '.';
    if (digits > unitDigits) {
        fraction *= kUnits[digits - unitDigits];
    } else {
        fraction /= kUnits[unitDigits - digits];
    }
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

char *putDateTime(char *at, std::int64_t seconds, std::int64_t fraction, int unitDigits, int digits)
{
    const std::int64_t days = floorDiv(seconds, kDaySeconds);
    at = putDate(at, days);
    *at++ = 'T';
    at = putClock(at, static_cast<unsigned>(seconds - days * kDaySeconds));
    return putFraction(at, fraction, unitDigits, digits);
}

} // namespace

void appendInstant(std::string &out, std::int64_t value, int unitDigits, int fractionDigits, const Zone *zone)
{
    char text[64];
    const std::int64_t seconds = floorDiv(value, kUnits[unitDigits]);
    const std::int64_t fraction = value - seconds * kUnits[unitDigits];
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
    char text[64];
    const std::int64_t seconds = floorDiv(value, kUnits[unitDigits]);
    char *at = putDateTime(text, seconds, value - seconds * kUnits[unitDigits], unitDigits, fractionDigits);
    out.append(text, static_cast<std::size_t>(at - text));
}

} // namespace table
