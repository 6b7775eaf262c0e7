// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/loginstate.h"
#include "core/result.h"
#include "core/secret.h"
#include "http/message.h"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace auth {

// "Authorization: Basic …" of RFC 7617, marked secret.
ONDO_EXPORT http::Header basicHeader(std::string_view user, const core::Secret &password);
// "Authorization: <scheme> <token>", marked secret.
ONDO_EXPORT http::Header tokenHeader(std::string_view scheme, const core::Secret &token);

// A log-in that yields a token: fetched when first needed, kept in memory, shared by all statements of a session,
// fetched anew shortly before it expires and when the server refuses it. Thread-safe; of several threads that need it at
// once one fetches, the others wait (and stop waiting when they are cancelled).
class ONDO_EXPORT TokenLogin
{
public:
    struct Fetched {
        core::Secret secret;
        std::optional<std::chrono::seconds> lifetime; // from the moment of asking; none: the server told none
    };
    using Fetch = std::function<core::Result<Fetched>(std::stop_token)>;
    using Clock = std::function<std::chrono::system_clock::time_point()>;

    struct Token {
        core::Secret secret;
        std::uint64_t generation = 0; // tells a token from its successor
    };

    // scheme is what state() calls it. clock: the system's where none is given; not a steady one, which stands still
    // while a computer sleeps. It is asked under a lock and from any thread.
    TokenLogin(std::string scheme, Fetch fetch, Clock clock = {});
    ~TokenLogin();

    // A renewal that fails although the token has not expired yet is passed over: that token is handed out.
    core::Result<Token> token(std::stop_token stop);

    // Fetches although there is a token that seems good. That one is kept if it fails.
    core::Result<Token> renew(std::stop_token stop);

    // The server refused this generation; the next token() fetches, unless another thread already has.
    void refused(std::uint64_t generation);

    LoginState state() const;
    int fetchCount() const;

private:
    struct State;
    core::Result<Token> fetch(std::unique_lock<std::mutex> lock, std::stop_token stop);

    std::unique_ptr<State> m_state;
};

} // namespace auth
