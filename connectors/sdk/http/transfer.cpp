// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/transfer.h"

#include <QCoreApplication>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <utility>

namespace http {

namespace {

struct TransferTr {
    Q_DECLARE_TR_FUNCTIONS(HttpTransfer)
};

// Of the body, before anybody reads: enough that a small answer ends, and frees its connection, at once.
constexpr std::size_t kHeldWithHead = 64 * 1024;
constexpr std::chrono::milliseconds kLongestPoll { 60000 };

std::uint64_t nextExchangeId()
{
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

std::int64_t nowInMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string bareHost(const Peer &peer)
{
    return peer.host.starts_with('[') ? peer.host.substr(1, peer.host.size() - 2) : peer.host;
}

// What the request leaves to the transport filled in; its secrets are blanked in the request's exchange too.
Request withDefaults(Request request, const Transport &transport)
{
    request.connectTimeout = request.connectTimeout.value_or(transport.connectTimeout);
    request.idleTimeout = request.idleTimeout.value_or(transport.idleTimeout);
    for (const core::Secret &secret : { transport.proxyPassword, transport.keyPassword }) {
        if (!secret.isEmpty())
            request.secrets.push_back(secret);
    }
    return request;
}

} // namespace

Transfer::Transfer(std::shared_ptr<CarrierPool> pool, const Transport &transport, const Request &request, const Route &route,
    std::stop_token stop)
    : m_pool(std::move(pool))
    , m_request(withDefaults(request, transport))
    , m_route(route)
    , m_peer(m_route.peer)
    , m_bodyLimit(transport.bodyLimit)
    , m_stop(std::move(stop))
    , m_carrier(m_pool->take(m_route.key()))
    , m_wire(m_request)
{
    m_exchange.id = nextExchangeId();
    m_exchange.startedAtMs = nowInMs();
    if (m_carrier->isUsable()) {
        m_lists = applyRequest(m_carrier->easy(), m_request, m_route);
        m_carrier->tls().expect(m_route.serverName.empty() ? bareHost(m_peer) : m_route.serverName, m_route.fingerprint, m_route.identity);
        attachCallbacks();
    }
}

Transfer::~Transfer()
{
    if (m_carrier)
        release(false);
}

void Transfer::attachCallbacks()
{
    CURL *easy = m_carrier->easy();
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_errorText);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    // The only way to see what really goes out; libcurl's remarks are not looked at.
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &Transfer::onDebug);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
}

std::size_t Transfer::onHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    auto *transfer = static_cast<Transfer *>(self);
    ++transfer->m_activity;
    if (transfer->m_exchange.timings.firstByte < 0)
        transfer->m_exchange.timings.firstByte = transfer->sinceStart();
    transfer->m_isLong = !transfer->m_headParser.addLine({ data, size * count });
    return transfer->m_isLong ? 0 : size * count;
}

std::size_t Transfer::onBody(char *data, std::size_t size, std::size_t count, void *self)
{
    auto *transfer = static_cast<Transfer *>(self);
    const std::size_t total = size * count;
    ++transfer->m_activity;
    transfer->m_exchange.wireBytes += static_cast<std::int64_t>(total);
    const std::size_t direct = std::min(total, transfer->m_into.size() - transfer->m_filled);
    std::copy_n(data, direct, transfer->m_into.data() + transfer->m_filled);
    transfer->m_filled += direct;
    transfer->m_overflow.insert(transfer->m_overflow.end(), data + direct, data + total);
    // libcurl goes on receiving, up to a hundred times, while the socket has bytes: hold it when there is enough.
    const bool isEnough = transfer->m_into.empty() ? transfer->m_overflow.size() >= kHeldWithHead
                                                   : transfer->m_filled == transfer->m_into.size();
    if (isEnough && !transfer->m_isPaused) {
        transfer->m_isPaused = true;
        curl_easy_pause(transfer->m_carrier->easy(), CURLPAUSE_RECV);
    }
    return total;
}

int Transfer::onDebug(CURL *, curl_infotype type, char *data, std::size_t size, void *self)
{
    auto *transfer = static_cast<Transfer *>(self);
    if (type != CURLINFO_HEADER_OUT && type != CURLINFO_DATA_OUT)
        return 0;
    ++transfer->m_activity;
    // The tail of a head that did not fit the socket at once is reported as data.
    if (type == CURLINFO_HEADER_OUT || transfer->m_wire.isInHead())
        transfer->m_wire.addSent({ data, size });
    transfer->m_exchange.timings.sent = transfer->sinceStart();
    return 0;
}

core::Result<void> Transfer::launch()
{
    if (!m_carrier->isUsable() || !m_carrier->start()) {
        core::Error error;
        error.message = TransferTr::tr("The system has no resources left for another request.");
        fail(std::move(error));
        return *m_failure;
    }
    m_wake.emplace(m_stop, Wake { m_carrier->multi() });
    return {};
}

core::Result<void> Transfer::connectOnly()
{
    m_isConnectOnly = true;
    if (m_carrier->isUsable())
        curl_easy_setopt(m_carrier->easy(), CURLOPT_CONNECT_ONLY, 1L);
    if (auto launched = launch(); !launched)
        return launched;
    while (!m_isEnded)
        advance(Clock::time_point::max());
    return m_failure ? core::Result<void>(*m_failure) : core::Result<void>();
}

