// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog.h"

#include "connector/sessionparts.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace lindorm {

namespace {

struct CatalogTr {
    Q_DECLARE_TR_FUNCTIONS(LindormCatalog)
};

constexpr const char *kTablesFacet = "tables";
constexpr const char *kColumnsFacet = "columns";

bool isSystemDatabase(const std::string &name)
{
    return name == "information_schema";
}

void markSystem(connector::CatalogNode &node)
{
    node.isSystem = true;
    node.detail = QStringLiteral("system");
}

connector::CatalogNode databaseNode(std::string name)
{
    connector::CatalogNode node;
    node.name = std::move(name);
    node.kind = "database";
    node.facets = {{kTablesFacet, CatalogTr::tr("Tables")}};
    if (isSystemDatabase(node.name))
        markSystem(node);
    return node;
}

connector::CatalogNode tableNode(std::string name, bool isSystem)
{
    connector::CatalogNode node;
    node.name = std::move(name);
    node.kind = "table";
    node.facets = {{kColumnsFacet, CatalogTr::tr("Columns")}};
    node.isOpened = true;
    if (isSystem)
        markSystem(node);
    return node;
}

connector::CatalogNode columnNode(const TableInfo::Column &column, bool isSystem)
{
    connector::CatalogNode node;
    node.name = column.name;
    node.kind = column.kind == TableInfo::Kind::Tag ? "tag" : "column";
    node.type = QString::fromStdString(column.type);
    QStringList details;
    if (column.kind == TableInfo::Kind::Time)
        details << QStringLiteral("time");
    if (column.isPrimaryKey)
        details << QStringLiteral("primary key");
    node.detail = details.join(QStringLiteral(", "));
    if (isSystem)
        markSystem(node);
    return node;
}

core::Error unknown(const std::vector<std::string> &path)
{
    return connector::unknownPath(path, CatalogTr::tr("A path reads DATABASE or DATABASE/TABLE."));
}

} // namespace

CatalogReader::CatalogReader(Runner &runner, connector::Sink &sink, std::stop_token stop)
    : m_runner(runner)
    , m_sink(sink)
    , m_stop(std::move(stop))
{
}

core::Result<connector::CatalogPage> CatalogReader::children(const connector::CatalogRequest &request)
{
    const std::string &facet = request.facet;
    if (request.path.empty() && facet.empty())
        return databases(request);
    if (request.path.size() == 1 && (facet.empty() || facet == kTablesFacet))
        return tables(request);
    if (request.path.size() == 2 && (facet.empty() || facet == kColumnsFacet))
        return columns(request);
    return unknown(request.path);
}

core::Result<std::vector<connector::CatalogNode>> CatalogReader::databaseNodes()
{
    auto rows = fetchRows(m_runner, "SHOW DATABASES", {}, CatalogTr::tr("catalogue"), m_sink, m_stop);
    if (!rows)
        return std::move(rows).error();
    std::vector<connector::CatalogNode> nodes;
    for (std::int64_t row = 0; row < rows->count(); ++row)
        nodes.push_back(databaseNode(rows->at(row, 0)));
    std::stable_partition(nodes.begin(), nodes.end(), [](const connector::CatalogNode &node) { return !node.isSystem; });
    return nodes;
}

core::Result<connector::CatalogPage> CatalogReader::databases(const connector::CatalogRequest &request)
{
    auto nodes = databaseNodes();
    if (!nodes)
        return std::move(nodes).error();
    return connector::pageOf(std::move(nodes).value(), request);
}

core::Result<connector::CatalogPage> CatalogReader::tables(const connector::CatalogRequest &request)
{
    const std::string &database = request.path[0];
    auto rows = fetchRows(m_runner, "SHOW TABLES", database, CatalogTr::tr("catalogue"), m_sink, m_stop);
    if (!rows)
        return std::move(rows).error();
    std::vector<connector::CatalogNode> nodes;
    for (std::int64_t row = 0; row < rows->count(); ++row)
        nodes.push_back(tableNode(rows->at(row, 0), isSystemDatabase(database)));
    if (nodes.empty()) {
        // No tables, or no such database?
        auto known = databaseNodes();
        if (!known)
            return std::move(known).error();
        const bool isThere = std::any_of(
            known->begin(), known->end(), [&](const connector::CatalogNode &node) { return node.name == database; });
        if (!isThere)
            return unknown(request.path);
    }
    return connector::pageOf(std::move(nodes), request);
}

core::Result<connector::CatalogPage> CatalogReader::columns(const connector::CatalogRequest &request)
{
    auto table = describeTable(m_runner, request.path[0], request.path[1], CatalogTr::tr("catalogue"), m_sink, m_stop);
    if (!table)
        return std::move(table).error();
    if (table->columns.empty())
        return unknown(request.path);
    std::vector<connector::CatalogNode> nodes;
    for (const TableInfo::Column &column : table->columns)
        nodes.push_back(columnNode(column, isSystemDatabase(request.path[0])));
    return connector::pageOf(std::move(nodes), request);
}

} // namespace lindorm
