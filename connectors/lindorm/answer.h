// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"
#include "core/error.h"
#include "json/source.h"

#include <cstdint>
#include <optional>
#include <string>

namespace lindorm {

// What the server states in place of rows, or behind some.
struct StatedError {
    std::string code; // "1146"; empty: not told
    std::string sqlState;
    std::string message; // as sent
    bool isOlderForm = false; // {"error":{…}}
};

// What an answer of /api/v2/sql (one or more blocks with columns, metadata and rows) said, rows apart: those have gone to
// the sink.
struct AnswerSummary {
    bool hasDialectForm = false; // an object with columns, rows or an error; otherwise bodyStart tells what came instead
    bool isEmpty = false; // no body: success without a result set
    bool hasResultSet = false;
    std::optional<StatedError> stated;
    std::int64_t rows = 0; // delivered to the sink
    std::int64_t columns = 0;
    bool cutByLimit = false; // maxRows
    bool cutBySink = false; // the sink refused more
    std::string bodyStart; // up to 2 KiB
    std::optional<core::Error> error; // Decode with byte and row; or what the source failed with (Network, …)
};

struct AnswerOptions {
    std::int64_t maxRows = 0; // 0: no limit
};

// Reads one answer to its end, block by block and row by row, and delivers typed chunks: the first rows at once, then
// about 20 times a second, also while the server trickles. Rows before a failure are delivered and counted. The first
// block's columns hold for all.
AnswerSummary decodeAnswer(json::Source &source, const AnswerOptions &options, connector::Sink &sink);

} // namespace lindorm
