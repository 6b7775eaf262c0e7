// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/order.h"

#include "table/sortkey.h"

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>

namespace table {

namespace {

constexpr std::size_t kFewEntries = 24; // sorted by insertion
constexpr std::size_t kRadixEntries = 256; // from here on counting pays
constexpr std::size_t kParallelEntries = 200'000;
constexpr std::size_t kStopEvery = 65'536;
constexpr int kDigits = 9; // eight bytes of the key, then its rest

bool isBefore(const SortEntry &a, const SortEntry &b)
{
    return a.key != b.key ? a.key < b.key : a.rest < b.rest;
}

bool isTied(const SortEntry &a, const SortEntry &b)
{
    return a.key == b.key && a.rest == b.rest;
}

std::size_t digitOf(const SortEntry &entry, int digit)
{
    return digit == 0 ? entry.rest : (entry.key >> (8 * (digit - 1))) & 0xFF;
}

void insertionSort(SortEntry *first, SortEntry *last)
{
    for (SortEntry *it = first + 1; it < last; ++it) {
        const SortEntry moved = *it;
        SortEntry *to = it;
        for (; to > first && isBefore(moved, to[-1]); --to)
            *to = to[-1];
        *to = moved;
    }
}

// Sorts by one column after the other. What is tied in the key of one step is sorted by the next one: the bytes behind,
// or the next column. Two arrays of the same size; where one is sorted, the other at the same place is free.
class Sorter
{
public:
    Sorter(const Table &table, std::span<const OrderKey> keys, const Task &task)
        : m_task(task)
    {
        for (const OrderKey &key : keys)
            m_keys.emplace_back(table, key);
    }

    core::Result<Rows> sort(Rows rows)
    {
        const std::size_t size = rows.size();
        m_size = static_cast<double>(std::max<std::size_t>(size, 1));
        m_memory = std::make_unique_for_overwrite<SortEntry[]>(2 * size);
        m_entries = m_memory.get();
        m_spare = m_entries + size;
        inParallel(size, 1, m_task, [&](std::size_t first, std::size_t last, unsigned) {
            for (std::size_t i = first; i < last; ++i)
                m_entries[i].row = rows[i];
        });
        sortColumn(0, size, 0, true);
        if (m_task.isStopped())
            return cancelledError();
        inParallel(size, 1, m_task, [&](std::size_t first, std::size_t last, unsigned) {
            for (std::size_t i = first; i < last; ++i)
                rows[i] = m_entries[i].row;
        });
        return rows;
    }

private:
    using Class = SortKey::Class;

    Task taskFor(std::size_t size, bool mayFork) const
    {
        Task task = m_task;
        if (!mayFork || size < kParallelEntries)
            task.threads = 1;
        return task;
    }

    void sortColumn(std::size_t first, std::size_t last, std::size_t column, bool mayFork)
    {
        if (column == m_keys.size() || last - first < 2 || m_task.isStopped())
            return;
        const SortKey &key = m_keys[column];
        if (key.isPlain()) {
            sortFrom(first, last, column, 0, mayFork);
            return;
        }
        std::array<std::size_t, 5> ends = partition(first, last, key);
        for (std::size_t block = 0; block < 5; ++block) {
            const std::size_t begin = block == 0 ? first : ends[block - 1];
            if (block == 1)
                sortFrom(begin, ends[block], column, 0, mayFork);
            else if (block == 3)
                sortLiterals(begin, ends[block], column);
            else
                sortColumn(begin, ends[block], column + 1, mayFork);
        }
    }

    // NULLs that go first, values, NaN, literals, NULLs that go last; gives the end of each.
    std::array<std::size_t, 5> partition(std::size_t first, std::size_t last, const SortKey &key)
    {
        const Task task = taskFor(last - first, true);
        inParallel(last - first, 1, task, [&](std::size_t from, std::size_t to, unsigned) {
            for (std::size_t i = first + from; i < first + to && (i % kStopEvery != 0 || !task.isStopped()); ++i)
                m_entries[i].rest = static_cast<std::uint32_t>(key.rank(key.classOf(m_entries[i].row)) + 1);
        });
        std::array<std::size_t, 5> ends{};
        for (std::size_t i = first; i < last; ++i)
            ++ends[std::min<std::uint32_t>(m_entries[i].rest, 4)];
        const bool isOne = std::find(ends.begin(), ends.end(), last - first) != ends.end();
        std::array<std::size_t, 5> places{};
        for (std::size_t block = 0, end = first; block < 5; ++block) {
            places[block] = end;
            end += ends[block];
            ends[block] = end;
        }
        if (isOne)
            return ends;
        for (std::size_t i = first; i < last; ++i)
            m_spare[places[std::min<std::uint32_t>(m_entries[i].rest, 4)]++] = m_entries[i];
        std::copy(m_spare + first, m_spare + last, m_entries + first);
        return ends;
    }

