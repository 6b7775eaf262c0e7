// SPDX-License-Identifier: GPL-3.0-or-later
#include "answerreader.h"

#include "decode/infer.h"
#include "json/memorysource.h"

#include <QCoreApplication>

#include <charconv>

namespace tdengine {

namespace {

struct RowsTr {
    Q_DECLARE_TR_FUNCTIONS(TDengineAnswer)
};

// The same in both versions; a query that names its one column so looks alike, which nobody can tell.
bool isAffectedForm(const table::Schema &schema)
{
    return schema.columns.size() == 1 && schema.columns[0].name == "affected_rows"
        && schema.columns[0].kind == table::Kind::Int && schema.columns[0].bits == 32;
}

// The unit of an integer time, which 2.x does not tell: milliseconds until the year 5138, then microseconds, …
int epochDigits(std::int64_t value)
{
    const std::uint64_t size = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    if (size < 100'000'000'000'000)
        return 3;
    return size < 100'000'000'000'000'000 ? 6 : 9;
}

std::int64_t integerAt(std::string_view row, std::size_t column)
{
    json::MemorySource source(row);
    json::Reader reader(source);
    reader.next();
    for (std::size_t i = 0; i < column; ++i) {
        reader.next();
        reader.skipValue();
    }
    reader.next();
    std::int64_t value = 0;
    std::from_chars(reader.text().data(), reader.text().data() + reader.text().size(), value);
    return value;
}

} // namespace

// The times of 2.x are local, zoned or integers by the path that was asked; the first row shows which.
bool AnswerReader::settleTimes(json::Reader &reader, bool *hasRows)
{
    const json::Token token = reader.next();
    const std::optional<std::string_view> row
        = token == json::Token::EndArray || token == json::Token::Failed ? std::nullopt : reader.rawValue();
    *hasRows = row.has_value();
    std::vector<std::string> names;
    for (const table::ColumnInfo &info : m_schema->columns)
        names.push_back(info.name);
    const table::Schema seen = decode::inferColumns(names, '[' + std::string(row.value_or("")) + ']');
    for (std::size_t i = 0; i < names.size(); ++i) {
        table::ColumnInfo &info = m_schema->columns[i];
        if (info.kind == table::Kind::Instant && seen.columns[i].kind == table::Kind::Int) {
            m_cells[i] = decode::CellDecoder(info, decode::Form::Epoch, epochDigits(integerAt(*row, i)));
        } else if (info.kind == table::Kind::Instant && seen.columns[i].kind != table::Kind::Instant) {
            info.kind = table::Kind::LocalDateTime;
            m_cells[i] = decode::CellDecoder(info);
        }
    }
    if (row)
        reader.rewindToRawValue();
    return row || token == json::Token::EndArray || failAs(reader);
}

bool AnswerReader::readRows(json::Reader &reader)
{
    for (const table::ColumnInfo &info : m_schema->columns)
        m_cells.emplace_back(info);
    bool hasRows = true;
    const bool isSettled = !(m_summary.is2x || m_hasTypeCodes) || settleTimes(reader, &hasRows);
    const auto schema = std::make_shared<const table::Schema>(*m_schema);
    m_feeder.emplace(m_sink, schema, m_options.maxRows, isAffectedForm(*schema));
    if (!m_feeder->begin())
        return finishRows(decode::RowDecoder::End::Cut, std::nullopt);
    if (!isSettled || !hasRows)
        return finishRows(decode::RowDecoder::End::Complete, std::nullopt) && isSettled;
    decode::RowDecoder rows(reader, *m_feeder, schema, std::move(m_cells));
    const decode::RowDecoder::End end = rows.run();
    return finishRows(end, rows.error());
}

bool AnswerReader::finishRows(decode::RowDecoder::End end, const std::optional<core::Error> &error)
{
    if (end == decode::RowDecoder::End::Failed)
        m_summary.error = error;
    m_feeder->finish();
    m_summary.cutByLimit = m_feeder->isCutByLimit();
    m_summary.cutBySink = m_feeder->isCutBySink();
    if (m_feeder->hasLoneRow()) {
        const table::Column count = m_feeder->builder().column(0).peek(1);
        if (count.hasValue(0))
            m_summary.affectedRows = count.ints()[0];
    } else {
        m_summary.hasResultSet = true;
        m_summary.columns = static_cast<std::int64_t>(m_schema->columns.size());
        m_summary.rows = m_feeder->deliveredRows();
    }
    return end == decode::RowDecoder::End::Complete && !m_summary.cutBySink;
}

bool AnswerReader::readWaitingRows()
{
    const WaitingRows waiting = std::move(*m_waiting);
    m_waiting.reset();
    if (!m_schema && !m_head) {
        m_summary.error = m_reader.errorHere(RowsTr::tr("The answer holds data, but neither column_meta nor head."));
        return false;
    }
    if (!m_schema) {
        m_schema = decode::inferColumns(*m_head, waiting.text);
        // What is inferred is as wide as it can be; the count of affected rows is known to be an INT.
        if (m_schema->columns.size() == 1 && m_schema->columns[0].name == "affected_rows")
            m_schema->columns[0].bits = 32;
    }
    json::MemorySource source(waiting.text);
    json::Reader reader(source, json::ReaderOptions{.firstByte = waiting.offset});
    reader.next();
    return readRows(reader);
}

} // namespace tdengine
