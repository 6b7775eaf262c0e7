// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "caller.h"
#include "connector/outcome.h"
#include "connector/request.h"
#include "connector/statement.h"
#include "statementsessions.h"

#include <functional>
#include <vector>

namespace redshift {

// Runs statements: execute, describe until the end, fetch the pages. Thread-safe.
class Runner
{
public:
    explicit Runner(Caller &caller);

    connector::Outcome run(const connector::Statement &statement, const connector::RunOptions &options,
        connector::Sink &sink, std::stop_token stop);
    // A statement that is an HTTP request.
    connector::Outcome runRequest(const connector::Statement &statement, const connector::RunOptions &options,
        connector::Sink &sink, std::stop_token stop);
    std::vector<connector::Outcome> runBatch(const std::vector<connector::Statement> &statements,
        const connector::RunOptions &options, const std::function<connector::Sink &(std::size_t)> &sinkOf,
        std::stop_token stop);

private:
    // A statement or batch to be sent, and what it is told apart by.
    struct Submission {
        std::string operation; // ExecuteStatement or BatchExecuteStatement
        std::vector<std::string> texts;
        std::vector<connector::Parameter> parameters;
        std::string database;
        bool isEach = false; // a batch whose statements commit one by one
        std::string name; // StatementName: what a stop finds it by while its Id is not known
        std::string token; // ClientToken: a repeat of the call starts nothing twice
    };

    Submission submission(std::string operation, const connector::RunOptions &options) const;
    std::string bodyOf(const Submission &submission, const std::string &sessionId) const;
    // The Id that the service gave.
    core::Result<std::string> submit(Submission &submission, StatementSessions::Turn &turn, Trip &trip);
    core::Result<QJsonObject> submitOnce(const Submission &submission, const std::string &sessionId, Trip &trip);
    connector::Outcome runSubmission(Submission &submission, std::int64_t maxRows, Trip &trip);

    core::Result<std::vector<connector::Outcome>> runParts(Submission &submission, std::int64_t maxRows, Trip &trip,
        const std::function<connector::Sink &(std::size_t)> &sinkOf);

    Caller &m_caller;
    StatementSessions m_sessions;
};

} // namespace redshift
