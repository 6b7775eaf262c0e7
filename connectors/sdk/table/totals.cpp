// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/sortbytes.h"
#include "table/statistics.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace table {

namespace {

// The least and the greatest of the values of one kind.
template <typename T>
struct Extremes {
    T min = std::numeric_limits<T>::max();
    T max = std::numeric_limits<T>::lowest();
    bool isAny = false;

    void add(T value)
    {
        min = std::min(min, value);
        max = std::max(max, value);
        isAny = true;
    }
};

template <typename T>
std::string shortest(T value)
{
    if (value == 0)
        return "0";
    if (std::isinf(value))
        return value < 0 ? "-Infinity" : "Infinity";
    char buffer[64];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

class Adder
{
public:
    void addCells(const TableView &view, const ViewRange &range, std::int64_t column, const Task &task)
    {
        const auto index = static_cast<std::size_t>(column);
        for (std::int64_t row = range.top; row <= range.bottom; ++row) {
            if ((row & 0xFFFF) == 0 && task.isStopped())
                return;
            add(view.cell(row, index));
        }
    }

    void add(Cell cell)
    {
        const Column &column = *cell.column;
        const std::uint32_t row = cell.row;
        ++m_totals.cells;
        if (!column.hasValue(row)) {
            if (const auto literal = column.literal(row)) {
                ++m_totals.values;
                if (isNumeric(column.kind()))
                    addText(*literal);
            }
            return;
        }
        ++m_totals.values;
        switch (column.kind()) {
        case Kind::Int:
            addWhole(column.ints()[row], &m_ints);
            break;
        case Kind::UInt:
            addWhole(column.uints()[row], &m_uints);
            break;
        case Kind::Float:
            addDouble(static_cast<double>(column.floats()[row]), column.floats()[row], &m_floats);
            break;
        case Kind::Double:
            addDouble(column.doubles()[row], column.doubles()[row], &m_doubles);
            break;
        case Kind::Decimal:
            addText(column.bytes(row));
            break;
        default:
            break;
        }
    }

    void append(Adder &&other)
    {
        m_totals.cells += other.m_totals.cells;
        m_totals.values += other.m_totals.values;
        m_totals.numbers += other.m_totals.numbers;
        m_totals.isExact = m_totals.isExact && other.m_totals.isExact;
        m_sum.add(other.m_sum);
        m_floating += other.m_floating;
        other.finishExtremes();
        if (!other.m_minKey.empty()) {
            takeExtreme(other.m_minKey, other.m_totals.min);
            takeExtreme(other.m_maxKey, other.m_totals.max);
        }
    }

    Totals finished()
    {
        finishExtremes();
        if (m_totals.numbers == 0)
            return m_totals;
        if (m_totals.isExact) {
            m_totals.sum = m_sum.text();
            m_totals.mean = m_sum.mean(static_cast<std::uint64_t>(m_totals.numbers));
        } else {
            const long double sum = m_floating + std::strtold(m_sum.text().c_str(), nullptr);
            m_totals.sum = shortest(static_cast<double>(sum));
            m_totals.mean = shortest(static_cast<double>(sum / static_cast<long double>(m_totals.numbers)));
        }
        return m_totals;
    }

private:
    template <typename T>
    void addWhole(T value, Extremes<T> *extremes)
    {
        ++m_totals.numbers;
        m_sum.add(value);
        extremes->add(value);
    }

    template <typename T>
    void addDouble(double value, T own, Extremes<T> *extremes)
    {
        if (std::isnan(value))
            return;
        ++m_totals.numbers;
        m_totals.isExact = false;
        m_floating += static_cast<long double>(value);
        extremes->add(own);
    }

    void addText(std::string_view text)
    {
        m_key.clear();
        if (!appendDecimalKey(m_key, text))
            return;
        ++m_totals.numbers;
        if (!m_sum.add(text)) {
            m_totals.isExact = false;
            m_floating += std::strtold(std::string(text).c_str(), nullptr);
        }
        takeExtreme(m_key, text);
    }

    void takeExtreme(const std::string &key, std::string_view text)
    {
        if (m_minKey.empty() || key < m_minKey) {
            m_minKey = key;
            m_totals.min = text;
        }
        if (m_maxKey.empty() || key > m_maxKey) {
            m_maxKey = key;
            m_totals.max = text;
        }
    }

    void finishExtremes()
    {
        const auto take = [this](const std::string &text) {
            std::string key;
            if (appendDecimalKey(key, text))
                takeExtreme(key, text);
        };
        const auto takeAll = [&](const auto &extremes, auto print) {
            if (extremes.isAny) {
                take(print(extremes.min));
                take(print(extremes.max));
            }
        };
        takeAll(m_ints, [](auto value) { return std::to_string(value); });
        takeAll(m_uints, [](auto value) { return std::to_string(value); });
        takeAll(m_floats, [](auto value) { return shortest(value); });
        takeAll(m_doubles, [](auto value) { return shortest(value); });
    }

    Totals m_totals;
    ExactSum m_sum;
    long double m_floating = 0;
    Extremes<std::int64_t> m_ints;
    Extremes<std::uint64_t> m_uints;
    Extremes<float> m_floats;
    Extremes<double> m_doubles;
    std::string m_key;
    std::string m_minKey;
    std::string m_maxKey;
};

} // namespace

core::Result<Totals> totalsOf(const TableView &view, std::span<const ViewRange> ranges, const Task &task)
{
    Adder all;
    double done = 0;
    for (const ViewRange &range : ranges) {
        ViewRange held = range;
        held.bottom = std::min(range.bottom, view.rowCount() - 1);
        held.right = std::min(range.right, static_cast<std::int64_t>(view.columnCount()) - 1);
        for (std::int64_t column = held.left; column <= held.right; ++column) {
            const auto rows = static_cast<std::size_t>(std::max<std::int64_t>(0, held.bottom - held.top + 1));
            std::vector<Adder> parts(std::max(1U, task.threads));
            inParallel(rows, 1, task, [&](std::size_t from, std::size_t to, unsigned part) {
                const auto top = held.top + static_cast<std::int64_t>(from);
                parts[part].addCells(view, {top, held.top + static_cast<std::int64_t>(to) - 1, 0, 0}, column, task);
            });
            for (Adder &part : parts)
                all.append(std::move(part));
            if (task.isStopped())
                return cancelledError();
            task.tell(++done / static_cast<double>(ranges.size()) / static_cast<double>(held.right - held.left + 1));
        }
    }
    return all.finished();
}

} // namespace table
