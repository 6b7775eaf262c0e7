// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner.h"

#include "connector/script.h"
#include "connector/sessionparts.h"
#include "lifecycle.h"

#include <QCoreApplication>
#include <QUuid>

namespace redshift {

namespace {

struct RunnerTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftRunner)
};

// The texts vary and are nowhere written down: the name of the error and the word are what there is to go by.
bool isSessionGone(const core::Error &error)
{
    const QString text = QString::fromStdString(error.serverText);
    const auto says = [&text](const char *word) { return text.contains(QLatin1String(word), Qt::CaseInsensitive); };
    const bool isKnown = error.serverCode == QLatin1String("ValidationException")
        || error.serverCode == QLatin1String("ResourceNotFoundException");
    return isKnown && says("session") && !says("busy") && !says("in use") && !says("running");
}

// What came to nothing after the service had taken the statement: it goes on there.
core::Error afterSubmission(core::Error error, const std::string &id)
{
    if (error.kind != core::ErrorKind::Network && error.kind != core::ErrorKind::Timeout && error.kind != core::ErrorKind::Tls)
        return error;
    error.mayHaveRun = true;
    error.hint = RunnerTr::tr("The service has the statement under the Id %1: its end and its result can be seen among the recent "
                              "statements.")
                     .arg(QString::fromStdString(id));
    return error;
}

connector::Outcome endedWithoutRows(const StatementState &state, const std::string &text)
{
    connector::Outcome outcome;
    if (state.status == "FAILED") {
        outcome.error = statementError(state.error, text);
    } else if (state.status == "ABORTED") {
        outcome.error = statementError(state.error, text);
        outcome.error->serverCode = QStringLiteral("ABORTED");
        outcome.error->message = RunnerTr::tr("The statement was aborted on the server.");
    } else if (state.rows >= 0) {
        outcome.affectedRows = state.rows;
    }
    return outcome;
}

} // namespace

Runner::Runner(Caller &caller)
    : m_caller(caller)
    , m_sessions(caller.settings().keepAliveSeconds)
{
}

Runner::Submission Runner::submission(std::string operation, const connector::RunOptions &options) const
{
    Submission submission;
    submission.operation = std::move(operation);
    submission.database = options.database.empty() ? m_caller.settings().database : options.database;
    submission.token = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    submission.name = "ondograph-" + submission.token.substr(0, 8);
    submission.parameters = options.parameters;
    return submission;
}

std::string Runner::bodyOf(const Submission &submission, const std::string &sessionId) const
{
    json::Writer body;
    body.beginObject();
    if (submission.operation == "ExecuteStatement") {
        body.key("Sql").string(submission.texts[0]);
    } else {
        body.key("Sqls").beginArray();
        for (const std::string &text : submission.texts)
            body.string(text);
        body.endArray();
    }
    if (sessionId.empty()) {
        writeConnection(body, m_caller.settings());
        body.key("Database").string(submission.database);
        if (m_sessions.keepAliveSeconds() > 0)
            body.key("SessionKeepAliveSeconds").integer(m_sessions.keepAliveSeconds());
    } else {
        body.key("SessionId").string(sessionId);
    }
    if (!submission.parameters.empty()) {
        body.key("Parameters").beginArray();
        for (const connector::Parameter &parameter : submission.parameters)
            body.beginObject().key("name").string(parameter.name).key("value").string(*parameter.value).endObject();
        body.endArray();
    }
    if (submission.isEach)
        body.key("ExecutionMode").string("AUTO_COMMIT");
    body.key("StatementName").string(submission.name);
    body.key("ClientToken").string(submission.token);
    body.endObject();
    return body.text();
}

core::Result<QJsonObject> Runner::submitOnce(const Submission &submission, const std::string &sessionId, Trip &trip)
{
    Call call{submission.operation, bodyOf(submission, sessionId), RunnerTr::tr("statement")};
    call.reads = false;
    return m_caller.ask(call, trip);
}

core::Result<std::string> Runner::submit(Submission &submission, StatementSessions::Turn &turn, Trip &trip)
{
    auto answer = submitOnce(submission, turn.id(), trip);
    if (!answer && !turn.id().empty() && isSessionGone(answer.error())) {
        trip.sink.notice(RunnerTr::tr("The statement session had ended on the server; a new one has begun, without the temporary "
                                      "tables and settings of the old one."));
        turn.setId({});
        answer = submitOnce(submission, {}, trip);
    }
    if (!answer)
        return std::move(answer).error();
    const std::string id = answer->value(QStringLiteral("Id")).toString().toStdString();
    if (id.empty())
        return formError(RunnerTr::tr("The answer to %1 has no Id.").arg(QString::fromStdString(submission.operation)), {});
    if (const std::string session = answer->value(QStringLiteral("SessionId")).toString().toStdString(); !session.empty())
        turn.setId(session);
    return id;
}

connector::Outcome Runner::runSubmission(Submission &submission, std::int64_t maxRows, Trip &trip)
{
    auto turn = m_sessions.take(submission.database, trip.stop);
    if (!turn) {
        core::Error error;
        error.kind = core::ErrorKind::Cancelled;
        error.message = RunnerTr::tr("Cancelled while another statement of the session was running.");
        return connector::failedOutcome(std::move(error));
    }
    connector::RunningStatement running{submission.texts[0], submission.name, {}, std::chrono::system_clock::now()};
    trip.sink.started(running);
    auto id = submit(submission, *turn, trip);
    if (!id)
        return connector::failedOutcome(std::move(id).error());
    running.requestId = *id;
    trip.sink.started(running);
    auto state = waitForEnd(m_caller, *id, RunnerTr::tr("state"), trip);
    if (!state)
        return connector::failedOutcome(afterSubmission(std::move(state).error(), *id));
    connector::Outcome outcome = state->status == "FINISHED" && state->hasResultSet
        ? fetchResult(m_caller, *id, maxRows, trip)
        : endedWithoutRows(*state, submission.texts[0]);
    if (outcome.error)
        outcome.error = afterSubmission(m_caller.redacted(std::move(*outcome.error)), *id);
    if (state->nanoseconds)
        outcome.serverMicroseconds = *state->nanoseconds / 1000;
    return outcome;
}

connector::Outcome Runner::run(const connector::Statement &statement, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    if (statement.isRequest)
        return runRequest(statement, options, sink, std::move(stop));
    const connector::Language &language = m_caller.settings().language;
    if (statement.text.empty())
        return connector::failedOutcome(connector::usageError(RunnerTr::tr("The statement is empty.")));
    const auto used = connector::parametersOf(statement.text, language);
    if (auto checked = connector::checkParameters(used, options.parameters, false, false); !checked)
        return connector::failedOutcome(std::move(checked).error());
    Submission one = submission("ExecuteStatement", options);
    one.texts = {statement.text};
    Trip trip{sink, std::move(stop), options.idleTimeout};
    connector::Outcome outcome = runSubmission(one, options.maxRows, trip);
    outcome.bytes = trip.bytes;
    return outcome;
}

} // namespace redshift
