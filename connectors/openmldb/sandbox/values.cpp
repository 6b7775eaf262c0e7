// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/values.h"

#include "json/writer.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>

namespace openmldb::server {

namespace {

using sandbox::sqlite::Statement;

// Times that the server reads and prints are eight hours ahead of UTC.
constexpr std::int64_t kZoneMs = 8 * 3600 * 1000;

std::optional<int> numberIn(std::string_view text)
{
    int value = 0;
    const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    return code == std::errc() && stop == text.data() + text.size() && !text.starts_with('-') ? std::optional(value) : std::nullopt;
}

std::optional<std::chrono::year_month_day> dayOf(std::string_view text)
{
    const std::size_t first = text.find('-');
    const std::size_t second = first == std::string_view::npos ? first : text.find('-', first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    const auto year = numberIn(text.substr(0, first));
    const auto month = numberIn(text.substr(first + 1, second - first - 1));
    const auto day = numberIn(text.substr(second + 1));
    if (!year || !month || !day || *year < 1900 || *year > 9999)
        return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)), std::chrono::day(static_cast<unsigned>(*day))};
    return date.ok() ? std::optional(date) : std::nullopt;
}

bool fitsInteger(std::int64_t value, Type type)
{
    if (type == Type::Int64 || type == Type::Timestamp)
        return true;
    const std::int64_t most = type == Type::Int16 ? 32767 : 2147483647;
    return value <= most && value >= -most - 1;
}

std::optional<Cell> realCell(double value, Type type)
{
    return Cell::of(type == Type::Float ? static_cast<double>(static_cast<float>(value)) : value);
}

} // namespace

Cell Cell::of(double value)
{
    return std::isnan(value) ? Cell::of(std::string("NaN")) : Cell{Kind::Real, 0, value, {}};
}

void bind(Statement &statement, int parameter, const Cell &cell)
{
    switch (cell.kind) {
    case Cell::Kind::Null:
        statement.bindNull(parameter);
        break;
    case Cell::Kind::Integer:
        statement.bind(parameter, cell.integer);
        break;
    case Cell::Kind::Real:
        statement.bind(parameter, cell.real);
        break;
    case Cell::Kind::Text:
        statement.bind(parameter, std::string_view(cell.text));
        break;
    }
}

std::optional<std::string> paddedDate(std::string_view text)
{
    const auto date = dayOf(text);
    if (!date)
        return std::nullopt;
    char padded[16];
    std::snprintf(padded, sizeof padded, "%04d-%02u-%02u", static_cast<int>(date->year()), static_cast<unsigned>(date->month()),
        static_cast<unsigned>(date->day()));
    return std::string(padded);
}

std::string unpaddedDate(std::string_view padded)
{
    std::string date(padded);
    if (date.size() == 10 && date[8] == '0')
        date.erase(8, 1);
    if (date.size() >= 9 && date[5] == '0')
        date.erase(5, 1);
    return date;
}

std::optional<std::int64_t> timestampOf(std::string_view text)
{
    const auto date = dayOf(text.substr(0, text.find(' ')));
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!date)
        return std::nullopt;
    const std::size_t blank = text.find(' ');
    if (blank != std::string_view::npos) {
        const std::string clock(text.substr(blank + 1));
        if (std::sscanf(clock.c_str(), "%2d:%2d:%2d", &hour, &minute, &second) != 3)
            return std::nullopt;
    }
    const auto days = std::chrono::sys_days(*date).time_since_epoch().count();
    return (std::int64_t(days) * 86400 + hour * 3600 + minute * 60 + second) * 1000 - kZoneMs;
}

