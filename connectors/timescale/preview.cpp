// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview.h"

#include "wrapping.h"

namespace timescale {

namespace {
constexpr int kRowsForColumns = 200;
}

Preview::Preview(const AnswerOptions &options, connector::Sink &sink)
    : m_options(options)
    , m_sink(sink)
{
}

bool Preview::show(std::string_view body)
{
    if (!m_rows && !find(body))
        return true;
    const char *end = body.data() + body.size();
    if (!m_feeder && !begin(body.data() + m_place, end))
        return true;
    m_rows->continueIn(body.data() + m_place, end);
    bool goesOn = !m_feeder->isCutByLimit() && !m_feeder->isCutBySink();
    // Rows that are not like the first are shown when their columns are known.
    while (goesOn && !m_rows->isMixed() && m_rows->next(m_cells) == decode::MemoryRows::Step::Row) {
        if (!m_rows->isMixed())
            goesOn = feedRow();
    }
    m_place = static_cast<std::size_t>(m_rows->at() - body.data());
    return goesOn && m_feeder->idle();
}

bool Preview::find(std::string_view body)
{
    if (body.size() < m_lookAgainAt)
        return false;
    m_lookAgainAt = body.size() * 2;
    WrappingOptions options;
    options.pointer = m_options.pointer;
    options.isWhole = false;
    const Wrapping wrapping = unwrapped(body, options);
    if (wrapping.form != Wrapping::Form::Rows || !wrapping.isInBody)
        return false;
    m_place = static_cast<std::size_t>(wrapping.text.data() - body.data());
    m_rows.emplace(decode::MemoryRows::Form::Array, wrapping.columns);
    return true;
}

// The columns are those of the first rows.
bool Preview::begin(const char *from, const char *end)
{
    m_rows->restart(from, end);
    int rows = 0;
    while (rows < kRowsForColumns && m_rows->next(m_cells) == decode::MemoryRows::Step::Row)
        ++rows;
    m_rows->restart(from, end);
    if (rows == 0 || m_rows->isMixed())
        return false;
    auto schema = std::make_shared<table::Schema>();
    for (const std::string &name : m_rows->columns())
        schema->columns.push_back({.name = name, .kind = table::Kind::Text});
    m_filledIn.assign(schema->columns.size(), 0);
    m_feeder.emplace(m_sink, schema, m_options.maxRows);
    return m_feeder->begin();
}

bool Preview::feedRow()
{
    if (!m_feeder->beginRow())
        return false;
    const std::int64_t row = m_feeder->rows() + 1;
    table::ChunkBuilder &builder = m_feeder->builder();
    for (const decode::MemoryCell &cell : m_cells) {
        if (cell.column >= m_filledIn.size() || cell.token == json::Token::Null)
            continue; // a column that comes later
        builder.column(cell.column).appendBytes(cell.text);
        m_filledIn[cell.column] = row;
    }
    for (std::size_t i = 0; i < m_filledIn.size(); ++i) {
        if (m_filledIn[i] != row)
            builder.column(i).appendNull();
    }
    return m_feeder->finishRow();
}

} // namespace timescale
