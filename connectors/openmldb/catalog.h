// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "calls.h"
#include "connector/catalog.h"
#include "description.h"
#include "runner.h"

namespace openmldb {

// Answers one question about the catalogue: databases, their tables, deployments and procedures, and what these have.
class CatalogReader
{
public:
    CatalogReader(const Runner &runner, connector::Sink &sink, std::stop_token stop);

    core::Result<connector::CatalogPage> children(const connector::CatalogRequest &request);

    struct Form {
        Called called = Called::Table;
        connector::CallForm form;
    };
    // Of a table, a deployment or a procedure, in this order.
    core::Result<Form> callForm(const std::vector<std::string> &path);

private:
    using Nodes = core::Result<std::vector<connector::CatalogNode>>;

    Nodes databases();
    Nodes objects(const std::string &database, const std::string &facet);
    Nodes tables(const std::string &database);
    Nodes called(const std::string &database, Called kind);
    Nodes members(const connector::CatalogRequest &request);
    core::Result<QJsonObject> fetch(const std::vector<std::string> &segments);
    core::Result<TableDescription> table(const std::vector<std::string> &path);
    core::Result<CallDescription> call(const std::vector<std::string> &path, Called kind);

    const Runner &m_runner;
    connector::Sink &m_sink;
    std::stop_token m_stop;
};

} // namespace openmldb
