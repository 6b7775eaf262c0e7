// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "decode/cell.h"
#include "decode/number.h"
#include "json/text.h"

#include <charconv>
#include <cstring>

// CellDecoder::tryRead, inlined into the loop over rows. Each of these takes the form that a server's printer gives its
// values nearly always, and nothing else; it relies on the zero bytes behind the window, which belong to no value: what
// the window's end cuts is not taken.

namespace decode {

inline unsigned fastDigit(char c)
{
    return static_cast<unsigned>(static_cast<unsigned char>(c)) - '0';
}

inline bool endsCell(char c)
{
    return c == ',' || c == ']' || c == '}';
}

// Goes on with the digits behind those that made value.
inline const char *moreDigits(const char *text, std::uint64_t *value)
{
    std::uint64_t sum = *value;
    for (unsigned digit = fastDigit(*text); digit <= 9; digit = fastDigit(*text)) {
        sum = sum * 10 + digit;
        ++text;
    }
    *value = sum;
    return text;
}

// Digits, as many as come. Where there are more than 19 the value is of no use.
inline const char *anyDigits(const char *text, std::uint64_t *value)
{
    if constexpr (!kHasFastDigits) {
        *value = 0;
        return moreDigits(text, value);
    }
    const unsigned count = leadingDigits(text, value);
    text += count;
    return count < 8 ? text : moreDigits(text, value);
}

// Digits without a sign and a needless zero; more than most of them: nullptr.
inline const char *fastDigits(const char *text, std::ptrdiff_t most, std::uint64_t *value)
{
    const char *at = anyDigits(text, value);
    if (at == text || at - text > most || (*text == '0' && at - text > 1))
        return nullptr;
    return at;
}

inline const char *CellDecoder::tryInt(const char *text, table::ColumnBuilder &builder) const
{
    const bool isNegative = *text == '-';
    std::uint64_t size = 0;
    const char *end = fastDigits(text + isNegative, 18, &size);
    if (!end || !endsCell(*end) || (isNegative && size == 0))
        return nullptr;
    const auto value = isNegative ? -static_cast<std::int64_t>(size) : static_cast<std::int64_t>(size);
    if (value < m_least || value > m_most)
        return nullptr;
    builder.appendInt(value);
    return end;
}

inline const char *CellDecoder::tryUInt(const char *text, table::ColumnBuilder &builder) const
{
    std::uint64_t value = 0;
    const char *end = fastDigits(text, 19, &value);
    if (!end || !endsCell(*end) || value > m_mostUnsigned)
        return nullptr;
    builder.appendUInt(value);
    return end;
}

inline const char *tryEpoch(const char *text, int digits, table::ColumnBuilder &builder)
{
    const bool isNegative = *text == '-';
    std::uint64_t size = 0;
    const char *end = fastDigits(text + isNegative, 18, &size);
    if (!end || !endsCell(*end) || (isNegative && size == 0))
        return nullptr;
    const auto value = isNegative ? -static_cast<std::int64_t>(size) : static_cast<std::int64_t>(size);
    builder.appendTime(value, digits, {text, static_cast<std::size_t>(end - text)});
    return end;
}

struct FastReal {
    std::uint64_t mantissa = 0;
    int fractionDigits = 0;
    bool isNegative = false;
};

// [-]digits[.digits] of up to 19 digits.
inline const char *fastReal(const char *text, FastReal *real)
{
    real->isNegative = *text == '-';
    text += real->isNegative;
    const char *at = fastDigits(text, 19, &real->mantissa);
    if (!at)
        return nullptr;
    if (*at == '.') {
        const char *fraction = ++at;
        if constexpr (kHasFastDigits) {
            std::uint64_t eight = 0;
            unsigned count = leadingDigits(at, &eight);
            real->mantissa = real->mantissa * kSmallPowers[count] + eight;
            at += count;
            // The next eight likewise: with a branch here, numbers of seven to nine digits would mislead every other guess.
            count = leadingDigits(at, &eight) & (count == 8 ? ~0U : 0U);
            real->mantissa = real->mantissa * kSmallPowers[count] + (count == 0 ? 0 : eight);
            at += count;
        }
        if (!kHasFastDigits || at - fraction == 16)
            at = moreDigits(at, &real->mantissa);
        real->fractionDigits = static_cast<int>(at - fraction);
        if (real->fractionDigits == 0 || at - text > 20)
            return nullptr;
    }
    return endsCell(*at) ? at : nullptr;
}

inline const char *tryDouble(const char *text, table::ColumnBuilder &builder)
{
    FastReal real;
    const char *end = fastReal(text, &real);
    if (!end)
        return nullptr;
    double value = 0;
    if (real.mantissa <= kExactMantissa) [[likely]] {
        value = exactDouble(real.mantissa, real.fractionDigits);
        value = real.isNegative ? -value : value;
    } else {
        std::from_chars(text, end, value); // up to 19 digits and no exponent: never out of range
    }
    builder.appendDouble(value);
    return end;
}

inline const char *tryFloat(const char *text, table::ColumnBuilder &builder)
{
    FastReal real;
    const char *end = fastReal(text, &real);
    if (!end)
        return nullptr;
    if (real.mantissa <= kExactMantissa) [[likely]] {
        const double value = exactDouble(real.mantissa, real.fractionDigits);
        if (roundsToFloat(value)) [[likely]] {
            builder.appendFloat(static_cast<float>(real.isNegative ? -value : value));
            return end;
        }
    }
    // Floats that a server has widened to doubles have 16 digits and more.
    float value = 0;
    std::from_chars(text, end, value); // up to 19 digits and no exponent: never out of range
    builder.appendFloat(value);
    return end;
}

inline const char *tryText(const char *text, const char *windowEnd, table::ColumnBuilder &builder)
{
    if (*text != '"')
        return nullptr;
    ++text;
#if defined(__SSE2__)
    // Copies while it scans; what is copied too much is overwritten by the next text.
    for (std::size_t size = 0; text + size < windowEnd; size += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text + size));
        _mm_storeu_si128(reinterpret_cast<__m128i *>(builder.reserveBytes(size + 16) + size), bytes);
        if (const unsigned ends = json::plainTextEnds(bytes); ends != 0) {
            const std::size_t all = size + static_cast<unsigned>(std::countr_zero(ends));
            if (text[all] != '"')
                return nullptr;
            builder.finishBytes(all);
            return text + all + 1;
        }
    }
    return nullptr;
