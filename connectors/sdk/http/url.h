// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"
#include "core/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

// %XX for everything but RFC 3986's unreserved characters.
ONDO_EXPORT std::string percentEncoded(std::string_view text);
// Also keeps what a path segment may hold besides (sub-delims, ':' and '@').
ONDO_EXPORT std::string percentEncodedSegment(std::string_view text);
// A Usage error names the broken escape.
ONDO_EXPORT core::Result<std::string> percentDecoded(std::string_view text);
ONDO_EXPORT std::string base64(std::string_view bytes);

// An absolute URL in its parts; user and password decoded, host without brackets, path, query as written.
struct UrlParts {
    std::string scheme; // lower case, with any "+transport"
    bool hasUser = false;
    std::string user;
    bool hasPassword = false;
    std::string password;
    std::string host;
    std::optional<int> port;
    std::string path; // with its leading slash, still encoded
    std::vector<std::pair<std::string, std::string>> query; // decoded
};

// The last '@' before the path ends the user part. Errors name the character to encode; they never repeat the text.
ONDO_EXPORT core::Result<UrlParts> parseUrl(std::string_view url);

} // namespace http
