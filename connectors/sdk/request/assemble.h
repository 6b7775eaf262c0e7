// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "request/curlcommand.h"
#include "request/resolver.h"

namespace request {

// A request of a document with its variables replaced and its files read, not yet with a URL and a log-in of its own.
struct Assembled {
    std::string method;
    std::string target; // a path or an absolute URL, percent-encoded where it was not
    std::vector<http::Header> headers;
    std::string body;
    int line = 1;
};

// Usage errors carry line and column of the document.
ONDO_EXPORT core::Result<Assembled> assembled(const Entry &entry, Resolver &resolver, const ReadFile &readFile);

// As it is sent without a connection: the URL from target or Host header, "Authorization: Basic user password" encoded,
// "Authorization: AWS …" signed with keys found as the AWS tools do (blocks), redirects and time-outs by the directives.
// isDry: nothing outside is asked; an AWS log-in without keys stays as it is.
ONDO_EXPORT core::Result<Ready> readyFrom(const Assembled &assembled, const Entry &entry, const Resolver &resolver, bool isDry, std::stop_token stop);

// Marks headers and parts of the URL that repeat one of these values as secret, and has them blanked elsewhere.
ONDO_EXPORT void hideValues(http::Request &request, const std::vector<std::string> &values);

} // namespace request
