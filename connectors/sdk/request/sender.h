// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "request/curlcommand.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace request {

// The request that a redirect leads to, by the rules of curl's options; none: the answer is the last. Log-ins do not go
// to another host, port or scheme unless that was asked for.
ONDO_EXPORT std::optional<http::Request> nextRequest(const http::Request &request, const http::Head &head, const Redirects &redirects);

// Sends a request and what redirects lead to; waits for the head of the last answer. hop is given each exchange that
// was a redirect. Blocks; failed as http::Client::send has it.
ONDO_EXPORT core::Result<std::unique_ptr<http::Answer>> sendReady(http::Client &client, const Ready &ready, std::stop_token stop,
    const std::function<void(const http::Exchange &)> &hop, http::Exchange *failed = nullptr);

// All headers as they go over the wire, with those that libcurl adds: Host, User-Agent, Accept-Encoding, Content-Length.
ONDO_EXPORT std::vector<http::Header> wireHeaders(const http::Request &request, const http::Transport &transport);
// Whether a body, be it an empty one, is sent.
ONDO_EXPORT bool hasBody(const http::Request &request);

} // namespace request
