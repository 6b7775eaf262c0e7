// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner.h"

#include "auth/login.h"
#include "connector/freeanswer.h"
#include "connector/sessionparts.h"
#include "decode/answersource.h"
#include "errors.h"
#include "http/redaction.h"
#include "http/redirect.h"
#include "json/memorysource.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace openmldb {

namespace {

struct RunnerTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDB)
};

constexpr std::size_t kWholeLimit = 64 * 1024 * 1024;

void judge(const AnswerSummary &summary, connector::Outcome &outcome)
{
    if (outcome.error && connector::breaksOff(outcome.error->kind)) {
        outcome.completeness = connector::Completeness::Cut;
        outcome.reason = connector::Reason::Broken;
    } else if (summary.cutByLimit) {
        outcome.completeness = connector::Completeness::Cut;
        outcome.reason = connector::Reason::RowLimit;
    } else if (summary.cutBySink) {
        outcome.completeness = connector::Completeness::Cut;
        outcome.reason = connector::Reason::Broken;
    }
}

connector::Outcome outcomeOf(const http::Head &head, const AnswerSummary &summary)
{
    connector::Outcome outcome;
    outcome.hasResultSet = summary.hasResultSet;
    outcome.rows = summary.rows;
    outcome.columns = summary.columns;
    outcome.error = errorOf(head, summary);
    if (outcome.error)
        outcome.remedy = remedyOf(*outcome.error);
    judge(summary, outcome);
    return outcome;
}

QJsonObject objectOf(const std::string &body)
{
    return QJsonDocument::fromJson(QByteArray::fromRawData(body.data(), static_cast<qsizetype>(body.size()))).object();
}

// An answer that may have any form: the dialect's, one that the caller knows, or any other, shown as one row.
connector::Outcome readWhole(http::Answer &answer, const Runner::Reading &reading, connector::Sink &sink)
{
    auto body = http::readAll(answer, kWholeLimit);
    if (!body) {
        AnswerSummary summary;
        summary.error = std::move(body).error();
        return outcomeOf(answer.head(), summary);
    }
    connector::NoSink nowhere;
    json::MemorySource trial(*body);
    const AnswerSummary seen = decodeAnswer(trial, reading.answer, nowhere);
    const bool isFailure = seen.hasDialectForm && (seen.code != 0 || seen.error);
    if (isFailure || seen.hasResultSet) {
        json::MemorySource source(*body);
        return outcomeOf(answer.head(), decodeAnswer(source, reading.answer, sink));
    }
    connector::Outcome outcome;
    if (seen.hasDialectForm && answer.head().status < 300) {
        const QJsonObject json = objectOf(*body);
        if (reading.deliver && reading.deliver(json, sink, outcome))
            return outcome;
        if (json.size() <= 2)
            return outcome; // code and msg: done
    }
    const bool isTaken = connector::deliverFreeAnswer(answer.head(), *body, sink);
    outcome.hasResultSet = true;
    outcome.columns = 3;
    outcome.rows = isTaken ? 1 : 0;
    outcome.error = statusError(answer.head(), *body);
    return outcome;
}

} // namespace

const char *modeWord(Mode mode)
{
    return mode == Mode::Online ? "online" : mode == Mode::OfflineSync ? "offsync" : "offasync";
}

Runner::Runner(Settings settings, http::Client &client)
    : m_settings(std::move(settings))
    , m_client(client)
{
}

http::Request Runner::request(const char *method, const std::string &path, const QString &purpose) const
{
    http::Request request;
    request.method = method;
    request.url = m_settings.baseUrl + path;
    request.safeToRepeat = request.method == "GET";
    request.purpose = purpose;
    return request;
}

void Runner::addLogin(http::Request &request) const
{
    if (m_settings.user.empty())
        return;
    request.headers.push_back(auth::basicHeader(m_settings.user, m_settings.password));
    request.secrets.push_back(m_settings.password);
}

connector::Outcome Runner::send(http::Request request, const Reading &reading, bool hasLogin,
    const connector::RunningStatement *running, connector::Sink &sink, std::stop_token stop) const
{
    if (hasLogin)
        addLogin(request);
    if (running)
        sink.started(*running);
    http::Exchange exchange;
    const auto hop = [&sink](const http::Exchange &redirect) { sink.exchange(redirect); };
    auto answer = http::sendFollowing(m_client, request, stop, hop, &exchange);
    if (!answer) {
        if (exchange.id != 0)
            sink.exchange(exchange);
        connector::Outcome outcome;
        outcome.error = redacted(std::move(answer).error());
        outcome.bytes = exchange.wireBytes;
        judge({}, outcome);
        return outcome;
    }
    sink.exchange((*answer)->exchange());
    connector::Outcome outcome;
    if (reading.isWhole) {
        outcome = readWhole(**answer, reading, sink);
    } else {
        decode::AnswerSource source(**answer);
        outcome = outcomeOf((*answer)->head(), decodeAnswer(source, reading.answer, sink));
    }
    exchange = (*answer)->exchange();
    exchange.finished = true;
    sink.exchange(exchange);
    outcome.bytes = exchange.wireBytes;
    if (!outcome.error && reading.affectedRows && !outcome.hasResultSet)
        outcome.affectedRows = reading.affectedRows;
    if (outcome.error) {
        const bool isLost = outcome.error->kind == core::ErrorKind::Network || outcome.error->kind == core::ErrorKind::Timeout
            || outcome.error->kind == core::ErrorKind::Cancelled;
        outcome.error->mayHaveRun = outcome.error->mayHaveRun || (isLost && !request.safeToRepeat);
        outcome.error = redacted(std::move(*outcome.error));
    }
    return outcome;
}

core::Result<QJsonObject> Runner::fetch(
    const std::string &path, const QString &purpose, connector::Sink &sink, std::stop_token stop, std::int64_t *bytes) const
{
    QJsonObject found;
    Reading reading;
    reading.isWhole = true;
    reading.deliver = [&found](const QJsonObject &body, connector::Sink &, connector::Outcome &) {
        found = body;
        return true;
    };
    const connector::Outcome outcome = send(request("GET", path, purpose), reading, true, nullptr, sink, std::move(stop));
    if (bytes)
        *bytes += outcome.bytes;
    if (outcome.error)
        return *outcome.error;
    if (!found.isEmpty())
        return found;
    core::Error error;
    error.kind = core::ErrorKind::Decode;
    error.message = RunnerTr::tr("The answer is not the part of the catalogue that was asked for.");
    return error;
}

core::Error Runner::redacted(core::Error error) const
{
    if (m_settings.password.isEmpty())
        return error;
    http::Redactor redactor;
    redactor.add(m_settings.password);
    const auto clean = [&redactor](const QString &text) { return QString::fromStdString(redactor.redacted(text.toStdString())); };
    error.message = clean(error.message);
    error.hint = clean(error.hint);
    error.serverText = redactor.redacted(error.serverText);
    return error;
}

} // namespace openmldb
