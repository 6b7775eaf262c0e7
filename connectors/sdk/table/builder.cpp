// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/builder.h"

#include "table/distincttexts.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <new>

namespace table {

namespace {

std::size_t fixedWidth(Kind kind)
{
    switch (storageOf(kind)) {
    case Storage::Byte:
        return 1;
    case Storage::Float32:
        return 4;
    case Storage::Int64:
    case Storage::UInt64:
    case Storage::Float64:
        return 8;
    case Storage::None:
    case Storage::Bytes:
        break;
    }
    return 0;
}

std::uint8_t unitFor(int digits)
{
    return static_cast<std::uint8_t>((digits + 2) / 3 * 3);
}

constexpr std::int64_t kPowers[] = {1, 1000, 1000000, 1000000000};

// False where the product does not fit.
bool toUnit(std::int64_t value, int from, int to, std::int64_t *result)
{
    return !__builtin_mul_overflow(value, kPowers[(to - from) / 3], result);
}

} // namespace

ColumnBuilder::ColumnBuilder(Kind kind)
    : m_kind(kind)
{
    allocate(nullptr);
}

void ColumnBuilder::allocate(Blocks *blocks)
{
    m_rows = 0;
    m_arenaSize = 0;
    m_digits = 0;
    m_unitDigits = 0;
    m_hasTime = false;
    m_valid.clear();
    m_rowDigits.clear();
    m_literals.clear();
    if (const std::size_t width = fixedWidth(m_kind); width != 0 && !m_fixed)
        m_fixed = allocateValues(width * kChunkRows, blocks);
    if (storageOf(m_kind) == Storage::Bytes) {
        m_offsets.resize(kChunkRows + 1);
        m_offsets[0] = 0;
    }
}

void ColumnBuilder::growArena(std::size_t more)
{
    const std::size_t capacity = std::max(m_arenaSize + more, m_arenaCapacity + m_arenaCapacity / 2 + 4096);
    void *memory = std::realloc(m_arena.get(), capacity);
    if (!memory)
        throw std::bad_alloc();
    static_cast<void>(m_arena.release());
    m_arena.reset(static_cast<char *>(memory));
    m_arenaCapacity = capacity;
}

void ColumnBuilder::appendMissing()
{
    if (m_valid.empty())
        m_valid.assign(kChunkRows / 64, ~std::uint64_t(0));
    m_valid[m_rows >> 6] &= ~(std::uint64_t(1) << (m_rows & 63));
    switch (fixedWidth(m_kind)) {
    case 1:
        store(std::uint8_t(0));
        break;
    case 4:
        store(0.0F);
        break;
    case 8:
        store(std::int64_t(0));
        break;
    default:
        ++m_rows;
        if (!m_offsets.empty())
            m_offsets[m_rows] = static_cast<std::uint32_t>(m_arenaSize);
    }
    if (!m_rowDigits.empty())
        m_rowDigits.push_back(0);
}

void ColumnBuilder::appendNull()
{
    appendMissing();
}

void ColumnBuilder::appendLiteral(std::string_view sent)
{
    m_literals.emplace_back(m_rows, std::string(sent));
    appendMissing();
}

void ColumnBuilder::appendOtherTime(std::int64_t value, int digits, std::string_view sent)
{
    const std::uint8_t unit = unitFor(digits);
    if (!m_hasTime) { // what came before, if anything, was NULL
        m_hasTime = true;
        m_digits = static_cast<std::uint8_t>(digits);
        m_unitDigits = unit;
    }
    std::int64_t stored = value;
    if (unit > m_unitDigits) {
        // The chunk turns finer: what is there must fit the new unit, or the newcomer stays a literal.
        auto *values = reinterpret_cast<std::int64_t *>(m_fixed.get());
        std::int64_t scaled = 0;
        const bool fits = std::all_of(values, values + m_rows,
            [&](std::int64_t old) { return toUnit(old, m_unitDigits, unit, &scaled); });
        if (!fits) {
            appendLiteral(sent);
            return;
        }
        for (std::uint32_t i = 0; i < m_rows; ++i)
            static_cast<void>(toUnit(values[i], m_unitDigits, unit, &values[i]));
        m_unitDigits = unit;
    } else if (unit < m_unitDigits && !toUnit(value, unit, m_unitDigits, &stored)) {
        appendLiteral(sent);
        return;
    }
    if (digits != m_digits && m_rowDigits.empty()) {
        m_rowDigits.reserve(kChunkRows);
        m_rowDigits.assign(m_rows, m_digits);
    }
    if (!m_rowDigits.empty() || digits != m_digits)
        m_rowDigits.push_back(static_cast<std::uint8_t>(digits));
    store(stored);
}

void ColumnBuilder::truncate(std::uint32_t rows)
{
    if (rows >= m_rows)
        return;
    while (!m_literals.empty() && m_literals.back().first >= rows)
        m_literals.pop_back();
    if (!m_valid.empty()) {
        for (std::uint32_t row = rows; row < m_rows; ++row)
            m_valid[row >> 6] |= std::uint64_t(1) << (row & 63);
    }
    if (!m_rowDigits.empty())
        m_rowDigits.resize(rows);
    m_rows = rows;
    m_hasTime = m_hasTime && rows != 0;
    if (!m_offsets.empty())
        m_arenaSize = m_offsets[m_rows];
}

// A copy of the first rows, but for the values themselves.
Column ColumnBuilder::finished(std::uint32_t rows) const
{
    Column column;
    column.m_kind = m_kind;
    column.m_rows = rows;
    column.m_digits = m_digits;
    column.m_unitDigits = m_unitDigits;
    if (!m_valid.empty())
        column.m_valid.assign(m_valid.begin(), m_valid.begin() + (rows + 63) / 64);
    if (!m_rowDigits.empty())
        column.m_rowDigits.assign(m_rowDigits.begin(), m_rowDigits.begin() + rows);
    for (const auto &entry : m_literals) {
        if (entry.first < rows)
            column.m_literals.push_back(entry);
    }
    return column;
}

void ColumnBuilder::copyTexts(Column &column, std::uint32_t rows, Blocks *blocks) const
{
    if (storageOf(m_kind) != Storage::Bytes)
        return;
    const std::size_t size = m_offsets[rows];
    column.m_texts = rows;
    column.m_offsets = allocateValues((rows + std::size_t(1)) * sizeof(std::uint32_t), blocks);
    std::memcpy(column.m_offsets.get(), m_offsets.data(), (rows + std::size_t(1)) * sizeof(std::uint32_t));
    column.m_arena = allocateValues(size, blocks);
    if (size != 0)
        std::memcpy(column.m_arena.get(), m_arena.get(), size);
}

// Names of devices, symbols, states: a full chunk that has few different texts keeps each once, and a byte a row.
bool ColumnBuilder::shareTexts(Column &column, Blocks *blocks)
{
    if (storageOf(m_kind) != Storage::Bytes)
        return false;
    if (m_arenaCapacity - m_arenaSize < DistinctTexts::kReadBehind)
        growArena(DistinctTexts::kReadBehind);
    DistinctTexts texts;
    std::array<std::byte, kChunkRows> codes;
    for (std::uint32_t row = 0; row < m_rows; ++row) {
        const int code = texts.codeOf({m_arena.get() + m_offsets[row], m_offsets[row + 1] - m_offsets[row]});
        if (code < 0)
            return false;
        codes[row] = static_cast<std::byte>(code);
    }
    column.m_codes = allocateValues(m_rows, blocks);
    std::memcpy(column.m_codes.get(), codes.data(), m_rows);
    column.m_texts = texts.count();
    column.m_offsets = allocateValues((texts.count() + std::size_t(1)) * sizeof(std::uint32_t), blocks);
    column.m_arena = allocateValues(texts.bytes(), blocks);
    texts.copyTo(reinterpret_cast<std::uint32_t *>(column.m_offsets.get()), reinterpret_cast<char *>(column.m_arena.get()));
    return true;
}

Column ColumnBuilder::seal(Blocks *blocks)
{
    if (m_rows != kChunkRows) {
        Column column = peek(m_rows);
        allocate(blocks);
        return column;
    }
    Column column = finished(m_rows);
    if (!shareTexts(column, blocks))
        copyTexts(column, m_rows, blocks);
    column.m_fixed = std::move(m_fixed);
    allocate(blocks);
    return column;
}

Column ColumnBuilder::peek(std::uint32_t rows) const
{
    Column column = finished(rows);
    copyTexts(column, rows, nullptr);
    if (const std::size_t width = fixedWidth(m_kind); width != 0) {
        column.m_fixed = allocateValues(width * rows, nullptr);
        std::memcpy(column.m_fixed.get(), m_fixed.get(), width * rows);
    }
    return column;
}

ChunkBuilder::ChunkBuilder(std::shared_ptr<const Schema> schema)
    : m_schema(std::move(schema))
{
    m_columns.reserve(m_schema->columns.size());
    for (const ColumnInfo &info : m_schema->columns)
        m_columns.emplace_back(info.kind);
}

void ChunkBuilder::dropUnfinishedRow()
{
    for (ColumnBuilder &column : m_columns)
        column.truncate(m_rows);
}

std::shared_ptr<const Chunk> ChunkBuilder::seal()
{
    dropUnfinishedRow();
    // Chunks that are let go one after another (written to a file, say) do with the heap, again and again with the same
    // few pages of it.
    Blocks *blocks = m_previous.expired() ? nullptr : &m_blocks;
    auto chunk = std::make_shared<Chunk>();
    chunk->rows = m_rows;
    chunk->columns.reserve(m_columns.size());
    for (ColumnBuilder &column : m_columns)
        chunk->columns.push_back(column.seal(blocks));
    m_rows = 0;
    m_previous = chunk;
    return chunk;
}

std::shared_ptr<const Chunk> ChunkBuilder::peek() const
{
    auto chunk = std::make_shared<Chunk>();
    chunk->rows = m_rows;
    chunk->columns.reserve(m_columns.size());
    for (const ColumnBuilder &column : m_columns)
        chunk->columns.push_back(column.peek(m_rows));
    return chunk;
}

} // namespace table
