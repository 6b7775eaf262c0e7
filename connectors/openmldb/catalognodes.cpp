// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalognodes.h"

#include "connector/sessionparts.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace openmldb {

namespace {

struct NodesTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDBCatalog)
};

bool isSystemDatabase(const std::string &name)
{
    return name == "INFORMATION_SCHEMA" || name.starts_with("__");
}

QString textOf(const std::string &text)
{
    return QString::fromStdString(text);
}

connector::CatalogNode columnNode(const ColumnDescription &column, QStringList details)
{
    connector::CatalogNode node;
    node.name = column.name;
    node.kind = "column";
    node.type = column.type == Type::Unknown ? textOf(column.typeName) : QLatin1String(sqlName(column.type));
    if (column.isNotNull)
        details << QStringLiteral("not null");
    node.detail = details.join(QStringLiteral(", "));
    return node;
}

QString joined(const std::vector<std::string> &names)
{
    QStringList list;
    for (const std::string &name : names)
        list << textOf(name);
    return list.join(QStringLiteral(", "));
}

// As CREATE TABLE has it; 0 is no limit.
QString ttlText(const IndexDescription &index)
{
    const QString minutes = QStringLiteral("%1m").arg(index.absoluteTtl);
    const QString rows = QString::number(index.latestTtl);
    if (index.ttlType.empty() || (index.absoluteTtl == 0 && index.latestTtl == 0))
        return QStringLiteral("no TTL");
    if (index.ttlType == "latest")
        return QStringLiteral("TTL=%1, TTL_TYPE=latest").arg(rows);
    if (index.ttlType == "absolute")
        return QStringLiteral("TTL=%1, TTL_TYPE=absolute").arg(minutes);
    return QStringLiteral("TTL=(%1, %2), TTL_TYPE=%3").arg(minutes, rows, textOf(index.ttlType));
}

} // namespace

connector::CatalogNode databaseNode(std::string name)
{
    connector::CatalogNode node;
    node.name = std::move(name);
    node.kind = "database";
    node.facets = {{kTablesFacet, NodesTr::tr("Tables")}, {kDeploymentsFacet, NodesTr::tr("Deployments")},
        {kProceduresFacet, NodesTr::tr("Procedures")}};
    node.isSystem = isSystemDatabase(node.name);
    if (node.isSystem)
        node.detail = QStringLiteral("system");
    return node;
}

connector::CatalogNode tableNode(std::string name)
{
    connector::CatalogNode node;
    node.name = std::move(name);
    node.kind = "table";
    node.facets = {{kColumnsFacet, NodesTr::tr("Columns")}, {kIndexesFacet, NodesTr::tr("Indexes")}};
    node.isOpened = true;
    node.isCalled = true;
    return node;
}

connector::CatalogNode callNode(std::string name, Called kind)
{
    connector::CatalogNode node;
    node.name = std::move(name);
    node.kind = kind == Called::Deployment ? "deployment" : "procedure";
    node.facets = {{kInputFacet, NodesTr::tr("Input columns")}, {kOutputFacet, NodesTr::tr("Output columns")}};
    node.isCalled = true;
    return node;
}

std::vector<connector::CatalogNode> columnNodes(const TableDescription &table)
{
    std::vector<connector::CatalogNode> nodes;
    for (const ColumnDescription &column : table.columns) {
        QStringList details;
        for (const IndexDescription &index : table.indexes) {
            if (std::find(index.columns.begin(), index.columns.end(), column.name) != index.columns.end())
                details << QStringLiteral("key of %1").arg(textOf(index.name));
            if (index.timeColumn == column.name)
                details << QStringLiteral("ts of %1").arg(textOf(index.name));
        }
        nodes.push_back(columnNode(column, details));
    }
    return nodes;
}

std::vector<connector::CatalogNode> indexNodes(const TableDescription &table)
{
    std::vector<connector::CatalogNode> nodes;
    for (const IndexDescription &index : table.indexes) {
        connector::CatalogNode node;
        node.name = index.name;
        node.kind = "index";
        node.type = QStringLiteral("KEY=(%1)").arg(joined(index.columns));
        if (!index.timeColumn.empty())
            node.type += QStringLiteral(", TS=%1").arg(textOf(index.timeColumn));
        node.detail = ttlText(index);
        nodes.push_back(std::move(node));
    }
    return nodes;
}

std::vector<connector::CatalogNode> schemaNodes(
    const std::vector<ColumnDescription> &columns, const std::vector<std::string> &common, const QString &role)
{
    std::vector<connector::CatalogNode> nodes;
    for (const ColumnDescription &column : columns) {
        const bool isCommon = std::find(common.begin(), common.end(), column.name) != common.end();
        nodes.push_back(columnNode(column, isCommon ? QStringList{role, QStringLiteral("common")} : QStringList{role}));
    }
    return nodes;
}

core::Error unknownPath(const std::vector<std::string> &path)
{
    return connector::unknownPath(path,
        NodesTr::tr("A path reads DATABASE or DATABASE/TABLE (or …/DEPLOYMENT, …/PROCEDURE); names are case-sensitive. What another "
                    "client has created shows after POST /refresh."));
}

} // namespace openmldb
