// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog.h"
#include "connector/connector.h"
#include "runner.h"

#include <map>

namespace redshift {

// A cluster or workgroup by the Data API.
class Session final : public connector::Session
{
public:
    Session(Settings settings, http::Client &client);

    connector::Outcome run(const connector::Statement &statement, const connector::RunOptions &options,
        connector::Sink &sink, std::stop_token stop) override;
    std::vector<connector::Outcome> runBatch(const std::vector<connector::Statement> &statements,
        const connector::RunOptions &options, const std::function<connector::Sink &(std::size_t)> &sinkOf,
        std::stop_token stop) override;
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
    Caller m_caller;
    Runner m_runner;
    ListingCache m_cache;
    std::mutex m_mutex;
    std::map<std::vector<std::string>, bool> m_zonedTimes; // by path of the column
};

// Usage errors: see settingsOf().
core::Result<std::unique_ptr<connector::Session>> createSession(
    const connector::Profile &profile, const connector::Language &language, http::Client &client);

} // namespace redshift
