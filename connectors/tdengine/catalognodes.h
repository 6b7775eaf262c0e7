// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/catalog.h"
#include "core/error.h"
#include "rows.h"

#include <string>
#include <vector>

// The nodes of the catalogue, made of what the server lists.
namespace tdengine {

inline constexpr const char *kTablesFacet = "tables";
inline constexpr const char *kColumnsFacet = "columns";
inline constexpr const char *kChildrenFacet = "children";

bool isSystemDatabase(const std::string &name);
void markSystem(connector::CatalogNode &node);

connector::CatalogNode databaseNode(std::string name);
connector::CatalogNode tableNode(std::string name, const std::string &kind);
// A row of DESCRIBE: by position, for the names of its columns changed with the versions.
connector::CatalogNode columnNode(const Rows &described, std::int64_t row, bool isSystem);

core::Error unknownPath(const std::vector<std::string> &path);

} // namespace tdengine