core::Result<void> Transfer::start()
{
    if (auto launched = launch(); !launched)
        return launched;
    while (!m_headParser.isComplete() && !m_isEnded)
        advance(Clock::time_point::max());
    m_isAwaitingHead = false;
    if (m_failure && !m_headParser.isComplete())
        return *m_failure;
    if (m_carrier)
        readInfo();
    // A server's own 407 would be to a proxy's address; this one is the proxy's.
    const bool isRefusedByProxy = m_headParser.head().status == 407 && m_route.proxy.scheme == "http" && m_peer.scheme == "http";
    if (isRefusedByProxy) {
        fail(proxyLoginError(m_peer));
        return *m_failure;
    }
    return chooseDecoding();
}

void Transfer::advance(Clock::time_point deadline)
{
    m_waitingSince = Clock::now();
    while (!m_isEnded) {
        if (m_stop.stop_requested())
            return fail(cancelledError(m_peer));
        perform();
        const Clock::time_point now = Clock::now();
        noteIdle(now);
        const bool hasNews = m_filled > 0 || m_overflowAt < m_overflow.size() || (m_isAwaitingHead && m_headParser.isComplete());
        if (m_isEnded || hasNews || now >= deadline)
            return;
        wait(deadline);
    }
}

void Transfer::perform()
{
    if (std::exchange(m_isPaused, false)) {
        if (const CURLcode code = curl_easy_pause(m_carrier->easy(), CURLPAUSE_CONT); code != CURLE_OK)
            return failBy(code);
    }
    int running = 0;
    curl_multi_perform(m_carrier->multi(), &running);
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_carrier->multi(), &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result;
        return code == CURLE_OK ? succeed() : failBy(code);
    }
}

// Only time spent waiting counts: a reader that pauses is no silence of the server.
void Transfer::noteIdle(Clock::time_point now)
{
    if (m_isEnded)
        return;
    const bool isConnected = m_wire.isSent();
    if (m_activity != m_activitySeen || !isConnected)
        m_idle = {};
    else
        m_idle += now - m_waitingSince;
    m_activitySeen = m_activity;
    m_waitingSince = now;
    if (m_request.idleTimeout->count() > 0 && m_idle >= *m_request.idleTimeout)
        fail(idleError(m_peer, *m_request.idleTimeout, failureSoFar()));
}

void Transfer::wait(Clock::time_point deadline)
{
    const Clock::time_point now = Clock::now();
    auto time = std::chrono::ceil<std::chrono::milliseconds>(std::min<Clock::duration>(deadline - now, kLongestPoll));
    if (m_request.idleTimeout->count() > 0)
        time = std::min(time, std::chrono::ceil<std::chrono::milliseconds>(*m_request.idleTimeout - m_idle));
    curl_multi_poll(m_carrier->multi(), nullptr, 0, std::max(0, static_cast<int>(time.count())), nullptr);
}

void Transfer::succeed()
{
    if (m_isConnectOnly) {
        m_isEnded = true;
        return release(false);
    }
    // libcurl takes a head that breaks off for a whole answer.
    if (!m_headParser.isComplete()) {
        std::snprintf(m_errorText, sizeof m_errorText, "%s", "the head of the answer breaks off");
        return failBy(CURLE_GOT_NOTHING);
    }
    m_isEnded = true;
    release(true);
}

void Transfer::failBy(CURLcode code)
{
    // libcurl has limits of its own: 100 KB for a line, then it is "out of memory".
    const bool isEndlessLine = code == CURLE_OUT_OF_MEMORY && m_wire.isSent() && !m_headParser.isComplete();
    if (m_isLong || isEndlessLine) {
        core::Error error;
        error.kind = core::ErrorKind::Limit;
        error.message = TransferTr::tr("The headers of the answer from %1 are too long to be meant: over 100 KB in a line or %2 KB in all.")
                            .arg(QString::fromStdString(m_peer.hostAndPort()))
                            .arg(HeadParser::kLongest / 1024);
        return fail(std::move(error));
    }
    const bool isNameMissing = m_errorText[0] != '\0' && std::string_view(m_errorText).find("subject name") != std::string_view::npos;
    if (code == CURLE_PEER_FAILED_VERIFICATION && isNameMissing)
        m_carrier->tls().noteNameMismatch();
    m_code = code;
    Failure failure = failureSoFar();
    failure.code = code;
    failure.text = m_wire.redactor().redacted(m_errorText[0] != '\0' ? m_errorText : curl_easy_strerror(code));
    curl_easy_getinfo(m_carrier->easy(), CURLINFO_OS_ERRNO, &failure.systemError);
    curl_easy_getinfo(m_carrier->easy(), CURLINFO_HTTP_CONNECTCODE, &failure.proxyStatus);
    curl_easy_getinfo(m_carrier->easy(), CURLINFO_PROXY_ERROR, &failure.proxyError);
    fail(describeFailure(failure, m_peer));
}

void Transfer::fail(core::Error error)
{
    m_isEnded = true;
    error.mayHaveRun = m_wire.isSent() && !m_headParser.isComplete() && !m_request.safeToRepeat;
    if (m_headParser.isComplete())
        error.httpStatus = m_headParser.head().status;
    m_failure = std::move(error);
    if (m_carrier)
        release(false);
}

void Transfer::release(bool isWhole)
{
    m_exchange.timings.end = sinceStart();
    readInfo();
    m_wake.reset(); // before the handle that it wakes goes
    if (isWhole) {
        m_carrier->stop();
        m_pool->giveBack(m_route.key(), std::move(m_carrier));
    }
    m_carrier.reset();
    m_lists = {};
}

} // namespace http
