// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/client.h"

#include <functional>
#include <optional>
#include <string>

namespace http {

inline constexpr int kMostRedirects = 5;

// The URL that a Location names, seen from the URL that was asked. Empty if it is none of http or https, or names a user.
ONDO_EXPORT std::string resolvedLocation(std::string_view url, std::string_view location);

// The request as it may go on to where this answer points; none if the answer is no redirect, or one that is not
// followed: from https to http, with a body that changes something to another host, and of POST at 301 and 302, where
// nobody agrees what becomes of it. What the log-in added does not go to another host, port or scheme (from http to
// https of the same host it does).
ONDO_EXPORT std::optional<Request> redirected(const Request &request, const Head &head);

// Client::send, and on to where answers point; a redirect that is not followed is the answer. hop is given each exchange
// that was a redirect.
ONDO_EXPORT core::Result<std::unique_ptr<Answer>> sendFollowing(Client &client, Request request, std::stop_token stop,
    const std::function<void(const Exchange &)> &hop, Exchange *failed = nullptr);

} // namespace http