#else
    const char *end = json::findPlainTextEnd(text, windowEnd);
    if (*end != '"')
        return nullptr;
    builder.appendBytes({text, static_cast<std::size_t>(end - text)});
    return end + 1;
#endif
}

inline const char *tryHex(const char *text, const char *windowEnd, table::ColumnBuilder &builder)
{
    if (*text != '"')
        return nullptr;
    ++text;
    const char *end = json::findPlainTextEnd(text, windowEnd);
    const auto size = static_cast<std::size_t>(end - text);
    if (*end != '"' || !decodeHex({text, size}, builder.reserveBytes(size / 2)))
        return nullptr;
    builder.finishBytes(size / 2);
    return end + 1;
}

inline const char *tryDecimal(const char *text, const char *windowEnd, table::ColumnBuilder &builder)
{
    if (*text != '"')
        return nullptr;
    ++text;
    const char *end = json::findPlainTextEnd(text, windowEnd);
    const std::string_view value(text, static_cast<std::size_t>(end - text));
    if (*end != '"' || !isDecimal(value))
        return nullptr;
    builder.appendBytes(value);
    return end + 1;
}

inline const char *tryBool(const char *text, table::ColumnBuilder &builder)
{
    const bool isTrue = std::memcmp(text, "true", 4) == 0;
    if (isTrue || std::memcmp(text, "false", 5) == 0) {
        builder.appendBool(isTrue);
        return text + (isTrue ? 4 : 5);
    }
    return nullptr;
}

// HH:MM:SS as seconds; -1 where it is none. Eight bytes at once.
inline std::int64_t fastClock(const char *text)
{
    const std::uint64_t clock = loadEight(text) ^ 0x30303a30303a3030; // digits to 0 … 9, colons to 0
    const std::uint64_t pairs = clock * 10 + (clock >> 8);
    const auto hours = static_cast<unsigned>(pairs & 0xff);
    const auto minutes = static_cast<unsigned>(pairs >> 24 & 0xff);
    const auto seconds = static_cast<unsigned>(pairs >> 48 & 0xff);
    const std::uint64_t others = ((clock + 0x76767f76767f7676) | clock) & 0x8080808080808080;
    if (others != 0 || hours > 23 || minutes > 59 || seconds > 59)
        return -1;
    return static_cast<std::int64_t>(hours * 3600 + minutes * 60 + seconds);
}

// The time of day behind the date that was met last, in UTC where the column is zoned, with 3 or 6 digits.
inline const char *fastTime(const char *text, bool isZoned, const DateCache &dates, TimeValue *time)
{
    if (std::memcmp(text, dates.text, sizeof dates.text) != 0 || (text[10] != 'T' && text[10] != ' ') || text[19] != '.')
        return nullptr;
    const std::int64_t clock = fastClock(text + 11);
    std::uint64_t fraction = 0;
    const unsigned digits = leadingDigits(text + 20, &fraction);
    text += 20 + digits;
    if (clock < 0 || (digits != 3 && digits != 6) || (isZoned && *text != 'Z'))
        return nullptr;
    const std::int64_t seconds = dates.day * 86400 + clock; // four digits of year: no overflow
    time->value = seconds * static_cast<std::int64_t>(kSmallPowers[digits]) + static_cast<std::int64_t>(fraction);
    time->digits = static_cast<int>(digits);
    return text + (isZoned ? 1 : 0);
}

inline const char *CellDecoder::tryTime(const char *text, table::ColumnBuilder &builder)
{
    if (*text != '"')
        return nullptr;
    const bool isZoned = m_form == Form::ZonedTime;
    TimeValue time;
    const char *end = kHasFastDigits ? fastTime(text + 1, isZoned, m_dates, &time) : nullptr;
    if (!end)
        end = parseTime(text + 1, isZoned, m_dates, &time);
    if (!end || *end != '"')
        return nullptr;
    builder.appendTime(time.value, time.digits, {text + 1, static_cast<std::size_t>(end - text - 1)});
    return end + 1;
}

inline const char *CellDecoder::tryRead(const char *text, const char *windowEnd, table::ColumnBuilder &builder)
{
    if (*text == 'n') {
        if (std::memcmp(text, "null", 4) != 0)
            return nullptr;
        builder.appendNull();
        return text + 4;
    }
    switch (m_form) {
    case Form::Int:
        return tryInt(text, builder);
    case Form::UInt:
        return tryUInt(text, builder);
    case Form::Float:
        return tryFloat(text, builder);
    case Form::Double:
        return tryDouble(text, builder);
    case Form::Text:
        return tryText(text, windowEnd, builder);
    case Form::ZonedTime:
    case Form::LocalTime:
        return tryTime(text, builder);
    case Form::Epoch:
        return tryEpoch(text, m_epochDigits, builder);
    case Form::Bool:
        return tryBool(text, builder);
    case Form::Hex:
        return tryHex(text, windowEnd, builder);
    case Form::Decimal:
        return tryDecimal(text, windowEnd, builder);
    default:
        return nullptr;
    }
}

} // namespace decode
