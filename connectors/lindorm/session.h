// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector.h"
#include "runner.h"
#include "tableinfo.h"

namespace lindorm {

// A time-series engine of Lindorm by its SQL over HTTP. The server keeps nothing between requests; this keeps what
// tables look like.
class Session final : public connector::Session
{
public:
    Session(Runner::Settings settings, http::Client &client);

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

private:
    Runner m_runner;
    TableCache m_tables;
};

// Usage errors: a password without a user, a chunk size that is none.
core::Result<std::unique_ptr<connector::Session>> createSession(
    const connector::Profile &profile, const connector::Language &language, http::Client &client);

} // namespace lindorm
