// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/table.h"

namespace table {

std::size_t Chunk::memoryBytes() const
{
    std::size_t bytes = sizeof(Chunk);
    for (const Column &column : columns)
        bytes += column.memoryBytes();
    return bytes;
}

Table::Table(std::shared_ptr<const Schema> schema)
    : m_schema(std::move(schema))
{
}

void Table::append(std::shared_ptr<const Chunk> chunk)
{
    if (!m_chunks.empty() && m_chunks.back()->rows < kChunkRows) {
        m_rows -= m_chunks.back()->rows;
        m_memoryBytes -= m_chunks.back()->memoryBytes();
        m_chunks.pop_back();
    }
    m_rows += chunk->rows;
    m_memoryBytes += chunk->memoryBytes();
    m_chunks.push_back(std::move(chunk));
}

} // namespace table
