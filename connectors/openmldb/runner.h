// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"
#include "connector/manifest.h"
#include "connector/outcome.h"
#include "connector/request.h"
#include "connector/sink.h"
#include "connector/statement.h"
#include "core/result.h"
#include "core/secret.h"
#include "http/client.h"

#include <QJsonObject>

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace openmldb {

enum class Mode { Online, OfflineSync, OfflineAsync };

// Sends requests to the API server and reads their answers. Holds nothing but settings: thread-safe.
class Runner
{
public:
    struct Settings {
        std::string baseUrl; // without a slash at its end
        std::string database; // may be empty
        Mode mode = Mode::Online;
        std::string user; // of a proxy before the server; empty: none
        core::Secret password;
        connector::Language language;
    };
    // How an answer is read and what it is counted as.
    struct Reading {
        AnswerOptions answer;
        bool isWhole = false; // may be in a form of its own: read as a whole first
        std::optional<std::int64_t> affectedRows; // of a success
        // Delivers a success without rows in its own way; false: nothing to deliver. Only where isWhole.
        std::function<bool(const QJsonObject &body, connector::Sink &sink, connector::Outcome &outcome)> deliver;
    };

    Runner(Settings settings, http::Client &client);

    // A request of ours, log-in not yet added; path begins with "/".
    http::Request request(const char *method, const std::string &path, const QString &purpose) const;
    // running: announced once the request goes out; none: it is part of something else.
    connector::Outcome send(http::Request request, const Reading &reading, bool hasLogin,
        const connector::RunningStatement *running, connector::Sink &sink, std::stop_token stop) const;

    // GET of a small answer: the whole of it. bytes, where given, grows by what came.
    core::Result<QJsonObject> fetch(const std::string &path, const QString &purpose, connector::Sink &sink, std::stop_token stop,
        std::int64_t *bytes = nullptr) const;

    const Settings &settings() const { return m_settings; }

    static constexpr const char *kApplication = "ondograph";

private:
    void addLogin(http::Request &request) const;
    core::Error redacted(core::Error error) const;

    Settings m_settings;
    http::Client &m_client;
};

// The mode's word in a request.
const char *modeWord(Mode mode);

} // namespace openmldb
