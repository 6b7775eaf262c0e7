// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "caller.h"

#include <optional>
#include <string>
#include <vector>

// The steps in the life of a statement, each one or more calls: describe until it ends, then fetch its pages.
namespace redshift {

// A statement, or one of a batch, as DescribeStatement and ListStatements tell.
struct StatementState {
    std::string id;
    std::string status; // SUBMITTED, PICKED, STARTED, FINISHED, FAILED, ABORTED
    std::string error;
    std::string text;
    std::string name;
    bool hasResultSet = false;
    bool isBatch = false;
    std::int64_t rows = -1; // affected or in the result; -1: unknown
    std::optional<std::int64_t> nanoseconds;
    double createdAt = 0; // seconds since 1970 UTC; 0: unknown
    std::vector<StatementState> parts; // of a batch, in order

    bool hasEnded() const { return status == "FINISHED" || status == "FAILED" || status == "ABORTED"; }
};
StatementState stateOf(const QJsonObject &object);

core::Result<StatementState> describe(Caller &caller, const std::string &id, const QString &purpose, Trip &trip);

// Asks with growing pauses until the statement has ended; what it is doing goes to the sink's status. limit: none where
// zero; then the last state is the answer.
core::Result<StatementState> waitForEnd(Caller &caller, const std::string &id, const QString &purpose, Trip &trip,
    std::chrono::milliseconds limit = {});

// All pages of a finished statement's result into the sink; the outcome tells rows and completeness.
connector::Outcome fetchResult(Caller &caller, const std::string &id, std::int64_t maxRows, Trip &trip);

// The pages of a result whose first answer is open; the others are asked for by id.
connector::Outcome readResult(Caller &caller, OpenAnswer first, const std::string &id, std::int64_t maxRows, Trip &trip);

} // namespace redshift
