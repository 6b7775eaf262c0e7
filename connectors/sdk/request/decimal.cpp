// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/decimal.h"

#include "json/writer.h"

#include <charconv>
#include <string>

namespace request {

namespace {

// 0.digits times ten to the exponent, without zeros at either end; no digits: zero.
struct Decimal {
    bool isNegative = false;
    std::string digits;
    long exponent = 0;
};

std::optional<Decimal> decimalOf(std::string_view text)
{
    if (!json::isNumber(text))
        return std::nullopt;
    Decimal decimal;
    decimal.isNegative = text[0] == '-';
    if (decimal.isNegative)
        text.remove_prefix(1);
    const std::size_t e = text.find_first_of("eE");
    if (e != std::string_view::npos) {
        std::string_view exponent = text.substr(e + 1);
        if (exponent.starts_with('+'))
            exponent.remove_prefix(1);
        if (std::from_chars(exponent.data(), exponent.data() + exponent.size(), decimal.exponent).ec != std::errc())
            return std::nullopt;
    }
    const std::string_view mantissa = text.substr(0, e);
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    decimal.exponent += static_cast<long>(point);
    for (const char c : mantissa) {
        if (c != '.')
            decimal.digits += c;
    }
    const std::size_t first = decimal.digits.find_first_not_of('0');
    if (first == std::string::npos)
        return Decimal();
    decimal.digits.erase(0, first);
    decimal.exponent -= static_cast<long>(first);
    decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
    return decimal;
}

int compareSizes(const Decimal &left, const Decimal &right)
{
    if (left.digits.empty() || right.digits.empty())
        return static_cast<int>(!left.digits.empty()) - static_cast<int>(!right.digits.empty());
    if (left.exponent != right.exponent)
        return left.exponent < right.exponent ? -1 : 1;
    return left.digits.compare(right.digits);
}

} // namespace

std::optional<int> compareDecimals(std::string_view left, std::string_view right)
{
    const auto a = decimalOf(left);
    const auto b = decimalOf(right);
    if (!a || !b)
        return std::nullopt;
    if (a->isNegative != b->isNegative)
        return a->isNegative ? -1 : 1;
    return a->isNegative ? compareSizes(*b, *a) : compareSizes(*a, *b);
}

} // namespace request
