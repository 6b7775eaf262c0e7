// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"
#include "json/source.h"

#include <cstdint>
#include <optional>
#include <string>

namespace timescale {

// What an answer said, rows apart: those have gone to the sink.
struct AnswerSummary {
    bool hasResultSet = false;
    std::int64_t rows = 0; // delivered to the sink
    std::int64_t columns = 0;
    bool cutByLimit = false; // maxRows
    bool cutBySink = false; // the sink refused more
    bool saysMore = false; // a mark of a next page stood beside the rows
    std::shared_ptr<const table::Schema> schema; // of a result that has columns
    std::string bodyStart; // up to 64 KiB

    // An error in the place of rows, whatever the HTTP status.
    bool isRefused = false;
    bool isFunctionError = false; // errorMessage: the function failed; otherwise the envelope's statusCode says so
    int innerStatus = 0; // of the envelope; 0: none
    std::string errorType;
    std::string errorText;

    std::optional<core::Error> error; // Decode with byte and row; or what the source failed with (Network, …)
};

struct AnswerOptions {
    std::int64_t maxRows = 0; // 0: no limit
    std::string pointer; // JSON pointer of the rows; empty: where they usually are
    std::shared_ptr<const table::Schema> lastSchema; // shown for rows without columns ("[]"); none: no columns then
    bool isJsonDue = true; // what is no JSON is malformed, and not a text for people
};

// Up to here an answer is read before its rows are shown: columns and types are those that hold all of its values. Of a
// longer one they are those of this part; later values that do not fit are kept as their literals.
inline constexpr std::size_t kMostLookedAt = std::size_t(64) << 20;

// Reads an answer to its end and delivers its rows, whatever they are wrapped in. Rows before a failure are delivered.
AnswerSummary decodeAnswer(json::Source &source, const AnswerOptions &options, connector::Sink &sink);

// Reads an answer whose status says that it failed: only bodyStart, and error where the connection broke off.
AnswerSummary readErrorAnswer(json::Source &source);

} // namespace timescale
