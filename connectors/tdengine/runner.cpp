// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner.h"

#include "completeness.h"
#include "connector/sessionparts.h"
#include "errors.h"
#include "freeanswer.h"
#include "decode/answersource.h"
#include "http/redirect.h"
#include "http/url.h"

#include <QCoreApplication>

#include <random>

namespace tdengine {

namespace {

struct RunnerTr {
    Q_DECLARE_TR_FUNCTIONS(TDengine)
};

std::uint64_t randomStart()
{
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 31) ^ device();
}

Stated statedBy(const http::Head &head, const AnswerSummary &summary)
{
    Stated stated;
    stated.httpStatus = head.status;
    stated.hasDialectForm = summary.hasDialectForm;
    stated.code = summary.code;
    stated.desc = summary.desc;
    stated.bodyStart = summary.bodyStart;
    stated.contentType = head.header("Content-Type");
    stated.location = head.header("Location");
    return stated;
}

bool isRefused(const http::Head &head, const AnswerSummary &summary)
{
    return head.status == 401 || (summary.hasDialectForm && summary.code && isLoginCode(*summary.code));
}

// An answer that broke off goes before what it says; what the server states goes before how the rest of it looks.
std::optional<core::Error> errorOf(const http::Head &head, const AnswerSummary &summary)
{
    if (summary.error && summary.error->kind != core::ErrorKind::Decode)
        return summary.error;
    auto stated = statedError(statedBy(head, summary));
    if (!summary.error)
        return stated;
    if (stated && (stated->kind != core::ErrorKind::Decode || !head.header("Location").empty()))
        return stated;
    core::Error error = *summary.error;
    error.httpStatus = head.status;
    if (stated && error.hint.isEmpty())
        error.hint = stated->hint;
    if (stated && error.serverText.empty())
        error.serverText = stated->serverText;
    return error;
}

} // namespace

Runner::Runner(Settings settings, Login::Settings login, http::Client &client)
    : m_settings(std::move(settings))
    , m_client(client)
    , m_login(std::move(login), client)
    , m_requestId(randomStart())
{
}

std::string Runner::nextRequestId()
{
    // A positive signed 64-bit number; 0 would mean that there is none.
    const std::uint64_t id = m_requestId.fetch_add(1) & 0x7fffffffffffffffULL;
    return std::to_string(id == 0 ? 1 : id);
}

http::Request Runner::statementRequest(const Query &query, const std::string &requestId) const
{
    http::Request request;
    request.method = "POST";
    request.url = m_settings.baseUrl + "/rest/sql";
    const std::string &database = query.database.empty() ? m_settings.database : query.database;
    if (!database.empty())
        request.url += "/" + http::percentEncoded(database);
    request.url += "?req_id=" + requestId + "&app=" + kApplication;
    if (!m_settings.zone.empty()) {
        const std::string zone = http::percentEncoded(m_settings.zone);
        request.url += "&conn_tz=" + zone + "&tz=" + zone;
    }
    request.headers.push_back({"Content-Type", "text/plain; charset=utf-8"});
    request.body = query.text;
    request.safeToRepeat = analyse(query.text, m_settings.language).readsOnly;
    request.idleTimeout = query.idleTimeout;
    request.purpose = query.purpose;
    return request;
}

connector::Outcome Runner::run(const Query &query, connector::Sink &sink, std::stop_token stop)
{
    Sending sending;
    sending.running = {query.text, kApplication, nextRequestId(), {}};
    sending.request = statementRequest(query, sending.running.requestId);
    sending.isAnnounced = query.isOwn;
    sending.text = query.text;
    sending.maxRows = query.maxRows;
    return send(sending, sink, std::move(stop));
}

connector::Outcome Runner::send(Sending &sending, connector::Sink &sink, std::stop_token stop)
{
    std::int64_t bytes = 0;
    auto outcome = attempt(sending, true, sink, stop, bytes);
    if (!outcome)
        outcome = attempt(sending, false, sink, stop, bytes);
    outcome->bytes = bytes;
    if (outcome->error)
        outcome->error = redacted(std::move(*outcome->error));
    return std::move(*outcome);
}

