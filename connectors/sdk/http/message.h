// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"
#include "core/secret.h"

#include <QString>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

struct Exchange;

struct Header {
    std::string name;
    std::string value;
    bool secret = false; // the value is sent and never shown
};

// A request exactly as it is to be sent: nothing is added to it but what libcurl must (Host, Content-Length,
// Accept-Encoding where wanted), and the exchange shows that too.
struct Request {
    std::string method = "GET";
    std::string url; // absolute, percent-encoded, http or https
    std::vector<std::pair<std::size_t, std::size_t>> urlSecrets; // stretches of url that are never shown: offset, length
    std::vector<Header> headers;
    std::vector<std::string> withheld; // headers that HTTP asks for and that this request goes without: Host, Content-Length
    std::string body;
    std::vector<core::Secret> secrets; // further ones of this log-in: blanked wherever request or answer repeats them
    bool secretAnswer = false; // the answer's body is never shown (it holds a token)
    // Reading only: may go out on a kept connection, and again if no line of an answer came or the server asks to come
    // back later (Transport::retries). Everything else goes on a fresh connection and is never sent twice.
    bool safeToRepeat = false;
    // Goes to another server than the profile's, by a redirect or a URL written out: without the profile's client
    // certificate, server name and accepted fingerprint.
    bool isElsewhere = false;
    bool acceptGzip = true;
    std::optional<std::chrono::milliseconds> connectTimeout; // none: the transport's
    std::optional<std::chrono::milliseconds> idleTimeout; // without a byte, 0: no limit; none: the transport's
    // Told of each attempt that another follows, before the wait for it (Exchange::note says how long); on the thread
    // that sends. sendFollowing sets it to its hop.
    std::function<void(const Exchange &)> repeated;
    QString purpose; // "statement", "log-in", "catalogue", "stop on the server": shown beside the exchange
};

// Status line and headers of an answer.
struct Head {
    std::string version; // "1.1"
    int status = 0;
    std::string reason;
    std::vector<Header> headers;

    // The first header of this name (any case), empty if none.
    ONDO_EXPORT std::string_view header(std::string_view name) const;
};

} // namespace http
