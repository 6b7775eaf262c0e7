// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/catalog.h"
#include "connector/outcome.h"
#include "connector/profile.h"
#include "connector/pushdown.h"
#include "connector/script.h"
#include "connector/sink.h"
#include "connector/statement.h"
#include "http/client.h"
#include "sandbox/service.h"

#include <QtPlugin>

#include <memory>
#include <stop_token>

namespace connector {

// A profile in use. It owns no socket: it is handed a client. All functions block on the calling worker thread, may be
// called from several at once, and end soon after stop is requested. Nothing here throws.
class ONDO_EXPORT Session
{
public:
    virtual ~Session() = default;

    // Runs one statement and delivers what comes to the sink. A stop ends it with ErrorKind::Cancelled at once; asking
    // the server to stop as well is stopOnServer, on another thread.
    virtual Outcome run(const Statement &statement, const RunOptions &options, Sink &sink, std::stop_token stop) = 0;

    // Matches by user, exact text, start and application; with more than one match none is stopped, and that is said.
    virtual core::Result<StopReport> stopOnServer(const RunningStatement &running, Sink &sink, std::stop_token stop) = 0;

    // Errors: Statement for an unknown path, Unsupported without a catalogue.
    virtual core::Result<CatalogPage> children(const CatalogRequest &request, Sink &sink, std::stop_token stop) = 0;

    // The statement that aggregates a source into time buckets; Unsupported where the dialect cannot.
    virtual core::Result<AggregateStatement> aggregate(const AggregateRequest &request, Sink &sink, std::stop_token stop) = 0;

    // The path of a table in the catalogue as the dialect writes it in SQL, quoted where needed.
    virtual std::string quotedPath(const std::vector<std::string> &path) const = 0;

    // "SELECT … FROM path LIMIT n": what opening a table runs.
    virtual std::string selectStatement(const std::vector<std::string> &path, std::int64_t limit) const = 0;
};

// A dialect: makes sessions of profiles, and its half of the sandbox.
class ONDO_EXPORT Connector
{
public:
    virtual ~Connector() = default;

    // client outlives the session. Usage errors: fields that are missing or do not go together.
    virtual core::Result<std::unique_ptr<Session>> createSession(const Profile &profile, http::Client &client) = 0;

    // This dialect's half of the embedded server; nullptr if it has none.
    virtual std::unique_ptr<sandbox::Service> createSandbox() = 0;
};

} // namespace connector

// A plugin's root object implements connector::Connector.
#define ONDO_CONNECTOR_IID "io.github.ondograph.Connector/1"
Q_DECLARE_INTERFACE(connector::Connector, ONDO_CONNECTOR_IID)
