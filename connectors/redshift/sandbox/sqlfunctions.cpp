// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sqlfunctions.h"

#include "sandbox/sqltype.h"

#include <sqlite3.h>

#include <charconv>
#include <cmath>
#include <string>

namespace redshift::server {

namespace {

using Arguments = sqlite3_value **;
using Function = void (*)(sqlite3_context *, int, Arguments);

std::string_view textOf(sqlite3_value *value)
{
    const auto *text = reinterpret_cast<const char *>(sqlite3_value_text(value));
    return text ? std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value))) : std::string_view();
}

void answerText(sqlite3_context *context, std::string_view text)
{
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void answerError(sqlite3_context *context, const std::string &message)
{
    sqlite3_result_error(context, message.c_str(), static_cast<int>(message.size()));
}

bool hasNull(int count, Arguments arguments)
{
    for (int i = 0; i < count; ++i) {
        if (sqlite3_value_type(arguments[i]) == SQLITE_NULL)
            return true;
    }
    return false;
}

void answerInteger(sqlite3_context *context, const std::optional<std::int64_t> &value, std::string_view unit)
{
    if (value)
        sqlite3_result_int64(context, *value);
    else
        answerError(context, "timestamp units \"" + std::string(unit) + "\" not recognized");
}

void truncate(sqlite3_context *context, int count, Arguments arguments)
{
    if (!hasNull(count, arguments))
        answerInteger(context, truncatedTo(textOf(arguments[0]), sqlite3_value_int64(arguments[1])), textOf(arguments[0]));
}

void datePart(sqlite3_context *context, int count, Arguments arguments)
{
    if (hasNull(count, arguments))
        return;
    if (const auto part = partOf(textOf(arguments[0]), sqlite3_value_int64(arguments[1])))
        sqlite3_result_double(context, *part);
    else
        answerInteger(context, std::nullopt, textOf(arguments[0]));
}

void dateAdd(sqlite3_context *context, int count, Arguments arguments)
{
    if (!hasNull(count, arguments)) {
        answerInteger(context,
            added(textOf(arguments[0]), sqlite3_value_int64(arguments[1]), sqlite3_value_int64(arguments[2])), textOf(arguments[0]));
    }
}

void dateDiff(sqlite3_context *context, int count, Arguments arguments)
{
    if (!hasNull(count, arguments)) {
        answerInteger(context,
            difference(textOf(arguments[0]), sqlite3_value_int64(arguments[1]), sqlite3_value_int64(arguments[2])), textOf(arguments[0]));
    }
}

void addMonths(sqlite3_context *context, int count, Arguments arguments)
{
    if (!hasNull(count, arguments))
        sqlite3_result_int64(context, addedMonths(sqlite3_value_int64(arguments[0]), sqlite3_value_int64(arguments[1])));
}

// rs_moment(text, type name): microseconds.
void moment(sqlite3_context *context, int count, Arguments arguments)
{
    if (hasNull(count, arguments))
        return;
    const auto kind = kindByName(textOf(arguments[1])).value_or(SqlType::Kind::Timestamp);
    if (const auto value = parseMoment(textOf(arguments[0]), kind))
        sqlite3_result_int64(context, *value);
    else
        answerError(context, "invalid input syntax for type " + std::string(typeName(kind)) + ": \"" + std::string(textOf(arguments[0])) + '"');
}

// rs_text(microseconds, type name).
void text(sqlite3_context *context, int count, Arguments arguments)
{
    if (hasNull(count, arguments))
        return;
    const auto kind = kindByName(textOf(arguments[1]));
    const std::int64_t value = sqlite3_value_int64(arguments[0]);
    answerText(context, kind ? momentText(value, *kind) : intervalText(value));
}

// rs_integer(value, bytes, name): rounded, refused where it does not fit.
void integer(sqlite3_context *context, int count, Arguments arguments)
{
    if (hasNull(count, arguments))
        return;
    const std::string name(textOf(arguments[2]));
    std::int64_t value = sqlite3_value_int64(arguments[0]);
    if (sqlite3_value_type(arguments[0]) == SQLITE_TEXT) {
        const std::string_view given = textOf(arguments[0]);
        const auto [end, problem] = std::from_chars(given.data(), given.data() + given.size(), value);
        if (problem != std::errc() || end != given.data() + given.size())
            return answerError(context, "invalid input syntax for integer: \"" + std::string(given) + '"');
    } else if (sqlite3_value_type(arguments[0]) == SQLITE_FLOAT) {
        const double rounded = std::nearbyint(sqlite3_value_double(arguments[0]));
        if (!(std::abs(rounded) < 9.3e18))
            return answerError(context, name + " out of range");
        value = static_cast<std::int64_t>(rounded);
    }
    const int unused = 64 - sqlite3_value_int(arguments[1]) * 8;
    if (static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << unused) >> unused != value)
        return answerError(context, name + " out of range");
    sqlite3_result_int64(context, value);
}

