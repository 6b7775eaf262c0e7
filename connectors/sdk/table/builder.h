// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/chunk.h"

#include <memory>
#include <vector>

namespace table {

// Collects up to kChunkRows values of one column. The caller appends what matches the kind's storage; a builder never
// checks that, decoders do. At most 4 GiB of text fit one chunk: see arenaBytes().
class ONDO_EXPORT ColumnBuilder
{
public:
    explicit ColumnBuilder(Kind kind);
    ColumnBuilder(ColumnBuilder &&) = default;

    Kind kind() const { return m_kind; }
    std::uint32_t rows() const { return m_rows; }

    void appendInt(std::int64_t value) { store(value); }
    void appendUInt(std::uint64_t value) { store(value); }
    void appendFloat(float value) { store(value); }
    void appendDouble(double value) { store(value); }
    void appendBool(bool value) { store(static_cast<std::uint8_t>(value)); }

    // value counts 10^-digits rounded up to 0, 3, 6 or 9; digits is how many were sent (0 to 9). Values of different
    // units may be mixed: the chunk takes the finest, and what then overflows becomes its literal.
    void appendTime(std::int64_t value, int digits, std::string_view sent)
    {
        if (digits == m_digits && m_rowDigits.empty() && m_hasTime) [[likely]]
            store(value);
        else
            appendOtherTime(value, digits, sent);
    }

    void appendBytes(std::string_view bytes)
    {
        if (bytes.size() > m_arenaCapacity - m_arenaSize) [[unlikely]]
            growArena(bytes.size());
        std::copy(bytes.begin(), bytes.end(), m_arena.get() + m_arenaSize);
        m_arenaSize += bytes.size();
        m_offsets[++m_rows] = static_cast<std::uint32_t>(m_arenaSize);
    }
    // For texts that arrive in pieces (escapes, hex): room for that many more bytes, then finishBytes with the count.
    char *reserveBytes(std::size_t most)
    {
        if (most > m_arenaCapacity - m_arenaSize)
            growArena(most);
        return m_arena.get() + m_arenaSize;
    }
    void finishBytes(std::size_t count)
    {
        m_arenaSize += count;
        m_offsets[++m_rows] = static_cast<std::uint32_t>(m_arenaSize);
    }

    void appendNull();
    void appendLiteral(std::string_view sent);

    // Takes back the last value: a row that turns out to be broken off leaves nothing.
    void truncate(std::uint32_t rows);

    std::size_t arenaBytes() const { return m_arenaSize; }

    // Hands over what was collected and starts anew. A full column's memory comes from blocks, where given.
    Column seal(Blocks *blocks = nullptr);
    // A copy of the first rows that are collected so far.
    Column peek(std::uint32_t rows) const;

private:
    template <typename T>
    void store(T value)
    {
        reinterpret_cast<T *>(m_fixed.get())[m_rows++] = value;
    }
    void appendOtherTime(std::int64_t value, int digits, std::string_view sent);
    void appendMissing();
    void growArena(std::size_t more);
    void allocate(Blocks *blocks);
    Column finished(std::uint32_t rows) const;
    void copyTexts(Column &column, std::uint32_t rows, Blocks *blocks) const;
    bool shareTexts(Column &column, Blocks *blocks);

    Kind m_kind;
    std::uint8_t m_unitDigits = 0;
    std::uint8_t m_digits = 0;
    bool m_hasTime = false; // m_digits and m_unitDigits were set by a value
    std::uint32_t m_rows = 0;
    std::size_t m_arenaSize = 0;
    std::size_t m_arenaCapacity = 0;
    Values<std::byte> m_fixed;
    Values<char> m_arena; // this one and the offsets stay: they are copied when the chunk is full
    std::vector<std::uint32_t> m_offsets;
    std::vector<std::uint64_t> m_valid;
    std::vector<std::uint8_t> m_rowDigits;
    std::vector<std::pair<std::uint32_t, std::string>> m_literals;
};

// One builder a column. Rows are appended column by column; a row counts once every column has it.
class ONDO_EXPORT ChunkBuilder
{
public:
    explicit ChunkBuilder(std::shared_ptr<const Schema> schema);

    std::size_t columnCount() const { return m_columns.size(); }
    ColumnBuilder &column(std::size_t index) { return m_columns[index]; }
    std::uint32_t rows() const { return m_rows; }
    bool isFull() const { return m_rows == kChunkRows; }

    void finishRow() { ++m_rows; }
    // Forgets the values of a row that was begun and not finished.
    void dropUnfinishedRow();

    // Hands over the finished rows and starts anew.
    std::shared_ptr<const Chunk> seal();
    // A copy of the finished rows; a row that is begun is not among them.
    std::shared_ptr<const Chunk> peek() const;

private:
    std::shared_ptr<const Schema> m_schema;
    std::vector<ColumnBuilder> m_columns;
    Blocks m_blocks;
    std::weak_ptr<const Chunk> m_previous; // the one handed over last
    std::uint32_t m_rows = 0;
};

} // namespace table
