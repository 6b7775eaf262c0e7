// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requestrun.h"

#include "cli/recordingclient.h"
#include "cli/resultsink.h"
#include "connector/readsonly.h"
#include "connector/request.h"
#include "connector/sessionparts.h"
#include "request/jsonform.h"
#include "request/sender.h"

#include <QCoreApplication>

#include <condition_variable>
#include <mutex>
#include <thread>

#include <unistd.h>

namespace cli {

namespace {

struct RequestRunTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

// Ends what runs when the time is over, or when the outer token is asked to.
class TotalTime
{
public:
    TotalTime(std::chrono::milliseconds limit, std::stop_token outer)
        : m_onOuter(std::move(outer), Forward{m_stop})
    {
        if (limit.count() > 0) {
            m_timer = std::jthread([this, limit](std::stop_token stop) {
                std::unique_lock lock(m_mutex);
                if (m_wake.wait_for(lock, stop, limit, [] { return false; }) || stop.stop_requested())
                    return;
                m_isOver = true;
                m_stop.request_stop();
            });
        }
    }

    std::stop_token token() const { return m_stop.get_token(); }
    bool isOver() const { return m_isOver; }

private:
    struct Forward {
        std::stop_source &stop;
        void operator()() const { stop.request_stop(); }
    };

    std::stop_source m_stop;
    std::stop_callback<Forward> m_onOuter;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::atomic<bool> m_isOver = false;
    std::jthread m_timer;
};

std::string statementOf(const request::Assembled &assembled)
{
    std::string text = assembled.method + ' ' + assembled.target + '\n';
    for (const http::Header &header : assembled.headers)
        text += header.name + ": " + header.value + '\n';
    return text + '\n' + assembled.body;
}

core::Error tooLong(std::chrono::milliseconds limit)
{
    core::Error error;
    error.kind = core::ErrorKind::Timeout;
    error.message = RequestRunTr::tr("The answer did not end within %1 ms.").arg(limit.count());
    return error;
}

// By the table of exit codes.
int statusCode(int status)
{
    if (status == 401 || status == 403 || status == 407)
        return core::exitCode(core::ErrorKind::Login);
    if (status == 408 || (status >= 502 && status <= 504))
        return core::exitCode(core::ErrorKind::Network);
    return status >= 400 ? core::exitCode(core::ErrorKind::Server) : 0;
}

} // namespace

RequestRun::RequestRun(Services &services, const RequestOptions &options, std::shared_ptr<workspace::Connection> connection)
    : m_services(services)
    , m_options(options)
    , m_connection(std::move(connection))
    , m_output(Output::toStandardOutput(services.interrupt))
    , m_progress(isatty(STDOUT_FILENO) != 0)
{
}

bool RequestRun::show(const request::Ready &ready)
{
    if (!m_options.isDry && !m_options.language)
        return false;
    separate();
    const std::string text = m_options.language ? request::written(ready, *m_options.language, m_options.showsSecrets) : request::toJson(ready, m_options.showsSecrets) + '\n';
    static_cast<void>(print(text));
    return true;
}

core::Result<request::Ready> RequestRun::throughConnection(const request::Assembled &assembled)
{
    RecordingClient client(*m_connection->client, true);
    auto connector = m_services.registry.connector(m_connection->profile.connectorId);
    if (!connector)
        return std::move(connector).error();
    auto session = connector.value()->createSession(m_connection->profile, client);
    if (!session)
        return std::move(session).error();
    connector::Statement statement;
    statement.text = statementOf(assembled);
    statement.isRequest = true;
    TraceSink sink(m_progress, false);
    connector::Outcome outcome = session.value()->run(statement, {}, sink, m_services.interrupt.token());
    if (!client.request())
        return outcome.error ? std::move(*outcome.error) : connector::usageError(RequestRunTr::tr("The connection sends no request for this."));
    request::Ready ready;
    ready.request = *client.request();
    ready.transport = m_connection->profile.network;
    // A connection that has to log in first asks for its token; what would follow cannot be known whole.
    const std::string path = assembled.target.substr(0, assembled.target.find('?'));
    if (ready.request.url.find(path) == std::string::npos && ready.request.method != assembled.method) {
        say(RequestRunTr::tr("The connection logs in first: this is its log-in. What the answer adds to the request is not known before."));
    }
    request::markSecrets(ready.request);
    return ready;
}

core::Result<Answered> RequestRun::send(const request::Ready &ready, bool keepsBody)
{
    request::Ready sending = ready;
    if (m_options.idleTimeout)
        sending.request.idleTimeout = *m_options.idleTimeout;
    sending.request.purpose = RequestRunTr::tr("request");
    const auto started = std::chrono::steady_clock::now();
    TotalTime time(ready.totalTimeout, m_services.interrupt.token());
    const std::unique_ptr<http::Client> client = http::createClient(ready.transport);
    http::Exchange failed;
    auto answer = request::sendReady(*client, sending, time.token(), [this](const http::Exchange &hop) { trace(hop); }, &failed);
    if (!answer) {
        if (failed.id != 0)
            trace(failed);
        return time.isOver() ? tooLong(ready.totalTimeout) : std::move(answer).error();
    }
    Answered answered;
    answered.head = (*answer)->head();
    separate();
    if (m_options.showsHead || ready.showsHead) {
        if (auto printed = printHead(answered.head); !printed)
            return std::move(printed).error();
    }
    char block[64 * 1024];
    while (true) {
        auto more = (*answer)->read(block, std::chrono::steady_clock::now() + std::chrono::hours(24));
        if (!more)
            return time.isOver() ? tooLong(ready.totalTimeout) : std::move(more).error();
        if (more->state == http::Answer::Read::End)
            break;
        const std::string_view bytes(block, more->size);
        if (keepsBody)
            answered.body += bytes;
        if (auto printed = print(bytes); !printed)
            return std::move(printed).error();
    }
    http::Exchange exchange = (*answer)->exchange();
    exchange.finished = true;
    trace(exchange);
    answered.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
    return answered;
}

core::Result<Answered> RequestRun::sendThroughConnection(const request::Assembled &assembled)
{
    connector::Statement statement;
    statement.text = statementOf(assembled);
    statement.isRequest = true;
    const connector::Language &language = m_services.registry.manifest(m_connection->profile.connectorId)->language;
    if (m_connection->isReadOnly && !connector::readsOnly(statement, language)) {
        return usageError(RequestRunTr::tr("The connection is read-only, and this request may change something."),
            RequestRunTr::tr("Use another connection for it. Of requests only GET, HEAD and OPTIONS are sent."));
    }
    RecordingClient client(*m_connection->client, false);
    auto connector = m_services.registry.connector(m_connection->profile.connectorId);
    if (!connector)
        return std::move(connector).error();
    auto session = connector.value()->createSession(m_connection->profile, client);
    if (!session)
        return std::move(session).error();
    connector::RunOptions run;
    if (m_options.idleTimeout)
        run.idleTimeout = *m_options.idleTimeout;
    const auto started = std::chrono::steady_clock::now();
    TraceSink sink(m_progress, m_options.isTracing);
    connector::Outcome outcome = session.value()->run(statement, run, sink, m_services.interrupt.token());
    if (!client.head() || !client.isWhole()) {
        if (outcome.error)
            return std::move(*outcome.error);
        core::Error error;
        error.message = RequestRunTr::tr("The connection's session ended without an answer.");
        return error;
    }
    Answered answered;
    answered.head = *client.head();
    answered.body = client.body();
    answered.statement = std::move(outcome.error);
    answered.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
    separate();
    if (m_options.showsHead) {
        if (auto printed = printHead(answered.head); !printed)
            return std::move(printed).error();
    }
    if (auto printed = print(answered.body); !printed)
        return std::move(printed).error();
    return answered;
}

int RequestRun::exitCodeOf(const Answered &answered, bool failsOnStatus) const
{
    if (!failsOnStatus)
        return 0;
    return answered.statement ? core::exitCode(answered.statement->kind) : statusCode(answered.head.status);
}

core::Result<void> RequestRun::printHead(const http::Head &head)
{
    std::string text = "HTTP/" + head.version + ' ' + std::to_string(head.status) + (head.reason.empty() ? "" : ' ' + head.reason) + "\r\n";
    for (const http::Header &header : head.headers)
        text += header.name + ": " + header.value + "\r\n";
    return print(text + "\r\n");
}

core::Result<void> RequestRun::print(std::string_view bytes)
{
    if (bytes.empty())
        return {};
    m_endsInLine = bytes.ends_with('\n');
    auto written = m_output->write(bytes);
    return written || m_output->isReaderGone() ? core::Result<void>() : written;
}

// Answers one after another begin on lines of their own.
void RequestRun::separate()
{
    if (!m_endsInLine)
        static_cast<void>(print("\n"));
}

void RequestRun::trace(const http::Exchange &exchange)
{
    if (m_options.isTracing)
        m_progress.say(http::toText(exchange));
}

} // namespace cli
