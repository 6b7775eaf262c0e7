// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/login.h"
#include "http/client.h"
#include "http/redaction.h"

#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace auth {

// What RFC 6749 needs to know for the grants that need no person: client credentials (4.4) and a refresh token (6).
struct OAuthSettings {
    enum class Grant { ClientCredentials, RefreshToken };
    enum class ClientAuthentication { Basic, Body }; // 2.3.1: header (servers have to know it), or fields of the form

    std::string tokenUrl;
    Grant grant = Grant::ClientCredentials;
    ClientAuthentication clientAuthentication = ClientAuthentication::Basic;
    std::string clientId;
    core::Secret clientSecret; // empty: a public client, which names itself in the form
    core::Secret refreshToken;
    std::string scope;
    std::string audience; // no part of the RFC, asked for by some servers
    // Told the refresh token that took the place of the one before (rotation). On the thread that asked for a token.
    std::function<void(const core::Secret &)> keepRefreshToken;
};

// Fetches tokens of an authorization server by the connection's own client, and never follows a redirect with them.
// Thread-safe. Errors: Login for what the server refuses, with its "error" and "error_description" as they came; Decode
// for what is no answer of such a server.
class ONDO_EXPORT OAuthLogin
{
public:
    // client outlives this.
    OAuthLogin(OAuthSettings settings, http::Client &client, TokenLogin::Clock clock = {});

    // May send a request: see takeExchanges().
    core::Result<TokenLogin::Token> token(std::stop_token stop) { return m_tokens.token(std::move(stop)); }
    core::Result<TokenLogin::Token> renew(std::stop_token stop) { return m_tokens.renew(std::move(stop)); }
    void refused(std::uint64_t generation) { m_tokens.refused(generation); }
    LoginState state() const { return m_tokens.state(); }

    // The log-in requests since this was last asked, for whoever shows them.
    std::vector<http::Exchange> takeExchanges();
    // Text without any secret of this log-in, tokens of the past too.
    std::string redacted(std::string_view text) const;
    core::Error redacted(core::Error error) const;

private:
    core::Result<TokenLogin::Fetched> fetch(std::stop_token stop);
    http::Request request(const core::Secret &refreshToken) const;
    core::Result<TokenLogin::Fetched> read(const http::Head &head, const std::string &body);
    void hide(const core::Secret &secret);
    void note(const http::Exchange &exchange);

    const OAuthSettings m_settings;
    http::Client &m_client;
    TokenLogin m_tokens;
    mutable std::mutex m_mutex;
    core::Secret m_refreshToken; // the last one
    http::Redactor m_redactor;
    std::vector<http::Exchange> m_exchanges;
};

} // namespace auth
