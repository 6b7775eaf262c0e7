// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/number.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace decode {

namespace {

// Whether a number of the grammar is other than 0: has such a digit before its exponent.
bool isOtherThanZero(std::string_view literal)
{
    return literal.substr(0, literal.find_first_of("eE")).find_first_of("123456789") != std::string_view::npos;
}

template <typename Number>
bool parseNumber(std::string_view literal, Number *value)
{
    if (literal == "NaN") {
        *value = std::numeric_limits<Number>::quiet_NaN();
        return true;
    }
    if (literal.ends_with("Infinity")) {
        const Number infinity = std::numeric_limits<Number>::infinity();
        *value = literal.front() == '-' ? -infinity : infinity;
        return true;
    }
    const char *end = literal.data() + literal.size();
    const auto [stop, code] = std::from_chars(literal.data(), end, *value);
    return code == std::errc() && stop == end && std::isfinite(*value) && (*value != 0 || !isOtherThanZero(literal));
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

bool parseDouble(std::string_view literal, double *value)
{
    return parseNumber(literal, value);
}

bool parseFloat(std::string_view literal, float *value)
{
    return parseNumber(literal, value);
}

bool isDecimal(std::string_view text)
{
    if (text.starts_with('-'))
        text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
    constexpr std::string_view kDigits = "0123456789";
    return !whole.empty() && !fraction.empty() && whole.find_first_not_of(kDigits) == std::string_view::npos
        && fraction.find_first_not_of(kDigits) == std::string_view::npos;
}

bool decodeHex(std::string_view text, char *into)
{
    if (text.size() % 2 != 0)
        return false;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexDigit(text[i]);
        const int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0)
            return false;
        *into++ = static_cast<char>(high << 4 | low);
    }
    return true;
}

} // namespace decode
