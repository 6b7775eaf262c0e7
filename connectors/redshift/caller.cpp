// SPDX-License-Identifier: GPL-3.0-or-later
#include "caller.h"

#include "auth/signature.h"
#include "core/wait.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <array>

namespace redshift {

namespace {

struct CallerTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftCaller)
};

constexpr std::size_t kMostBody = std::size_t(64) << 20;
constexpr std::size_t kMostRefusal = std::size_t(1) << 20;
constexpr std::array<std::chrono::milliseconds, 3> kPauses{
    std::chrono::milliseconds(200), std::chrono::milliseconds(500), std::chrono::milliseconds(1200)};

core::Error cancelledError()
{
    core::Error error;
    error.kind = core::ErrorKind::Cancelled;
    error.message = CallerTr::tr("Cancelled.");
    return error;
}

} // namespace

OpenAnswer::OpenAnswer(std::unique_ptr<http::Answer> answer, Trip &trip)
    : m_answer(std::move(answer))
    , m_trip(&trip)
{
}

OpenAnswer::~OpenAnswer()
{
    if (!m_answer)
        return;
    http::Exchange exchange = m_answer->exchange();
    exchange.finished = true;
    m_trip->bytes += exchange.wireBytes;
    m_trip->sink.exchange(exchange);
}

Caller::Caller(Settings settings, http::Client &client)
    : m_settings(std::move(settings))
    , m_client(client)
    , m_credentials(m_settings.credentials)
{
}

http::Request Caller::requestOf(const Call &call, const Trip &trip) const
{
    http::Request request;
    request.method = "POST";
    request.url = m_settings.endpoint + "/";
    request.headers = {{"Content-Type", "application/x-amz-json-1.1"}, {"X-Amz-Target", "RedshiftData." + call.operation}};
    request.body = call.body;
    request.safeToRepeat = call.reads;
    request.idleTimeout = trip.idleTimeout;
    request.purpose = call.purpose;
    return request;
}

core::Result<OpenAnswer> Caller::sendOnce(http::Request request, bool isSigned, Trip &trip, auth::AwsCredentials *used)
{
    if (isSigned) {
        auto credentials = m_credentials.credentials(trip.stop);
        if (!credentials)
            return std::move(credentials).error();
        auth::sign(request, *credentials, {m_settings.region, "redshift-data"}, std::chrono::system_clock::now());
        *used = std::move(credentials).value();
        const std::lock_guard lock(m_mutex);
        m_redactor = http::Redactor();
        m_redactor.add(used->secretAccessKey);
        m_redactor.add(used->sessionToken);
    }
    http::Exchange failed;
    request.repeated = [&trip](const http::Exchange &attempt) { trip.sink.exchange(attempt); };
    auto answer = m_client.send(request, trip.stop, &failed);
    if (!answer) {
        trip.bytes += failed.wireBytes;
        if (failed.id != 0)
            trip.sink.exchange(failed);
        return std::move(answer).error();
    }
    trip.sink.exchange((*answer)->exchange());
    return OpenAnswer(std::move(answer).value(), trip);
}

core::Result<OpenAnswer> Caller::send(http::Request request, bool isSigned, Trip &trip)
{
    auth::AwsCredentials used;
    return sendOnce(std::move(request), isSigned, trip, &used);
}

bool Caller::hasNewCredentials(const auth::AwsCredentials &refused, const Trip &trip)
{
    m_credentials.refused();
    if (!m_settings.credentials.accessKeyId.empty())
        return false; // the connection's own do not change
    const auto found = m_credentials.credentials(trip.stop);
    return found
        && (found->accessKeyId != refused.accessKeyId || found->secretAccessKey.reveal() != refused.secretAccessKey.reveal()
            || found->sessionToken.reveal() != refused.sessionToken.reveal());
}

core::Error Caller::refusalOf(const http::Head &head, std::string_view body)
{
    return redacted(errorOf(readRefusal(head, body), head, body, std::chrono::system_clock::now()));
}

core::Result<OpenAnswer> Caller::attempt(const Call &call, Trip &trip, bool *isTransient)
{
    for (bool isSecond = false;; isSecond = true) {
        auth::AwsCredentials used;
        auto open = sendOnce(requestOf(call, trip), true, trip, &used);
        if (!open || open->head().status == 200)
            return open;
        auto body = http::readAll(open->answer(), kMostRefusal);
        if (!body)
            return std::move(body).error();
        const http::Head head = open->head();
        const Refusal refusal = readRefusal(head, *body);
        core::Error error = refusalOf(head, *body);
        *isTransient = refusal.isTransient();
        if (error.kind != core::ErrorKind::Login || isSecond || !hasNewCredentials(used, trip))
            return error;
    }
}

core::Result<OpenAnswer> Caller::open(const Call &call, Trip &trip)
{
    for (const std::chrono::milliseconds pause : kPauses) {
        bool isTransient = false;
        auto open = attempt(call, trip, &isTransient);
        if (open || !isTransient || !call.mayRepeat)
            return open;
        trip.sink.status(CallerTr::tr("waiting: %1").arg(open.error().serverCode));
        if (!core::waitFor(pause, trip.stop))
            return cancelledError();
    }
    bool isTransient = false;
    return attempt(call, trip, &isTransient);
}

core::Result<QJsonObject> Caller::ask(const Call &call, Trip &trip)
{
    auto opened = open(call, trip);
    if (!opened)
        return std::move(opened).error();
    auto body = http::readAll(opened->answer(), kMostBody);
    if (!body) {
        core::Error error = std::move(body).error();
        error.mayHaveRun = !call.reads;
        return error;
    }
    QJsonParseError problem;
    const QJsonDocument document
        = QJsonDocument::fromJson(QByteArray::fromRawData(body->data(), static_cast<qsizetype>(body->size())), &problem);
    if (document.isObject())
        return document.object();
    const QString what = CallerTr::tr("The answer to %1 is no JSON object.").arg(QString::fromStdString(call.operation));
    core::Error error = formError(what, *body);
    if (problem.error != QJsonParseError::NoError)
        error.position.byte = problem.offset;
    return redacted(std::move(error));
}

core::Error Caller::redacted(core::Error error)
{
    const std::lock_guard lock(m_mutex);
    error.serverText = m_redactor.redacted(error.serverText);
    error.message = QString::fromStdString(m_redactor.redacted(error.message.toStdString()));
    error.hint = QString::fromStdString(m_redactor.redacted(error.hint.toStdString()));
    return error;
}

} // namespace redshift
