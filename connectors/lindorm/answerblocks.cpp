// SPDX-License-Identifier: GPL-3.0-or-later
#include "answerreader.h"

#include "columntype.h"
#include "decode/infer.h"
#include "json/memorysource.h"

#include <QCoreApplication>

// The rows of the blocks, and whose columns they are.
namespace lindorm {

namespace {

struct BlockTr {
    Q_DECLARE_TR_FUNCTIONS(LindormAnswer)
};

std::vector<std::string> namesOf(const table::Schema &schema)
{
    std::vector<std::string> names;
    for (const table::ColumnInfo &info : schema.columns)
        names.push_back(info.name);
    return names;
}

std::vector<std::string> typesOf(const table::Schema &schema)
{
    std::vector<std::string> types;
    for (const table::ColumnInfo &info : schema.columns)
        types.push_back(info.serverType);
    return types;
}

} // namespace

bool AnswerReader::begin(table::Schema schema)
{
    m_schema = std::make_shared<const table::Schema>(std::move(schema));
    for (const table::ColumnInfo &info : m_schema->columns)
        m_cells.push_back(cellDecoderOf(info));
    m_summary.hasResultSet = true;
    m_summary.columns = static_cast<std::int64_t>(m_schema->columns.size());
    m_feeder.emplace(m_sink, m_schema, m_options.maxRows);
    return m_feeder->begin();
}

// Once a block has told its columns: the first block's are those of the result, a later one's must be the same.
bool AnswerReader::settleColumns()
{
    if (m_schema)
        return checkSame();
    if (!m_block.types)
        m_block.types.emplace(m_block.columns->size());
    if (m_block.types->size() != m_block.columns->size())
        return fail(BlockTr::tr("The answer names %1 columns and %2 types.").arg(m_block.columns->size()).arg(m_block.types->size()));
    table::Schema schema;
    for (std::size_t i = 0; i < m_block.columns->size(); ++i)
        schema.columns.push_back(columnOf((*m_block.columns)[i], (*m_block.types)[i]));
    return begin(std::move(schema));
}

bool AnswerReader::checkSame()
{
    const bool isSame = (!m_block.columns || *m_block.columns == namesOf(*m_schema))
        && (!m_block.types || *m_block.types == typesOf(*m_schema));
    return isSame
        || fail(BlockTr::tr("Block %1 of the answer has other columns than the first.").arg(m_blocks + 1));
}

bool AnswerReader::readRows(json::Token token)
{
    if (m_block.hasRows)
        return fail(BlockTr::tr("A block of the answer holds rows twice."));
    m_block.hasRows = true;
    if (token == json::Token::Null)
        return true;
    if (token != json::Token::BeginArray)
        return fail(BlockTr::tr("The rows of the answer are not an array."));
    m_summary.hasDialectForm = true;
    if (m_schema)
        return checkSame() && decodeRows(m_reader);
    if (!m_block.columns || !m_block.types)
        return keepRows();
    return settleColumns() && decodeRows(m_reader);
}

bool AnswerReader::decodeRows(json::Reader &reader)
{
    decode::RowDecoder rows(reader, *m_feeder, m_schema, m_cells);
    const decode::RowDecoder::End end = rows.run();
    if (end == decode::RowDecoder::End::Failed) {
        m_summary.error = rows.error();
        m_summary.cutBySink = !m_summary.error;
    }
    return end == decode::RowDecoder::End::Complete;
}

bool AnswerReader::keepRows()
{
    m_block.waiting.emplace();
    m_block.waiting->offset = m_reader.tokenOffset();
    const std::optional<std::string_view> rows = m_reader.rawValue();
    m_block.waiting->text = rows ? *rows : m_reader.brokenRawValue();
    return rows || failAs(m_reader);
}

bool AnswerReader::decodeWaitingRows()
{
    const WaitingRows waiting = std::move(*m_block.waiting);
    m_block.waiting.reset();
    if (!m_block.columns)
        return fail(BlockTr::tr("The answer holds rows, but no columns."));
    // Columns whose types nobody tells are as their values look.
    const bool isBegun = m_block.types ? settleColumns() : begin(decode::inferColumns(*m_block.columns, waiting.text));
    if (!isBegun)
        return false;
    json::MemorySource source(waiting.text);
    json::Reader reader(source, json::ReaderOptions{.firstByte = waiting.offset});
    reader.next();
    return decodeRows(reader);
}

// The reading failed while rows waited for their columns, which came or not: what arrived is shown all the same.
void AnswerReader::showWhatCame()
{
    if (!m_block.waiting || !m_block.columns)
        return;
    const std::optional<core::Error> why = m_summary.error;
    decodeWaitingRows();
    m_summary.error = why;
}

void AnswerReader::finish()
{
    if (!m_feeder)
        return;
    m_feeder->finish();
    m_summary.rows = m_feeder->deliveredRows();
    m_summary.cutByLimit = m_feeder->isCutByLimit();
    m_summary.cutBySink = m_summary.cutBySink || m_feeder->isCutBySink();
}

} // namespace lindorm
