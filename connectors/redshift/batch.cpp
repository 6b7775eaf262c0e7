// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner.h"

#include "connector/script.h"
#include "connector/sessionparts.h"
#include "lifecycle.h"

#include <QCoreApplication>

#include <algorithm>

namespace redshift {

namespace {

struct BatchTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftBatch)
};

constexpr std::size_t kMostStatements = 40;

core::Result<void> checkBatch(const std::vector<connector::Statement> &statements, const connector::RunOptions &options,
    const connector::Language &language)
{
    if (statements.empty())
        return connector::usageError(BatchTr::tr("The batch holds no statement."));
    if (statements.size() > kMostStatements) {
        return connector::usageError(BatchTr::tr("A batch holds at most %1 statements; these are %2.").arg(kMostStatements).arg(statements.size()),
            BatchTr::tr("Run the script statement by statement, or in parts."));
    }
    std::vector<std::string> used;
    for (const connector::Statement &statement : statements) {
        if (statement.isRequest)
            return connector::usageError(BatchTr::tr("A batch takes SQL only, no requests."));
        for (const std::string &name : connector::parametersOf(statement.text, language)) {
            if (std::find(used.begin(), used.end(), name) == used.end())
                used.push_back(name);
        }
    }
    return connector::checkParameters(used, options.parameters, false, false);
}

core::Error neverRan(const StatementState &part, bool isTransaction)
{
    core::Error error;
    error.kind = core::ErrorKind::Statement;
    error.serverCode = QString::fromStdString(part.status);
    error.serverText = part.error;
    error.message = BatchTr::tr("The statement did not run: one before it failed or the batch was stopped.");
    if (isTransaction)
        error.hint = BatchTr::tr("All statements of the batch are one transaction, which was rolled back.");
    return error;
}

// The outcome of a part that has no rows to fetch.
connector::Outcome partOutcome(const StatementState &part, const std::string &text, bool isRolledBack, connector::Sink &sink)
{
    connector::Outcome outcome;
    if (part.status == "FAILED") {
        outcome.error = statementError(part.error, text);
        if (isRolledBack && outcome.error->hint.isEmpty())
            outcome.error->hint = BatchTr::tr("All statements of the batch are one transaction, which was rolled back.");
    } else if (part.status != "FINISHED") {
        outcome.error = neverRan(part, isRolledBack);
    } else if (isRolledBack) {
        sink.notice(BatchTr::tr("A statement of the batch ran and was rolled back, for a later one failed."));
    } else if (part.rows >= 0) {
        outcome.affectedRows = part.rows;
    }
    return outcome;
}

} // namespace

core::Result<std::vector<connector::Outcome>> Runner::runParts(Submission &batch, std::int64_t maxRows, Trip &trip,
    const std::function<connector::Sink &(std::size_t)> &sinkOf)
{
    auto turn = m_sessions.take(batch.database, trip.stop);
    if (!turn)
        return core::Error{.kind = core::ErrorKind::Cancelled, .message = BatchTr::tr("Cancelled while waiting for the session.")};
    connector::RunningStatement running{batch.texts[0], batch.name, {}, std::chrono::system_clock::now()};
    trip.sink.started(running);
    auto id = submit(batch, *turn, trip);
    if (!id)
        return std::move(id).error();
    running.requestId = *id;
    trip.sink.started(running);
    auto state = waitForEnd(m_caller, *id, BatchTr::tr("state"), trip);
    if (!state)
        return std::move(state).error();
    if (state->parts.empty() && state->status != "FINISHED")
        return statementError(state->error, batch.texts[0]);
    if (state->parts.size() != batch.texts.size())
        return formError(BatchTr::tr("The batch has %1 statements, and the service tells of %2.").arg(batch.texts.size()).arg(state->parts.size()), {});

    const bool isRolledBack = state->status != "FINISHED" && !batch.isEach;
    std::vector<connector::Outcome> outcomes;
    for (std::size_t i = 0; i < state->parts.size(); ++i) {
        const StatementState &part = state->parts[i];
        Trip partTrip{i == 0 ? trip.sink : sinkOf(i), trip.stop, trip.idleTimeout};
        const std::string partId = part.id.empty() ? *id + ":" + std::to_string(i + 1) : part.id;
        const bool hasRows = part.status == "FINISHED" && part.hasResultSet && !isRolledBack;
        outcomes.push_back(hasRows ? fetchResult(m_caller, partId, maxRows, partTrip)
                                   : partOutcome(part, batch.texts[i], isRolledBack, partTrip.sink));
        outcomes.back().bytes = partTrip.bytes;
        if (part.nanoseconds)
            outcomes.back().serverMicroseconds = *part.nanoseconds / 1000;
    }
    return outcomes;
}

std::vector<connector::Outcome> Runner::runBatch(const std::vector<connector::Statement> &statements,
    const connector::RunOptions &options, const std::function<connector::Sink &(std::size_t)> &sinkOf, std::stop_token stop)
{
    if (auto checked = checkBatch(statements, options, m_caller.settings().language); !checked)
        return {connector::failedOutcome(std::move(checked).error())};
    Submission batch = submission("BatchExecuteStatement", options);
    for (const connector::Statement &statement : statements)
        batch.texts.push_back(statement.text);
    batch.isEach = options.batch == "each";
    Trip trip{sinkOf(0), std::move(stop), options.idleTimeout};
    auto outcomes = runParts(batch, options.maxRows, trip, sinkOf);
    if (!outcomes) {
        connector::Outcome outcome = connector::failedOutcome(m_caller.redacted(std::move(outcomes).error()));
        outcome.bytes = trip.bytes;
        return {outcome};
    }
    outcomes->front().bytes += trip.bytes;
    return std::move(outcomes).value();
}

} // namespace redshift
