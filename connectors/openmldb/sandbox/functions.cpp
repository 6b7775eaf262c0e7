// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/functions.h"

#include "sandbox/values.h"

#include <sqlite3.h>

#include <array>
#include <cmath>
#include <ctime>
#include <limits>

namespace openmldb::server {

namespace {

constexpr std::int64_t kZoneSeconds = 8 * 3600;

std::string textOf(sqlite3_value *value)
{
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_value_text(value));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))) : std::string();
}

bool isNullAmong(int count, sqlite3_value **values)
{
    for (int i = 0; i < count; ++i) {
        if (sqlite3_value_type(values[i]) == SQLITE_NULL)
            return true;
    }
    return false;
}

// A text that is no number is NULL as one; NaN is kept as text.
std::optional<double> realOf(sqlite3_value *value)
{
    if (sqlite3_value_type(value) != SQLITE_TEXT)
        return sqlite3_value_double(value);
    const std::string text = textOf(value);
    if (text == "NaN")
        return std::numeric_limits<double>::quiet_NaN();
    const auto number = parseJson(text);
    return number && number->isNumber() ? std::optional(number->real) : std::nullopt;
}

void giveReal(sqlite3_context *context, std::optional<double> value)
{
    if (!value)
        sqlite3_result_null(context);
    else if (std::isnan(*value))
        sqlite3_result_text(context, "NaN", 3, SQLITE_STATIC);
    else
        sqlite3_result_double(context, *value);
}

