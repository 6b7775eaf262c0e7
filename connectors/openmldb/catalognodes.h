// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "calls.h"
#include "connector/catalog.h"
#include "core/result.h"
#include "description.h"

#include <vector>

namespace openmldb {

inline constexpr const char *kChildrenFacet = "children"; // what a path with a slash at its end asks for: all
inline constexpr const char *kTablesFacet = "tables";
inline constexpr const char *kDeploymentsFacet = "deployments";
inline constexpr const char *kProceduresFacet = "procedures";
inline constexpr const char *kColumnsFacet = "columns";
inline constexpr const char *kIndexesFacet = "indexes";
inline constexpr const char *kInputFacet = "input";
inline constexpr const char *kOutputFacet = "output";

connector::CatalogNode databaseNode(std::string name);
connector::CatalogNode tableNode(std::string name);
connector::CatalogNode callNode(std::string name, Called kind);
// A table's columns with what indexes make of them.
std::vector<connector::CatalogNode> columnNodes(const TableDescription &table);
std::vector<connector::CatalogNode> indexNodes(const TableDescription &table);
// role: "input" or "output".
std::vector<connector::CatalogNode> schemaNodes(
    const std::vector<ColumnDescription> &columns, const std::vector<std::string> &common, const QString &role);

core::Error unknownPath(const std::vector<std::string> &path);

} // namespace openmldb
