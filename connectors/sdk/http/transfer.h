// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/carrier.h"
#include "http/client.h"
#include "http/failure.h"
#include "http/headparser.h"
#include "http/inflater.h"
#include "http/requestoptions.h"
#include "http/wirelog.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace http {

// A running request. libcurl works only inside advance(), on the caller's thread: whoever does not read holds the
// server back. The body goes from libcurl's buffer into the reader's; what does not fit waits in m_overflow, which
// never holds much more than one receive.
class Transfer final : public Answer
{
public:
    Transfer(std::shared_ptr<CarrierPool> pool, const Transport &transport, const Request &request, const Route &route,
        std::stop_token stop);
    ~Transfer() override;
    Transfer(const Transfer &) = delete;
    Transfer &operator=(const Transfer &) = delete;

    // Sends the request and waits for the head.
    core::Result<void> start();
    // Instead of start(): connects, and sends nothing.
    core::Result<void> connectOnly();

    // Whether the request came to nothing in a way that another attempt may mend: no connection, or one that was lost
    // before a line of the answer came.
    bool isWorthRepeating() const;
    void setNote(const QString &note) { m_exchange.note = note; }

    const Head &head() const override { return m_headParser.head(); }
    core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point deadline) override;
    Exchange exchange() const override;

private:
    using Clock = std::chrono::steady_clock;

    struct Wake {
        CURLM *multi;
        void operator()() const { curl_multi_wakeup(multi); }
    };

    static std::size_t onHeader(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onBody(char *data, std::size_t size, std::size_t count, void *self);
    static int onDebug(CURL *easy, curl_infotype type, char *data, std::size_t size, void *self);
    void attachCallbacks();

    core::Result<void> launch();
    // Lets libcurl work until what is waited for (the head, then body bytes) has come, the request has ended, or the deadline has passed.
    void advance(Clock::time_point deadline);
    void perform();
    void wait(Clock::time_point deadline);
    void noteIdle(Clock::time_point now);

    void succeed();
    void fail(core::Error error);
    void failBy(CURLcode code);
    // Takes down what libcurl knows and lets the carrier go: into the pool, or closed.
    void release(bool isWhole);
    void readInfo();
    Failure failureSoFar() const;

    core::Result<ReadResult> receive(std::span<char> into, Clock::time_point deadline);
    core::Result<ReadResult> receiveInflated(std::span<char> into, Clock::time_point deadline);
    void cutAtLimit(ReadResult &result);
    core::Error overLimitError() const;
    core::Result<void> chooseDecoding();
    void noteDelivered(std::span<const char> bytes);
    std::int64_t sinceStart() const;

    const std::shared_ptr<CarrierPool> m_pool;
    const Request m_request;
    const Route m_route;
    const Peer &m_peer;
    const std::int64_t m_bodyLimit;
    const std::stop_token m_stop;
    std::unique_ptr<Carrier> m_carrier;
    OptionLists m_lists;
    char m_errorText[CURL_ERROR_SIZE] = {};
    std::optional<std::stop_callback<Wake>> m_wake;

    WireLog m_wire;
    HeadParser m_headParser;
    Exchange m_exchange; // the parts that grow; exchange() adds the rest
    const Clock::time_point m_startedAt = Clock::now();

    std::span<char> m_into; // the reader's, during advance()
    std::size_t m_filled = 0;
    std::vector<char> m_overflow;
    std::size_t m_overflowAt = 0;

    std::unique_ptr<Inflater> m_inflater;
    std::vector<char> m_packed;
    std::size_t m_packedAt = 0;
    std::size_t m_packedEnd = 0;

    std::uint64_t m_activity = 0; // counts signs of life, in both directions
    std::uint64_t m_activitySeen = 0;
    Clock::duration m_idle {}; // waited for since the last of them
    Clock::time_point m_waitingSince;

    bool m_isPaused = false; // libcurl was told to hold
    bool m_isAwaitingHead = true;
    bool m_isConnectOnly = false;
    bool m_isOverLimit = false; // more came than the limit lets through
    bool m_isLong = false; // the head was over its limit
    CURLcode m_code = CURLE_OK; // why libcurl gave up
    bool m_isEnded = false; // nothing more will come from libcurl
    bool m_isDelivered = false; // the reader has been told the end
    std::optional<core::Error> m_failure;
};

} // namespace http
