// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"
#include "auth/oauth.h"
#include "connector/outcome.h"
#include "connector/request.h"
#include "connector/sink.h"
#include "connector/statement.h"
#include "http/client.h"
#include "settings.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

namespace timescale {

// A resource that was asked for in this session, and what its last answer held.
struct UsedResource {
    std::string method;
    std::string path;
    std::shared_ptr<const table::Schema> columns; // none: no rows came yet
};

// Sends requests with the connection's log-in and reads their answers. Nothing is ever sent twice, but for what only
// reads on a kept connection that was closed. Thread-safe.
class Runner
{
public:
    Runner(Settings settings, http::Client &client);

    connector::Outcome run(const connector::RequestText &request, const connector::RunOptions &options, connector::Sink &sink,
        std::stop_token stop);

    // The answer to a request of our own for the catalogue, as text. AWS's own services are asked with a signature.
    core::Result<std::string> fetch(const std::string &url, const auth::SigningScope &scope, connector::Sink &sink, std::stop_token stop);

    // Of OAuth 2 only.
    std::optional<auth::LoginState> loginState() const;
    core::Result<void> renewLogin(connector::Sink &sink, std::stop_token stop);

    const Settings &settings() const { return m_settings; }
    std::vector<UsedResource> usedResources() const;

private:
    // What one request needs besides its bytes.
    struct Sending {
        http::Request request;
        bool isSigned = false;
        bool hasApiKey = false;
        std::optional<std::uint64_t> token; // generation of a token that can be fetched anew
        bool isFunctionCall = false; // the function's log may come with the answer
        std::string resource; // "GET /ticker": what the session remembers; empty: nothing
        std::string pointer;
    };

    core::Result<Sending> prepare(connector::RequestText text, std::stop_token stop);
    core::Result<void> sign(Sending &sending, auth::SigningScope scope, std::stop_token stop);
    core::Result<void> logIn(Sending &sending, std::stop_token stop);
    core::Result<void> addToken(Sending &sending, std::stop_token stop);
    connector::Outcome failedLogin(connector::Sink &sink, core::Error error);
    std::int64_t reportLogins(connector::Sink &sink); // bytes
    std::string awsUrl(const std::string &target, const auth::SigningScope &scope) const;
    connector::Outcome runParts(const connector::RequestText &text, const connector::RunOptions &options, connector::Sink &sink, std::stop_token stop);
    connector::Outcome send(Sending &sending, const connector::RunOptions &options, connector::Sink &sink, std::stop_token stop);
    connector::Outcome attempt(Sending &sending, const connector::RunOptions &options, connector::Sink &sink, std::stop_token stop);
    AnswerSummary read(http::Answer &answer, const Sending &sending, const connector::RunOptions &options, connector::Sink &sink);
    connector::Outcome outcomeOf(const http::Head &head, AnswerSummary summary, const Sending &sending);
    void sayLog(const http::Head &head, const connector::Outcome &outcome, connector::Sink &sink) const;
    std::shared_ptr<const table::Schema> lastSchema(const std::string &resource) const;
    void remember(const std::string &resource, const std::shared_ptr<const table::Schema> &schema);
    core::Error redacted(core::Error error) const;

    const Settings m_settings;
    http::Client &m_client;
    auth::AwsCredentialStore m_credentials;
    const std::unique_ptr<auth::OAuthLogin> m_oauth; // where the connection has such a log-in
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<const table::Schema>> m_used; // by resource
};

} // namespace timescale
