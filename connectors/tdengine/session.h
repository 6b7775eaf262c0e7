// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector.h"
#include "runner.h"

#include <map>
#include <mutex>

namespace tdengine {

// A TDengine server by its REST interface. The server keeps nothing between requests, so neither does this, but for the
// token and what the databases' precisions are.
class Session final : public connector::Session
{
public:
    Session(Runner::Settings settings, Login::Settings login, http::Client &client);

    connector::Outcome run(const connector::Statement &statement, const connector::RunOptions &options,
        connector::Sink &sink, std::stop_token stop) override;
    core::Result<connector::StopReport> stopOnServer(
        const connector::RunningStatement &running, connector::Sink &sink, std::stop_token stop) override;
    core::Result<connector::CatalogPage> children(
        const connector::CatalogRequest &request, connector::Sink &sink, std::stop_token stop) override;
    core::Result<connector::AggregateStatement> aggregate(
        const connector::AggregateRequest &request, connector::Sink &sink, std::stop_token stop) override;
    std::string quotedPath(const std::vector<std::string> &path) const override;
    std::string selectStatement(const std::vector<std::string> &path, std::int64_t limit) const override;
    core::Result<connector::CallForm> insertForm(
        const std::vector<std::string> &path, connector::Sink &sink, std::stop_token stop) override;
    core::Result<std::vector<connector::InsertBatch>> insertStatements(const std::vector<std::string> &path,
        const connector::CallForm &form, std::span<const connector::InsertRow> rows) const override;
    std::optional<connector::LoginState> loginState() const override { return m_runner.loginState(); }
    core::Result<void> renewLogin(connector::Sink &sink, std::stop_token stop) override { return m_runner.renewLogin(sink, std::move(stop)); }

private:
    core::Result<std::string> precision(const std::string &database, connector::Sink &sink, std::stop_token stop);

    Runner m_runner;
    std::mutex m_mutex;
    std::map<std::string, std::string> m_precisions; // by database
};

// Usage errors: a log-in that lacks a part.
core::Result<std::unique_ptr<connector::Session>> createSession(
    const connector::Profile &profile, const connector::Language &language, http::Client &client);

} // namespace tdengine
