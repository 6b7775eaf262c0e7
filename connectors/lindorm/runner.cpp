// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner.h"

#include "auth/login.h"
#include "connector/readsonly.h"
#include "connector/sessionparts.h"
#include "decode/answersource.h"
#include "errors.h"
#include "http/redirect.h"
#include "http/url.h"

#include <QCoreApplication>

namespace lindorm {

namespace {

struct RunnerTr {
    Q_DECLARE_TR_FUNCTIONS(Lindorm)
};

// The server ends a body only where a result is at its end; an error behind rows cuts them.
void judgeCompleteness(const AnswerSummary &summary, connector::Outcome &outcome)
{
    if (summary.cutByLimit) {
        outcome.completeness = connector::Completeness::Cut;
        outcome.reason = connector::Reason::RowLimit;
    } else if (summary.cutBySink || (outcome.error && (summary.rows > 0 || connector::breaksOff(outcome.error->kind)))) {
        outcome.completeness = connector::Completeness::Cut;
        outcome.reason = connector::Reason::Broken;
    }
}

AnswerFacts factsOf(const http::Head &head, const AnswerSummary &summary)
{
    AnswerFacts facts;
    facts.httpStatus = head.status;
    facts.hasDialectForm = summary.hasDialectForm || (summary.isEmpty && head.status < 300);
    facts.stated = summary.stated;
    facts.bodyStart = summary.bodyStart;
    facts.location = head.header("Location");
    return facts;
}

// An answer that broke off goes before what it says; what the server states goes before how the rest of it looks.
std::optional<core::Error> errorOf(const http::Head &head, const AnswerSummary &summary)
{
    if (summary.error && summary.error->kind != core::ErrorKind::Decode)
        return summary.error;
    auto stated = statedError(factsOf(head, summary));
    if (!summary.error || (stated && (stated->kind != core::ErrorKind::Decode || !head.header("Location").empty())))
        return stated;
    core::Error error = *summary.error;
    error.httpStatus = head.status;
    if (stated && error.hint.isEmpty())
        error.hint = stated->hint;
    if (stated && error.serverText.empty())
        error.serverText = stated->serverText;
    return error;
}

connector::Outcome outcomeOf(const http::Head &head, const AnswerSummary &summary, bool mayChange)
{
    connector::Outcome outcome;
    outcome.hasResultSet = summary.hasResultSet;
    outcome.rows = summary.rows;
    outcome.columns = summary.columns;
    outcome.error = errorOf(head, summary);
    const bool isLost = summary.error && summary.error->kind != core::ErrorKind::Decode;
    if (isLost && mayChange)
        outcome.error->mayHaveRun = true;
    judgeCompleteness(summary, outcome);
    return outcome;
}

} // namespace

Runner::Runner(Settings settings, http::Client &client)
    : m_settings(std::move(settings))
    , m_client(client)
{
    if (m_settings.user.empty() || m_settings.password.isEmpty())
        return;
    std::string pair = m_settings.user + ':';
    pair += m_settings.password.reveal();
    std::string encoded = http::base64(pair);
    m_behind = {m_settings.password, core::Secret(encoded)};
    core::wipe(pair);
    core::wipe(encoded);
    for (const core::Secret &secret : m_behind)
        m_redactor.add(secret);
}

http::Request Runner::statementRequest(const Query &query) const
{
    http::Request request;
    request.method = "POST";
    request.url = m_settings.baseUrl + "/api/v2/sql?";
    const std::string &database = query.database.empty() ? m_settings.database : query.database;
    if (!database.empty())
        request.url += "database=" + http::percentEncoded(database) + '&';
    request.url += "chunked=true&chunk_size=" + std::to_string(m_settings.chunkSize);
    request.headers.push_back({"Content-Type", "text/plain; charset=utf-8"});
    request.body = query.text;
    connector::Statement statement;
    statement.text = query.text;
    request.safeToRepeat = connector::readsOnly(statement, m_settings.language);
    request.idleTimeout = query.idleTimeout;
    request.purpose = query.purpose;
    return request;
}

connector::Outcome Runner::run(const Query &query, connector::Sink &sink, std::stop_token stop)
{
    Sending sending;
    sending.request = statementRequest(query);
    sending.text = query.text;
    sending.isAnnounced = query.isOwn;
    sending.maxRows = query.maxRows;
    return send(std::move(sending), sink, std::move(stop));
}

connector::Outcome Runner::runRequest(const connector::Statement &statement, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    auto text = connector::parseRequest(statement.text);
    if (!text)
        return connector::failedOutcome(std::move(text).error());
    Sending sending = requestSending(*text);
    sending.request.idleTimeout = options.idleTimeout;
    sending.request.purpose = RunnerTr::tr("request");
    sending.maxRows = options.maxRows;
    return send(std::move(sending), sink, std::move(stop));
}

void Runner::addLogin(http::Request &request) const
{
    if (m_settings.user.empty())
        return;
    request.headers.push_back(auth::basicHeader(m_settings.user, m_settings.password));
    request.secrets = m_behind;
}

connector::Outcome Runner::send(Sending sending, connector::Sink &sink, std::stop_token stop) const
{
    if (sending.hasLogin)
        addLogin(sending.request);
    if (!sending.isAnnounced)
        sink.started({sending.text, kApplication, {}, std::chrono::system_clock::now()});
    http::Exchange exchange;
    std::int64_t bytes = 0;
    const auto hop = [&](const http::Exchange &redirect) {
        bytes += redirect.wireBytes;
        sink.exchange(redirect);
    };
    auto answer = http::sendFollowing(m_client, sending.request, std::move(stop), hop, &exchange);
    if (!answer) {
        if (exchange.id != 0)
            sink.exchange(exchange);
        connector::Outcome outcome = connector::failedOutcome(redacted(std::move(answer).error()));
        outcome.bytes = bytes + exchange.wireBytes;
        return outcome;
    }
    sink.exchange((*answer)->exchange());
    FreeAnswer freeAnswer;
    const AnswerSummary summary = read(**answer, sending, freeAnswer, sink);
    exchange = (*answer)->exchange();
    exchange.finished = true;
    sink.exchange(exchange);
    connector::Outcome outcome = freeAnswer.isDelivered
        ? freeAnswer.outcome
        : outcomeOf((*answer)->head(), summary, !sending.request.safeToRepeat);
    outcome.bytes = bytes + exchange.wireBytes;
    if (outcome.error)
        outcome.error = redacted(std::move(*outcome.error));
    return outcome;
}

AnswerSummary Runner::read(http::Answer &answer, const Sending &sending, FreeAnswer &freeAnswer, connector::Sink &sink) const
{
    const AnswerOptions options{sending.maxRows};
    if (sending.isBuffered)
        return readFreeAnswer(answer, options, sink, freeAnswer);
    decode::AnswerSource source(answer);
    return decodeAnswer(source, options, sink);
}

core::Error Runner::redacted(core::Error error) const
{
    const auto clean = [this](const QString &text) { return QString::fromStdString(m_redactor.redacted(text.toStdString())); };
    error.message = clean(error.message);
    error.hint = clean(error.hint);
    error.serverText = m_redactor.redacted(error.serverText);
    return error;
}

} // namespace lindorm
