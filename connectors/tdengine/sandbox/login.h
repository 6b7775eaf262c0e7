// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/store.h"

#include <optional>
#include <string>
#include <string_view>

namespace tdengine::server {

// The token of /rest/login: DES with a fixed, public key, so that who has the token has the password.
std::string taosdToken(std::string_view user, std::string_view password);
struct Account {
    std::string user;
    std::string password;
};
std::optional<Account> accountOfToken(std::string_view token);

// Who asks, by the Authorization header. code is that of a header that is refused (HTTP 401) or, with a well-formed one,
// of an account that is refused (as the server states it: HTTP 200).
struct LogIn {
    int headerCode = 0;
    Failure failure;
    std::string user;
};
LogIn logIn(std::string_view authorization, Store &store);

std::string decodedBase64(std::string_view text, bool &ok);

} // namespace tdengine::server
