// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/login.h"
#include "core/secret.h"
#include "http/client.h"
#include "http/redaction.h"

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tdengine {

// Who asks: user and password with each request, a token that the server gave for them, or a token made on the server.
// Thread-safe.
class Login
{
public:
    enum class Mode { Basic, Token, Bearer };

    struct Settings {
        Mode mode = Mode::Basic;
        std::string user;
        core::Secret secret; // password, or the bearer token
        std::string baseUrl;
    };

    Login(Settings settings, http::Client &client);

    struct Ticket {
        http::Header header;
        std::optional<std::uint64_t> generation; // of a token that can be fetched anew
        std::vector<core::Secret> behind; // what the header was made of: never to be shown either
    };
    // May send a request: see takeExchanges().
    core::Result<Ticket> ticket(std::stop_token stop);
    // The server refused it. True: another ticket may help.
    bool refused(const Ticket &ticket);

    // Of Mode::Token, whose token says no end.
    std::optional<auth::LoginState> state() const;
    core::Result<void> renew(std::stop_token stop);

    // The log-in requests since this was last asked, for whoever shows them.
    std::vector<http::Exchange> takeExchanges();

    const std::string &user() const { return m_settings.user; }
    // Text without any secret of this log-in.
    std::string redacted(const std::string &text) const;

private:
    core::Result<auth::TokenLogin::Fetched> fetchToken(std::stop_token stop);
    http::Request tokenRequest() const;
    void note(const http::Exchange &exchange);

    Settings m_settings;
    const std::vector<core::Secret> m_behind; // the password, and user and password as Basic log-in writes them
    http::Client &m_client;
    auth::TokenLogin m_tokens;
    mutable std::mutex m_mutex;
    http::Redactor m_redactor;
    std::vector<http::Exchange> m_exchanges;
};

} // namespace tdengine
