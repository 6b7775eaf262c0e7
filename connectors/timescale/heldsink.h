// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"

#include <vector>

namespace timescale {

// Keeps what comes until it is let go, and passes it on from then. What it keeps may also be dropped, as if it had never
// come.
class HeldSink final : public connector::Sink
{
public:
    explicit HeldSink(connector::Sink &outer)
        : m_outer(outer)
    {
    }

    bool schema(std::shared_ptr<const table::Schema> schema) override
    {
        m_schema = std::move(schema);
        return m_isHeld || m_outer.schema(m_schema);
    }
    bool chunk(std::shared_ptr<const table::Chunk> chunk) override
    {
        if (!m_isHeld)
            return m_outer.chunk(std::move(chunk));
        m_chunks.push_back(std::move(chunk));
        return true;
    }
    std::optional<std::int64_t> limitReached(std::int64_t rows) override
    {
        return m_isHeld ? std::nullopt : m_outer.limitReached(rows);
    }

    // False: the receiver wants no more.
    bool letGo()
    {
        m_isHeld = false;
        bool goesOn = m_outer.schema(m_schema);
        for (std::size_t i = 0; i < m_chunks.size() && goesOn; ++i)
            goesOn = m_outer.chunk(std::move(m_chunks[i]));
        m_chunks.clear();
        return goesOn;
    }
    // Drops what was kept, and keeps nothing from now on.
    void drop()
    {
        m_isHeld = false;
        m_chunks.clear();
    }

private:
    connector::Sink &m_outer;
    bool m_isHeld = true;
    std::shared_ptr<const table::Schema> m_schema;
    std::vector<std::shared_ptr<const table::Chunk>> m_chunks;
};

} // namespace timescale
