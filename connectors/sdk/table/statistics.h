// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "table/rowmap.h"
#include "table/task.h"
#include "table/zone.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace table {

// Adds numbers that are written in decimal without losing a digit, whatever their number of digits up to 10^±144.
class ONDO_EXPORT ExactSum
{
public:
    // False for what is no number or out of reach: the sum is then not exact any more.
    bool add(std::string_view text);
    void add(std::int64_t value);
    void add(std::uint64_t value);
    void add(const ExactSum &other);
    // All digits, with as many behind the point as the longest that was added.
    std::string text() const;
    // The sum divided, with three digits more behind the point.
    std::string mean(std::uint64_t count) const;

private:
    static constexpr int kLimbs = 34; // of nine digits each
    static constexpr int kPointLimb = 17; // the first of whole numbers
    void addDigits(std::string_view digits, int fraction, bool isNegative);
    void carry();

    std::array<std::int64_t, kLimbs> m_limbs{};
    __extension__ __int128 m_whole = 0; // of integers, which are the usual case
    std::uint32_t m_additions = 0;
    int m_fraction = 0;
};

// A rectangle of a view; all four sides belong to it, and those past the end are held to it.
struct ViewRange {
    std::int64_t top = 0;
    std::int64_t bottom = -1;
    std::int64_t left = 0;
    std::int64_t right = -1;
};

// What selected cells come to. Texts as people write them.
struct Totals {
    std::int64_t cells = 0;
    std::int64_t values = 0; // that are not NULL
    std::int64_t numbers = 0; // that are numbers, NaN left out
    bool isExact = true; // sum and mean: nothing was rounded. Doubles are added in long double and rounded once
    std::string sum;
    std::string mean;
    std::string min;
    std::string max;
};

// ranges must not overlap. Any thread. Errors: Cancelled.
ONDO_EXPORT core::Result<Totals> totalsOf(const TableView &view, std::span<const ViewRange> ranges, const Task &task);

struct HistogramBar {
    std::string from; // as printed
    std::string to;
    std::int64_t count = 0;
};

// A column at a glance. Everything is exact: it is read off the sorted values.
struct ColumnStatistics {
    std::int64_t rows = 0;
    std::int64_t nulls = 0;
    std::int64_t notNumbers = 0; // NaN
    std::int64_t literals = 0; // values that do not fit the type; left out of all that follows
    std::int64_t distinct = 0; // of the values
    std::optional<std::string> min; // none without values
    std::optional<std::string> max;
    std::optional<std::string> mean; // of numbers
    std::optional<std::string> sum;
    bool isMeanExact = true;
    std::vector<std::pair<int, std::string>> quantiles; // per cent and the value that stands there in order
    std::vector<HistogramBar> histogram; // of numbers and times: bars of equal width
};

// Of the rows that the view shows; column is the view's. Times are printed in the zone. Any thread. Errors: Cancelled.
ONDO_EXPORT core::Result<ColumnStatistics> statisticsOf(
    const TableView &view, std::size_t column, const Zone *zone, const Task &task);

} // namespace table
