// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/doubletext.h"

#include "table/sortbytes.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace grid {

namespace {

constexpr std::size_t kSafeDigits = 15; // a double holds every decimal of so many

// The shortest digits that read back, laid out as ECMAScript's Number::toString does: zeros up to 21 digits, then an
// exponent.
std::string browserText(double value)
{
    char buffer[40];
    const std::string_view text(buffer, static_cast<std::size_t>(std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value), std::chars_format::scientific).ptr - buffer));
    const std::size_t e = text.find('e');
    if (e == std::string_view::npos)
        return std::string(text);
    std::string digits(text.substr(0, e));
    std::erase(digits, '.');
    const int exponent = std::atoi(std::string(text.substr(e + 1)).c_str());
    const int size = static_cast<int>(digits.size());
    std::string shown = value < 0 ? "-" : "";
    if (exponent >= 21 || exponent < -6)
        return shown.append(text);
    if (exponent < 0)
        return shown.append("0.").append(static_cast<std::size_t>(-exponent - 1), '0').append(digits);
    if (exponent >= size - 1)
        return shown.append(digits).append(static_cast<std::size_t>(exponent - size + 1), '0');
    return shown.append(digits, 0, static_cast<std::size_t>(exponent + 1)).append(".").append(digits, static_cast<std::size_t>(exponent + 1));
}

std::string decimalRounded(std::string_view text)
{
    const auto digits = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
    std::string key;
    if (digits <= kSafeDigits || !table::appendDecimalKey(key, text))
        return {};
    double value = 0;
    const char *begin = text.data() + (text.front() == '+' ? 1 : 0);
    if (std::from_chars(begin, text.data() + text.size(), value).ec != std::errc())
        return {};
    const std::string shown = browserText(value);
    std::string other;
    return table::appendDecimalKey(other, shown) && other == key ? std::string() : shown;
}

std::string rounded(const table::Table &table, Position at)
{
    const auto [column, row] = table.cell(at.row, static_cast<std::size_t>(at.column));
    if (!column->hasValue(row)) {
        const auto literal = table::isNumeric(column->kind()) ? column->literal(row) : std::nullopt;
        return literal ? decimalRounded(*literal) : std::string();
    }
    constexpr std::int64_t kExact = std::int64_t(1) << 53;
    if (column->kind() == table::Kind::Int) {
        const std::int64_t value = column->ints()[row];
        return value >= -kExact && value <= kExact ? std::string() : decimalRounded(std::to_string(value));
    }
    if (column->kind() == table::Kind::UInt) {
        const std::uint64_t value = column->uints()[row];
        return value <= std::uint64_t(kExact) ? std::string() : decimalRounded(std::to_string(value));
    }
    return column->kind() == table::Kind::Decimal ? decimalRounded(column->bytes(row)) : std::string();
}

} // namespace

bool isRoundedByDouble(const table::Table &table, Position at)
{
    return !rounded(table, at).empty();
}

QString roundedText(const table::Table &table, Position at)
{
    return QString::fromStdString(rounded(table, at));
}

} // namespace grid
