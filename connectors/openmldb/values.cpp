// SPDX-License-Identifier: GPL-3.0-or-later
#include "values.h"

#include "connector/tokens.h"
#include "decode/number.h"
#include "decode/time.h"
#include "json/number.h"
#include "json/writer.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>

namespace openmldb {

namespace {

std::optional<std::int64_t> wholeInteger(std::string_view text)
{
    std::int64_t value = 0;
    const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    return code == std::errc() && stop == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool isDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool looksLikeInteger(std::string_view text)
{
    return isDigits(text.starts_with('-') ? text.substr(1) : text);
}

template <typename Integer>
std::optional<std::string> integerText(std::string_view text)
{
    const auto value = wholeInteger(text);
    if (!value || *value < std::numeric_limits<Integer>::min() || *value > std::numeric_limits<Integer>::max())
        return std::nullopt;
    return std::to_string(*value);
}

// Digits as written. The words go bare; others of their spellings are unknown to the server.
std::optional<std::string> realText(std::string_view text)
{
    double value = 0;
    for (const char *word : {"NaN", "Infinity", "-Infinity", "Inf", "-Inf"}) {
        if (text == word)
            return std::string(text);
    }
    if (text.empty() || json::findNumberError(text) != json::kNumberIsValid || !decode::parseDouble(text, &value))
        return std::nullopt;
    return std::string(text);
}

std::optional<std::string> boolText(std::string_view text)
{
    if (connector::sameWord(text, "true"))
        return "true";
    return connector::sameWord(text, "false") ? std::optional<std::string>("false") : std::nullopt;
}

std::optional<std::string> stringText(std::string_view text)
{
    std::string quoted;
    return json::appendString(quoted, text) ? std::optional(quoted) : std::nullopt;
}

// Milliseconds, or a time with its zone whose fraction does not go beyond them.
std::optional<std::string> timestampText(std::string_view text)
{
    if (looksLikeInteger(text))
        return integerText<std::int64_t>(text);
    decode::DateCache dates;
    const auto time = decode::parseWholeTime(text, true, dates);
    if (!time)
        return std::nullopt;
    std::int64_t value = time->value;
    int unit = time->digits <= 0 ? 0 : time->digits <= 3 ? 3 : time->digits <= 6 ? 6 : 9;
    for (; unit > 3; --unit) {
        if (value % 10 != 0)
            return std::nullopt;
        value /= 10;
    }
    return std::to_string(unit == 0 ? value * 1000 : value);
}

std::optional<std::string> plainValue(Type type, std::string_view text)
{
    switch (type) {
    case Type::Bool:
        return boolText(text);
    case Type::Int16:
        return integerText<std::int16_t>(text);
    case Type::Int32:
        return integerText<std::int32_t>(text);
    case Type::Int64:
        return integerText<std::int64_t>(text);
    case Type::Float:
    case Type::Double:
        return realText(text);
    case Type::Timestamp:
        return timestampText(text);
    default:
        return stringText(text);
    }
}

} // namespace

std::optional<Date> dateOf(std::string_view text)
{
    const std::size_t first = text.find('-');
    const std::size_t second = first == std::string_view::npos ? first : text.find('-', first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    const std::string_view year = text.substr(0, first);
    const std::string_view month = text.substr(first + 1, second - first - 1);
    const std::string_view day = text.substr(second + 1);
    if (year.size() != 4 || !isDigits(year) || !isDigits(month) || !isDigits(day) || month.size() > 2 || day.size() > 2)
        return std::nullopt;
    const Date date{static_cast<int>(*wholeInteger(year)), static_cast<int>(*wholeInteger(month)), static_cast<int>(*wholeInteger(day))};
    const std::chrono::year_month_day exact{std::chrono::year(date.year), std::chrono::month(static_cast<unsigned>(date.month)),
        std::chrono::day(static_cast<unsigned>(date.day))};
    return exact.ok() && date.year >= 1900 ? std::optional(date) : std::nullopt;
}

std::optional<std::string> jsonValue(Type type, std::string_view text)
{
    if (type != Type::Date)
        return plainValue(type, text);
    const auto date = dateOf(text);
    return date ? stringText(text) : std::nullopt;
}

std::optional<std::string> inputValue(Type type, std::string_view text)
{
    if (type != Type::Date)
        return plainValue(type, text);
    const auto date = dateOf(text);
    if (!date)
        return std::nullopt;
    return std::to_string(((date->year - 1900) << 16) | ((date->month - 1) << 8) | date->day);
}

Type inferredType(std::string_view text)
{
    if (boolText(text))
        return Type::Bool;
    if (looksLikeInteger(text))
        return integerText<std::int32_t>(text) ? Type::Int32 : Type::Int64;
    if (!text.empty() && (text[0] == '-' || (text[0] >= '0' && text[0] <= '9')) && json::findNumberError(text) == json::kNumberIsValid)
        return text == "-Infinity" ? Type::String : Type::Double;
    const bool isDateForm = text.size() == 10 && text[4] == '-' && text[7] == '-' && isDigits(text.substr(0, 4))
        && isDigits(text.substr(5, 2)) && isDigits(text.substr(8));
    return isDateForm ? Type::Date : Type::String;
}

} // namespace openmldb
