// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"

#include <utility>

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
        if (!m_isHeld)
            return m_outer.schema(std::move(schema));
        m_table = table::Table(std::move(schema));
        return true;
    }
    bool chunk(std::shared_ptr<const table::Chunk> chunk) override
    {
        if (!m_isHeld)
            return m_outer.chunk(std::move(chunk));
        m_table.append(std::move(chunk));
        return true;
    }
    std::optional<std::int64_t> limitReached(std::int64_t rows) override
    {
        return m_isHeld ? std::nullopt : m_outer.limitReached(rows);
    }

    bool isHeld() const { return m_isHeld; }
    // False: the receiver wants no more. replaces: rows are shown there as texts; these are the same.
    bool letGo(bool replaces)
    {
        m_isHeld = false;
        table::Table held = std::exchange(m_table, table::Table());
        if (replaces)
            return m_outer.retyped(std::move(held));
        bool goesOn = m_outer.schema(held.sharedSchema());
        for (std::size_t i = 0; i < held.chunks().size() && goesOn; ++i)
            goesOn = m_outer.chunk(held.chunks()[i]);
        return goesOn;
    }
    // Drops what was kept, and keeps nothing from now on.
    void drop()
    {
        m_isHeld = false;
        m_table = table::Table();
    }

private:
    connector::Sink &m_outer;
    bool m_isHeld = true;
    table::Table m_table;
};

} // namespace timescale
