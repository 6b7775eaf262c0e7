// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/statistics.h"

#include "table/format.h"
#include "table/reduce.h"
#include "table/sortkey.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace table {

namespace {

constexpr int kBars = 24;
constexpr int kPercents[] = {5, 25, 50, 75, 95};

// Reads the answers off the rows in their order.
class Reader
{
public:
    Reader(const TableView &view, std::size_t column, const Zone *zone, Rows sorted)
        : m_table(view.table)
        , m_column(view.columns[column])
        , m_info(view.info(column))
        , m_zone(zone)
        , m_key(view.table, {m_column, false, false, TextOrder::Bytes})
        , m_sorted(std::move(sorted))
    {
        const auto end = [this](SortKey::Class last) {
            return std::partition_point(m_sorted.begin(), m_sorted.end(), [&](std::uint32_t row) { return m_key.classOf(row) <= last; })
                - m_sorted.begin();
        };
        m_values = static_cast<std::size_t>(end(SortKey::Class::Value));
        m_found.rows = static_cast<std::int64_t>(m_sorted.size());
        const std::int64_t numbers = end(SortKey::Class::NaN);
        const std::int64_t known = end(SortKey::Class::Literal);
        m_found.notNumbers = numbers - static_cast<std::int64_t>(m_values);
        m_found.literals = known - numbers;
        m_found.nulls = m_found.rows - known;
    }

    core::Result<ColumnStatistics> read(const Task &task)
    {
        if (m_values == 0)
            return m_found;
        m_found.min = text(0);
        m_found.max = text(m_values - 1);
        for (const int percent : kPercents)
            m_found.quantiles.emplace_back(percent, text((m_values - 1) * static_cast<std::size_t>(percent) / 100));
        countDistinct(task);
        if (task.isStopped())
            return cancelledError();
        fillHistogram();
        return m_found;
    }

private:
    std::string text(std::size_t place) const
    {
        const Cell cell = m_table.cell(m_sorted[place], m_column);
        std::string printed;
        appendCell(printed, m_info, *cell.column, cell.row, {.zone = m_zone});
        return printed;
    }

    void countDistinct(const Task &task)
    {
        std::atomic<std::int64_t> distinct = 1;
        inParallel(m_values - 1, 1, task, [&](std::size_t from, std::size_t to, unsigned) {
            std::int64_t changes = 0;
            for (std::size_t i = from; i < to && ((i & 0xFFFF) != 0 || !task.isStopped()); ++i)
                changes += m_key.compare(m_sorted[i], m_sorted[i + 1]) != 0;
            distinct += changes;
        });
        m_found.distinct = distinct;
    }

    // Times in seconds.
    double number(std::size_t place) const
    {
        const Cell cell = m_table.cell(m_sorted[place], m_column);
        if (isTime(cell.column->kind()))
            return static_cast<double>(cell.column->ints()[cell.row]) / std::pow(10.0, cell.column->unitDigits());
        const double value = isNumeric(cell.column->kind()) ? chartValue(*cell.column, cell.row) : 0;
        return value;
    }

    std::string edge(double value) const
    {
        std::string printed;
        if (m_info.kind == Kind::Instant) {
            appendInstant(printed, static_cast<std::int64_t>(value), 0, 0, m_zone);
        } else if (m_info.kind == Kind::LocalDateTime) {
            appendLocalDateTime(printed, static_cast<std::int64_t>(value), 0, 0);
        } else {
            char buffer[32];
            printed.assign(buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 6).ptr);
        }
        return printed;
    }

    // In the sorted values a bar is what lies between two binary searches.
    void fillHistogram()
    {
        const double low = number(0);
        const double high = number(m_values - 1);
        if ((!isNumeric(m_info.kind) && !isTime(m_info.kind)) || !std::isfinite(high - low) || high <= low)
            return;
        std::size_t begin = 0;
        for (int bar = 0; bar < kBars; ++bar) {
            const double from = low + (high - low) * bar / kBars;
            const double to = low + (high - low) * (bar + 1) / kBars;
            std::size_t end = bar + 1 == kBars ? m_values : begin;
            for (std::size_t step = m_values - end; step > 0 && end < m_values;) {
                // The first place from end on that is not below to.
                const std::size_t half = step / 2;
                if (number(end + half) < to) {
                    end += half + 1;
                    step -= half + 1;
                } else {
                    step = half;
                }
            }
            m_found.histogram.push_back({edge(from), edge(to), static_cast<std::int64_t>(end - begin)});
            begin = end;
        }
    }

    const Table &m_table;
    const std::size_t m_column;
    const ColumnInfo &m_info;
    const Zone *const m_zone;
    const SortKey m_key;
    const Rows m_sorted;
    std::size_t m_values = 0;
    ColumnStatistics m_found;
};

} // namespace

core::Result<ColumnStatistics> statisticsOf(const TableView &view, std::size_t column, const Zone *zone, const Task &task)
{
    Rows rows(static_cast<std::size_t>(view.rowCount()));
    if (view.rows.rows())
        rows = *view.rows.rows();
    else
        std::iota(rows.begin(), rows.end(), 0U);
    const OrderKey key{view.columns[column], false, false, TextOrder::Bytes};
    auto sorted = sortedRows(view.table, {&key, 1}, std::move(rows), task);
    if (!sorted)
        return std::move(sorted).error();
    auto found = Reader(view, column, zone, std::move(*sorted)).read(task);
    if (!found || !isNumeric(view.info(column).kind))
        return found;
    const auto at = static_cast<std::int64_t>(column);
    const ViewRange whole{0, view.rowCount() - 1, at, at};
    auto totals = totalsOf(view, {&whole, 1}, task);
    if (!totals)
        return totals.error();
    if (totals->numbers > 0) {
        found->mean = totals->mean;
        found->sum = totals->sum;
        found->isMeanExact = totals->isExact;
    }
    return found;
}

} // namespace table
