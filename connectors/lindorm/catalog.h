// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/catalog.h"
#include "runner.h"
#include "tableinfo.h"

namespace lindorm {

// Answers one question about the catalogue: databases, their tables, columns and tags.
class CatalogReader
{
public:
    CatalogReader(Runner &runner, connector::Sink &sink, std::stop_token stop);

    core::Result<connector::CatalogPage> children(const connector::CatalogRequest &request);

private:
    using Page = core::Result<connector::CatalogPage>;

    Page databases(const connector::CatalogRequest &request);
    Page tables(const connector::CatalogRequest &request);
    Page columns(const connector::CatalogRequest &request);
    core::Result<std::vector<connector::CatalogNode>> databaseNodes();

    Runner &m_runner;
    connector::Sink &m_sink;
    std::stop_token m_stop;
};

} // namespace lindorm
