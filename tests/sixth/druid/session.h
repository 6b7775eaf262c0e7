// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector.h"

namespace druid {

// Druid's SQL API: POST /druid/v2/sql with resultFormat "array" and two header rows (names, SQL types).
class Session final : public connector::Session
{
public:
    Session(std::string baseUrl, http::Client &client);

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

private:
    std::string m_baseUrl;
    http::Client &m_client;
};

} // namespace druid
