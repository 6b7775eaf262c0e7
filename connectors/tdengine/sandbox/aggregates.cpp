// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/functions.h"

#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <new>

namespace tdengine::server {

namespace {

// SQLite gives zeroed memory for a group's state; an object is made in it at the first row.
template <typename State>
State *stateOf(sqlite3_context *out, bool create)
{
    struct Slot {
        State *state;
    };
    auto *slot = static_cast<Slot *>(sqlite3_aggregate_context(out, create ? sizeof(Slot) : 0));
    if (slot && !slot->state && create)
        slot->state = new State;
    return slot ? slot->state : nullptr;
}

template <typename State>
void stepAggregate(sqlite3_context *out, int, sqlite3_value **args)
{
    if (auto *state = stateOf<State>(out, true))
        state->add(args);
}

template <typename State>
void finishAggregate(sqlite3_context *out)
{
    State *state = stateOf<State>(out, false);
    if (!state) {
        State empty;
        empty.give(out);
        return;
    }
    state->give(out);
    delete state;
}

template <typename State>
void valueOfAggregate(sqlite3_context *out)
{
    if (const State *state = stateOf<State>(out, false))
        state->give(out);
}

// Only frames that begin with the partition are written, so that no row ever leaves one.
void inverseUnused(sqlite3_context *, int, sqlite3_value **) { }

bool isNullArgument(sqlite3_value *value)
{
    return sqlite3_value_type(value) == SQLITE_NULL;
}

// A value kept beyond its row.
class Kept
{
public:
    Kept() = default;
    Kept(const Kept &) = delete;
    Kept &operator=(const Kept &) = delete;
    ~Kept() { sqlite3_value_free(m_value); }
    void set(sqlite3_value *value)
    {
        sqlite3_value_free(m_value);
        m_value = sqlite3_value_dup(value);
    }
    void give(sqlite3_context *out) const
    {
        if (m_value)
            sqlite3_result_value(out, m_value);
    }

private:
    sqlite3_value *m_value = nullptr;
};

// The value with the smallest or largest key; rows without a value count only for last_row.
template <bool Largest, bool TakesNull>
struct Pick {
    double realKey = 0;
    std::int64_t key = 0;
    bool isReal = false;
    bool has = false;
    Kept value;

    void add(sqlite3_value **args)
    {
        if (isNullArgument(args[0]) || (!TakesNull && isNullArgument(args[1])))
            return;
        isReal = sqlite3_value_type(args[0]) == SQLITE_FLOAT;
        const double real = isReal ? sqlite3_value_double(args[0]) : 0;
        const std::int64_t integer = isReal ? 0 : sqlite3_value_int64(args[0]);
        const bool isBetter = isReal ? (Largest ? real > realKey : real < realKey) : (Largest ? integer > key : integer < key);
        if (has && !isBetter)
            return;
        has = true;
        realKey = real;
        key = integer;
        value.set(args[1]);
    }
    void give(sqlite3_context *out) const { value.give(out); }
};

// Welford's method: stable for values far from zero.
struct Moments {
    std::int64_t count = 0;
    double mean = 0;
    double squares = 0;
    void add(sqlite3_value **args)
    {
        if (isNullArgument(args[0]))
            return;
        const double value = sqlite3_value_double(args[0]);
        ++count;
        const double delta = value - mean;
        mean += delta / static_cast<double>(count);
        squares += delta * (value - mean);
    }
};
template <bool Root, int Less>
struct Spreading : Moments {
    void give(sqlite3_context *out) const
    {
        if (count <= Less)
            return;
        const double variance = squares / static_cast<double>(count - Less);
        sqlite3_result_double(out, Root ? std::sqrt(variance) : variance);
    }
};

struct Percentile {
    std::vector<double> values;
    double percent = 50;
    void add(sqlite3_value **args)
    {
        percent = sqlite3_value_double(args[1]);
        if (!isNullArgument(args[0]))
            values.push_back(sqlite3_value_double(args[0]));
    }
    void give(sqlite3_context *out)
    {
        if (values.empty())
            return;
        std::sort(values.begin(), values.end());
        const double at = std::clamp(percent, 0.0, 100.0) / 100.0 * static_cast<double>(values.size() - 1);
        const auto below = static_cast<std::size_t>(at);
        const std::size_t above = std::min(below + 1, values.size() - 1);
        sqlite3_result_double(out, values[below] + (values[above] - values[below]) * (at - std::floor(at)));
    }
};

struct Mode {
    struct Entry {
        std::int64_t count = 0;
        Kept value;
    };
    std::map<std::pair<int, std::string>, Entry> entries;
    void add(sqlite3_value **args)
    {
        if (isNullArgument(args[0]))
            return;
        const int kind = sqlite3_value_type(args[0]);
        const auto *bytes = static_cast<const char *>(sqlite3_value_blob(args[0]));
        const std::string key = bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_value_bytes(args[0]))) : std::string();
        Entry &entry = entries[{kind, key}];
        if (entry.count++ == 0)
            entry.value.set(args[0]);
    }
    void give(sqlite3_context *out) const
    {
        const auto best = std::max_element(entries.begin(), entries.end(),
            [](const auto &a, const auto &b) { return a.second.count < b.second.count; });
        if (best != entries.end())
            best->second.value.give(out);
    }
};

