// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "http/client.h"
#include "http/clientidentity.h"
#include "http/failure.h"
#include "http/proxy.h"

#include <memory>

#include <curl/curl.h>

namespace http {

struct FreeHeaderList {
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeHeaderList>;

// How one request gets to its server: what of the profile's transport is meant for it.
struct Route {
    Peer peer;
    Proxy proxy;
    std::string caFile;
    std::string userAgent;
    std::string serverName; // the name that TLS asks for and checks: the host where no other is given
    std::string fingerprint;
    std::shared_ptr<const ClientIdentity> identity; // null: none is shown
    std::chrono::milliseconds lostAfter {};

    // Connections are kept for requests of the same route only.
    std::string key() const;
    bool renamesServer() const;
};

// The lists that libcurl reads while a transfer runs.
struct OptionLists {
    HeaderList headers;
    HeaderList connectTo;
};

// Usage errors for what must not go over a wire: header names or values with line breaks, a URL that is not http(s) or
// holds a log-in, a HEAD with a body; a proxy that cannot be read. The identity is left to the caller.
core::Result<Route> routeOf(const Request &request, const Transport &transport);

// Sets a handle up so that it sends exactly this request: nothing of libcurl's own habits (Accept, Expect, Content-Type,
// redirects, proxies of the environment) comes in. Request (its time-outs filled in), route and the lists must outlive
// the transfer.
OptionLists applyRequest(CURL *easy, const Request &request, const Route &route);

} // namespace http
