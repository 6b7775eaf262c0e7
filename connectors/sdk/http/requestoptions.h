// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "http/client.h"
#include "http/failure.h"

#include <memory>

#include <curl/curl.h>

namespace http {

struct FreeHeaderList {
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeHeaderList>;

// Usage errors for what must not go over a wire: header names or values with line breaks, a URL that is not http(s) or
// holds a log-in, a HEAD with a body.
core::Result<Peer> checkRequest(const Request &request, const Transport &transport);

// Sets a handle up so that it sends exactly this request: nothing of libcurl's own habits (Accept, Expect, Content-Type,
// redirects, proxies of the environment) comes in. request.body and the list must outlive the transfer.
HeaderList applyRequest(CURL *easy, const Request &request, const Transport &transport);

} // namespace http
