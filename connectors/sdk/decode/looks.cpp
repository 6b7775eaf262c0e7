// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/looks.h"

#include "decode/number.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace decode {

namespace {

constexpr int kSafeDigits = 15; // of a decimal that any double gives back

// A number as its digits, without leading and trailing zeros, and the power of ten of the last.
struct Digits {
    std::string text;
    long exponent = 0;

    bool operator==(const Digits &) const = default;
};

Digits digitsOf(std::string_view literal)
{
    Digits digits;
    const std::size_t mark = literal.find_first_of("eE");
    for (const char c : literal.substr(0, mark)) {
        if (c >= '0' && c <= '9')
            digits.text += c;
    }
    const std::size_t point = literal.substr(0, mark).find('.');
    if (point != std::string_view::npos)
        digits.exponent -= static_cast<long>(std::min(mark, literal.size()) - point - 1);
    if (mark != std::string_view::npos) {
        std::string_view power = literal.substr(mark + 1);
        power.remove_prefix(power.starts_with('+') ? 1 : 0);
        long exponent = 0;
        std::from_chars(power.data(), power.data() + power.size(), exponent);
        digits.exponent += exponent;
    }
    const std::size_t last = digits.text.find_last_not_of('0');
    if (last == std::string::npos)
        return {};
    digits.exponent += static_cast<long>(digits.text.size() - last - 1);
    digits.text.erase(last + 1);
    digits.text.erase(0, digits.text.find_first_not_of('0'));
    return digits;
}

// Whether the double's shortest text is the number that was sent.
bool isKeptByDouble(std::string_view literal, double value)
{
    char shortest[40];
    const auto [end, code] = std::to_chars(shortest, shortest + sizeof shortest, value, std::chars_format::scientific);
    return code == std::errc() && digitsOf(literal) == digitsOf({shortest, static_cast<std::size_t>(end - shortest)});
}

bool toDouble(const MemoryCell &cell, double *value)
{
    if (cell.isPlain && cell.mantissa <= kExactMantissa) [[likely]] {
        const double size = exactDouble(cell.mantissa, cell.fractionDigits);
        *value = cell.isNegative ? -size : size;
        return cell.digits <= kSafeDigits || isKeptByDouble(cell.text, *value);
    }
    if (!parseDouble(cell.text, value))
        return false;
    return *value - *value != 0 || isKeptByDouble(cell.text, *value); // NaN and infinities have no digits
}

// The whole text as an integer that is written just so.
template <typename Integer>
bool toInteger(std::string_view text, Integer *value)
{
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    if (text.size() > 1 && text[first] == '0')
        return false; // "007", "-0"
    const char *end = text.data() + text.size();
    const auto [stop, code] = std::from_chars(text.data(), end, *value);
    return code == std::errc() && stop == end;
}

bool isSpecialWord(std::string_view text)
{
    return text == "NaN" || text == "Infinity" || text == "-Infinity";
}

Looks lookOfInteger(const MemoryCell &cell)
{
    if (cell.isPlain && cell.mantissa <= kExactMantissa) [[likely]] {
        if (!cell.isNegative)
            return Look::kInt;
        return cell.mantissa == 0 ? Look::kReal : Look::kInt | Look::kNegative; // the sign of -0 is kept by a double
    }
    std::int64_t value = 0;
    if (toInteger(cell.text, &value))
        return Look::kLong | (value < 0 ? Look::kNegative : 0);
    std::uint64_t natural = 0;
    return toInteger(cell.text, &natural) ? Look::kUnsigned : Look::kHuge;
}

Looks lookOfNumber(const MemoryCell &cell)
{
    if (cell.isInteger)
        return lookOfInteger(cell);
    if (cell.isPlain && cell.digits <= kSafeDigits) [[likely]]
        return Look::kReal;
    if (isSpecialWord(cell.text))
        return Look::kSpecial;
    double value = 0;
    return toDouble(cell, &value) ? Look::kReal : Look::kLongReal;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// As a time is read, so that a text that ends the memory can be looked at: 40 bytes behind its start.
bool isTimeOf(std::string_view text, bool isZoned, DateCache &dates)
{
    return parseWholeTime(text, isZoned, dates).has_value();
}

bool isDate(std::string_view text, DateCache &dates)
{
    char padded[64] = {};
    if (text.size() != 10)
        return false;
    std::memcpy(padded, text.data(), 10);
    std::memcpy(padded + 10, " 00:00:00", 9);
    TimeValue time;
    return parseTime(padded, false, dates, &time) == padded + 19;
}

bool isClock(std::string_view text)
{
    if (text.size() < 8 || text.size() > 18)
        return false;
    char padded[64] = "1970-01-01 ";
    std::memcpy(padded + 11, text.data(), text.size());
    DateCache dates;
    TimeValue time;
    return parseTime(padded, false, dates, &time) == padded + 11 + text.size();
}

Looks lookOfDigits(std::string_view text)
{
    const std::size_t first = text.front() == '-' ? 1 : 0;
    if (text.size() > first + 1 && text[first] == '0' && text[first + 1] != '.')
        return Look::kText; // "007"
    if (!isDecimal(text))
        return Look::kText;
    std::int64_t value = 0;
    return toInteger(text, &value) ? Look::kTextInt : Look::kTextDecimal;
}

Looks lookOfText(std::string_view text, DateCache &dates)
{
    if (text.empty())
        return Look::kText;
    if (text.front() == 'N' || text.front() == 'I' || text.starts_with("-I"))
        return isSpecialWord(text) ? Look::kTextSpecial : Look::kText;
    if (!isDigit(text.front()) && text.front() != '-')
        return Look::kText;
    if (text.size() >= 10 && text[4] == '-') {
        if (text.size() == 10)
            return isDate(text, dates) ? Look::kTextDate : Look::kText;
        if (isTimeOf(text, false, dates))
            return Look::kTextLocal;
        return isTimeOf(text, true, dates) ? Look::kTextZoned : Look::kText;
    }
    if (text.size() >= 8 && text[2] == ':')
        return isClock(text) ? Look::kTextTime : Look::kText;
    return lookOfDigits(text);
}

table::Kind kindOfNumbers(Looks looks)
{
    constexpr Looks kOnlyInts = Look::kInt | Look::kLong | Look::kNegative;
    if ((looks & ~kOnlyInts) == 0)
        return table::Kind::Int;
    if ((looks & ~(kOnlyInts | Look::kUnsigned)) == 0 && (looks & Look::kNegative) == 0)
        return table::Kind::UInt;
    const bool isRounded = (looks & (Look::kLong | Look::kUnsigned | Look::kHuge | Look::kLongReal)) != 0;
    return isRounded ? table::Kind::Decimal : table::Kind::Double;
}

table::Kind kindOfTexts(Looks looks)
{
    constexpr Looks kNumbers = Look::kTextInt | Look::kTextDecimal;
    switch (looks) {
    case Look::kTextInt:
        return table::Kind::Int;
    case Look::kTextZoned:
        return table::Kind::Instant;
    case Look::kTextLocal:
        return table::Kind::LocalDateTime;
    case Look::kTextDate:
        return table::Kind::Date;
    case Look::kTextTime:
        return table::Kind::Time;
    default:
        break;
    }
    const bool areNumbers = (looks & kNumbers) != 0 && (looks & ~(kNumbers | Look::kTextSpecial)) == 0;
    return areNumbers ? table::Kind::Decimal : table::Kind::Text;
}

bool appendTimeOf(std::string_view text, bool isZoned, DateCache &dates, table::ColumnBuilder &builder)
{
    const std::optional<TimeValue> time = parseWholeTime(text, isZoned, dates);
    if (time)
        builder.appendTime(time->value, time->digits, text);
    return time.has_value();
}

bool appendNumberOf(const MemoryCell &cell, table::ColumnBuilder &builder)
{
    std::int64_t integer = 0;
    std::uint64_t natural = 0;
    double real = 0;
    switch (builder.kind()) {
    case table::Kind::Int:
        if (cell.isPlain && cell.isInteger && cell.digits <= 18 && (cell.mantissa != 0 || !cell.isNegative)) [[likely]] {
            const auto size = static_cast<std::int64_t>(cell.mantissa);
            builder.appendInt(cell.isNegative ? -size : size);
            return true;
        }
        if (!toInteger(cell.text, &integer))
            return false;
        builder.appendInt(integer);
        return true;
    case table::Kind::UInt:
        if (!toInteger(cell.text, &natural))
            return false;
        builder.appendUInt(natural);
        return true;
    case table::Kind::Double:
        if (!toDouble(cell, &real))
            return false;
        builder.appendDouble(real);
        return true;
    case table::Kind::Decimal:
        if (!isDecimal(cell.text))
            return false;
        builder.appendBytes(cell.text);
        return true;
    default:
        return false;
    }
}

bool appendTextOf(const MemoryCell &cell, DateCache &dates, table::ColumnBuilder &builder)
{
    switch (builder.kind()) {
    case table::Kind::Text:
        builder.appendBytes(cell.text);
        return true;
    case table::Kind::Instant:
    case table::Kind::LocalDateTime:
        return appendTimeOf(cell.text, builder.kind() == table::Kind::Instant, dates, builder);
    case table::Kind::Date:
    case table::Kind::Time: {
        const bool fits = builder.kind() == table::Kind::Date ? isDate(cell.text, dates) : isClock(cell.text);
        if (fits)
            builder.appendBytes(cell.text);
        return fits;
    }
    case table::Kind::Double:
        return isSpecialWord(cell.text) && appendNumberOf(cell, builder);
    case table::Kind::Int: {
        std::int64_t integer = 0;
        if (!toInteger(cell.text, &integer))
            return false;
        builder.appendInt(integer);
        return true;
    }
    case table::Kind::Decimal:
        if (lookOfText(cell.text, dates) & ~(Look::kTextInt | Look::kTextDecimal))
            return false;
        builder.appendBytes(cell.text);
        return true;
    default:
        return false;
    }
}

} // namespace

Looks lookOf(const MemoryCell &cell, Looks seen, DateCache &dates)
{
    switch (cell.token) {
    case json::Token::Null:
        return 0;
    case json::Token::True:
    case json::Token::False:
        return Look::kBool;
    case json::Token::Number:
        return lookOfNumber(cell);
    case json::Token::String:
        return (seen & Look::kText) != 0 ? 0 : lookOfText(cell.text, dates);
    default:
        return Look::kNested;
    }
}

table::Kind kindOf(Looks looks)
{
    constexpr Looks kNumbers = Look::kInt | Look::kLong | Look::kUnsigned | Look::kNegative | Look::kHuge | Look::kReal | Look::kLongReal | Look::kSpecial;
    const Looks numbers = looks & kNumbers;
    const Looks texts = looks & ~(kNumbers | Look::kBool | Look::kNested);
    if (looks == 0)
        return table::Kind::Null;
    if ((looks & Look::kNested) != 0)
        return table::Kind::Json;
    if (looks == Look::kBool)
        return table::Kind::Bool;
    if ((looks & Look::kBool) != 0)
        return table::Kind::Json; // keeps each as it is
    if (numbers == 0)
        return kindOfTexts(texts);
    if (texts == 0)
        return kindOfNumbers(numbers);
    if (texts != Look::kTextSpecial)
        return table::Kind::Json;
    return kindOfNumbers(numbers | Look::kSpecial); // NaN as a string among numbers
}

bool appendCell(const MemoryCell &cell, DateCache &dates, table::ColumnBuilder &builder)
{
    bool isDone = false;
    if (cell.token == json::Token::Null) {
        builder.appendNull();
        return true;
    }
    if (builder.kind() == table::Kind::Json) {
        builder.appendBytes(cell.raw);
        return true;
    }
    if (cell.token == json::Token::Number)
        isDone = appendNumberOf(cell, builder);
    else if (cell.token == json::Token::String)
        isDone = appendTextOf(cell, dates, builder);
    else if (builder.kind() == table::Kind::Bool && (cell.token == json::Token::True || cell.token == json::Token::False)) {
        builder.appendBool(cell.token == json::Token::True);
        isDone = true;
    }
    if (!isDone)
        builder.appendLiteral(cell.text);
    return isDone;
}

} // namespace decode
