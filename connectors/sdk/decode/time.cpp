// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/time.h"

#include <cstring>

namespace decode {

namespace {

constexpr std::int64_t kPowersOfTen[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

unsigned digitAt(const char *text)
{
    return static_cast<unsigned>(static_cast<unsigned char>(*text)) - '0';
}

// Two digits; not below 100 if one of them is none.
unsigned twoDigits(const char *text)
{
    const unsigned tens = digitAt(text);
    const unsigned ones = digitAt(text + 1);
    return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

// Days since 1970-01-01 in the proleptic Gregorian calendar (years of March to February, eras of 400 years).
std::int64_t dayOf(int year, unsigned month, unsigned day)
{
    const int marchYear = year - (month <= 2 ? 1 : 0);
    const int era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400;
    const auto yearOfEra = static_cast<unsigned>(marchYear - era * 400);
    const unsigned dayOfYear = (153 * (month + (month > 2 ? -3U : 9U)) + 2) / 5 + day - 1;
    const unsigned dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return std::int64_t(era) * 146097 + dayOfEra - 719468;
}

unsigned daysIn(int year, unsigned month)
{
    constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && isLeap ? 29 : kDays[month - 1];
}

bool readDate(const char *text, DateCache &cache)
{
    const unsigned century = twoDigits(text);
    const unsigned yearOfCentury = twoDigits(text + 2);
    const unsigned month = twoDigits(text + 5);
    const unsigned day = twoDigits(text + 8);
    if (century > 99 || yearOfCentury > 99 || text[4] != '-' || text[7] != '-')
        return false;
    const int year = static_cast<int>(century * 100 + yearOfCentury);
    if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
        return false;
    cache.day = dayOf(year, month, day);
    std::memcpy(cache.text, text, sizeof cache.text);
    return true;
}

// Z, ±hh:mm or ±hhmm; moves text behind it.
bool readOffset(const char *&text, std::int64_t *seconds)
{
    const char sign = *text++;
    if (sign == 'Z' || sign == 'z') {
        *seconds = 0;
        return true;
    }
    if (sign != '+' && sign != '-')
        return false;
    const unsigned hours = twoDigits(text);
    if (hours > 23)
        return false;
    text += text[2] == ':' ? 3 : 2;
    const unsigned minutes = twoDigits(text);
    if (minutes > 59)
        return false;
    text += 2;
    const auto size = static_cast<std::int64_t>(hours * 3600 + minutes * 60);
    *seconds = sign == '-' ? -size : size;
    return true;
}

// seconds and a fraction of digits digits in the unit of these digits; false where that does not fit.
bool compose(std::int64_t seconds, std::int64_t fraction, int digits, std::int64_t *value)
{
    const int unit = (digits + 2) / 3 * 3;
    const std::int64_t scale = kPowersOfTen[unit];
    fraction *= kPowersOfTen[unit - digits];
    if (seconds < 0 && fraction != 0) { // towards zero first, so that the earliest times of the range do not overflow
        seconds += 1;
        fraction -= scale;
    }
    return !__builtin_mul_overflow(seconds, scale, value) && !__builtin_add_overflow(*value, fraction, value);
}

} // namespace

const char *parseTime(const char *text, bool isZoned, DateCache &cache, TimeValue *time)
{
    if (std::memcmp(text, cache.text, sizeof cache.text) != 0 && !readDate(text, cache))
        return nullptr;
    if (text[10] != 'T' && text[10] != ' ' && text[10] != 't')
        return nullptr;
    const unsigned hours = twoDigits(text + 11);
    const unsigned minutes = twoDigits(text + 14);
    const unsigned seconds = twoDigits(text + 17);
    if (hours > 23 || minutes > 59 || seconds > 59 || text[13] != ':' || text[16] != ':')
        return nullptr;
    std::int64_t fraction = 0;
    int digits = 0;
    text += 19;
    if (*text == '.') {
        ++text;
        for (unsigned digit = digitAt(text); digit <= 9 && digits < 9; digit = digitAt(text)) {
            fraction = fraction * 10 + digit;
            ++digits;
            ++text;
        }
        if (digits == 0)
            return nullptr;
    }
    std::int64_t offset = 0;
    if (isZoned && !readOffset(text, &offset))
        return nullptr;
    const std::int64_t all = cache.day * 86400 + static_cast<std::int64_t>(hours * 3600 + minutes * 60 + seconds) - offset;
    time->digits = digits;
    return compose(all, fraction, digits, &time->value) ? text : nullptr;
}

std::optional<TimeValue> parseWholeTime(std::string_view text, bool isZoned, DateCache &cache)
{
    constexpr std::size_t kLongest = 35; // 19, a point, 9 digits, 6 of the offset
    char padded[kLongest + 40] = {};
    if (text.empty() || text.size() > kLongest)
        return std::nullopt;
    std::memcpy(padded, text.data(), text.size());
    TimeValue time;
    if (parseTime(padded, isZoned, cache, &time) != padded + text.size())
        return std::nullopt;
    return time;
}

} // namespace decode
