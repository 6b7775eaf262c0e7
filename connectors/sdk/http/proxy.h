// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"
#include "core/result.h"
#include "core/secret.h"

#include <string>
#include <string_view>

namespace http {

struct Transport;

// A proxy on the way to a server. host empty: there is none.
struct Proxy {
    std::string scheme; // "http", "socks5" (names are looked up here), "socks5h" (by the proxy)
    std::string host; // an IPv6 address without brackets
    int port = 0;
    std::string user;
    core::Secret password;

    bool isNone() const { return host.empty(); }
    std::string hostAndPort() const; // for messages and libcurl: without the log-in
};

// Reads [SCHEME://][USER[:PASSWORD]@]HOST[:PORT]; http where no scheme stands, 1080 for SOCKS and 80 for http where no
// port does. "none", "system" and an empty text give none. Usage errors never repeat the text.
ONDO_EXPORT core::Result<Proxy> proxyFrom(std::string_view text);

// The proxy that requests to this http(s) host take: the transport's, or where that says "system" what the environment
// says, read as libcurl and most programs do: http_proxy (lower case only: HTTP_PROXY can be forged in CGI), https_proxy
// and HTTPS_PROXY, all_proxy and ALL_PROXY, unless no_proxy or NO_PROXY lists the host.
ONDO_EXPORT core::Result<Proxy> proxyFor(std::string_view scheme, std::string_view host, const Transport &transport);

// Whether a list like no_proxy holds this host: "*", names (with all below them), addresses and their ranges
// ("10.0.0.0/8"), separated by commas or blanks.
ONDO_EXPORT bool isListedHost(std::string_view host, std::string_view list);

} // namespace http
