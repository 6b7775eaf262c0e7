// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"
#include "table/builder.h"

#include <chrono>
#include <limits>

namespace decode {

// Collects finished rows and hands them to a sink: full chunks at once, the first rows as soon as anybody would have to
// wait for more, short chunks about 20 times a second.
class ONDO_EXPORT RowFeeder
{
public:
    // maxRows: 0 for none. With holdsLoneRow neither schema nor row is posted until it is known that the result has not
    // exactly one row: see hasLoneRow().
    RowFeeder(connector::Sink &sink, std::shared_ptr<const table::Schema> schema, std::int64_t maxRows,
        bool holdsLoneRow = false);

    // Posts the schema. This and all below: false once the result is cut, and nothing more is to be read.
    bool begin();

    // Before each row; asks at the limit how to go on.
    bool beginRow() { return m_rows != m_boundary || passBoundary(); }
    // The builder of the row that was begun; the caller appends one value a column, then finishRow().
    table::ChunkBuilder &builder() { return m_builder; }
    bool finishRow()
    {
        m_builder.finishRow();
        ++m_rows;
        return !m_builder.isFull() || postFullChunk();
    }

    // Posts the finished rows if it is time to. To be called whenever waiting for bytes may begin or goes on.
    bool idle();
    // Posts what is left.
    bool finish();

    std::int64_t rows() const { return m_rows; } // finished
    std::int64_t deliveredRows() const { return m_delivered; } // that the sink took
    // Rows after which beginRow() asks how to go on; 0: none.
    std::int64_t limit() const { return m_maxRows == std::numeric_limits<std::int64_t>::max() ? 0 : m_maxRows; }
    bool isCutByLimit() const { return m_isCutByLimit; }
    bool isCutBySink() const { return m_isCutBySink; }
    // After finish(): the one row was held and is still in the builder.
    bool hasLoneRow() const { return m_isHeld && m_rows == 1; }

private:
    using Clock = std::chrono::steady_clock;

    bool passBoundary();
    void setBoundary();
    bool postSchema();
    bool postFullChunk();
    bool postShortChunk();
    bool post(std::shared_ptr<const table::Chunk> chunk, std::int64_t rowsThen);

    connector::Sink &m_sink;
    std::shared_ptr<const table::Schema> m_schema;
    table::ChunkBuilder m_builder;
    std::int64_t m_maxRows;
    std::int64_t m_boundary = 0; // the count of rows at which beginRow() has to look up
    std::int64_t m_rows = 0;
    std::int64_t m_delivered = 0;
    Clock::time_point m_postedAt; // the epoch: never
    bool m_isHeld;
    bool m_isCutByLimit = false;
    bool m_isCutBySink = false;
};

} // namespace decode
