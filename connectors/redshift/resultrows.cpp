// SPDX-License-Identifier: GPL-3.0-or-later
#include "resultreader.h"

#include "decode/cleanvectors.h"

#include <QCoreApplication>

namespace redshift {

namespace {

struct ResultRowsTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftResult)
};

// The texts of a chunk's column have to stay under 4 GiB.
constexpr std::int64_t kMostChunkBytes = std::int64_t(2) << 30;

} // namespace

// The rows behind the bracket that began them, to the one that ends them.
bool ResultReader::readRows(json::Reader &reader)
{
    decode::cleanVectorRegisters();
    m_rowStart = reader.offset();
    for (bool isEnd = false;;) {
        if (!beginRow(reader, &isEnd))
            return false;
        if (isEnd)
            return true;
        if (!checkChunkSize(reader) || !readCells(reader)) {
            m_feeder->builder().dropUnfinishedRow();
            return false;
        }
        if (!m_feeder->finishRow())
            return false;
    }
}

bool ResultReader::beginRow(json::Reader &reader, bool *isEnd)
{
    if (!reader.tryNextArray()) {
        const json::Token token = reader.next();
        *isEnd = token == json::Token::EndArray;
        if (*isEnd)
            return true;
        if (token == json::Token::Failed)
            return failInRow(reader, {});
        if (token != json::Token::BeginArray)
            return failInRow(reader, ResultRowsTr::tr("A row of the answer is not an array."));
    }
    return m_feeder->beginRow();
}

bool ResultReader::checkChunkSize(const json::Reader &reader)
{
    const std::int64_t offset = reader.offset();
    m_chunkBytes = m_feeder->builder().rows() == 0 ? 0 : m_chunkBytes + offset - m_rowStart;
    m_rowStart = offset;
    if (m_chunkBytes < kMostChunkBytes) [[likely]]
        return true;
    failInRow(reader, ResultRowsTr::tr("%1 rows of the answer are larger than %2 bytes; the rest was not read.")
                          .arg(m_feeder->builder().rows())
                          .arg(kMostChunkBytes));
    m_error->kind = core::ErrorKind::Limit;
    return false;
}

bool ResultReader::readCells(json::Reader &reader)
{
    table::ChunkBuilder &builder = m_feeder->builder();
    const std::size_t count = m_cells.size();
    FieldCell *cell = m_cells.data();
    table::ColumnBuilder *column = count == 0 ? nullptr : &builder.column(0);
    const char *at = reader.cursor();
    const char *windowEnd = reader.windowEnd();
    for (std::size_t i = 0; i < count; ++i, ++cell, ++column) {
        if (const char *behind = cell->tryRead(at, windowEnd, *column)) [[likely]] {
            at = behind;
        } else {
            if (i != 0)
                reader.continueAtValue(at);
            if (!readCell(reader, i))
                return false;
            at = reader.cursor();
            windowEnd = reader.windowEnd();
        }
        if (i + 1 == count)
            break;
        if (*at == ',') [[likely]] {
            ++at;
            continue;
        }
        reader.continueBehindValue(at);
        if (!readSeparator(reader, i + 1))
            return false;
        at = reader.cursor();
        windowEnd = reader.windowEnd();
    }
    if (*at == ']' && count != 0) [[likely]] {
        reader.endArrayAt(at);
        return true;
    }
    if (count == 0)
        return reader.next() == json::Token::EndArray || failInRow(reader, ResultRowsTr::tr("A row has more values than there are columns."));
    reader.continueBehindValue(at);
    return readSeparator(reader, count);
}

// A cell that has to be read as a whole.
bool ResultReader::readCell(json::Reader &reader, std::size_t column)
{
    const json::Token token = reader.next();
    if (token == json::Token::EndArray) {
        return failInRow(reader,
            ResultRowsTr::tr("A row of the answer ends after %1 of %2 values.").arg(column).arg(m_cells.size()));
    }
    const std::optional<std::string_view> raw = token == json::Token::Failed ? std::nullopt : reader.rawValue();
    if (!raw)
        return failInRow(reader, {});
    m_cells[column].read(*raw, m_feeder->builder().column(column));
    return true;
}

// The comma, or behind the last value the bracket.
bool ResultReader::readSeparator(json::Reader &reader, std::size_t valuesRead)
{
    const bool isLast = valuesRead == m_cells.size();
    const char separator = reader.nextSeparator();
    if (separator == 0)
        return failInRow(reader, {});
    if (separator == ',') {
        return !isLast
            || failInRow(reader, ResultRowsTr::tr("A row of the answer has more than %1 values.").arg(m_cells.size()));
    }
    return isLast || failInRow(reader, ResultRowsTr::tr("A row of the answer ends after %1 of %2 values.").arg(valuesRead).arg(m_cells.size()));
}

} // namespace redshift
