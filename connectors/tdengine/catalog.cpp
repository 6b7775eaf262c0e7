// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog.h"

#include "catalognodes.h"
#include "connector/sessionparts.h"
#include "names.h"

#include <QCoreApplication>

#include <algorithm>

namespace tdengine {

namespace {

struct CatalogTr {
    Q_DECLARE_TR_FUNCTIONS(TDengineCatalog)
};

constexpr const char *kSchema = "information_schema.";

bool isAllowedToFail(const core::Error &error)
{
    return error.kind == core::ErrorKind::Statement || error.kind == core::ErrorKind::Server;
}

std::string systemTable(const char *name, const std::string &condition)
{
    return std::string("FROM ") + kSchema + name + " WHERE " + condition;
}

} // namespace

CatalogReader::CatalogReader(Runner &runner, connector::Sink &sink, std::stop_token stop)
    : m_runner(runner)
    , m_sink(sink)
    , m_stop(std::move(stop))
{
}

core::Result<Rows> CatalogReader::fetch(std::string sql)
{
    return fetchRows(m_runner, std::move(sql), CatalogTr::tr("catalogue"), m_sink, m_stop);
}

core::Result<connector::CatalogPage> CatalogReader::children(const connector::CatalogRequest &request)
{
    const std::size_t depth = request.path.size();
    const std::string &facet = request.facet;
    if (depth == 0 && facet.empty())
        return databases(request);
    if (depth == 1 && (facet.empty() || facet == kTablesFacet))
        return tables(request);
    if (depth == 2 && facet == kChildrenFacet)
        return childTables(request);
    if ((depth == 2 || depth == 3) && (facet.empty() || facet == kColumnsFacet))
        return columns(request);
    return unknownPath(request.path);
}

// All columns are asked for, for a user without the right to see some of them gets an error when he names one.
core::Result<Rows> CatalogReader::databaseRows()
{
    if (!m_runner.is2x()) {
        auto rows = fetch(std::string("SELECT * FROM ") + kSchema + "ins_databases");
        if (rows || !m_runner.is2x())
            return rows;
    }
    return fetch("SHOW DATABASES");
}

core::Result<connector::CatalogPage> CatalogReader::databases(const connector::CatalogRequest &request)
{
    auto rows = databaseRows();
    if (!rows)
        return std::move(rows).error();
    std::vector<connector::CatalogNode> nodes;
    for (std::int64_t row = 0; row < rows->count(); ++row)
        nodes.push_back(databaseNode(rows->text(row, "name")));
    std::stable_sort(nodes.begin(), nodes.end(), [](const connector::CatalogNode &left, const connector::CatalogNode &right) {
        return left.isSystem != right.isSystem ? right.isSystem : left.name < right.name;
    });
    return connector::pageOf(std::move(nodes), request);
}

core::Result<std::string> CatalogReader::precision(const std::string &database)
{
    auto rows = databaseRows();
    if (!rows)
        return std::move(rows).error();
    for (std::int64_t row = 0; row < rows->count(); ++row) {
        if (rows->text(row, "name") != database)
            continue;
        const std::string precision = rows->text(row, "precision");
        return precision.empty() ? std::string("ms") : precision;
    }
    return unknownPath({database});
}

core::Result<void> CatalogReader::checkDatabase(const std::string &name)
{
    auto found = precision(name);
    return found ? core::Result<void>() : core::Result<void>(std::move(found).error());
}

core::Result<connector::CatalogPage> CatalogReader::tables(const connector::CatalogRequest &request)
{
    if (m_runner.is2x())
        return shownTables(request);
    const std::string database = "db_name = " + textLiteral(request.path[0]);
    const std::vector<Section> all{
        {systemTable("ins_stables", database), "stable_name", "supertable"},
        {systemTable("ins_tables", database + " AND `type` IN ('NORMAL_TABLE', 'VIRTUAL_NORMAL_TABLE', 'SYSTEM_TABLE')"),
            "table_name", "table"},
        {systemTable("ins_views", database), "view_name", "view", true}};
    auto page = sections(all, request);
    if (!page)
        return m_runner.is2x() ? shownTables(request) : std::move(page);
    if (page->nodes.empty() && request.offset == 0) {
        if (auto known = checkDatabase(request.path[0]); !known)
            return std::move(known).error();
    }
    if (isSystemDatabase(request.path[0]))
        std::for_each(page->nodes.begin(), page->nodes.end(), markSystem);
    return page;
}

core::Result<connector::CatalogPage> CatalogReader::childTables(const connector::CatalogRequest &request)
{
    if (m_runner.is2x())
        return shownChildTables(request);
    const std::string condition
        = "db_name = " + textLiteral(request.path[0]) + " AND stable_name = " + textLiteral(request.path[1]);
    auto page = sections({{systemTable("ins_tables", condition), "table_name", "childtable"}}, request);
    if (!page)
        return m_runner.is2x() ? shownChildTables(request) : std::move(page);
    if (page->nodes.empty() && request.offset == 0) {
        if (auto known = checkSuperTable(request.path); !known)
            return std::move(known).error();
    }
    return page;
}

core::Result<void> CatalogReader::checkSuperTable(const std::vector<std::string> &path)
{
    const Section section{
        systemTable("ins_stables", "db_name = " + textLiteral(path[0]) + " AND stable_name = " + textLiteral(path[1])), {}, {}};
    auto found = count(section);
    if (!found)
        return std::move(found).error();
    return *found > 0 ? core::Result<void>() : core::Result<void>(unknownPath(path));
}

core::Result<std::int64_t> CatalogReader::count(const Section &section)
{
    auto rows = fetch("SELECT COUNT(*) " + section.source);
    if (rows)
        return rows->count() > 0 ? rows->integer(0, std::size_t(0)).value_or(0) : 0;
    if (section.mayBeMissing && isAllowedToFail(rows.error()))
        return std::int64_t(0);
    return std::move(rows).error();
}

// One behind the other. A section is counted only if somebody wants the total, or to know how much of the offset it
// leaves to the next: counting a million tables takes the server a while.
core::Result<connector::CatalogPage> CatalogReader::sections(
    const std::vector<Section> &all, const connector::CatalogRequest &request)
{
    connector::CatalogPage page;
    std::int64_t skip = request.offset;
    std::int64_t total = 0;
    for (const Section &section : all) {
        std::optional<std::int64_t> size;
        if (request.countFirst || (skip > 0 && &section != &all.back())) {
            auto counted = count(section);
            if (!counted)
                return std::move(counted).error();
            size = *counted;
            total += *size;
        }
        if (!page.more && (!size || *size > skip)) {
            if (auto added = addPage(section, skip, request, page); !added)
                return std::move(added).error();
        }
        skip = size ? std::max<std::int64_t>(0, skip - *size) : 0;
    }
    if (request.countFirst)
        page.total = total;
    return page;
}

core::Result<void> CatalogReader::addPage(
    const Section &section, std::int64_t offset, const connector::CatalogRequest &request, connector::CatalogPage &page)
{
    std::string sql = "SELECT * " + section.source + " ORDER BY " + section.nameColumn;
    const std::int64_t left = request.limit - static_cast<std::int64_t>(page.nodes.size());
    if (request.limit > 0)
        sql += " LIMIT " + std::to_string(left + 1); // one more, to know whether there are more
    if (offset > 0)
        sql += (request.limit > 0 ? " OFFSET " : " LIMIT 9223372036854775807 OFFSET ") + std::to_string(offset);
    auto rows = fetch(std::move(sql));
    if (!rows)
        return section.mayBeMissing && isAllowedToFail(rows.error()) ? core::Result<void>()
                                                                     : core::Result<void>(std::move(rows).error());
    for (std::int64_t row = 0; row < rows->count(); ++row) {
        if (request.limit > 0 && row == left) {
            page.more = true;
            break;
        }
        page.nodes.push_back(tableNode(rows->text(row, section.nameColumn), section.kind));
    }
    return {};
}

core::Result<connector::CatalogPage> CatalogReader::columns(const connector::CatalogRequest &request)
{
    auto rows = fetch("DESCRIBE " + quotedTable(request.path));
    if (!rows)
        return std::move(rows).error();
    std::vector<connector::CatalogNode> nodes;
    for (std::int64_t row = 0; row < rows->count(); ++row)
        nodes.push_back(columnNode(*rows, row, isSystemDatabase(request.path[0])));
    if (request.path.size() == 3) {
        if (auto added = addTagValues(request.path, nodes); !added)
            return std::move(added).error();
    }
    return connector::pageOf(std::move(nodes), request);
}

// What a child table is tagged with, and whether it is a child of the super table that the path says.
core::Result<void> CatalogReader::addTagValues(const std::vector<std::string> &path, std::vector<connector::CatalogNode> &nodes)
{
    if (m_runner.is2x())
        return {};
    auto rows = fetch("SELECT * "
        + systemTable("ins_tags", "db_name = " + textLiteral(path[0]) + " AND table_name = " + textLiteral(path[2])));
    if (!rows)
        return isAllowedToFail(rows.error()) ? core::Result<void>() : core::Result<void>(std::move(rows).error());
    for (std::int64_t row = 0; row < rows->count(); ++row) {
        if (rows->text(row, "stable_name") != path[1])
            return unknownPath(path);
        const std::string tag = rows->text(row, "tag_name");
        for (connector::CatalogNode &node : nodes) {
            if (node.kind == "tag" && node.name == tag)
                node.detail = QString::fromStdString(rows->text(row, "tag_value"));
        }
    }
    return {};
}

// 2.x: SHOW lists all; the page is cut here.
core::Result<connector::CatalogPage> CatalogReader::shownTables(const connector::CatalogRequest &request)
{
    const std::string database = quotedWhereNeeded(request.path[0], m_runner.settings().language);
    auto superTables = fetch("SHOW " + database + ".STABLES");
    if (!superTables)
        return std::move(superTables).error();
    auto tables = fetch("SHOW " + database + ".TABLES");
    if (!tables)
        return std::move(tables).error();
    std::vector<connector::CatalogNode> nodes;
    for (std::int64_t row = 0; row < superTables->count(); ++row)
        nodes.push_back(tableNode(superTables->text(row, "name"), "supertable"));
    for (std::int64_t row = 0; row < tables->count(); ++row) {
        if (tables->text(row, "stable_name").empty())
            nodes.push_back(tableNode(tables->text(row, "table_name"), "table"));
    }
    return connector::pageOf(std::move(nodes), request);
}

core::Result<connector::CatalogPage> CatalogReader::shownChildTables(const connector::CatalogRequest &request)
{
    auto tables = fetch("SHOW " + quotedWhereNeeded(request.path[0], m_runner.settings().language) + ".TABLES");
    if (!tables)
        return std::move(tables).error();
    std::vector<connector::CatalogNode> nodes;
    for (std::int64_t row = 0; row < tables->count(); ++row) {
        if (tables->text(row, "stable_name") == request.path[1])
            nodes.push_back(tableNode(tables->text(row, "table_name"), "childtable"));
    }
    return connector::pageOf(std::move(nodes), request);
}

} // namespace tdengine
