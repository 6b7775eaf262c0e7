// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "table/rowmap.h"
#include "table/task.h"
#include "table/zone.h"

#include <optional>
#include <string>
#include <vector>

namespace table {

// One thing that is asked of a row. Texts are UTF-8; values that are no texts are searched as they are printed.
struct Condition {
    enum class Test : std::uint8_t {
        Contains, // text
        Pattern, // text: a regular expression, found anywhere in the value
        Range, // from and to, both belong to it, either may be empty; not for Bool, Binary and Json
        IsNull,
        OneOf, // values, as valueCounts() writes them; includesNull: and NULL
    };

    std::optional<std::size_t> column; // of the table; none: any column will do
    Test test = Test::Contains;
    bool isNegated = false; // keeps what else is left out, NULL too
    bool matchesCase = false;
    std::string text;
    // Numbers in digits of any length; times as "2024", "2024-05-17", "2024-05-17 08:30:00.25" in the zone of the
    // filter, or with Z or an offset. As an end, a day means all of it, and so on.
    std::string from;
    std::string to;
    std::vector<std::string> values;
    bool includesNull = false;

    bool operator==(const Condition &) const = default;
};

// Conditions that are ready to use: those rows pass that meet all. Immutable; shared by threads.
class ONDO_EXPORT Filter
{
public:
    // Usage error, for people to read: a regular expression that is none, a bound that is no number or time.
    static core::Result<Filter> compile(
        const Schema &schema, std::vector<Condition> conditions, const std::optional<Zone> &zone);

    // The rows that pass, from first (inclusive) to last (exclusive), ascending. Any thread. Errors: Cancelled.
    core::Result<Rows> rows(const Table &table, std::int64_t first, std::int64_t last, const Task &task) const;
    // Whether a value meets a condition without a column, or one of its own column, for marks.
    bool marks(const Table &table, std::int64_t row, std::size_t column) const;

private:
    struct State;
    std::shared_ptr<const State> m_state;
};

// A value and how often it is there.
struct ValueCount {
    std::optional<std::string> text; // as printed in UTC; none: NULL
    std::int64_t count = 0;
};
struct ValueCounts {
    std::vector<ValueCount> values; // the most frequent first
    bool isCut = false; // there are more values than were asked for: counting stopped, and nothing is listed
};

// All values of a column with their counts, if they are not more than most. Errors: Cancelled.
ONDO_EXPORT core::Result<ValueCounts> valueCounts(const Table &table, std::size_t column, std::size_t most, const Task &task);

} // namespace table