// Points in the order of their times, which the scan may not have.
struct Timeline {
    std::vector<std::pair<std::int64_t, double>> points;
    std::int64_t perSecond = 1000;
    void add(sqlite3_value **args)
    {
        if (!isNullArgument(args[0]) && !isNullArgument(args[1]))
            points.emplace_back(sqlite3_value_int64(args[0]), sqlite3_value_double(args[1]));
    }
};

// The area under the straight lines between the points, over the time from the first to the last.
struct TimeWeighted : Timeline {
    void give(sqlite3_context *out)
    {
        if (points.empty())
            return;
        std::sort(points.begin(), points.end());
        double area = 0;
        for (std::size_t i = 1; i < points.size(); ++i)
            area += (points[i].second + points[i - 1].second) / 2 * static_cast<double>(points[i].first - points[i - 1].first);
        const auto span = static_cast<double>(points.back().first - points.front().first);
        sqlite3_result_double(out, span > 0 ? area / span : points.front().second);
    }
};

// The growth a second between the last two points; a counter that fell began anew.
struct InstantRate : Timeline {
    void add(sqlite3_value **args)
    {
        Timeline::add(args);
        perSecond = sqlite3_value_int64(args[2]);
    }
    void give(sqlite3_context *out)
    {
        if (points.size() < 2)
            return;
        std::sort(points.begin(), points.end());
        const auto &last = points[points.size() - 1];
        const auto &before = points[points.size() - 2];
        const double growth = last.second >= before.second ? last.second - before.second : last.second;
        const auto ticks = static_cast<double>(last.first - before.first);
        if (ticks > 0)
            sqlite3_result_double(out, growth * static_cast<double>(perSecond) / ticks);
    }
};

