// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/functions.h"

#include "sandbox/jsontext.h"

#include <sqlite3.h>

#include <charconv>
#include <memory>

#include <regex.h>

namespace tdengine::server {

namespace {

// An extended regular expression of POSIX, as the server's own.
class Pattern
{
public:
    explicit Pattern(const std::string &text)
        : m_isValid(regcomp(&m_pattern, text.c_str(), REG_EXTENDED | REG_NOSUB) == 0)
    {
    }
    ~Pattern()
    {
        if (m_isValid)
            regfree(&m_pattern);
    }
    Pattern(const Pattern &) = delete;
    Pattern &operator=(const Pattern &) = delete;
    bool isValid() const { return m_isValid; }
    bool isIn(const std::string &text) const { return regexec(&m_pattern, text.c_str(), 0, nullptr, 0) == 0; }

private:
    regex_t m_pattern{};
    bool m_isValid;
};

const FunctionContext &contextOf(sqlite3_context *out)
{
    return *static_cast<const FunctionContext *>(sqlite3_user_data(out));
}

bool isNullValue(sqlite3_value *value)
{
    return sqlite3_value_type(value) == SQLITE_NULL;
}

std::string textOf(sqlite3_value *value)
{
    const auto *bytes = static_cast<const char *>(sqlite3_value_blob(value));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))) : std::string();
}

