// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/rowdecoder.h"

#include "decode/cleanvectors.h"
#include "decode/fastcell.h"

#include <QCoreApplication>

namespace decode {

namespace {

struct RowTr {
    Q_DECLARE_TR_FUNCTIONS(RowDecoder)
};

// The texts of a chunk's column have to stay under 4 GiB: the reader takes no single value above 1 GiB.
constexpr std::int64_t kMaxChunkBytes = std::int64_t(2) << 30;

} // namespace

RowDecoder::RowDecoder(json::Reader &reader, RowFeeder &feeder, std::shared_ptr<const table::Schema> schema,
    std::vector<CellDecoder> cells)
    : m_reader(reader)
    , m_feeder(feeder)
    , m_schema(std::move(schema))
    , m_cells(std::move(cells))
{
}

RowDecoder::End RowDecoder::run()
{
    cleanVectorRegisters();
    m_chunkStart = m_reader.offset();
    for (;;) {
        switch (nextRow()) {
        case Step::Row:
            break;
        case Step::End:
            return End::Complete;
        case Step::Cut:
            return End::Cut;
        case Step::Failed:
            m_feeder.builder().dropUnfinishedRow();
            return End::Failed;
        }
        if (!m_feeder.finishRow())
            return End::Cut;
    }
}

RowDecoder::Step RowDecoder::nextRow()
{
    bool isObject = false;
    if (!m_reader.tryNextArray()) {
        const json::Token token = m_reader.next();
        if (token == json::Token::EndArray)
            return Step::End;
        isObject = token == json::Token::BeginObject;
        if (token == json::Token::Failed) {
            fail();
            return Step::Failed;
        }
        if (!isObject && token != json::Token::BeginArray) {
            failHere(RowTr::tr("A row of the answer is neither an array nor an object."));
            return Step::Failed;
        }
    }
    if (!m_feeder.beginRow())
        return Step::Cut;
    const bool isRead = checkChunkSize() && (isObject ? readObject() : readCells());
    return isRead ? Step::Row : Step::Failed;
}

bool RowDecoder::checkChunkSize()
{
    const std::int64_t offset = m_reader.offset();
    if (m_feeder.builder().rows() == 0)
        m_chunkStart = offset;
    if (offset - m_chunkStart < kMaxChunkBytes) [[likely]]
        return true;
    return failHere(RowTr::tr("%1 rows of the answer are larger than %2 bytes; the rest was not read.")
                        .arg(m_feeder.builder().rows())
                        .arg(kMaxChunkBytes),
        core::ErrorKind::Limit);
}

bool RowDecoder::readCells()
{
    table::ChunkBuilder &builder = m_feeder.builder();
    const std::size_t count = m_cells.size();
    CellDecoder *cell = m_cells.data();
    table::ColumnBuilder *column = count == 0 ? nullptr : &builder.column(0);
    const char *at = m_reader.cursor();
    const char *windowEnd = m_reader.windowEnd();
    for (std::size_t i = 0; i < count; ++i, ++cell, ++column) {
        if (const char *behind = cell->tryRead(at, windowEnd, *column)) [[likely]] {
            at = behind;
        } else {
            if (i != 0)
                m_reader.continueAtValue(at);
            if (!readCell(i))
                return false;
            at = m_reader.cursor();
            windowEnd = m_reader.windowEnd();
        }
        if (i + 1 == count)
            break;
        if (*at == ',') [[likely]] {
            ++at;
            continue;
        }
        m_reader.continueBehindValue(at);
        if (!readSeparator(i + 1))
            return false;
        at = m_reader.cursor();
        windowEnd = m_reader.windowEnd();
    }
    if (*at == ']' && count != 0) [[likely]] {
        m_reader.endArrayAt(at);
        return true;
    }
    if (count != 0)
        m_reader.continueBehindValue(at);
    return readSeparator(count);
}

// A value that has to be read token by token.
bool RowDecoder::readCell(std::size_t column)
{
    const json::Token token = m_reader.next();
    if (token == json::Token::EndArray)
        return failTooFew(column);
    return m_cells[column].read(token, m_reader, m_feeder.builder().column(column)) || fail();
}

// The comma, or behind the last value the bracket.
bool RowDecoder::readSeparator(std::size_t valuesRead)
{
    const bool isLast = valuesRead == m_cells.size();
    const char separator = m_reader.nextSeparator();
    if (separator == 0)
        return fail();
    if (separator == ',')
        return !isLast || failHere(RowTr::tr("A row of the answer has more than %1 values.").arg(m_cells.size()));
    return isLast || failTooFew(valuesRead);
}

bool RowDecoder::readObject()
{
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const json::Token key = m_reader.next();
        if (key == json::Token::Failed)
            return fail();
        if (key == json::Token::EndObject)
            return failTooFew(i);
        const std::string &name = m_schema->columns[i].name;
        if (m_reader.text() != name)
            return failHere(RowTr::tr("A row of the answer has the key \"%1\" where \"%2\" was expected.")
                                .arg(QString::fromUtf8(m_reader.text()), QString::fromStdString(name)));
        if (!m_cells[i].read(m_reader.next(), m_reader, m_feeder.builder().column(i)))
            return fail();
    }
    const json::Token end = m_reader.next();
    if (end == json::Token::Failed)
        return fail();
    return end == json::Token::EndObject
        || failHere(RowTr::tr("A row of the answer has more than %1 values.").arg(m_cells.size()));
}

bool RowDecoder::failTooFew(std::size_t valuesRead)
{
    return failHere(
        RowTr::tr("A row of the answer ends after %1 of %2 values.").arg(valuesRead).arg(m_cells.size()));
}

bool RowDecoder::fail()
{
    m_error = m_reader.error();
    if (m_error && !m_reader.isSourceError())
        m_error->position.row = m_feeder.rows() + 1;
    return false;
}

bool RowDecoder::failHere(const QString &message, core::ErrorKind kind)
{
    m_error = m_reader.errorHere(message);
    m_error->kind = kind;
    m_error->position.row = m_feeder.rows() + 1;
    return false;
}

} // namespace decode
