// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/loginstate.h"
#include "connector/call.h"
#include "connector/catalog.h"
#include "connector/insert.h"
#include "connector/outcome.h"
#include "connector/profile.h"
#include "connector/pushdown.h"
#include "connector/script.h"
#include "connector/sink.h"
#include "connector/statement.h"
#include "http/client.h"
#include "sandbox/service.h"

#include <QtPlugin>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace connector {

using auth::LoginState;

// A profile in use. It owns no socket: it is handed a client. All functions block on the calling worker thread, may be
// called from several at once, and end soon after stop is requested. Nothing here throws.
class ONDO_EXPORT Session
{
public:
    virtual ~Session() = default;

    // Runs one statement and delivers what comes to the sink. A stop ends it with ErrorKind::Cancelled at once; asking
    // the server to stop as well is stopOnServer, on another thread.
    virtual Outcome run(const Statement &statement, const RunOptions &options, Sink &sink, std::stop_token stop) = 0;

    // Sends all statements as one: options.batch is "transaction" (all or none) or "each". The result of each goes to
    // the sink that sinkOf gives for its index; sinkOf is called in order, once for each statement that has an outcome.
    // The answer has one outcome a statement, in order; those that never ran have an error that says so. Parameters are
    // shared by all. Where the dialect has no batches: one outcome, Unsupported.
    virtual std::vector<Outcome> runBatch(const std::vector<Statement> &statements, const RunOptions &options,
        const std::function<Sink &(std::size_t)> &sinkOf, std::stop_token stop);

    // Matches by user, exact text, start and application; with more than one match none is stopped, and that is said.
    virtual core::Result<StopReport> stopOnServer(const RunningStatement &running, Sink &sink, std::stop_token stop) = 0;

    // Errors: Statement for an unknown path, Unsupported without a catalogue.
    virtual core::Result<CatalogPage> children(const CatalogRequest &request, Sink &sink, std::stop_token stop) = 0;

    // The statement that aggregates a source into time buckets; Unsupported where the dialect cannot.
    virtual core::Result<AggregateStatement> aggregate(const AggregateRequest &request, Sink &sink, std::stop_token stop) = 0;

    // The path of a table in the catalogue as the dialect writes it in SQL, quoted where needed.
    virtual std::string quotedPath(const std::vector<std::string> &path) const = 0;

    // "SELECT … FROM path LIMIT n", or a request: what opening a node runs. Empty where there is nothing to show.
    virtual std::string selectStatement(const std::vector<std::string> &path, std::int64_t limit) const = 0;

    // Unsupported for what cannot be called.
    virtual core::Result<CallForm> callForm(const std::vector<std::string> &path, Sink &sink, std::stop_token stop);
    // The request (a statement) that calls with these values; form is what callForm() gave. Usage errors name the field
    // and, of several rows, the row. Sends nothing.
    virtual core::Result<std::string> callStatement(
        const std::vector<std::string> &path, const CallForm &form, const CallValues &values) const;

    // Of a log-in that yields a token; none where each request carries the log-in itself. Never waits.
    virtual std::optional<LoginState> loginState() const;
    // Fetches another token although the one that there is seems good. Unsupported where there are none.
    virtual core::Result<void> renewLogin(Sink &sink, std::stop_token stop);

    // The fields that a row of this table (or resource) takes, in the order that the server needs. Unsupported where no
    // rows can be written. By default the call form of what writes.
    virtual core::Result<CallForm> insertForm(const std::vector<std::string> &path, Sink &sink, std::stop_token stop);
    // What writes these rows, in their order, each row in exactly one batch. form is what insertForm() gave; where it
    // takesSomeFields, fields that the rows do not have are taken out. Usage errors name row and field. Sends nothing.
    virtual core::Result<std::vector<InsertBatch>> insertStatements(
        const std::vector<std::string> &path, const CallForm &form, std::span<const InsertRow> rows) const;
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
