// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/rowfeeder.h"

#include <algorithm>

namespace decode {

namespace {
constexpr std::chrono::milliseconds kPostStep{50};
constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();
}

RowFeeder::RowFeeder(
    connector::Sink &sink, std::shared_ptr<const table::Schema> schema, std::int64_t maxRows, bool holdsLoneRow)
    : m_sink(sink)
    , m_schema(std::move(schema))
    , m_builder(m_schema)
    , m_maxRows(maxRows > 0 ? maxRows : kNoLimit)
    , m_isHeld(holdsLoneRow)
{
    setBoundary();
}

void RowFeeder::setBoundary()
{
    m_boundary = m_isHeld ? std::min<std::int64_t>(m_maxRows, 1) : m_maxRows;
}

bool RowFeeder::begin()
{
    return m_isHeld || postSchema();
}

bool RowFeeder::postSchema()
{
    m_isCutBySink = m_isCutBySink || !m_sink.schema(m_schema);
    return !m_isCutBySink;
}

bool RowFeeder::passBoundary()
{
    if (m_isHeld) {
        m_isHeld = false;
        setBoundary();
        if (!postSchema())
            return false;
        if (m_rows != m_boundary)
            return true;
    }
    if (!postShortChunk())
        return false;
    const std::optional<std::int64_t> limit = m_sink.limitReached(m_rows);
    m_isCutByLimit = !limit || (*limit > 0 && *limit <= m_rows);
    if (m_isCutByLimit)
        return false;
    m_maxRows = *limit > 0 ? *limit : kNoLimit;
    setBoundary();
    return true;
}

bool RowFeeder::post(std::shared_ptr<const table::Chunk> chunk, std::int64_t rowsThen)
{
    m_postedAt = Clock::now();
    if (!m_sink.chunk(std::move(chunk))) {
        m_isCutBySink = true;
        return false;
    }
    m_delivered = rowsThen;
    return true;
}

bool RowFeeder::postFullChunk()
{
    return post(m_builder.seal(), m_rows);
}

bool RowFeeder::postShortChunk()
{
    if (m_isCutBySink)
        return false;
    return m_delivered == m_rows || post(m_builder.peek(), m_rows);
}

bool RowFeeder::idle()
{
    if (m_isHeld || m_isCutBySink || m_delivered == m_rows)
        return !m_isCutBySink;
    if (m_postedAt != Clock::time_point() && Clock::now() - m_postedAt < kPostStep)
        return true;
    return postShortChunk();
}

bool RowFeeder::finish()
{
    if (m_isHeld) {
        if (m_rows == 1)
            return true;
        m_isHeld = false;
        return postSchema(); // no rows
    }
    return postShortChunk();
}

} // namespace decode
