// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/awscredentials.h"
#include "connector/sink.h"
#include "errors.h"
#include "http/client.h"
#include "http/redaction.h"
#include "settings.h"

#include <QJsonObject>

#include <memory>
#include <stop_token>
#include <string>

namespace redshift {

// What all exchanges of one task share: where they are reported, and how they end.
struct Trip {
    connector::Sink &sink;
    std::stop_token stop;
    std::chrono::milliseconds idleTimeout{300000};
    std::int64_t bytes = 0; // of bodies so far, as received
};

// An answer whose body is still to be read.
class OpenAnswer
{
public:
    OpenAnswer(std::unique_ptr<http::Answer> answer, Trip &trip);
    ~OpenAnswer();
    OpenAnswer(OpenAnswer &&) = default;
    OpenAnswer &operator=(OpenAnswer &&) = delete;

    http::Answer &answer() { return *m_answer; }
    const http::Head &head() const { return m_answer->head(); }

private:
    std::unique_ptr<http::Answer> m_answer;
    Trip *m_trip;
};

// One call of the service.
struct Call {
    std::string operation; // "ExecuteStatement"
    std::string body;
    QString purpose;
    bool reads = true; // may be sent twice without doing anything twice
    bool mayRepeat = true; // once more, a little later, where the service was busy: it reads, or has a ClientToken
};

// Sends signed calls and sorts what comes back into answers and errors. Thread-safe.
class Caller
{
public:
    Caller(Settings settings, http::Client &client);

    // Waits for an answer with status 200; everything else is an error.
    core::Result<OpenAnswer> open(const Call &call, Trip &trip);
    // The same, read to its end: a JSON object.
    core::Result<QJsonObject> ask(const Call &call, Trip &trip);
    // A request of somebody's own; isSigned: by the connection's credentials. Any status is an answer.
    core::Result<OpenAnswer> send(http::Request request, bool isSigned, Trip &trip);

    const Settings &settings() const { return m_settings; }
    // Blanks what is secret of this log-in, should the service have quoted it.
    core::Error redacted(core::Error error);
    // The error that a complete answer with another status than 200 stands for.
    core::Error refusalOf(const http::Head &head, std::string_view body);

private:
    http::Request requestOf(const Call &call, const Trip &trip) const;
    core::Result<OpenAnswer> attempt(const Call &call, Trip &trip, bool *isTransient);
    core::Result<OpenAnswer> sendOnce(http::Request request, bool isSigned, Trip &trip, auth::AwsCredentials *used);
    // Whether looking for credentials again gave others than those that were refused.
    bool hasNewCredentials(const auth::AwsCredentials &refused, const Trip &trip);

    const Settings m_settings;
    http::Client &m_client;
    auth::AwsCredentialStore m_credentials;
    std::mutex m_mutex;
    http::Redactor m_redactor;
};

} // namespace redshift