std::optional<Cell> cellOf(const JsonValue &value, Type type, bool isNotNull)
{
    using Kind = JsonValue::Kind;
    if (value.is(Kind::Null))
        return isNotNull ? std::nullopt : std::optional(Cell());
    switch (type) {
    case Type::Bool:
        return value.is(Kind::Bool) ? std::optional(Cell::of(std::int64_t(value.boolean))) : std::nullopt;
    case Type::Int16:
    case Type::Int32:
    case Type::Int64:
    case Type::Timestamp:
        return value.is(Kind::Integer) && fitsInteger(value.integer, type) ? std::optional(Cell::of(value.integer)) : std::nullopt;
    case Type::Float:
    case Type::Double:
        return value.isNumber() ? realCell(value.real, type) : std::nullopt;
    case Type::Date:
        if (const auto date = value.is(Kind::String) ? paddedDate(value.text) : std::nullopt)
            return Cell::of(*date);
        return std::nullopt;
    default:
        return value.is(Kind::String) ? std::optional(Cell::of(value.text)) : std::nullopt;
    }
}

std::optional<Cell> parameterCell(const JsonValue &value, Type type)
{
    if (type != Type::Date)
        return cellOf(value, type, true);
    if (!value.is(JsonValue::Kind::Integer))
        return std::nullopt;
    const auto packed = static_cast<int>(value.integer);
    const auto date = paddedDate(std::to_string((packed >> 16) + 1900) + "-" + std::to_string((packed >> 8 & 0xff) + 1) + "-"
        + std::to_string(packed & 0xff));
    return date ? std::optional(Cell::of(*date)) : std::nullopt;
}

std::optional<Cell> literalCell(const Cell &value, Type type)
{
    if (value.kind == Cell::Kind::Null)
        return value;
    const bool isText = value.kind == Cell::Kind::Text;
    const bool isWhole = value.kind == Cell::Kind::Integer;
    switch (type) {
    case Type::Bool:
        return isWhole && (value.integer == 0 || value.integer == 1) ? std::optional(value) : std::nullopt;
    case Type::Int16:
    case Type::Int32:
    case Type::Int64:
        return isWhole && fitsInteger(value.integer, type) ? std::optional(value) : std::nullopt;
    case Type::Timestamp:
        if (const auto time = isText ? timestampOf(value.text) : std::nullopt)
            return Cell::of(*time);
        return isWhole ? std::optional(value) : std::nullopt;
    case Type::Float:
    case Type::Double:
        if (isText)
            return value.text == "NaN" ? std::optional(value) : std::nullopt;
        return realCell(isWhole ? static_cast<double>(value.integer) : value.real, type);
    case Type::Date:
        if (const auto date = isText ? paddedDate(value.text) : std::nullopt)
            return Cell::of(*date);
        return std::nullopt;
    default:
        return isText ? std::optional(value) : std::nullopt;
    }
}

namespace {

void appendReal(std::string &out, const Statement &statement, int column, bool isNullForNaN)
{
    const bool isNaN = statement.kind(column) == Statement::Kind::Text;
    const double value = isNaN ? 0 : statement.real(column);
    if (isNaN || std::isinf(value)) {
        out += isNullForNaN ? "null" : isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity";
        return;
    }
    char text[40];
    const auto [end, code] = std::to_chars(text, text + sizeof text, value);
    const std::string_view digits(text, static_cast<std::size_t>(end - text));
    out += digits;
    if (digits.find_first_of(".e") == std::string_view::npos)
        out += ".0";
}

} // namespace

void appendCell(std::string &out, const Statement &statement, int column, Type type, bool isNullForNaN)
{
    if (statement.kind(column) == Statement::Kind::Null) {
        out += "null";
        return;
    }
    switch (type) {
    case Type::Bool:
        out += statement.integer(column) != 0 ? "true" : "false";
        break;
    case Type::Int16:
    case Type::Int32:
    case Type::Int64:
    case Type::Timestamp:
        out += std::to_string(statement.integer(column));
        break;
    case Type::Float:
    case Type::Double:
        appendReal(out, statement, column, isNullForNaN);
        break;
    case Type::Date:
        json::appendString(out, unpaddedDate(statement.bytes(column)));
        break;
    case Type::String:
        json::appendString(out, statement.bytes(column));
        break;
    case Type::Unknown:
        out += "\"NA\"";
        break;
    }
}

} // namespace openmldb::server
