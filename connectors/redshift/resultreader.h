// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "columntype.h"
#include "connector/sink.h"
#include "core/error.h"
#include "decode/rowfeeder.h"
#include "fieldcell.h"
#include "json/reader.h"

#include <optional>
#include <string>
#include <vector>

namespace redshift {

// Reads the pages of one result (answers of GetStatementResult), row by row, and delivers typed chunks as they come.
class ResultReader
{
public:
    // maxRows: 0 for none.
    ResultReader(connector::Sink &sink, std::int64_t maxRows);

    // False: nothing more is to be read; error() says why, or one of the cuts. Rows before a failure are delivered.
    bool readPage(json::Source &source);
    // Of the page that was read last; empty: it was the last one.
    const std::string &nextToken() const { return m_nextToken; }
    // Posts what is left and judges the whole: rows that the service counts and did not send are an error.
    void finish();

    // The page is an object that has what a page has; otherwise bodyStart() tells what came instead.
    bool hasPageForm() const { return m_hasPageForm; }
    const std::string &bodyStart() const { return m_bodyStart; }
    const std::optional<core::Error> &error() const { return m_error; }
    bool hasColumns() const { return m_schema != nullptr; }
    std::int64_t columns() const { return m_schema ? static_cast<std::int64_t>(m_schema->columns.size()) : 0; }
    std::int64_t rows() const { return m_feeder ? m_feeder->deliveredRows() : 0; }
    std::optional<std::int64_t> totalRows() const { return m_totalRows; }
    bool isCutByLimit() const { return m_feeder && m_feeder->isCutByLimit(); }
    bool isCutBySink() const { return m_isStopped || (m_feeder && m_feeder->isCutBySink()); }

private:
    // Rows that came before anything told their columns.
    struct WaitingRows {
        std::string text;
        std::int64_t offset = 0;
    };

    // All of these: false ends the reading.
    bool readBody(json::Reader &reader);
    bool readMember(json::Reader &reader, const std::string &key, json::Token token);
    bool readMetadata(json::Reader &reader, json::Token token);
    bool setColumns(std::vector<ColumnMeta> columns, const json::Reader &reader);
    bool readRecords(json::Reader &reader, json::Token token);
    bool readWaiting(const json::Reader &outer);
    bool readRows(json::Reader &reader);
    bool beginRow(json::Reader &reader, bool *isEnd);
    bool readCells(json::Reader &reader);
    bool readCell(json::Reader &reader, std::size_t column);
    bool readSeparator(json::Reader &reader, std::size_t valuesRead);
    bool checkChunkSize(const json::Reader &reader);
    void drain(json::Source &source);

    bool fail(const json::Reader &reader, const QString &message);
    bool failAs(const json::Reader &reader);
    bool failInRow(const json::Reader &reader, const QString &message);

    connector::Sink &m_sink;
    const std::int64_t m_maxRows;
    std::vector<ColumnMeta> m_columns;
    std::shared_ptr<const table::Schema> m_schema;
    std::vector<FieldCell> m_cells;
    std::optional<decode::RowFeeder> m_feeder;
    std::optional<WaitingRows> m_waiting;
    std::optional<std::int64_t> m_totalRows;
    std::string m_nextToken;
    std::string m_bodyStart;
    std::int64_t m_chunkBytes = 0;
    std::int64_t m_rowStart = 0;
    bool m_hasPageForm = false;
    bool m_hasRecords = false; // of this page
    bool m_isStopped = false;
    std::optional<core::Error> m_error;
};

} // namespace redshift
