// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "http/message.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace auth {

// "Authorization: Basic …" of RFC 7617, marked secret.
ONDO_EXPORT http::Header basicHeader(std::string_view user, const core::Secret &password);
// "Authorization: <scheme> <token>", marked secret.
ONDO_EXPORT http::Header tokenHeader(std::string_view scheme, const core::Secret &token);

// A log-in that yields a token: fetched when first needed, kept in memory, shared by all statements of a session, and
// fetched once more when the server refuses it. Thread-safe; of several threads that need it at once one fetches, the
// others wait (and stop waiting when they are cancelled).
class ONDO_EXPORT TokenLogin
{
public:
    using Fetch = std::function<core::Result<core::Secret>(std::stop_token)>;

    struct Token {
        core::Secret secret;
        std::uint64_t generation = 0; // tells a token from its successor
    };

    explicit TokenLogin(Fetch fetch);
    ~TokenLogin();

    core::Result<Token> token(std::stop_token stop);

    // The server refused this generation; the next token() fetches, unless another thread already has.
    void refused(std::uint64_t generation);

    int fetchCount() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace auth
