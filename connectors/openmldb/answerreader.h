// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"
#include "rawrows.h"

#include "decode/rowdecoder.h"
#include "json/reader.h"

#include <optional>
#include <string>
#include <vector>

namespace openmldb {

// Passes a source on and keeps the first bytes of what went through.
class StartKeeper : public json::Source
{
public:
    StartKeeper(json::Source &source, std::string &start);

    core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point deadline) override;

private:
    json::Source &m_source;
    std::string &m_start;
};

// The work of decodeAnswer(): walks over the members in whatever order they come. Read once.
class AnswerReader
{
public:
    AnswerReader(json::Source &source, const AnswerOptions &options, connector::Sink &sink);

    AnswerSummary read();

private:
    // All of these: false ends the reading; then m_summary says why.
    bool readBody();
    template <typename Function>
    bool readMembers(Function readMember);
    bool readMember(const std::string &key, json::Token token);
    bool readCode(json::Token token);
    bool readData(json::Token token);
    bool readDataMember(const std::string &key, json::Token token);
    bool readText();
    bool readSchema(json::Token token);
    bool readSchemaEntry(json::Token token, table::ColumnInfo &info);
    bool readRowsMember(json::Token token);
    bool readCommon(json::Token token);
    bool keepRows();
    bool readKeptRows();
    bool shareCommon(RawRows &rows);
    bool readRows(json::Reader &reader);
    bool finishRows(decode::RowDecoder::End end, const std::optional<core::Error> &error);
    void nameColumns();
    void inferSchema(const RawRows &rows);

    bool fail(const QString &message);
    bool failAs(const json::Reader &reader);
    void drain();

    // Rows that cannot be shown yet: nothing has told their columns, or what all of them share is still to come.
    struct KeptRows {
        std::string text;
        std::int64_t offset = 0;
        bool isWhole = false;
    };

    const AnswerOptions &m_options;
    connector::Sink &m_sink;
    AnswerSummary m_summary;
    StartKeeper m_source;
    json::Reader m_reader;
    bool m_hasRows = false;
    bool m_hasNames = false; // the schema tells names too
    std::optional<table::Schema> m_schema;
    std::optional<KeptRows> m_kept;
    std::vector<std::string> m_common; // values as sent
    std::optional<decode::RowFeeder> m_feeder;
};

} // namespace openmldb
