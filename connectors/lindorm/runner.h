// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"
#include "connector/manifest.h"
#include "connector/outcome.h"
#include "connector/request.h"
#include "connector/sink.h"
#include "connector/statement.h"
#include "core/secret.h"
#include "freeanswer.h"
#include "http/client.h"
#include "http/redaction.h"

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

namespace lindorm {

// A statement on its way to /api/v2/sql.
struct Query {
    std::string text; // stripped, parameters filled in
    std::string database; // empty: the profile's
    std::int64_t maxRows = 0;
    std::chrono::milliseconds idleTimeout{300000};
    QString purpose;
    bool isOwn = false; // sent for the catalogue and the like: not announced as running
};

// Sends statements and reads their answers. The server keeps nothing between requests, so neither does this.
// Thread-safe.
class Runner
{
public:
    struct Settings {
        std::string baseUrl; // without a slash at its end
        std::string user; // empty: no log-in
        core::Secret password;
        std::string database; // empty: the server's default
        std::int64_t chunkSize = 1000; // rows per block
        connector::Language language;
    };

    Runner(Settings settings, http::Client &client);

    connector::Outcome run(const Query &query, connector::Sink &sink, std::stop_token stop);
    // A statement that is an HTTP request.
    connector::Outcome runRequest(const connector::Statement &statement, const connector::RunOptions &options,
        connector::Sink &sink, std::stop_token stop);

    const Settings &settings() const { return m_settings; }

    static constexpr const char *kApplication = "ondograph";

private:
    struct Sending {
        http::Request request; // the log-in is added
        bool hasLogin = true;
        std::string text; // as the server lists it while it runs
        bool isAnnounced = false;
        bool isBuffered = false; // the answer may be in any form
        std::int64_t maxRows = 0;
    };

    http::Request statementRequest(const Query &query) const;
    Sending requestSending(const connector::RequestText &text) const;
    connector::Outcome send(Sending sending, connector::Sink &sink, std::stop_token stop) const;
    AnswerSummary read(http::Answer &answer, const Sending &sending, FreeAnswer &freeAnswer, connector::Sink &sink) const;
    void addLogin(http::Request &request) const;
    core::Error redacted(core::Error error) const;

    const Settings m_settings;
    std::vector<core::Secret> m_behind; // password, and user and password as Basic log-in writes them
    http::Redactor m_redactor;
    http::Client &m_client;
};

} // namespace lindorm