struct UnsignedSum {
    std::uint64_t sum = 0;
    bool has = false;
    void add(sqlite3_value **args)
    {
        if (isNullArgument(args[0]))
            return;
        has = true;
        if (sqlite3_value_type(args[0]) == SQLITE_INTEGER)
            sum += static_cast<std::uint64_t>(sqlite3_value_int64(args[0]));
        else
            sum += unsignedValue(Cell(std::string(reinterpret_cast<const char *>(sqlite3_value_text(args[0])))));
    }
    void give(sqlite3_context *out) const
    {
        if (!has)
            return;
        const Cell cell = unsignedCell(sum);
        if (const auto *digits = std::get_if<std::string>(&cell))
            sqlite3_result_text64(out, digits->data(), digits->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
        else
            sqlite3_result_int64(out, std::get<std::int64_t>(cell));
    }
};

__extension__ using Wide = __int128;

// Exact: all values have the same scale, so that their digits add up as one integer.
struct DecimalSum {
    Wide sum = 0;
    int scale = 0;
    bool has = false;
    void add(sqlite3_value **args)
    {
        scale = sqlite3_value_int(args[1]);
        if (isNullArgument(args[0]))
            return;
        has = true;
        Wide value = 0;
        bool isNegative = false;
        for (const char *c = reinterpret_cast<const char *>(sqlite3_value_text(args[0])); *c; ++c) {
            isNegative |= *c == '-';
            if (*c >= '0' && *c <= '9')
                value = value * 10 + (*c - '0');
        }
        sum += isNegative ? -value : value;
    }
    void give(sqlite3_context *out) const
    {
        if (!has)
            return;
        std::string digits;
        for (Wide rest = sum < 0 ? -sum : sum; rest > 0; rest /= 10)
            digits += static_cast<char>('0' + static_cast<int>(rest % 10));
        while (digits.size() <= static_cast<std::size_t>(scale))
            digits += '0';
        if (scale > 0)
            digits.insert(static_cast<std::size_t>(scale), ".");
        if (sum < 0)
            digits += '-';
        std::reverse(digits.begin(), digits.end());
        sqlite3_result_text64(out, digits.data(), digits.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    }
};

// The last value that was not null.
struct Previous {
    Kept value;
    void add(sqlite3_value **args)
    {
        if (!isNullArgument(args[0]))
            value.set(args[0]);
    }
    void give(sqlite3_context *out) const { value.give(out); }
};

// Numbers the windows from a row that opens one to the next that closes it; rows outside have no number.
struct EventWindow {
    std::int64_t number = 0;
    bool isOpen = false;
    bool isInside = false;
    void add(sqlite3_value **args)
    {
        if (!isOpen && sqlite3_value_int(args[0])) {
            isOpen = true;
            ++number;
        }
        isInside = isOpen;
        if (isOpen && sqlite3_value_int(args[1]))
            isOpen = false;
    }
    void give(sqlite3_context *out) const
    {
        if (isInside)
            sqlite3_result_int64(out, number);
    }
};

template <typename State>
void addAggregate(sqlite3 *database, const char *name, int args)
{
    sqlite3_create_function_v2(database, name, args, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, nullptr,
        stepAggregate<State>, finishAggregate<State>, nullptr);
}

template <typename State>
void addWindowFunction(sqlite3 *database, const char *name, int args)
{
    sqlite3_create_window_function(database, name, args, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, stepAggregate<State>,
        finishAggregate<State>, valueOfAggregate<State>, inverseUnused, nullptr);
}

} // namespace

void registerAggregates(sqlite3 *database)
{
    addAggregate<Pick<false, false>>(database, "td_first", 2);
    addAggregate<Pick<true, false>>(database, "td_last", 2);
    addAggregate<Pick<true, true>>(database, "td_last_row", 2);
    addAggregate<Spreading<true, 0>>(database, "td_stddev", 1);
    addAggregate<Spreading<true, 1>>(database, "td_stddev_samp", 1);
    addAggregate<Spreading<false, 0>>(database, "td_variance", 1);
    addAggregate<Spreading<false, 1>>(database, "td_variance_samp", 1);
    addAggregate<Percentile>(database, "td_percentile", 2);
    addAggregate<Mode>(database, "td_mode", 1);
    addAggregate<TimeWeighted>(database, "td_twa", 2);
    addAggregate<InstantRate>(database, "td_irate", 3);
    addAggregate<UnsignedSum>(database, "td_sum_unsigned", 1);
    addAggregate<DecimalSum>(database, "td_sum_decimal", 2);
    addWindowFunction<Previous>(database, "td_previous", 1);
    addWindowFunction<EventWindow>(database, "td_event", 2);
}

} // namespace tdengine::server
