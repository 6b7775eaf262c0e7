// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/progress.h"
#include "cli/runstats.h"
#include "connector/sink.h"
#include "table/writers.h"

#include <cstdint>
#include <optional>
#include <set>

namespace cli {

// Prints each exchange once it is over, where --trace is on. Used by one thread at a time.
class TraceSink : public connector::Sink
{
public:
    TraceSink(Progress &progress, bool isTracing);

    void exchange(const http::Exchange &exchange) override;
    void notice(const QString &text) override;
    void status(const QString &text) override { m_progress.stateCame(text); }
    bool schema(std::shared_ptr<const table::Schema>) override { return true; }
    bool chunk(std::shared_ptr<const table::Chunk>) override { return true; }

protected:
    Progress &progress() { return m_progress; }

private:
    Progress &m_progress;
    const bool m_isTracing;
    std::set<std::uint64_t> m_printed;
};

// Hands rows to the writer as they come, on the thread that runs the statement: whoever reads slowly slows the server
// down, and nothing piles up here.
class ResultSink : public TraceSink
{
public:
    ResultSink(table::Writer &writer, Progress &progress, RunStats &stats, bool isTracing);

    void started(const connector::RunningStatement &running) override { m_running = running; }
    bool schema(std::shared_ptr<const table::Schema> schema) override;
    bool chunk(std::shared_ptr<const table::Chunk> chunk) override;

    // After each statement: closes the result that is open.
    void endResult();

    const std::optional<connector::RunningStatement> &running() const { return m_running; }
    // What the writer failed with.
    const std::optional<core::Error> &error() const { return m_error; }

private:
    bool accept(const core::Result<void> &written);

    table::Writer &m_writer;
    RunStats &m_stats;
    std::optional<connector::RunningStatement> m_running;
    std::optional<core::Error> m_error;
    bool m_isOpen = false;
    std::uint32_t m_shortRows = 0; // written of a short chunk, which the next one holds too
    std::int64_t m_rows = 0;
};

} // namespace cli
