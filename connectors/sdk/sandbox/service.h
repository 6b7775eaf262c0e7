// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sandbox {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// A request as the embedded server read it.
struct Request {
    std::string method;
    std::string path; // decoded per segment is the service's business: this is as sent, without the query
    Pairs query; // decoded
    Pairs headers;
    std::string body; // content coding undone

    ONDO_EXPORT std::string_view header(std::string_view name) const; // any case; empty if none
    ONDO_EXPORT std::string_view queryValue(std::string_view name) const;
};

// The answer being written; calls block while the client does not read. Content-Length is set by answer(); begin()
// and write() send chunked.
class ONDO_EXPORT Reply
{
public:
    virtual ~Reply() = default;

    virtual void answer(int status, const Pairs &headers, std::string_view body) = 0;

    virtual void begin(int status, const Pairs &headers) = 0;
    // False: the client has gone; stop working for it.
    virtual bool write(std::string_view bytes) = 0;
    virtual void end() = 0;
};

// A dialect's half of the embedded server: real answers, from real SQL on SQLite, with the dialect's own envelopes,
// log-in and error codes.
class ONDO_EXPORT Service
{
public:
    virtual ~Service() = default;

    // Called on one thread per connection, several at once. stop is requested some time after the client has gone, and
    // when the server ends.
    virtual void serve(const Request &request, Reply &reply, std::stop_token stop) = 0;

    // The command line's target URL for this service at that port of 127.0.0.1, log-in included
    // ("tdengine://root:taosdata@127.0.0.1:6041/").
    virtual std::string targetUrl(std::uint16_t port) const = 0;
    // The base URL that other clients are given ("http://127.0.0.1:6041").
    virtual std::string baseUrl(std::uint16_t port) const = 0;
    // Environment variables that other clients need, e.g. access keys.
    virtual Pairs environment() const { return {}; }
};

} // namespace sandbox
