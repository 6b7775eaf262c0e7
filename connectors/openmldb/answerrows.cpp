// SPDX-License-Identifier: GPL-3.0-or-later
#include "answerreader.h"

#include "columntype.h"
#include "decode/infer.h"
#include "json/memorysource.h"

#include <algorithm>

namespace openmldb {

namespace {

// Where each of the names stands in the schema, a repeated one at its next place; none if one is not there.
std::optional<std::vector<std::size_t>> placesOf(const std::vector<std::string> &names, const table::Schema &schema)
{
    std::vector<std::size_t> places;
    for (const std::string &name : names) {
        std::size_t place = 0;
        while (place < schema.columns.size()
            && (schema.columns[place].name != name || std::find(places.begin(), places.end(), place) != places.end()))
            ++place;
        if (place == schema.columns.size())
            return std::nullopt;
        places.push_back(place);
    }
    std::sort(places.begin(), places.end());
    return places;
}

} // namespace

bool AnswerReader::readRows(json::Reader &reader)
{
    std::vector<decode::CellDecoder> cells;
    for (const table::ColumnInfo &info : m_schema->columns)
        cells.push_back(cellDecoder(info));
    const auto schema = std::make_shared<const table::Schema>(*m_schema);
    m_feeder.emplace(m_sink, schema, m_options.maxRows);
    if (!m_feeder->begin())
        return finishRows(decode::RowDecoder::End::Cut, std::nullopt);
    decode::RowDecoder rows(reader, *m_feeder, schema, std::move(cells));
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
    m_summary.hasResultSet = true;
    m_summary.columns = static_cast<std::int64_t>(m_schema->columns.size());
    m_summary.rows = m_feeder->deliveredRows();
    return end == decode::RowDecoder::End::Complete && !m_summary.cutBySink;
}

// Rows that nobody declared: as they look.
void AnswerReader::inferSchema(const RawRows &rows)
{
    std::vector<std::string> names = rows.keys;
    for (std::size_t i = names.size(); i < rows.width(); ++i)
        names.push_back("c" + std::to_string(i + 1));
    m_schema = decode::inferColumns(names, rows.text());
}

// Puts the values that all rows share where their columns stand; at the end of the rows where that is not known.
bool AnswerReader::shareCommon(RawRows &rows)
{
    std::optional<std::vector<std::size_t>> places;
    if (m_schema && m_options.commonColumns.size() == m_common.size())
        places = placesOf(m_options.commonColumns, *m_schema);
    for (std::vector<std::string> &row : rows.rows) {
        for (std::size_t i = 0; i < m_common.size(); ++i) {
            const std::size_t place = places ? std::min((*places)[i], row.size()) : row.size();
            row.insert(row.begin() + static_cast<std::ptrdiff_t>(place), m_common[i]);
        }
    }
    rows.keys.clear();
    return places.has_value();
}

bool AnswerReader::readKeptRows()
{
    const KeptRows kept = std::move(*m_kept);
    m_kept.reset();
    if (m_options.commonColumns.size() > m_common.size())
        return true; // the rest of each row was still to come
    std::string text;
    std::int64_t offset = kept.offset;
    if (m_schema && m_common.empty()) {
        text = kept.text;
    } else {
        RawRows rows = readRawRows(kept.text);
        if (!m_common.empty() && !shareCommon(rows))
            m_schema.reset();
        if (!m_schema)
            inferSchema(rows);
        text = rows.text();
        offset = 0;
    }
    json::MemorySource source(text);
    json::Reader reader(source, json::ReaderOptions{.firstByte = offset});
    reader.next();
    return readRows(reader);
}

} // namespace openmldb
