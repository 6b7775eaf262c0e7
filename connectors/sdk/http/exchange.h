// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "http/certificate.h"
#include "http/message.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace http {

// Where the time went, in microseconds from the start of the request; -1: a step that did not happen (a kept
// connection has no name, connect and TLS) or has not happened yet.
struct Timings {
    std::int64_t name = -1;
    std::int64_t connect = -1;
    std::int64_t tls = -1;
    std::int64_t sent = -1;
    std::int64_t firstByte = -1;
    std::int64_t end = -1;
};

// One request and its answer, as they went over the wire, secrets blanked as "***" before they get here. A value:
// what the window shows, --trace prints and a .http file keeps.
struct Exchange {
    std::uint64_t id = 0; // unique within the process, ascending
    QString purpose;
    std::int64_t startedAtMs = 0; // since 1970-01-01T00:00:00Z
    std::string method;
    std::string url;
    std::vector<std::size_t> urlBlanks; // where in url a "***" stands for a secret
    std::vector<Header> requestHeaders; // all that were sent, in order; before that, those that were to be sent
    std::string requestBody;
    std::optional<Head> head; // none: no status line came
    std::string bodyStart; // the first kBodyKept bytes of the answer, content coding undone
    std::int64_t bodyBytes = 0; // content coding undone
    std::int64_t wireBytes = 0; // of the body, as received
    bool finished = false; // the answer ended, well or not
    std::optional<core::Error> error;
    bool keptConnection = false;
    std::string remoteAddress; // "127.0.0.1:6041"
    Timings timings;
    std::shared_ptr<const TlsFacts> tls; // null: plain, or it did not come to that
    QString note; // what was done about it: "asked again in 2 s"; translated

    static constexpr std::size_t kBodyKept = 256 * 1024;
};

// The command line that sends this request again with curl; each blanked secret is a shell variable that its comment
// names. POSIX shell quoting.
ONDO_EXPORT std::string toCurl(const Exchange &exchange);

// Request and answer as text, in the order of the wire; for --trace and for copying.
ONDO_EXPORT std::string toText(const Exchange &exchange);

} // namespace http