// rs_real(value, isFloat4)
void real(sqlite3_context *context, int count, Arguments arguments)
{
    if (hasNull(count, arguments))
        return;
    double value = sqlite3_value_double(arguments[0]);
    if (sqlite3_value_type(arguments[0]) == SQLITE_TEXT) {
        const std::string_view given = textOf(arguments[0]);
        const auto [end, problem] = std::from_chars(given.data(), given.data() + given.size(), value);
        if (problem != std::errc() || end != given.data() + given.size())
            return answerError(context, "invalid input syntax for type double precision: \"" + std::string(given) + '"');
    }
    sqlite3_result_double(context, sqlite3_value_int(arguments[1]) != 0 ? static_cast<double>(static_cast<float>(value)) : value);
}

// rs_fit(text, most bytes)
void fit(sqlite3_context *context, int count, Arguments arguments)
{
    if (hasNull(count, arguments))
        return;
    const std::string_view given = textOf(arguments[0]);
    if (given.size() > static_cast<std::size_t>(sqlite3_value_int64(arguments[1])))
        answerError(context, "Value too long for character type");
    else
        answerText(context, given);
}

void divide(sqlite3_context *context, int count, Arguments arguments)
{
    if (hasNull(count, arguments))
        return;
    const bool isWhole = sqlite3_value_type(arguments[0]) == SQLITE_INTEGER && sqlite3_value_type(arguments[1]) == SQLITE_INTEGER
        && sqlite3_value_int(arguments[2]) != 0;
    if (sqlite3_value_double(arguments[1]) == 0)
        return answerError(context, "division by zero");
    if (isWhole)
        sqlite3_result_int64(context, sqlite3_value_int64(arguments[0]) / sqlite3_value_int64(arguments[1]));
    else
        sqlite3_result_double(context, sqlite3_value_double(arguments[0]) / sqlite3_value_double(arguments[1]));
}

void splitPart(sqlite3_context *context, int count, Arguments arguments)
{
    if (hasNull(count, arguments))
        return;
    std::string_view given = textOf(arguments[0]);
    const std::string_view mark = textOf(arguments[1]);
    for (std::int64_t left = sqlite3_value_int64(arguments[2]); left > 1; --left) {
        const std::size_t at = mark.empty() ? std::string_view::npos : given.find(mark);
        given = at == std::string_view::npos ? std::string_view() : given.substr(at + mark.size());
    }
    answerText(context, given.substr(0, mark.empty() ? std::string_view::npos : given.find(mark)));
}

void position(sqlite3_context *context, int count, Arguments arguments)
{
    if (hasNull(count, arguments))
        return;
    const std::size_t at = textOf(arguments[0]).find(textOf(arguments[1]));
    sqlite3_result_int64(context, at == std::string_view::npos ? 0 : static_cast<std::int64_t>(at) + 1);
}

void pad(sqlite3_context *context, int count, Arguments arguments)
{
    if (hasNull(count, arguments))
        return;
    std::string given(textOf(arguments[0]));
    const auto size = static_cast<std::size_t>(std::max<std::int64_t>(0, std::min<std::int64_t>(sqlite3_value_int64(arguments[1]), 65535)));
    const std::string_view fill = textOf(arguments[2]);
    const bool isLeft = sqlite3_value_int(arguments[3]) != 0;
    std::string more;
    while (!fill.empty() && given.size() + more.size() < size)
        more += fill;
    more.resize(given.size() < size && !fill.empty() ? size - given.size() : 0);
    answerText(context, (isLeft ? more + given : given + more).substr(0, size));
}

} // namespace

void addFunctions(sandbox::sqlite::Database &database)
{
    const std::pair<const char *, std::pair<int, Function>> all[] = {{"rs_trunc", {2, truncate}}, {"rs_part", {2, datePart}},
        {"rs_dateadd", {3, dateAdd}}, {"rs_datediff", {3, dateDiff}}, {"rs_addmonths", {2, addMonths}}, {"rs_moment", {2, moment}},
        {"rs_text", {2, text}}, {"rs_integer", {3, integer}}, {"rs_real", {2, real}}, {"rs_divide", {3, divide}},
        {"rs_splitpart", {3, splitPart}}, {"rs_position", {2, position}}, {"rs_pad", {4, pad}}, {"rs_fit", {2, fit}}};
    for (const auto &[name, function] : all) {
        sqlite3_create_function_v2(database.handle(), name, function.first, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
            function.second, nullptr, nullptr, nullptr);
    }
    database.execute("PRAGMA case_sensitive_like=ON"); // LIKE is; ILIKE compares lower-case texts
}

} // namespace redshift::server
