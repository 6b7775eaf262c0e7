// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/runstats.h"

#include "json/writer.h"

#include <fstream>

namespace cli {

namespace {

std::int64_t millisecondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
}

// From the kernel's account of this very program: getrusage() also counts what the process was before it became this
// program.
std::int64_t peakMemoryBytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        std::int64_t kilobytes = 0;
        if (word == "VmHWM:" && status >> kilobytes)
            return kilobytes * 1024;
    }
    return 0;
}

int badness(connector::Completeness completeness)
{
    switch (completeness) {
    case connector::Completeness::Complete:
        return 0;
    case connector::Completeness::Unknown:
        return 1;
    case connector::Completeness::Cut:
        break;
    }
    return 2;
}

} // namespace

void RunStats::add(const connector::Outcome &outcome)
{
    connector::Completeness completeness = outcome.completeness;
    connector::Reason reason = outcome.reason;
    if (outcome.error && !outcome.hasResultSet && completeness == connector::Completeness::Complete) {
        completeness = connector::Completeness::Cut;
        reason = connector::Reason::Broken;
    }
    if (badness(completeness) > badness(m_completeness)) {
        m_completeness = completeness;
        m_reason = reason;
    }
    ++m_statements;
    m_rows += outcome.rows;
    m_bytes += outcome.bytes;
    if (outcome.hasResultSet)
        m_columns = outcome.columns;
    if (outcome.affectedRows)
        m_affectedRows = m_affectedRows.value_or(0) + *outcome.affectedRows;
}

void RunStats::firstRowCame()
{
    if (!m_firstRowMs)
        m_firstRowMs = millisecondsSince(m_start);
}

std::string RunStats::toJson() const
{
    json::Writer writer;
    const auto optional = [&](std::string_view key, const std::optional<std::int64_t> &value) {
        writer.key(key);
        if (value)
            writer.integer(*value);
        else
            writer.null();
    };
    writer.beginObject();
    writer.key("statements").integer(m_statements);
    writer.key("rows").integer(m_rows);
    writer.key("columns").integer(m_columns);
    optional("affected_rows", m_affectedRows);
    writer.key("bytes").integer(m_bytes);
    writer.key("elapsed_ms").integer(millisecondsSince(m_start));
    optional("first_row_ms", m_firstRowMs);
    writer.key("peak_rss_bytes").integer(peakMemoryBytes());
    writer.key("completeness").string(connector::word(m_completeness));
    writer.key("reason");
    if (const char *reason = connector::word(m_reason))
        writer.string(reason);
    else
        writer.null();
    writer.endObject();
    return writer.text();
}

} // namespace cli
