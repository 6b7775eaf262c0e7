// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/resultsink.h"

#include <QCoreApplication>

namespace cli {

namespace {
struct NoticeTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};
}

TraceSink::TraceSink(Progress &progress, bool isTracing)
    : m_progress(progress)
    , m_isTracing(isTracing)
{
}

void TraceSink::exchange(const http::Exchange &exchange)
{
    if (m_isTracing && exchange.finished && m_printed.insert(exchange.id).second)
        m_progress.say(http::toText(exchange));
}

void TraceSink::notice(const QString &text)
{
    m_progress.say(NoticeTr::tr("Warning:") + QChar::fromLatin1(' ') + text);
}

ResultSink::ResultSink(table::Writer &writer, Progress &progress, RunStats &stats, bool isTracing)
    : TraceSink(progress, isTracing)
    , m_writer(writer)
    , m_stats(stats)
{
}

bool ResultSink::accept(const core::Result<void> &written)
{
    if (!written && !m_error)
        m_error = written.error();
    return written.ok();
}

bool ResultSink::schema(std::shared_ptr<const table::Schema> schema)
{
    endResult();
    if (m_error)
        return false;
    m_isOpen = true;
    m_shortRows = 0;
    return accept(m_writer.begin(schema));
}

bool ResultSink::chunk(std::shared_ptr<const table::Chunk> chunk)
{
    if (m_error)
        return false;
    const std::uint32_t first = m_shortRows;
    m_shortRows = chunk->rows < table::kChunkRows ? chunk->rows : 0;
    if (chunk->rows <= first)
        return true;
    m_stats.firstRowCame();
    m_rows += chunk->rows - first;
    progress().rowsCame(m_rows);
    return accept(m_writer.rows(*chunk, first, chunk->rows));
}

void ResultSink::endResult()
{
    if (!m_isOpen)
        return;
    m_isOpen = false;
    if (m_error)
        // The rows that were taken are still to be followed by what closes them; where not even that can be written, the
        // first error says it.
        static_cast<void>(m_writer.end());
    else
        static_cast<void>(accept(m_writer.end()));
}

} // namespace cli
