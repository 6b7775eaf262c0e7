// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"

#include "decode/rowdecoder.h"
#include "json/reader.h"

#include <optional>
#include <string>
#include <vector>

namespace tdengine {

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

// The work of decodeAnswer(): walks over the envelope's members in whatever order they come. Read once.
class AnswerReader
{
public:
    AnswerReader(json::Source &source, const AnswerOptions &options, connector::Sink &sink);

    AnswerSummary read();

private:
    // Rows that came before anything told their columns.
    struct WaitingRows {
        std::string text;
        std::int64_t offset = 0;
    };

    // All of these: false ends the reading; then m_summary says why.
    bool readBody();
    bool isConsistent();
    bool readEnvelope();
    bool readMember(const std::string &key, json::Token token);
    bool readCode(json::Token token);
    bool readStatus(json::Token token);
    bool readHead(json::Token token);
    bool readColumnMeta(json::Token token);
    bool readColumn();
    bool readData(json::Token token);
    bool keepRows();
    bool readWaitingRows();
    bool readRows(json::Reader &reader);
    bool settleTimes(json::Reader &reader, bool *hasRows);
    bool finishRows(decode::RowDecoder::End end, const std::optional<core::Error> &error);

    bool fail(const QString &message);
    bool failAs(const json::Reader &reader);
    void drain();

    const AnswerOptions m_options;
    connector::Sink &m_sink;
    AnswerSummary m_summary;
    StartKeeper m_source;
    json::Reader m_reader;
    bool m_hasData = false;
    bool m_hasTypeCodes = false; // as 2.x declares types
    std::optional<std::vector<std::string>> m_head; // names only: all that very old servers declare
    std::optional<table::Schema> m_schema;
    std::optional<WaitingRows> m_waiting;
    std::vector<decode::CellDecoder> m_cells;
    std::optional<decode::RowFeeder> m_feeder;
};

} // namespace tdengine
