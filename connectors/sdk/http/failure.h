// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace http {

// Who is spoken to, for messages: never with user, password, path or query.
struct Peer {
    std::string scheme;
    std::string host; // an IPv6 address in brackets
    int port = 0;
    std::string proxy; // "host:port"; empty: none

    std::string hostAndPort() const { return host + ':' + std::to_string(port); }
    std::string origin() const { return scheme + "://" + hostAndPort(); }
};

// What libcurl said when it gave up, and how far the request had come.
struct Failure {
    int code = 0; // CURLcode
    std::string text; // its reason, in English; secrets taken out
    long systemError = 0; // errno of the connect
    long proxyStatus = 0; // of the answer to CONNECT
    bool isSent = false; // the request went out, as a whole or in part
    bool hasHead = false;
    std::int64_t bodyBytes = 0;
    std::chrono::milliseconds connectTimeout {};
};

// Both name host and port and say what to try. mayHaveRun is left to the caller, who knows what the request does.
core::Error describeFailure(const Failure &failure, const Peer &peer);
core::Error idleError(const Peer &peer, std::chrono::milliseconds idleTimeout, const Failure &failure);
core::Error cancelledError(const Peer &peer);

} // namespace http
