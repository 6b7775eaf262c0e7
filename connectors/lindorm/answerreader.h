// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"

#include "decode/rowdecoder.h"
#include "json/reader.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lindorm {

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

// The work of decodeAnswer(): walks over the blocks and their members in whatever order they come. Used once.
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
    // One object of the body, as far as it is read.
    struct Block {
        std::optional<std::vector<std::string>> columns;
        std::optional<std::vector<std::string>> types;
        std::optional<WaitingRows> waiting;
        bool hasRows = false;
        std::optional<StatedError> stated;
    };

    // All of these: false ends the reading; then m_summary says why.
    bool readBody();
    bool readBlock();
    bool finishBlock();
    bool readMember(const std::string &key, json::Token token);
    bool readTexts(json::Token token, const QString &what, std::optional<std::vector<std::string>> &texts);
    bool readCode(json::Token token);
    bool readError(json::Token token);
    bool readRows(json::Token token);
    bool keepRows();

    bool settleColumns();
    bool checkSame();
    bool begin(table::Schema schema);
    bool decodeRows(json::Reader &reader);
    bool decodeWaitingRows();
    void showWhatCame();
    void finish();

    StatedError &stated();
    bool fail(const QString &message);
    bool failAs(const json::Reader &reader);
    void drain();

    const AnswerOptions m_options;
    connector::Sink &m_sink;
    AnswerSummary m_summary;
    StartKeeper m_source;
    json::Reader m_reader;
    Block m_block;
    std::int64_t m_blocks = 0; // read before this one
    std::shared_ptr<const table::Schema> m_schema; // of the first block
    std::vector<decode::CellDecoder> m_cells;
    std::optional<decode::RowFeeder> m_feeder;
};

} // namespace lindorm