    void sortLiterals(std::size_t first, std::size_t last, std::size_t column)
    {
        const SortKey &key = m_keys[column];
        const int direction = key.order().isDescending ? -1 : 1;
        const auto order = [&](const SortEntry &a, const SortEntry &b) { return direction * key.compareLiterals(a.row, b.row); };
        std::stable_sort(m_entries + first, m_entries + last, [&](const auto &a, const auto &b) { return order(a, b) < 0; });
        for (std::size_t begin = first; begin < last && !m_task.isStopped();) {
            std::size_t end = begin + 1;
            while (end < last && order(m_entries[begin], m_entries[end]) == 0)
                ++end;
            sortColumn(begin, end, column + 1, false);
            begin = end;
        }
    }

    // Rows of the class Value, tied in all bytes before offset.
    void sortFrom(std::size_t first, std::size_t last, std::size_t column, std::size_t offset, bool mayFork)
    {
        const std::size_t size = last - first;
        if (size < 2)
            return;
        const Task task = taskFor(size, mayFork);
        inParallel(size, 1, task, [&](std::size_t from, std::size_t to, unsigned) {
            for (std::size_t i = from; i < to && !task.isStopped(); i += kStopEvery) {
                const std::size_t count = std::min(kStopEvery, to - i);
                m_keys[column].fill({m_entries + first + i, count}, offset);
            }
        });
        sortKeys(first, last, task);
        if (mayFork)
            m_task.tell(0.7 * static_cast<double>(last) / m_size);
        refine(first, last, column, offset, mayFork);
        if (mayFork)
            m_task.tell(static_cast<double>(last) / m_size);
    }

    void sortKeys(std::size_t first, std::size_t last, const Task &task)
    {
        SortEntry *begin = m_entries + first;
        const std::size_t size = last - first;
        if (task.isStopped() || std::is_sorted(begin, begin + size, isBefore))
            return;
        if (task.threads < 2) {
            sortPart(begin, m_spare + first, size);
            return;
        }
        std::size_t middle = 0;
        inParallel(size, 1, task, [&](std::size_t from, std::size_t to, unsigned part) {
            if (part == 1)
                middle = from;
            sortPart(begin + from, m_spare + first + from, to - from);
        });
        // More than two threads bring little: memory is what it waits for. So there are two parts to merge.
        if (!task.isStopped() && middle != 0 && isBefore(begin[middle], begin[middle - 1]))
            merge(first, middle, size);
    }

    // Two sorted stretches into one: each thread makes one half of the result.
    void merge(std::size_t first, std::size_t middle, std::size_t size)
    {
        SortEntry *const a = m_entries + first;
        SortEntry *const b = a + middle;
        SortEntry *const out = m_spare + first;
        const std::size_t half = size / 2;
        // How many of the first half come from a: the least i with a[i] behind b[half - i - 1].
        std::size_t low = half > size - middle ? half - (size - middle) : 0;
        std::size_t high = std::min(half, middle);
        while (low < high) {
            const std::size_t i = (low + high) / 2;
            if (isBefore(b[half - i - 1], a[i]))
                high = i;
            else
                low = i + 1;
        }
        const std::size_t fromA = low;
        Task both = m_task;
        both.threads = 2;
        inParallel(2 * kParallelEntries, 1, both, [&](std::size_t, std::size_t, unsigned part) {
            if (part == 0)
                std::merge(a, a + fromA, b, b + (half - fromA), out, isBefore);
            else
                std::merge(a + fromA, b, b + (half - fromA), a + size, out + half, isBefore);
        });
        inParallel(size, 1, both,
            [&](std::size_t from, std::size_t to, unsigned) { std::copy(out + from, out + to, a + from); });
    }

    void sortPart(SortEntry *entries, SortEntry *spare, std::size_t size) const
    {
        if (size <= kFewEntries)
            insertionSort(entries, entries + size);
        else if (size < kRadixEntries)
            std::stable_sort(entries, entries + size, isBefore);
        else
            radixSort(entries, spare, size);
    }

    // Byte by byte from the last; bytes that are the same in all cost nothing.
    void radixSort(SortEntry *entries, SortEntry *spare, std::size_t size) const
    {
        std::array<std::array<std::uint32_t, 256>, kDigits> counts{};
        for (std::size_t i = 0; i < size; ++i) {
            for (int digit = 0; digit < kDigits; ++digit)
                ++counts[static_cast<std::size_t>(digit)][digitOf(entries[i], digit)];
        }
        SortEntry *from = entries;
        SortEntry *to = spare;
        for (int digit = 0; digit < kDigits && !m_task.isStopped(); ++digit) {
            auto &places = counts[static_cast<std::size_t>(digit)];
            if (places[digitOf(from[0], digit)] == size)
                continue;
            std::exclusive_scan(places.begin(), places.end(), places.begin(), std::uint32_t(0));
            for (std::size_t begin = 0; begin < size && !m_task.isStopped(); begin += kStopEvery) {
                for (std::size_t i = begin; i < std::min(size, begin + kStopEvery); ++i)
                    to[places[digitOf(from[i], digit)]++] = from[i];
            }
            std::swap(from, to);
        }
        if (from != entries)
            std::copy(from, from + size, entries);
    }

