// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "http/exchange.h"
#include "http/message.h"

#include <chrono>
#include <functional>
#include <memory>
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

// How a profile reaches its server.
struct Transport {
    std::string caFile; // PEM; empty: the system's
    std::string certificateFile;
    std::string keyFile;
    std::string proxyUrl; // empty: none
    std::string userAgent = "Ondograph";
};

// The real client, on libcurl: HTTP/1.1 only.
ONDO_EXPORT std::unique_ptr<Client> createClient(const Transport &transport);

// Reads a body to its end, up to limit bytes (beyond: Limit). For small answers only.
ONDO_EXPORT core::Result<std::string> readAll(Answer &answer, std::size_t limit);

} // namespace http
