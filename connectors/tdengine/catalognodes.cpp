// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalognodes.h"

#include "connector/sessionparts.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace tdengine {

namespace {

struct NodesTr {
    Q_DECLARE_TR_FUNCTIONS(NodesTr)
};

// Types whose length is part of how they are written.
bool hasLength(const std::string &type)
{
    constexpr std::array<std::string_view, 5> types{"VARCHAR", "BINARY", "NCHAR", "VARBINARY", "GEOMETRY"};
    return std::find(types.begin(), types.end(), type) != types.end();
}

} // namespace

bool isSystemDatabase(const std::string &name)
{
    return name == "information_schema" || name == "performance_schema";
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
    node.facets = {{kTablesFacet, NodesTr::tr("Tables")}};
    if (isSystemDatabase(node.name))
        markSystem(node);
    return node;
}

connector::CatalogNode tableNode(std::string name, const std::string &kind)
{
    connector::CatalogNode node;
    node.name = std::move(name);
    node.kind = kind;
    node.facets.push_back({kColumnsFacet, NodesTr::tr("Columns")});
    if (kind == "supertable")
        node.facets.push_back({kChildrenFacet, NodesTr::tr("Child tables")});
    return node;
}

connector::CatalogNode columnNode(const Rows &described, std::int64_t row, bool isSystem)
{
    connector::CatalogNode node;
    node.name = described.at(row, 0);
    const std::string type = described.at(row, 1);
    const std::string length = described.at(row, 2);
    const std::string note = described.at(row, 3);
    node.kind = note == "TAG" ? "tag" : "column";
    node.type = QString::fromStdString(hasLength(type) && !length.empty() ? type + "(" + length + ")" : type);
    if (note != "TAG")
        node.detail = QString::fromStdString(note).toLower();
    if (row == 0 && type == "TIMESTAMP" && note.empty() && !isSystem)
        node.detail = QStringLiteral("primary key"); // the server leaves it unsaid
    if (isSystem)
        markSystem(node);
    return node;
}

core::Error unknownPath(const std::vector<std::string> &path)
{
    return connector::unknownPath(
        path, NodesTr::tr("A path reads DATABASE, DATABASE/TABLE or DATABASE/SUPERTABLE/CHILDTABLE; names are case-sensitive."));
}

} // namespace tdengine
