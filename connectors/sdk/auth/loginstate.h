// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace auth {

// What may be shown of a log-in that yields a token: never the token. Times are the system's clock, UTC.
struct LoginState {
    std::string scheme; // how it is called in the field: "Bearer", "OAuth 2 client credentials"
    std::optional<std::chrono::system_clock::time_point> fetchedAt; // none: not needed until now
    std::optional<std::chrono::system_clock::time_point> expiresAt; // none: the server told none, or there is no token
    int renewals = 0; // tokens that took the place of another
};

} // namespace auth
