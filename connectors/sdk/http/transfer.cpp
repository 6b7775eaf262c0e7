// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/transfer.h"

#include <QCoreApplication>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <utility>
#include <strings.h>

namespace http {

namespace {

struct TransferTr {
    Q_DECLARE_TR_FUNCTIONS(HttpTransfer)
};

constexpr std::size_t kPackedRoom = 64 * 1024;
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

Transfer::Transfer(std::shared_ptr<CarrierPool> pool, const Transport &transport, const Request &request, const Peer &peer,
    std::stop_token stop)
    : m_pool(std::move(pool))
    , m_request(withDefaults(request, transport))
    , m_peer(peer)
    , m_stop(std::move(stop))
    , m_carrier(m_pool->take(peer.origin()))
    , m_wire(m_request)
{
    m_exchange.id = nextExchangeId();
    m_exchange.startedAtMs = nowInMs();
    if (m_carrier->isUsable()) {
        m_headers = applyRequest(m_carrier->easy(), m_request, transport);
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

core::Result<void> Transfer::start()
{
    if (!m_carrier->isUsable() || !m_carrier->start()) {
        core::Error error;
        error.message = TransferTr::tr("The system has no resources left for another request.");
        fail(std::move(error));
        return *m_failure;
    }
    m_wake.emplace(m_stop, Wake { m_carrier->multi() });
    while (!m_headParser.isComplete() && !m_isEnded)
        advance(Clock::time_point::max());
    m_isAwaitingHead = false;
    if (m_failure && !m_headParser.isComplete())
        return *m_failure;
    if (m_carrier)
        readInfo();
    return chooseDecoding();
}

core::Result<void> Transfer::chooseDecoding()
{
    const std::string_view coding = m_headParser.head().header("content-encoding");
    const bool isIdentity = coding.size() == 8 && strncasecmp(coding.data(), "identity", 8) == 0;
    if (coding.empty() || isIdentity || m_request.method == "HEAD")
        return {};
    for (const std::string_view known : { "gzip", "x-gzip", "deflate" }) {
        if (coding.size() == known.size() && strncasecmp(coding.data(), known.data(), known.size()) == 0) {
            m_inflater = std::make_unique<Inflater>();
            m_packed.resize(kPackedRoom);
            return {};
        }
    }
    core::Error error;
    error.kind = core::ErrorKind::Decode;
    error.message = TransferTr::tr("%1 sent its answer in the content coding \"%2\", which was not asked for.")
                        .arg(QString::fromStdString(m_peer.hostAndPort()), QString::fromUtf8(coding));
    error.httpStatus = m_headParser.head().status;
    fail(std::move(error));
    return *m_failure;
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
    Failure failure = failureSoFar();
    failure.code = code;
    failure.text = m_wire.redactor().redacted(m_errorText[0] != '\0' ? m_errorText : curl_easy_strerror(code));
    curl_easy_getinfo(m_carrier->easy(), CURLINFO_OS_ERRNO, &failure.systemError);
    curl_easy_getinfo(m_carrier->easy(), CURLINFO_HTTP_CONNECTCODE, &failure.proxyStatus);
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

Failure Transfer::failureSoFar() const
{
    Failure failure;
    failure.isSent = m_wire.isSent();
    failure.hasHead = m_headParser.isComplete();
    failure.bodyBytes = m_exchange.wireBytes;
    failure.connectTimeout = *m_request.connectTimeout;
    return failure;
}

void Transfer::release(bool isWhole)
{
    m_exchange.timings.end = sinceStart();
    readInfo();
    m_wake.reset(); // before the handle that it wakes goes
    if (isWhole) {
        m_carrier->stop();
        m_pool->giveBack(m_peer.origin(), std::move(m_carrier));
    }
    m_carrier.reset();
    m_headers.reset();
}

void Transfer::readInfo()
{
    CURL *easy = m_carrier->easy();
    const char *address = nullptr;
    long port = 0;
    long connects = 0;
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address);
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_PORT, &port);
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connects);
    if (address && *address) {
        const std::string text(address);
        m_exchange.remoteAddress = (text.find(':') == std::string::npos ? text : '[' + text + ']') + ':' + std::to_string(port);
    }
    m_exchange.keptConnection = connects == 0 && m_wire.isSent();
    const auto time = [&](CURLINFO info) -> std::int64_t {
        curl_off_t value = 0;
        curl_easy_getinfo(easy, info, &value);
        return m_exchange.keptConnection || value <= 0 ? -1 : value;
    };
    m_exchange.timings.name = time(CURLINFO_NAMELOOKUP_TIME_T);
    m_exchange.timings.connect = time(CURLINFO_CONNECT_TIME_T);
    m_exchange.timings.tls = time(CURLINFO_APPCONNECT_TIME_T);
}

core::Result<Answer::ReadResult> Transfer::read(std::span<char> into, Clock::time_point deadline)
{
    if (m_isDelivered)
        return m_failure ? core::Result<ReadResult>(*m_failure) : core::Result<ReadResult>(ReadResult {});
    if (m_stop.stop_requested()) {
        fail(cancelledError(m_peer));
        m_isDelivered = true;
        return *m_failure;
    }
    auto result = m_inflater ? receiveInflated(into, deadline) : receive(into, deadline);
    if (!result || result->state == Read::End)
        m_isDelivered = true;
    else if (result->state == Read::Data)
        noteDelivered(into.first(result->size));
    return result;
}

core::Result<Answer::ReadResult> Transfer::receive(std::span<char> into, Clock::time_point deadline)
{
    if (m_overflowAt == m_overflow.size() && !m_isEnded) {
        m_overflow.clear();
        m_overflowAt = 0;
        m_into = into;
        m_filled = 0;
        advance(deadline);
        const std::size_t filled = std::exchange(m_filled, 0);
        m_into = {};
        if (filled > 0)
            return ReadResult { Read::Data, filled };
    }
    if (const std::size_t size = std::min(into.size(), m_overflow.size() - m_overflowAt); size > 0) {
        std::copy_n(m_overflow.data() + m_overflowAt, size, into.data());
        m_overflowAt += size;
        return ReadResult { Read::Data, size };
    }
    if (m_failure)
        return *m_failure;
    return ReadResult { m_isEnded ? Read::End : Read::Waiting, 0 };
}

core::Result<Answer::ReadResult> Transfer::receiveInflated(std::span<char> into, Clock::time_point deadline)
{
    for (;;) {
        const std::span<const char> packed(m_packed.data() + m_packedAt, m_packedEnd - m_packedAt);
        const Inflater::Step step = m_inflater->inflate(packed, into);
        m_packedAt += step.used;
        if (step.made > 0)
            return ReadResult { Read::Data, step.made };
        if (step.isDamaged) {
            core::Error error;
            error.kind = core::ErrorKind::Decode;
            error.message = TransferTr::tr("The compressed answer from %1 is damaged after %2 bytes.")
                                .arg(QString::fromStdString(m_peer.hostAndPort()))
                                .arg(m_exchange.bodyBytes);
            error.position.byte = m_exchange.bodyBytes;
            fail(std::move(error));
            return *m_failure;
        }
        if (m_packedAt < m_packedEnd)
            continue;
        auto received = receive(m_packed, deadline);
        if (!received || received->state == Read::Waiting)
            return received;
        if (received->state == Read::End && !m_inflater->isAtEnd()) {
            core::Error error;
            error.kind = core::ErrorKind::Network;
            error.message = TransferTr::tr("The compressed answer from %1 ends early, after %2 bytes.")
                                .arg(QString::fromStdString(m_peer.hostAndPort()))
                                .arg(m_exchange.bodyBytes);
            fail(std::move(error));
            return *m_failure;
        }
        if (received->state == Read::End)
            return received;
        m_packedAt = 0;
        m_packedEnd = received->size;
    }
}

void Transfer::noteDelivered(std::span<const char> bytes)
{
    m_exchange.bodyBytes += static_cast<std::int64_t>(bytes.size());
    const std::size_t kept = m_exchange.bodyStart.size();
    if (!m_request.secretAnswer && kept < Exchange::kBodyKept)
        m_exchange.bodyStart.append(bytes.data(), std::min(bytes.size(), Exchange::kBodyKept - kept));
}

std::int64_t Transfer::sinceStart() const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_startedAt).count();
}

Exchange Transfer::exchange() const
{
    Exchange exchange = m_exchange;
    exchange.purpose = m_request.purpose;
    exchange.method = m_request.method;
    exchange.url = m_wire.url();
    exchange.urlBlanks = m_wire.urlBlanks();
    exchange.requestHeaders = m_wire.headers();
    exchange.requestBody = m_wire.redactor().redacted(m_request.body);
    if (m_headParser.isComplete()) {
        exchange.head = m_headParser.head();
        for (Header &header : exchange.head->headers)
            header.value = m_wire.redactor().redacted(header.value); // some servers echo what they were sent
    }
    exchange.bodyStart = m_request.secretAnswer && m_exchange.bodyBytes > 0 ? std::string(kBlank)
                                                                              : m_wire.redactor().redacted(m_exchange.bodyStart);
    exchange.finished = m_isDelivered || m_failure.has_value();
    exchange.error = m_failure;
    return exchange;
}

} // namespace http
