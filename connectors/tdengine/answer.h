// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"
#include "core/error.h"
#include "json/source.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tdengine {

// What an answer of /rest/sql (3.x: code, column_meta, data, rows, timing; 2.x: status, head, …) said, rows apart:
// those have gone to the sink.
struct AnswerSummary {
    bool hasDialectForm = false; // an object with code or status; otherwise bodyStart tells what came instead
    bool is2x = false;
    std::optional<std::int64_t> code; // 0: success
    std::string desc; // the server's text, as sent
    bool hasResultSet = false; // false for the affected-rows form and for errors
    std::optional<std::int64_t> affectedRows;
    std::int64_t rows = 0; // delivered to the sink
    std::int64_t columns = 0;
    std::optional<std::int64_t> declaredRows; // "rows" of the envelope
    std::optional<std::int64_t> timingNs;
    bool cutByLimit = false; // maxRows
    bool cutBySink = false; // the sink refused more
    std::string bodyStart; // up to 2 KiB
    std::optional<core::Error> error; // Decode with byte and row; or what the source failed with (Network, …)
};

struct AnswerOptions {
    std::int64_t maxRows = 0; // 0: no limit
};

// Reads one answer to its end, row by row, and delivers typed chunks: the first rows at once, then about 20 times a
// second, also while the server trickles. Rows before a failure are delivered and counted. The affected-rows form
// (one column "affected_rows" INT, one row) delivers nothing to the sink.
AnswerSummary decodeAnswer(json::Source &source, const AnswerOptions &options, connector::Sink &sink);

} // namespace tdengine