void giveText(sqlite3_context *out, const std::string &text)
{
    sqlite3_result_text64(out, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

const WindowSpec &windowOf(sqlite3_context *out, sqlite3_value *index)
{
    return (*contextOf(out).windows)[static_cast<std::size_t>(sqlite3_value_int64(index))];
}

void windowStart(sqlite3_context *out, int, sqlite3_value **args)
{
    if (!isNullValue(args[0]))
        sqlite3_result_int64(out, windowOf(out, args[1]).lastStart(sqlite3_value_int64(args[0])));
}

void windowEnd(sqlite3_context *out, int, sqlite3_value **args)
{
    if (!isNullValue(args[0]))
        sqlite3_result_int64(out, windowOf(out, args[1]).end(sqlite3_value_int64(args[0])));
}

void isoText(sqlite3_context *out, int, sqlite3_value **args)
{
    if (isNullValue(args[0]))
        return;
    std::string text;
    appendTimestamp(text, sqlite3_value_int64(args[0]), static_cast<Precision>(sqlite3_value_int(args[1])), contextOf(out).zone);
    giveText(out, text);
}

void parseTime(sqlite3_context *out, int, sqlite3_value **args)
{
    const auto ticks
        = parseTimestamp(textOf(args[0]), static_cast<Precision>(sqlite3_value_int(args[1])), contextOf(out).zone);
    if (!isNullValue(args[0]) && ticks)
        sqlite3_result_int64(out, *ticks);
}

void moveTime(sqlite3_context *out, int, sqlite3_value **args)
{
    if (isNullValue(args[0]))
        return;
    const Duration months{sqlite3_value_int64(args[1]), 'n'};
    const auto precision = static_cast<Precision>(sqlite3_value_int(args[2]));
    sqlite3_result_int64(out, moved(sqlite3_value_int64(args[0]), months, 1, precision, contextOf(out).zone));
}

void zoneText(sqlite3_context *out, int, sqlite3_value **)
{
    const std::int64_t minutes = contextOf(out).zone.offsetAt(nowTicks(Precision::Milli) / 1000) / 60;
    char text[32];
    std::snprintf(text, sizeof text, "(UTC, %c%02d%02d)", minutes < 0 ? '-' : '+', static_cast<int>(std::abs(minutes) / 60),
        static_cast<int>(std::abs(minutes) % 60));
    giveText(out, text);
}

void numberText(sqlite3_context *out, int, sqlite3_value **args)
{
    if (isNullValue(args[0]))
        return;
    std::string text;
    if (sqlite3_value_type(args[0]) == SQLITE_FLOAT && sqlite3_value_int(args[1]))
        appendFloat(text, static_cast<float>(sqlite3_value_double(args[0])));
    else if (sqlite3_value_type(args[0]) == SQLITE_FLOAT)
        appendDouble(text, sqlite3_value_double(args[0]));
    else
        text = textOf(args[0]);
    giveText(out, text);
}

void concatWithSeparator(sqlite3_context *out, int count, sqlite3_value **args)
{
    if (isNullValue(args[0]))
        return;
    std::string text;
    bool isFirst = true;
    for (int i = 1; i < count; ++i) {
        if (isNullValue(args[i]))
            continue;
        text += (isFirst ? std::string() : textOf(args[0])) + textOf(args[i]);
        isFirst = false;
    }
    giveText(out, text);
}

void matches(sqlite3_context *out, int, sqlite3_value **args)
{
    if (isNullValue(args[0]) || isNullValue(args[1]))
        return;
    // Matching the same pattern again and again, SQLite keeps what was made of it.
    auto *pattern = static_cast<Pattern *>(sqlite3_get_auxdata(out, 1));
    std::unique_ptr<Pattern> made;
    if (!pattern) {
        made = std::make_unique<Pattern>(textOf(args[1]));
        pattern = made.get();
    }
    if (!pattern->isValid()) {
        sqlite3_result_error(out, "Syntax error in regular expression", -1);
        return;
    }
    sqlite3_result_int(out, pattern->isIn(textOf(args[0])));
    if (made)
        sqlite3_set_auxdata(out, 1, made.release(), [](void *old) { delete static_cast<Pattern *>(old); });
}

void geometryOfText(sqlite3_context *out, int, sqlite3_value **args)
{
    if (const auto wkb = wkbOfText(textOf(args[0])))
        sqlite3_result_blob64(out, wkb->data(), wkb->size(), SQLITE_TRANSIENT);
}

void toUnsigned(sqlite3_context *out, int, sqlite3_value **args)
{
    if (isNullValue(args[0]))
        return;
    const std::string text = textOf(args[0]);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data())
        value = static_cast<std::uint64_t>(sqlite3_value_int64(args[0]));
    const Cell cell = unsignedCell(value);
    if (const auto *digits = std::get_if<std::string>(&cell))
        giveText(out, *digits);
    else
        sqlite3_result_int64(out, std::get<std::int64_t>(cell));
}

void toDecimal(sqlite3_context *out, int, sqlite3_value **args)
{
    const auto text = decimalText(textOf(args[0]), sqlite3_value_int(args[1]));
    if (!isNullValue(args[0]) && text)
        giveText(out, *text);
}

// Value at w on the line between two points; nothing where one is missing.
void onLine(sqlite3_context *out, int, sqlite3_value **args)
{
    for (int i = 0; i < 5; ++i) {
        if (isNullValue(args[i]))
            return;
    }
    const double at = sqlite3_value_double(args[0]);
    const double t0 = sqlite3_value_double(args[1]);
    const double t1 = sqlite3_value_double(args[3]);
    const double v0 = sqlite3_value_double(args[2]);
    const double v1 = sqlite3_value_double(args[4]);
    sqlite3_result_double(out, t1 > t0 ? v0 + (v1 - v0) * (at - t0) / (t1 - t0) : v0);
}

} // namespace

void registerScalarFunctions(sqlite3 *database, const FunctionContext &context)
{
    struct Function {
        const char *name;
        int args;
        void (*body)(sqlite3_context *, int, sqlite3_value **);
    };
    constexpr Function functions[]{{"td_window_start", 2, windowStart}, {"td_window_end", 2, windowEnd}, {"td_iso", 2, isoText},
        {"td_parse_time", 2, parseTime}, {"td_move", 3, moveTime}, {"td_zone", 0, zoneText}, {"td_text", 2, numberText},
        {"td_concat_ws", -1, concatWithSeparator}, {"td_match", 2, matches}, {"td_geometry", 1, geometryOfText},
        {"td_unsigned", 1, toUnsigned}, {"td_decimal", 2, toDecimal}, {"td_linear", 5, onLine}};
    auto *user = const_cast<FunctionContext *>(&context);
    for (const Function &function : functions) {
        sqlite3_create_function_v2(database, function.name, function.args, SQLITE_UTF8 | SQLITE_DETERMINISTIC, user,
            function.body, nullptr, nullptr, nullptr);
    }
}

} // namespace tdengine::server
