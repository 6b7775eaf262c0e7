// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "http/message.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connector {

// A statement that is an HTTP request in .http syntax.
struct RequestText {
    std::string method; // upper case
    std::string target; // a path with its query, or an absolute URL; as written
    std::vector<http::Header> headers;
    std::string body;
};

// Whether text starts with an HTTP verb that a path or URL follows on the same line.
ONDO_EXPORT bool startsRequest(std::string_view text);

// Reads the request line (with lines of "?name=value" and "&name=value" below it), headers, and after an empty line the
// body up to the end. Usage error: a line that is no header.
ONDO_EXPORT core::Result<RequestText> parseRequest(std::string_view text);

// The request as it is to be sent, without a log-in: method, URL, headers (Authorization and Cookie never shown), body.
ONDO_EXPORT http::Request requestOf(const RequestText &text, const std::string &url);
// Whether a header of this name (any case) is there.
ONDO_EXPORT bool hasHeader(const std::vector<http::Header> &headers, std::string_view name);

// Variables of a request that somebody fills in before it is sent: names of {{name}}, each once, in order. {{$…}} is
// no variable.
ONDO_EXPORT std::vector<std::string> variablesOf(std::string_view text);
// The text with the variables replaced that have a value here; others stay.
ONDO_EXPORT std::string withVariables(std::string_view text, const std::vector<std::pair<std::string, std::string>> &values);

// Where a request goes: a path appended to the base URL, or the absolute URL that it is.
struct RequestTarget {
    std::string url;
    bool isOwnOrigin = true; // only then may the log-in go with it
};
ONDO_EXPORT RequestTarget resolveTarget(std::string_view baseUrl, std::string_view target);
// requestOf for such a target: to another origin nothing of the profile's TLS identity goes along.
ONDO_EXPORT http::Request requestOf(const RequestText &text, const RequestTarget &target);

} // namespace connector
