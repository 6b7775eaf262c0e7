// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/catalog.h"
#include "rows.h"
#include "runner.h"

#include <functional>

namespace tdengine {

// Answers one question about the catalogue: databases, their tables, child tables, columns and tags. 3.x keeps them in
// information_schema; 2.x has SHOW alone.
class CatalogReader
{
public:
    CatalogReader(Runner &runner, connector::Sink &sink, std::stop_token stop);

    core::Result<connector::CatalogPage> children(const connector::CatalogRequest &request);

    // "ms", "us" or "ns". Statement error: no such database.
    core::Result<std::string> precision(const std::string &database);

private:
    // One kind of nodes of a level, as a statement that can be counted and cut into pages.
    struct Section {
        std::string source; // "FROM … WHERE …"
        std::string nameColumn;
        std::string kind;
        bool mayBeMissing = false; // older servers do not have it
    };
    using Page = core::Result<connector::CatalogPage>;

    Page databases(const connector::CatalogRequest &request);
    Page tables(const connector::CatalogRequest &request);
    Page childTables(const connector::CatalogRequest &request);
    Page columns(const connector::CatalogRequest &request);
    Page sections(const std::vector<Section> &sections, const connector::CatalogRequest &request);
    core::Result<std::int64_t> count(const Section &section);
    core::Result<void> addPage(
        const Section &section, std::int64_t offset, const connector::CatalogRequest &request, connector::CatalogPage &page);
    core::Result<void> addTagValues(const std::vector<std::string> &path, std::vector<connector::CatalogNode> &nodes);
    core::Result<void> checkDatabase(const std::string &name);
    core::Result<void> checkSuperTable(const std::vector<std::string> &path);

    core::Result<Rows> databaseRows();
    Page shownTables(const connector::CatalogRequest &request);
    Page shownChildTables(const connector::CatalogRequest &request);

    core::Result<Rows> fetch(std::string sql);

    Runner &m_runner;
    connector::Sink &m_sink;
    std::stop_token m_stop;
};

} // namespace tdengine
