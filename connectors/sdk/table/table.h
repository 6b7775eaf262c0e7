// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/chunk.h"

#include <memory>
#include <vector>

namespace table {

// A cell by reference: valid as long as its table (or a snapshot that shares the chunk) lives.
struct Cell {
    const Column *column = nullptr;
    std::uint32_t row = 0; // within the chunk
};

// A result in memory: a schema and an append-only list of chunks. It belongs to one thread; a copy is a snapshot (the
// chunks are shared, only pointers are copied), so that a result that still grows can be charted and saved.
class ONDO_EXPORT Table
{
public:
    Table() = default;
    explicit Table(std::shared_ptr<const Schema> schema);

    const Schema &schema() const { return *m_schema; }
    const std::shared_ptr<const Schema> &sharedSchema() const { return m_schema; }
    std::int64_t rowCount() const { return m_rows; }
    std::size_t columnCount() const { return m_schema->columns.size(); }
    const std::vector<std::shared_ptr<const Chunk>> &chunks() const { return m_chunks; }

    // Appends. Where the last chunk is short (posted before it was full), the new one holds its rows too and replaces it.
    void append(std::shared_ptr<const Chunk> chunk);

    Cell cell(std::int64_t row, std::size_t column) const
    {
        const Chunk &chunk = *m_chunks[static_cast<std::size_t>(row >> kChunkShift)];
        return {&chunk.columns[column], static_cast<std::uint32_t>(row & (kChunkRows - 1))};
    }

    std::size_t memoryBytes() const { return m_memoryBytes; }

private:
    std::shared_ptr<const Schema> m_schema = std::make_shared<const Schema>();
    std::vector<std::shared_ptr<const Chunk>> m_chunks;
    std::int64_t m_rows = 0;
    std::size_t m_memoryBytes = 0;
};

} // namespace table
