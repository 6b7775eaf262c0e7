// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/functions.h"

#include "sandbox/timetext.h"
#include "sandbox/types.h"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

namespace lindorm::server {

namespace {

std::string_view textOf(sqlite3_value *value)
{
    const unsigned char *text = sqlite3_value_text(value);
    return text ? std::string_view(reinterpret_cast<const char *>(text), static_cast<std::size_t>(sqlite3_value_bytes(value)))
                : std::string_view();
}

void fail(sqlite3_context *context, const std::string &message)
{
    sqlite3_result_error(context, message.data(), static_cast<int>(message.size()));
}

bool isNull(sqlite3_value *value)
{
    return sqlite3_value_type(value) == SQLITE_NULL;
}

// l_first(value, time) and l_last: the value, other than NULL, with the least or the greatest time.
struct Edge {
    sqlite3_value *value;
    std::int64_t time;
};

template <bool IsFirst>
void edgeStep(sqlite3_context *context, int, sqlite3_value **args)
{
    auto *edge = static_cast<Edge *>(sqlite3_aggregate_context(context, sizeof(Edge)));
    if (!edge || isNull(args[0]) || isNull(args[1]))
        return;
    const std::int64_t time = sqlite3_value_int64(args[1]);
    if (edge->value && (IsFirst ? time >= edge->time : time < edge->time))
        return;
    sqlite3_value_free(edge->value);
    edge->value = sqlite3_value_dup(args[0]);
    edge->time = time;
}

void edgeValue(sqlite3_context *context)
{
    const auto *edge = static_cast<Edge *>(sqlite3_aggregate_context(context, 0));
    if (edge && edge->value)
        sqlite3_result_value(context, edge->value);
}

void edgeFinal(sqlite3_context *context)
{
    edgeValue(context);
    if (auto *edge = static_cast<Edge *>(sqlite3_aggregate_context(context, 0)); edge && edge->value)
        sqlite3_value_free(edge->value);
}

// Windows only ever grow here: nothing leaves them.
void edgeInverse(sqlite3_context *, int, sqlite3_value **) {}

// l_percentile(value, p): between the two nearest ranks, linearly.
struct Percentile {
    std::vector<double> *values;
    double p;
};

void percentileStep(sqlite3_context *context, int, sqlite3_value **args)
{
    auto *state = static_cast<Percentile *>(sqlite3_aggregate_context(context, sizeof(Percentile)));
    if (!state || isNull(args[0]))
        return;
    if (!state->values)
        state->values = new std::vector<double>;
    state->values->push_back(sqlite3_value_double(args[0]));
    state->p = sqlite3_value_double(args[1]);
}

void percentileFinal(sqlite3_context *context)
{
    auto *state = static_cast<Percentile *>(sqlite3_aggregate_context(context, 0));
    if (!state || !state->values)
        return;
    std::vector<double> &values = *state->values;
    std::sort(values.begin(), values.end());
    const double place = std::clamp(state->p, 0.0, 100.0) / 100 * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    sqlite3_result_double(context, values[below] + (values[above] - values[below]) * (place - static_cast<double>(below)));
    delete state->values;
}

void divide(sqlite3_context *context, int, sqlite3_value **args)
{
    if (isNull(args[0]) || isNull(args[1]))
        return;
    const std::int64_t by = sqlite3_value_int64(args[1]);
    const std::int64_t value = sqlite3_value_int64(args[0]);
    if (by == 0)
        fail(context, "/ by zero");
    else
        sqlite3_result_int64(context, by == -1 ? -value : value / by);
}

void divideReal(sqlite3_context *context, int, sqlite3_value **args)
{
    if (!isNull(args[0]) && !isNull(args[1]))
        sqlite3_result_double(context, sqlite3_value_double(args[0]) / sqlite3_value_double(args[1]));
}

void remainder(sqlite3_context *context, int, sqlite3_value **args)
{
    if (isNull(args[0]) || isNull(args[1]))
        return;
    const std::int64_t by = sqlite3_value_int64(args[1]);
    if (by == 0)
        fail(context, "/ by zero");
    else
        sqlite3_result_int64(context, by == -1 ? 0 : sqlite3_value_int64(args[0]) % by);
}

template <typename Number>
std::optional<Number> numberOf(std::string_view text)
{
    Number number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failure == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

void castToBigInt(sqlite3_context *context, int, sqlite3_value **args)
{
    if (isNull(args[0]))
        return;
    if (sqlite3_value_type(args[0]) != SQLITE_TEXT) {
        sqlite3_result_int64(context, sqlite3_value_int64(args[0]));
        return;
    }
    const auto number = numberOf<std::int64_t>(textOf(args[0]));
    if (number)
        sqlite3_result_int64(context, *number);
    else
        fail(context, "For input string: \"" + std::string(textOf(args[0])) + "\"");
}

void castToDouble(sqlite3_context *context, int, sqlite3_value **args)
{
    if (isNull(args[0]))
        return;
    if (sqlite3_value_type(args[0]) != SQLITE_TEXT) {
        sqlite3_result_double(context, sqlite3_value_double(args[0]));
        return;
    }
    const auto number = numberOf<double>(textOf(args[0]));
    if (number)
        sqlite3_result_double(context, *number);
    else
        fail(context, "For input string: \"" + std::string(textOf(args[0])) + "\"");
}

void castToTimestamp(sqlite3_context *context, int, sqlite3_value **args)
{
    if (isNull(args[0]))
        return;
    if (sqlite3_value_type(args[0]) != SQLITE_TEXT) {
        sqlite3_result_int64(context, sqlite3_value_int64(args[0]));
        return;
    }
    const auto time = timeOfText(textOf(args[0]));
    if (time)
        sqlite3_result_int64(context, *time);
    else
        fail(context, "Invalid timestamp: '" + std::string(textOf(args[0])) + "'");
}

void add(sqlite3 *handle, const char *name, int count, void (*function)(sqlite3_context *, int, sqlite3_value **))
{
    sqlite3_create_function(handle, name, count, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, function, nullptr, nullptr);
}

} // namespace

void addFunctions(sandbox::sqlite::Database &database)
{
    sqlite3 *handle = database.handle();
    sqlite3_create_window_function(
        handle, "l_first", 2, SQLITE_UTF8, nullptr, edgeStep<true>, edgeFinal, edgeValue, edgeInverse, nullptr);
    sqlite3_create_window_function(
        handle, "l_last", 2, SQLITE_UTF8, nullptr, edgeStep<false>, edgeFinal, edgeValue, edgeInverse, nullptr);
    sqlite3_create_function(handle, "l_percentile", 2, SQLITE_UTF8, nullptr, nullptr, percentileStep, percentileFinal);
    add(handle, "l_div", 2, divide);
    add(handle, "l_fdiv", 2, divideReal);
    add(handle, "l_mod", 2, remainder);
    add(handle, "l_bigint", 1, castToBigInt);
    add(handle, "l_double", 1, castToDouble);
    add(handle, "l_time", 1, castToTimestamp);
}

} // namespace lindorm::server
