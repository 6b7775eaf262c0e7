// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/export.h"

#include <QCoreApplication>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace table {

namespace {

struct ExportRowsTr {
    Q_DECLARE_TR_FUNCTIONS(Export)
};

constexpr std::int64_t kBlockRows = kChunkRows / 4; // some 100 kB of text: within the cache, and a stop is soon seen

core::Error exportStopped()
{
    core::Error error;
    error.kind = core::ErrorKind::Cancelled;
    error.message = ExportRowsTr::tr("The export was cancelled.");
    return error;
}

// The rows of one stretch of places, runs of neighbours in one go.
template <typename Take>
void forRuns(const Table &table, const RowOrder &order, std::int64_t first, std::int64_t last, Take take)
{
    for (std::int64_t place = first; place < last;) {
        const std::int64_t row = order.rowAt ? order.rowAt(place) : place;
        const std::int64_t room = std::min<std::int64_t>(last - place, kChunkRows - (row & (kChunkRows - 1)));
        std::int64_t run = order.rowAt ? 1 : room;
        while (run < room && order.rowAt(place + run) == row + run)
            ++run;
        const Chunk &chunk = *table.chunks()[static_cast<std::size_t>(row >> kChunkShift)];
        const auto begin = static_cast<std::uint32_t>(row & (kChunkRows - 1));
        if (!take(chunk, begin, begin + static_cast<std::uint32_t>(run)))
            return;
        place += run;
    }
}

// Two threads take turns: while one writes its block, the other makes the next.
class Pipeline
{
public:
    Pipeline(RowFormatter &formatter, const Table &table, const RowOrder &order, std::int64_t first, std::int64_t last,
        const std::function<void(std::int64_t)> &progress, const std::stop_token &stop)
        : m_formatter(formatter)
        , m_table(table)
        , m_order(order)
        , m_first(first)
        , m_last(last)
        , m_progress(progress)
        , m_stop(stop)
    {
    }

    core::Result<void> run()
    {
        if (m_last - m_first > kBlockRows) {
            std::thread other([this] {
#if defined(__x86_64__)
                // A thread may start with dirty upper halves of the vector registers, which slows all floating point in it.
                asm volatile("vzeroupper" ::: "memory");
#endif
                work();
            });
            work();
            other.join();
        } else {
            work();
        }
        return m_result;
    }

private:
    void work()
    {
        RowBlock block;
        while (true) {
            std::int64_t number = 0;
            {
                const std::lock_guard lock(m_mutex);
                if (m_isOver || m_first + m_taken * kBlockRows >= m_last)
                    return;
                number = m_taken++;
            }
            block.text.clear();
            block.rows = 0;
            block.hasReplaced.clear();
            const std::int64_t first = m_first + number * kBlockRows;
            const std::int64_t last = std::min(first + kBlockRows, m_last);
            block.isFirst = first == 0;
            forRuns(m_table, m_order, first, last, [&](const Chunk &chunk, std::uint32_t begin, std::uint32_t end) {
                m_formatter.format(block, chunk, begin, end);
                return true;
            });
            if (!hand(number, block, last))
                return;
        }
    }

    // Waits for its turn, then writes outside the lock: nobody else has this turn.
    bool hand(std::int64_t number, const RowBlock &block, std::int64_t last)
    {
        {
            std::unique_lock lock(m_mutex);
            m_turn.wait(lock, [&] { return m_isOver || m_written == number; });
            if (m_isOver)
                return false;
        }
        core::Result<void> taken = m_stop.stop_requested() ? core::Result<void>(exportStopped()) : m_formatter.take(block);
        if (taken && m_progress)
            m_progress(last);
        const std::lock_guard lock(m_mutex);
        ++m_written;
        if (!taken) {
            m_isOver = true;
            m_result = std::move(taken);
        }
        m_turn.notify_all();
        return !m_isOver;
    }

    RowFormatter &m_formatter;
    const Table &m_table;
    const RowOrder &m_order;
    const std::int64_t m_first;
    const std::int64_t m_last;
    const std::function<void(std::int64_t)> &m_progress;
    const std::stop_token &m_stop;
    std::mutex m_mutex;
    std::condition_variable m_turn;
    std::int64_t m_taken = 0; // blocks
    std::int64_t m_written = 0;
    bool m_isOver = false;
    core::Result<void> m_result;
};

} // namespace

core::Result<void> writeRows(Writer &writer, const Table &table, const RowOrder &order, std::int64_t first,
    std::int64_t last, const std::function<void(std::int64_t)> &progress, std::stop_token stop)
{
    if (RowFormatter *formatter = writer.formatter())
        return Pipeline(*formatter, table, order, first, last, progress, stop).run();
    core::Result<void> result;
    for (std::int64_t begin = first; result && begin < last; begin += kBlockRows) {
        if (stop.stop_requested())
            return exportStopped();
        const std::int64_t end = std::min(begin + kBlockRows, last);
        forRuns(table, order, begin, end, [&](const Chunk &chunk, std::uint32_t from, std::uint32_t to) {
            result = writer.rows(chunk, from, to);
            return result.ok();
        });
        if (result && progress)
            progress(end);
    }
    return result;
}

} // namespace table
