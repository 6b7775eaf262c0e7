// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "http/exchange.h"
#include "http/message.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>

namespace http {

// An answer whose head has come and whose body is pulled: back-pressure is not reading. Used by one thread, the one
// that sent the request. Destroying it before its end closes the connection.
class ONDO_EXPORT Answer
{
public:
    virtual ~Answer() = default;

    virtual const Head &head() const = 0;

    enum class Read {
        Data, // at least one byte was written
        Waiting, // the deadline passed; ask again
        End, // the body ended as HTTP says that it should
    };
    struct ReadResult {
        Read state = Read::End;
        std::size_t size = 0;
    };
    // Body bytes with content coding undone. Returns as soon as there are any. A requested stop ends it at once with
    // Cancelled; a body that breaks off with Network, silence beyond the idle time-out with Timeout.
    virtual core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point deadline) = 0;

    // What is known of the exchange by now.
    virtual Exchange exchange() const = 0;
};

// Sends requests. One client a profile: connection pool, TLS exceptions, certificates and log-in are never shared with
// another. Safe to use from several threads at once; a held answer never blocks another request.
class ONDO_EXPORT Client
{
public:
    virtual ~Client() = default;

    // Waits for the head of the answer. failed, where given, receives what is known of a request that went wrong; one
    // that must not be sent as it is (Usage) leaves it alone.
    // Redirects come back as they are: see redirect.h.
    virtual core::Result<std::unique_ptr<Answer>> send(
        const Request &request, std::stop_token stop, Exchange *failed = nullptr) = 0;
};

// How a profile reaches its server. Nothing of it serves another profile.
struct Transport {
    std::string caFile; // PEM; empty: the system's
    std::string certificateFile; // the client's: PEM or PKCS#12
    std::string keyFile; // PEM; empty: in certificateFile
    // Empty or "none": no proxy, whatever the environment says. "system": what http_proxy, https_proxy, all_proxy and
    // no_proxy say. Else [http|socks5|socks5h://][USER@]HOST:PORT; socks5h leaves looking up names to the proxy.
    std::string proxyUrl;
    std::string userAgent = "Ondograph";
    core::Secret proxyPassword;
    core::Secret keyPassword; // of keyFile, or of the PKCS#12 container
    std::string serverName; // for SNI and in place of the URL's host when the certificate is checked; empty: the host
    // SHA-256 of the one certificate that is accepted, as 64 hex digits; any other is refused, be it a trusted one. The
    // authority, the dates and the name are then not looked at.
    std::string fingerprint;
    std::chrono::milliseconds connectTimeout { 10000 }; // name, TCP, proxy and TLS together
    std::chrono::milliseconds idleTimeout { 300000 }; // 0: none
    // Sent bytes that nothing acknowledges for so long mean that the network is gone (a dropped VPN, a laptop that slept).
    // A server that computes acknowledges.
    std::chrono::milliseconds lostAfter { 30000 };
    std::int64_t bodyLimit = 0; // bytes of one answer, content coding undone; 0: none
    int retries = 2; // of what is safe to repeat
    std::chrono::milliseconds firstBackOff { 250 }; // doubles with each attempt; Retry-After wins
    static constexpr std::chrono::milliseconds kLongestWait { 60000 }; // who asks for more is not asked again

    static constexpr const char *kNoProxy = "none";
    static constexpr const char *kSystemProxy = "system";
};

// The real client, on libcurl: HTTP/1.1 only.
ONDO_EXPORT std::unique_ptr<Client> createClient(const Transport &transport);

// Connects to the server of an http(s) URL as a request would (proxy, TLS, client certificate, accepted fingerprint) and
// sends nothing. tls of what comes back is null for http. failed, where given, receives what is known if it does not come
// to that: Exchange::tls has the chain of a certificate that was refused, and why.
ONDO_EXPORT core::Result<Exchange> inspectConnection(
    const std::string &url, const Transport &transport, std::stop_token stop, Exchange *failed = nullptr);

// Reads a body to its end, up to limit bytes (beyond: Limit). For small answers only.
ONDO_EXPORT core::Result<std::string> readAll(Answer &answer, std::size_t limit);

} // namespace http
