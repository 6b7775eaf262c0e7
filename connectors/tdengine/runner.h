// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"
#include "connector/manifest.h"
#include "connector/outcome.h"
#include "connector/request.h"
#include "connector/sink.h"
#include "connector/statement.h"
#include "freeanswer.h"
#include "login.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <stop_token>
#include <string>

namespace tdengine {

// A statement on its way to /rest/sql.
struct Query {
    std::string text; // stripped, parameters filled in
    std::string database; // empty: none
    std::int64_t maxRows = 0;
    std::chrono::milliseconds idleTimeout{300000};
    QString purpose;
    bool isOwn = false; // sent for the catalogue and the like: not announced as running
};

// Sends statements and reads their answers, with one more log-in where a token is refused. Thread-safe.
class Runner
{
public:
    struct Settings {
        std::string baseUrl; // without a slash at its end
        std::string database;
        std::string zone;
        connector::Language language;
    };

    Runner(Settings settings, Login::Settings login, http::Client &client);

    connector::Outcome run(const Query &query, connector::Sink &sink, std::stop_token stop);
    // A statement that is an HTTP request.
    connector::Outcome runRequest(const connector::Statement &statement, const connector::RunOptions &options,
        connector::Sink &sink, std::stop_token stop);

    const Settings &settings() const { return m_settings; }
    const std::string &user() const { return m_login.user(); }
    std::optional<auth::LoginState> loginState() const { return m_login.state(); }
    core::Result<void> renewLogin(connector::Sink &sink, std::stop_token stop);
    // Whether answers in the form of 2.x have come.
    bool is2x() const { return m_is2x; }

    static constexpr const char *kApplication = "ondograph";

private:
    struct Sending {
        http::Request request; // the log-in is added
        bool hasLogin = true;
        connector::RunningStatement running;
        bool isAnnounced = false;
        bool isBuffered = false; // the answer may be in any form
        std::string text; // of the statement, for what it proves
        std::int64_t maxRows = 0;
    };

    http::Request statementRequest(const Query &query, const std::string &requestId) const;
    connector::Outcome send(Sending &sending, connector::Sink &sink, std::stop_token stop);
    // Nothing if the log-in was refused and another try may help.
    std::optional<connector::Outcome> attempt(
        Sending &sending, bool mayRepeat, connector::Sink &sink, std::stop_token stop, std::int64_t &bytes);
    AnswerSummary read(http::Answer &answer, const Sending &sending, FreeAnswer &freeAnswer, connector::Sink &sink);
    connector::Outcome outcomeOf(const http::Head &head, const AnswerSummary &summary, const Sending &sending);
    Sending requestSending(const connector::RequestText &text) const;
    void reportLogins(connector::Sink &sink, std::int64_t &bytes);
    core::Error redacted(core::Error error) const;
    std::string nextRequestId();

    Settings m_settings;
    http::Client &m_client;
    Login m_login;
    std::atomic<bool> m_is2x = false;
    std::atomic<std::uint64_t> m_requestId;
};

} // namespace tdengine
