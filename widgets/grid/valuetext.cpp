// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/valuetext.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace grid {

namespace {

template <typename T>
void appendNumber(T value, std::string *out)
{
    char buffer[40];
    out->append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

template <typename T>
void appendFloating(T value, std::string *out)
{
    if (std::isnan(value))
        out->append("NaN");
    else if (std::isinf(value))
        out->append(value < 0 ? "-Infinity" : "Infinity");
    else
        appendNumber(value, out);
}

void appendHex(std::string_view bytes, std::string *out)
{
    constexpr char kDigits[] = "0123456789abcdef";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out->push_back(kDigits[byte >> 4]);
        out->push_back(kDigits[byte & 15]);
    }
}

// Days since 1970-01-01 to year, month, day of the proleptic Gregorian calendar.
void appendDate(std::int64_t days, std::string *out)
{
    const std::int64_t shifted = days + 719468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const std::int64_t dayOfEra = shifted - era * 146097;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t shiftedMonth = (5 * dayOfYear + 2) / 153;
    const std::int64_t month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    char buffer[48];
    const int size = std::snprintf(buffer, sizeof buffer, "%04lld-%02lld-%02lld",
        static_cast<long long>(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), static_cast<long long>(month),
        static_cast<long long>(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1));
    out->append(buffer, static_cast<std::size_t>(size));
}

void appendTime(const table::Column &column, std::uint32_t row, std::string *out)
{
    std::int64_t unit = 1;
    for (int i = 0; i < column.unitDigits(); ++i)
        unit *= 10;
    const std::int64_t value = column.ints()[row];
    const std::int64_t seconds = value / unit - (value % unit < 0 ? 1 : 0);
    const std::int64_t day = seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0);
    const auto second = static_cast<int>(seconds - day * 86400);
    appendDate(day, out);
    char buffer[48];
    int size = std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
    out->append(buffer, static_cast<std::size_t>(size));
    if (const int digits = column.fractionDigits(row); digits > 0) {
        size = std::snprintf(buffer, sizeof buffer, ".%0*lld", column.unitDigits(),
            static_cast<long long>(value - seconds * unit));
        out->append(buffer, static_cast<std::size_t>(digits) + 1);
    }
    if (column.kind() == table::Kind::Instant)
        out->push_back('Z');
}

} // namespace

void appendValue(const table::Cell &cell, std::string *out)
{
    const table::Column &column = *cell.column;
    if (!column.hasValue(cell.row)) {
        if (const auto sent = column.literal(cell.row))
            out->append(*sent);
        return;
    }
    switch (column.kind()) {
    case table::Kind::Bool:
        out->append(column.bools()[cell.row] != 0 ? "true" : "false");
        break;
    case table::Kind::Int:
        appendNumber(column.ints()[cell.row], out);
        break;
    case table::Kind::UInt:
        appendNumber(column.uints()[cell.row], out);
        break;
    case table::Kind::Float:
        appendFloating(column.floats()[cell.row], out);
        break;
    case table::Kind::Double:
        appendFloating(column.doubles()[cell.row], out);
        break;
    case table::Kind::Instant:
    case table::Kind::LocalDateTime:
        appendTime(column, cell.row, out);
        break;
    case table::Kind::Binary:
        appendHex(column.bytes(cell.row), out);
        break;
    default:
        out->append(column.bytes(cell.row));
    }
}

} // namespace grid