void giveText(sqlite3_context *context, const std::string &text)
{
    sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

void divide(sqlite3_context *context, int count, sqlite3_value **values)
{
    const auto left = isNullAmong(count, values) ? std::nullopt : realOf(values[0]);
    const auto right = left ? realOf(values[1]) : std::nullopt;
    giveReal(context, right ? std::optional(*left / *right) : std::nullopt);
}

void modulo(sqlite3_context *context, int count, sqlite3_value **values)
{
    if (isNullAmong(count, values))
        return sqlite3_result_null(context);
    const bool isWhole = sqlite3_value_type(values[0]) == SQLITE_INTEGER && sqlite3_value_type(values[1]) == SQLITE_INTEGER;
    if (!isWhole)
        return giveReal(context, std::fmod(sqlite3_value_double(values[0]), sqlite3_value_double(values[1])));
    const std::int64_t by = sqlite3_value_int64(values[1]);
    if (by == 0)
        return sqlite3_result_null(context);
    sqlite3_result_int64(context, by == -1 ? 0 : sqlite3_value_int64(values[0]) % by);
}

void toFloat(sqlite3_context *context, int count, sqlite3_value **values)
{
    const auto value = isNullAmong(count, values) ? std::nullopt : realOf(values[0]);
    giveReal(context, value ? std::optional(static_cast<double>(static_cast<float>(*value))) : std::nullopt);
}

void toDouble(sqlite3_context *context, int count, sqlite3_value **values)
{
    giveReal(context, isNullAmong(count, values) ? std::nullopt : realOf(values[0]));
}

void toBool(sqlite3_context *context, int count, sqlite3_value **values)
{
    const std::string text = isNullAmong(count, values) ? std::string() : lowerCase(textOf(values[0]));
    if (text == "true" || text == "t" || text == "1" || text == "y" || text == "yes")
        return sqlite3_result_int(context, 1);
    if (text == "false" || text == "f" || text == "0" || text == "n" || text == "no")
        return sqlite3_result_int(context, 0);
    sqlite3_result_null(context);
}

// Seconds of the server's own day and clock; dates are texts, timestamps milliseconds.
std::optional<std::int64_t> localSeconds(sqlite3_value *value)
{
    if (sqlite3_value_type(value) == SQLITE_NULL)
        return std::nullopt;
    std::optional<std::int64_t> time;
    if (sqlite3_value_type(value) == SQLITE_TEXT)
        time = timestampOf(textOf(value));
    else
        time = sqlite3_value_int64(value);
    if (!time)
        return std::nullopt;
    const std::int64_t seconds = *time / 1000 - (*time % 1000 < 0 ? 1 : 0);
    return seconds + kZoneSeconds;
}

std::optional<std::string> formatted(sqlite3_value *value, const char *format)
{
    const auto seconds = localSeconds(value);
    if (!seconds)
        return std::nullopt;
    const auto time = static_cast<std::time_t>(*seconds);
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 256> text;
    const std::size_t size = std::strftime(text.data(), text.size(), format, &parts);
    return std::string(text.data(), size);
}

void giveFormatted(sqlite3_context *context, const std::optional<std::string> &text)
{
    text ? giveText(context, *text) : sqlite3_result_null(context);
}

void format(sqlite3_context *context, int count, sqlite3_value **values)
{
    giveFormatted(context, isNullAmong(count, values) ? std::nullopt : formatted(values[0], textOf(values[1]).c_str()));
}

void toDate(sqlite3_context *context, int, sqlite3_value **values)
{
    giveFormatted(context, formatted(values[0], "%Y-%m-%d"));
}

void toTimestamp(sqlite3_context *context, int, sqlite3_value **values)
{
    if (sqlite3_value_type(values[0]) == SQLITE_INTEGER)
        return sqlite3_result_int64(context, sqlite3_value_int64(values[0]));
    const auto time = timestampOf(textOf(values[0]));
    time ? sqlite3_result_int64(context, *time) : sqlite3_result_null(context);
}

// The part of a time that strftime's letter names; days of the week count from Sunday, 1.
void part(sqlite3_context *context, int count, sqlite3_value **values)
{
    const std::string letter = textOf(values[1]);
    const auto text = isNullAmong(count, values) ? std::nullopt : formatted(values[0], ('%' + letter).c_str());
    if (!text)
        return sqlite3_result_null(context);
    sqlite3_result_int(context, std::atoi(text->c_str()) + (letter == "w" ? 1 : 0));
}

void days(sqlite3_context *context, int count, sqlite3_value **values)
{
    const auto left = isNullAmong(count, values) ? std::nullopt : localSeconds(values[0]);
    const auto right = left ? localSeconds(values[1]) : std::nullopt;
    right ? sqlite3_result_int64(context, *left / 86400 - *right / 86400) : sqlite3_result_null(context);
}

// pattern, text, whether case does not count.
void like(sqlite3_context *context, int count, sqlite3_value **values)
{
    if (isNullAmong(count, values))
        return sqlite3_result_null(context);
    std::string pattern = textOf(values[0]);
    std::string text = textOf(values[1]);
    if (sqlite3_value_int(values[2]) != 0) {
        pattern = lowerCase(pattern);
        text = lowerCase(text);
    }
    // "*" and "?" of a glob are what "%" and "_" are here; both mean themselves in brackets.
    std::string glob;
    for (const char c : pattern) {
        if (c == '%' || c == '_')
            glob += c == '%' ? '*' : '?';
        else if (c == '*' || c == '?' || c == '[')
            glob += std::string("[") + c + ']';
        else
            glob += c;
    }
    sqlite3_result_int(context, sqlite3_strglob(glob.c_str(), text.c_str()) == 0 ? 1 : 0);
}

void concat(sqlite3_context *context, int count, sqlite3_value **values)
{
    if (isNullAmong(count, values))
        return sqlite3_result_null(context);
    std::string text;
    for (int i = 0; i < count; ++i)
        text += textOf(values[i]);
    giveText(context, text);
}

void reverse(sqlite3_context *context, int count, sqlite3_value **values)
{
    if (isNullAmong(count, values))
        return sqlite3_result_null(context);
    const std::string text = textOf(values[0]);
    giveText(context, {text.rbegin(), text.rend()});
}

struct Entry {
    const char *name;
    int arguments;
    void (*function)(sqlite3_context *, int, sqlite3_value **);
};
constexpr std::array<Entry, 13> kEntries{{{"om_divide", 2, divide}, {"om_mod", 2, modulo}, {"om_float", 1, toFloat},
    {"om_double", 1, toDouble}, {"om_bool", 1, toBool}, {"om_format", 2, format}, {"om_date", 1, toDate},
    {"om_timestamp", 1, toTimestamp}, {"om_part", 2, part}, {"om_days", 2, days}, {"om_like", 3, like}, {"om_concat", -1, concat},
    {"om_reverse", 1, reverse}}};

} // namespace

void addFunctions(sandbox::sqlite::Database &database)
{
    for (const Entry &entry : kEntries) {
        sqlite3_create_function(database.handle(), entry.name, entry.arguments, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, entry.function,
            nullptr, nullptr);
    }
}

} // namespace openmldb::server
