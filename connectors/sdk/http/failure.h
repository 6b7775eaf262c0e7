// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "http/certificate.h"

#include <chrono>
#include <cstdint>
#include <memory>
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
    long proxyError = 0; // CURLproxycode: what a SOCKS proxy said
    std::shared_ptr<const TlsFacts> tls;
    bool isSent = false; // the request went out, as a whole or in part
    bool hasHead = false;
    std::int64_t bodyBytes = 0;
    std::chrono::milliseconds connectTimeout {};
};

// Both name host and port and say what to try. mayHaveRun is left to the caller, who knows what the request does.
core::Error describeFailure(const Failure &failure, const Peer &peer);
core::Error idleError(const Peer &peer, std::chrono::milliseconds idleTimeout, const Failure &failure);
core::Error cancelledError(const Peer &peer);
core::Error proxyLoginError(const Peer &peer);
core::Error tlsError(const Failure &failure, const Peer &peer);
// Whether a connection that was lost ended with the server's word that it wants (another) client certificate.
bool wantsClientCertificate(const Failure &failure);

} // namespace http