std::optional<connector::Outcome> Runner::attempt(
    Sending &sending, bool mayRepeat, connector::Sink &sink, std::stop_token stop, std::int64_t &bytes)
{
    auto ticket = sending.hasLogin ? m_login.ticket(stop) : core::Result<Login::Ticket>(Login::Ticket());
    reportLogins(sink, bytes);
    if (!ticket)
        return connector::failedOutcome(std::move(ticket).error());
    http::Request request = sending.request;
    if (sending.hasLogin) {
        request.headers.push_back(ticket->header);
        request.secrets = ticket->behind;
    }
    sending.running.startedAt = std::chrono::system_clock::now();
    if (!sending.isAnnounced)
        sink.started(sending.running);
    sending.isAnnounced = true;

    http::Exchange exchange;
    const auto hop = [&](const http::Exchange &redirect) {
        bytes += redirect.wireBytes;
        sink.exchange(redirect);
    };
    auto answer = http::sendFollowing(m_client, request, stop, hop, &exchange);
    if (!answer) {
        bytes += exchange.wireBytes;
        if (exchange.id != 0)
            sink.exchange(exchange);
        return connector::failedOutcome(std::move(answer).error());
    }
    sink.exchange((*answer)->exchange());
    FreeAnswer freeAnswer;
    const AnswerSummary summary = read(**answer, sending, freeAnswer, sink);
    exchange = (*answer)->exchange();
    exchange.finished = true;
    bytes += exchange.wireBytes;
    sink.exchange(exchange);
    if (mayRepeat && sending.hasLogin && isRefused((*answer)->head(), summary) && m_login.refused(*ticket))
        return std::nullopt;
    return freeAnswer.isDelivered ? freeAnswer.outcome : outcomeOf((*answer)->head(), summary, sending);
}

AnswerSummary Runner::read(http::Answer &answer, const Sending &sending, FreeAnswer &freeAnswer, connector::Sink &sink)
{
    const AnswerOptions options{sending.maxRows};
    if (sending.isBuffered)
        return readFreeAnswer(answer, options, sink, freeAnswer);
    decode::AnswerSource source(answer);
    return decodeAnswer(source, options, sink);
}

connector::Outcome Runner::outcomeOf(const http::Head &head, const AnswerSummary &summary, const Sending &sending)
{
    if (summary.hasDialectForm && summary.is2x)
        m_is2x = true;
    connector::Outcome outcome;
    outcome.hasResultSet = summary.hasResultSet;
    outcome.rows = summary.rows;
    outcome.columns = summary.columns;
    outcome.affectedRows = summary.affectedRows;
    if (summary.timingNs)
        outcome.serverMicroseconds = *summary.timingNs / 1000;
    outcome.error = errorOf(head, summary);
    const bool isLost = summary.error && summary.error->kind != core::ErrorKind::Decode;
    if (isLost && !sending.request.safeToRepeat)
        outcome.error->mayHaveRun = true;
    judgeCompleteness(summary, analyse(sending.text, m_settings.language), outcome);
    return outcome;
}

void Runner::reportLogins(connector::Sink &sink, std::int64_t &bytes)
{
    for (const http::Exchange &exchange : m_login.takeExchanges()) {
        bytes += exchange.wireBytes;
        sink.exchange(exchange);
    }
}

core::Result<void> Runner::renewLogin(connector::Sink &sink, std::stop_token stop)
{
    if (!m_login.state()) {
        core::Error error;
        error.kind = core::ErrorKind::Unsupported;
        error.message = RunnerTr::tr("This connection fetches no token.");
        return error;
    }
    auto renewed = m_login.renew(std::move(stop));
    std::int64_t bytes = 0;
    reportLogins(sink, bytes);
    return renewed ? core::Result<void>() : core::Result<void>(redacted(std::move(renewed).error()));
}

core::Error Runner::redacted(core::Error error) const
{
    const auto clean = [this](const QString &text) { return QString::fromStdString(m_login.redacted(text.toStdString())); };
    error.message = clean(error.message);
    error.hint = clean(error.hint);
    error.serverText = m_login.redacted(error.serverText);
    return error;
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
    sending.running = {statement.text, kApplication, {}, {}};
    sending.maxRows = options.maxRows;
    return send(sending, sink, std::move(stop));
}

} // namespace tdengine
