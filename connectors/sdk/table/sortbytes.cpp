// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/sortbytes.h"

#include <QChar>

#include <algorithm>
#include <cstdint>

namespace table {

namespace {

constexpr int kMostDirect = 8000; // exponents up to here stand in the head itself
constexpr std::int64_t kMostExponent = 1'000'000'000'000'000;
constexpr unsigned kZeroHead = 0x8000;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// A number as 0.digits * 10^exponent, without zeros at either end; no digits: zero.
struct Decimal {
    bool isNegative = false;
    bool isInfinite = false;
    std::int64_t exponent = 0;
    std::string_view whole; // digits before the point and behind it, from the first to the last that is not 0
    std::string_view fraction;
};

// Digits from..., the exponent's value held to what nobody reaches.
bool readExponent(std::string_view text, std::int64_t *value)
{
    const bool isNegative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    if (text.empty() || !std::all_of(text.begin(), text.end(), isDigit))
        return false;
    for (const char c : text)
        *value = std::min(*value * 10 + (c - '0'), kMostExponent);
    if (isNegative)
        *value = -*value;
    return true;
}

std::size_t digitsOf(std::string_view text)
{
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), isDigit) - text.begin());
}

void strip(Decimal *number)
{
    const auto zeros = [](std::string_view digits) { return std::min(digits.find_first_not_of('0'), digits.size()); };
    number->whole.remove_prefix(zeros(number->whole));
    number->exponent += static_cast<std::int64_t>(number->whole.size());
    if (number->whole.empty()) {
        const std::size_t leading = zeros(number->fraction);
        number->exponent -= static_cast<std::int64_t>(leading);
        number->fraction.remove_prefix(leading);
    }
    number->fraction.remove_suffix(number->fraction.size() - (number->fraction.find_last_not_of('0') + 1));
    if (number->fraction.empty())
        number->whole.remove_suffix(number->whole.size() - (number->whole.find_last_not_of('0') + 1));
}

bool readDecimal(std::string_view text, Decimal *number)
{
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        number->isNegative = text.front() == '-';
        text.remove_prefix(1);
    }
    if (text == "Infinity" || text == "inf" || text == "Inf") {
        number->isInfinite = true;
        return true;
    }
    number->whole = text.substr(0, digitsOf(text));
    text.remove_prefix(number->whole.size());
    if (!text.empty() && text.front() == '.') {
        number->fraction = text.substr(1, digitsOf(text.substr(1)));
        text.remove_prefix(1 + number->fraction.size());
    }
    if (number->whole.empty() && number->fraction.empty())
        return false;
    if (!text.empty() && ((text.front() != 'e' && text.front() != 'E') || !readExponent(text.substr(1), &number->exponent)))
        return false;
    strip(number);
    return true;
}

// Two digits a byte, 1 to 100, so that the end (0) stands before all that goes on.
void appendDigits(std::string &out, std::string_view whole, std::string_view fraction)
{
    const std::size_t size = whole.size() + fraction.size();
    const auto digit = [&](std::size_t i) {
        return i >= size ? 0 : (i < whole.size() ? whole[i] : fraction[i - whole.size()]) - '0';
    };
    for (std::size_t i = 0; i < size; i += 2)
        out.push_back(static_cast<char>(digit(i) * 10 + digit(i + 1) + 1));
    out.push_back('\0');
}

void appendBig(std::string &out, std::uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; --i)
        out.push_back(static_cast<char>(value >> (8 * i)));
}

// Reads one character of UTF-8; 0 bytes long where there is none.
char32_t readCharacter(std::string_view text, std::size_t *length)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const std::size_t size = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    *length = 0;
    if (size == 0 || text.size() < size)
        return 0;
    char32_t c = lead & (0x7Fu >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80)
            return 0;
        c = (c << 6) | (byte(i) & 0x3Fu);
    }
    *length = size;
    return c;
}

void appendCharacter(std::string &out, char32_t c)
{
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
        return;
    }
    static constexpr unsigned kLeads[] = {0, 0xC0, 0xE0, 0xF0};
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    out.push_back(static_cast<char>(kLeads[more] | (c >> (6 * more))));
    for (int i = more - 1; i >= 0; --i)
        out.push_back(static_cast<char>(0x80 | ((c >> (6 * i)) & 0x3F)));
}

// One character from the front of a text that is not empty; says how many bytes it took.
std::size_t appendFoldedCharacter(std::string &out, std::string_view text)
{
    const char c = text.front();
    if (static_cast<unsigned char>(c) < 0x80) {
        out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c);
        return 1;
    }
    std::size_t length = 0;
    const char32_t wide = readCharacter(text, &length);
    if (length == 0) {
        out.push_back(c);
        return 1;
    }
    appendCharacter(out, QChar::toCaseFolded(wide));
    return length;
}

} // namespace

bool appendDecimalKey(std::string &out, std::string_view text)
{
    Decimal number;
    if (!readDecimal(text, &number))
        return false;
    const std::size_t begin = out.size();
    if (number.isInfinite) {
        out.append(2, static_cast<char>(0xFF));
    } else if (number.whole.empty() && number.fraction.empty()) {
        appendBig(out, kZeroHead, 2);
        return true;
    } else {
        const std::int64_t direct = std::clamp<std::int64_t>(number.exponent, -kMostDirect - 1, kMostDirect + 1);
        appendBig(out, kZeroHead + 1 + static_cast<std::uint64_t>(direct + kMostDirect + 1), 2);
        if (direct < -kMostDirect || direct > kMostDirect)
            appendBig(out, static_cast<std::uint64_t>(number.exponent + 2 * kMostExponent), 8);
        appendDigits(out, number.whole, number.fraction);
    }
    if (number.isNegative)
        std::transform(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), out.begin() + static_cast<std::ptrdiff_t>(begin),
            [](char c) { return static_cast<char>(~c); });
    return true;
}

void appendNaturalKey(std::string &out, std::string_view text)
{
    std::string_view rest = text;
    while (!rest.empty()) {
        if (!isDigit(rest.front())) {
            rest.remove_prefix(appendFoldedCharacter(out, rest));
            continue;
        }
        std::string_view digits = rest.substr(0, digitsOf(rest));
        rest.remove_prefix(digits.size());
        digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
        // A longer number is the larger one.
        out.push_back('0');
        out.push_back(static_cast<char>(std::min<std::size_t>(digits.size(), 254) + 1));
        out.append(digits);
    }
    out.push_back('\0');
    out.append(text);
}

void appendFolded(std::string &out, std::string_view text)
{
    while (!text.empty())
        text.remove_prefix(appendFoldedCharacter(out, text));
}

} // namespace table
