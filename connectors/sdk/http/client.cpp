// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client.h"

#include "core/wait.h"
#include "http/retry.h"
#include "http/transfer.h"

#include <QCoreApplication>

#include <filesystem>
#include <mutex>
#include <utility>

namespace http {

namespace {

struct ClientTr {
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

// The profile's client certificate, read when it is first needed and again when its files have changed. Thread-safe.
class IdentityKeeper
{
public:
    core::Result<std::shared_ptr<const ClientIdentity>> identity(const Transport &transport)
    {
        if (transport.certificateFile.empty())
            return std::shared_ptr<const ClientIdentity>();
        const std::string keyFile = transport.keyFile.empty() ? transport.certificateFile : transport.keyFile;
        const Stamp stamp { changedAt(transport.certificateFile), changedAt(keyFile) };
        const std::lock_guard lock(m_mutex);
        if (m_identity && m_stamp == stamp)
            return m_identity;
        auto loaded = loadClientIdentity(transport.certificateFile, transport.keyFile, transport.keyPassword);
        if (!loaded)
            return std::move(loaded).error();
        m_identity = std::make_shared<const ClientIdentity>(std::move(loaded).value());
        m_stamp = stamp;
        return m_identity;
    }

private:
    using Stamp = std::pair<std::filesystem::file_time_type, std::filesystem::file_time_type>;

    static std::filesystem::file_time_type changedAt(const std::string &file)
    {
        std::error_code problem;
        return std::filesystem::last_write_time(file, problem);
    }

    std::mutex m_mutex;
    std::shared_ptr<const ClientIdentity> m_identity;
    Stamp m_stamp;
};

core::Result<Route> completeRoute(const Request &request, const Transport &transport, IdentityKeeper &keeper)
{
    auto route = routeOf(request, transport);
    if (!route || route->peer.scheme != "https" || request.isElsewhere)
        return route;
    auto identity = keeper.identity(transport);
    if (!identity)
        return std::move(identity).error();
    route->identity = std::move(identity).value();
    return route;
}

void initialiseOnce()
{
    static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT); // once for the process
    static_cast<void>(initialised);
}

class CurlClient final : public Client
{
public:
    explicit CurlClient(const Transport &transport)
        : m_transport(transport)
        , m_pool(std::make_shared<CarrierPool>())
    {
        initialiseOnce();
    }

    core::Result<std::unique_ptr<Answer>> send(const Request &request, std::stop_token stop, Exchange *failed) override
    {
        auto route = completeRoute(request, m_transport, m_identity);
        if (!route)
            return std::move(route).error();
        for (int attempt = 0;; ++attempt) {
            auto transfer = std::make_unique<Transfer>(m_pool, m_transport, request, *route, stop);
            const auto started = transfer->start();
            const Wait wait = waitBeforeNext(*transfer, started.ok(), request, attempt);
            if (wait.time) {
                tellRepeat(*transfer, request, *wait.time, attempt);
                transfer.reset();
                if (core::waitFor(*wait.time, stop))
                    continue;
                return cancelledError(route->peer);
            }
            transfer->setNote(wait.note);
            if (started)
                return std::unique_ptr<Answer>(std::move(transfer));
            if (failed)
                *failed = transfer->exchange();
            return started.error();
        }
    }

private:
    struct Wait {
        std::optional<std::chrono::milliseconds> time; // none: the request is not sent again
        QString note;
    };

    Wait waitBeforeNext(const Transfer &transfer, bool isAnswered, const Request &request, int attempt) const
    {
        const bool isWorthIt = isAnswered ? asksToComeBack(transfer.head()) : transfer.isWorthRepeating();
        if (!isWorthIt || !request.safeToRepeat || m_transport.retries == 0)
            return {};
        if (attempt == m_transport.retries)
            return { {}, ClientTr::tr("Given up after %n attempts.", nullptr, attempt + 1) };
        if (!isAnswered)
            return { backOff(attempt, m_transport), {} };
        const auto time = waitAfter(transfer.head(), attempt, m_transport);
        if (time)
            return { time, {} };
        return { {}, ClientTr::tr("Not asked again: the server asks to wait for \"%1\", longer than %2 s.")
                         .arg(QString::fromUtf8(transfer.head().header("Retry-After")))
                         .arg(std::chrono::ceil<std::chrono::seconds>(Transport::kLongestWait).count()) };
    }

    static void tellRepeat(Transfer &transfer, const Request &request, std::chrono::milliseconds wait, int attempt)
    {
        drain(transfer);
        transfer.setNote(ClientTr::tr("Asked again in %1 s (attempt %2).").arg(static_cast<double>(wait.count()) / 1000).arg(attempt + 2));
        if (!request.repeated)
            return;
        Exchange exchange = transfer.exchange();
        exchange.finished = true;
        request.repeated(exchange);
    }

    // What there is of a short answer, so that it is seen and its connection kept.
    static void drain(Transfer &transfer)
    {
        constexpr std::chrono::milliseconds kPatience { 100 };
        const auto deadline = std::chrono::steady_clock::now() + kPatience;
        char buffer[16 * 1024];
        for (std::size_t size = 0; size < Exchange::kBodyKept;) {
            const auto read = transfer.read(buffer, deadline);
            if (!read || read->state != Answer::Read::Data)
                return;
            size += read->size;
        }
    }

    const Transport m_transport;
    IdentityKeeper m_identity;
    const std::shared_ptr<CarrierPool> m_pool; // an answer may outlive the client
};

} // namespace

std::unique_ptr<Client> createClient(const Transport &transport)
{
    return std::make_unique<CurlClient>(transport);
}

core::Result<Exchange> inspectConnection(const std::string &url, const Transport &transport, std::stop_token stop, Exchange *failed)
{
    initialiseOnce();
    Request request;
    request.url = url;
    request.purpose = ClientTr::tr("connection");
    IdentityKeeper keeper;
    auto route = completeRoute(request, transport, keeper);
    if (!route)
        return std::move(route).error();
    Transfer transfer(std::make_shared<CarrierPool>(), transport, request, *route, std::move(stop));
    auto connected = transfer.connectOnly();
    if (connected)
        return transfer.exchange();
    if (failed)
        *failed = transfer.exchange();
    return std::move(connected).error();
}

core::Result<std::string> readAll(Answer &answer, std::size_t limit)
{
    constexpr std::size_t kStep = 64 * 1024;
    std::string body;
    for (;;) {
        const std::size_t size = body.size();
        body.resize(size + kStep);
        auto read = answer.read({ body.data() + size, kStep }, std::chrono::steady_clock::time_point::max());
        if (!read)
            return std::move(read).error();
        body.resize(size + read->size);
        if (read->state == Answer::Read::End)
            return body;
        if (body.size() > limit) {
            core::Error error;
            error.kind = core::ErrorKind::Limit;
            error.message = ClientTr::tr("The answer is longer than %1 bytes.").arg(limit);
            error.httpStatus = answer.head().status;
            return error;
        }
    }
}

} // namespace http
