// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog.h"
#include "connector/connector.h"
#include "runner.h"

namespace timescale {

// A data API behind a gateway, or the function behind it. Statements are requests.
class Session final : public connector::Session
{
public:
    Session(Settings settings, http::Client &client);

    connector::Outcome run(const connector::Statement &statement, const connector::RunOptions &options, connector::Sink &sink,
        std::stop_token stop) override;
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
    core::Result<std::string> callStatement(const std::vector<std::string> &path, const connector::CallForm &form,
        const connector::CallValues &values) const override;
    std::optional<connector::LoginState> loginState() const override { return m_runner.loginState(); }
    core::Result<void> renewLogin(connector::Sink &sink, std::stop_token stop) override { return m_runner.renewLogin(sink, std::move(stop)); }

private:
    Runner m_runner;
    Catalog m_catalog;
};

// Usage errors: what the profile lacks.
core::Result<std::unique_ptr<connector::Session>> createSession(const connector::Profile &profile, http::Client &client);

} // namespace timescale
