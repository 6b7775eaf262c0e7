// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"
#include "core/error.h"
#include "json/source.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace openmldb {

// What an answer of the API server ({"code","msg"[,"data"]}) said, rows apart: those have gone to the sink.
struct AnswerSummary {
    bool hasDialectForm = false; // an object with an integer code; otherwise bodyStart tells what came instead
    std::optional<std::int64_t> code; // 0: success
    std::string msg; // as sent
    bool hasResultSet = false; // there is a data member, and the statement did not fail
    std::int64_t rows = 0; // delivered to the sink
    std::int64_t columns = 0;
    bool cutByLimit = false; // maxRows
    bool cutBySink = false; // the sink refused more
    std::string bodyStart; // up to 2 KiB
    std::optional<core::Error> error; // Decode with byte and row; or what the source failed with (Network, …)
};

struct AnswerOptions {
    std::int64_t maxRows = 0; // 0: no limit
    // Names for columns of these types, which answers to SQL do not transmit; none: c1 … cn.
    std::function<std::vector<std::string>(const std::vector<std::string> &types)> namesOf;
    // A procedure's answer: the columns that have the same value in all rows come once, behind the rows.
    bool isProcedure = false;
    std::vector<std::string> commonColumns; // their names
};

// Reads one answer to its end, row by row, and delivers typed chunks: the first rows at once, then about 20 times a
// second, also while the server trickles. Rows before a failure are delivered and counted.
AnswerSummary decodeAnswer(json::Source &source, const AnswerOptions &options, connector::Sink &sink);

} // namespace openmldb