    // Large ties on all threads one after the other; the many small ones between them, half of them on each thread.
    void refine(std::size_t first, std::size_t last, std::size_t column, std::size_t offset, bool mayFork)
    {
        if (!mayFork || last - first < kParallelEntries) {
            refineTies(first, last, column, offset, false);
            return;
        }
        std::size_t middle = (first + last) / 2;
        while (middle < last && isTied(m_entries[middle - 1], m_entries[middle]))
            ++middle;
        inParallel(2 * kParallelEntries, 1, taskFor(last - first, true), [&](std::size_t, std::size_t, unsigned part) {
            if (part == 0)
                refineTies(first, m_task.threads < 2 ? last : middle, column, offset, true);
            else if (part == 1)
                refineTies(middle, last, column, offset, true);
        });
        forTies(first, last, [&](std::size_t begin, std::size_t end) {
            if (end - begin >= kParallelEntries)
                refineTie(begin, end, column, offset, true);
        });
    }

    void refineTies(std::size_t first, std::size_t last, std::size_t column, std::size_t offset, bool leavesLarge)
    {
        forTies(first, last, [&](std::size_t begin, std::size_t end) {
            if (!leavesLarge || end - begin < kParallelEntries)
                refineTie(begin, end, column, offset, false);
        });
    }

    template <typename Work>
    void forTies(std::size_t first, std::size_t last, Work work) const
    {
        for (std::size_t begin = first; begin < last && !m_task.isStopped();) {
            std::size_t end = begin + 1;
            while (end < last && isTied(m_entries[begin], m_entries[end]))
                ++end;
            if (end - begin > 1)
                work(begin, end);
            begin = end;
        }
    }

    void refineTie(std::size_t first, std::size_t last, std::size_t column, std::size_t offset, bool mayFork)
    {
        const bool isDescending = m_keys[column].order().isDescending;
        const std::uint32_t goesOn = isDescending ? 0 : SortKey::kGoesOn;
        const bool isFixed = m_keys[column].isFixed();
        if (!isFixed && m_entries[first].rest == goesOn)
            sortFrom(first, last, column, offset + 8, mayFork);
        else
            sortColumn(first, last, column + 1, mayFork);
    }

    const Task &m_task;
    std::vector<SortKey> m_keys;
    std::unique_ptr<SortEntry[]> m_memory;
    SortEntry *m_entries = nullptr;
    SortEntry *m_spare = nullptr;
    double m_size = 1;
};

} // namespace

core::Result<Rows> sortedRows(const Table &table, std::span<const OrderKey> keys, Rows rows, const Task &task)
{
    if (keys.empty() || rows.size() < 2)
        return rows;
    Task two = task;
    two.threads = std::clamp(task.threads, 1U, 2U);
    return Sorter(table, keys, two).sort(std::move(rows));
}

core::Result<Rows> mergedRows(
    const Table &table, std::span<const OrderKey> keys, const Rows &sorted, Rows more, const Task &task)
{
    auto fresh = sortedRows(table, keys, std::move(more), task);
    if (!fresh)
        return fresh;
    std::vector<SortKey> columns;
    for (const OrderKey &key : keys)
        columns.emplace_back(table, key);
    const auto isLess = [&](std::uint32_t a, std::uint32_t b) {
        for (const SortKey &column : columns) {
            if (const int order = column.compare(a, b); order != 0)
                return order < 0;
        }
        return false;
    };
    // Each new row is looked for: far fewer steps than walking through all that is there.
    std::vector<std::size_t> places(fresh->size());
    inParallel(fresh->size(), 1, task, [&](std::size_t first, std::size_t last, unsigned) {
        auto from = sorted.begin();
        for (std::size_t i = first; i < last && !task.isStopped(); ++i) {
            from = std::upper_bound(from, sorted.end(), (*fresh)[i], isLess);
            places[i] = static_cast<std::size_t>(from - sorted.begin());
        }
    });
    if (task.isStopped())
        return cancelledError();
    Rows merged;
    merged.reserve(sorted.size() + fresh->size());
    std::size_t done = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        merged.insert(merged.end(), sorted.begin() + static_cast<std::ptrdiff_t>(done), sorted.begin() + static_cast<std::ptrdiff_t>(places[i]));
        merged.push_back((*fresh)[i]);
        done = places[i];
    }
    merged.insert(merged.end(), sorted.begin() + static_cast<std::ptrdiff_t>(done), sorted.end());
    return merged;
}

} // namespace table
