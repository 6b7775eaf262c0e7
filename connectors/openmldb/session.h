// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "calls.h"
#include "columnnames.h"
#include "connector/connector.h"
#include "runner.h"

namespace openmldb {

// An OpenMLDB cluster by its API server. The server keeps nothing between requests; this keeps columns of tables for a
// while, to name those of answers.
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
    core::Result<connector::CallForm> callForm(
        const std::vector<std::string> &path, connector::Sink &sink, std::stop_token stop) override;
    core::Result<std::string> callStatement(
        const std::vector<std::string> &path, const connector::CallForm &form, const connector::CallValues &values) const override;

private:
    connector::Outcome runSql(const connector::Statement &statement, const connector::RunOptions &options,
        connector::Sink &sink, std::stop_token stop);
    connector::Outcome runRequest(const connector::Statement &statement, const connector::RunOptions &options,
        connector::Sink &sink, std::stop_token stop);

    Runner m_runner;
    TableCache m_tables;
    mutable std::mutex m_mutex;
    std::map<std::vector<std::string>, Called> m_called; // what the forms that were given are for, by path
};

// Usage errors: a connection without a host, or a mode that is none.
core::Result<std::unique_ptr<connector::Session>> createSession(
    const connector::Profile &profile, const connector::Language &language, http::Client &client);

} // namespace openmldb
