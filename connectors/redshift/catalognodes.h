// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "columntype.h"
#include "connector/catalog.h"
#include "lifecycle.h"

namespace redshift {

connector::CatalogNode databaseNode(const std::string &name);
connector::CatalogNode schemaNode(const std::string &name);
connector::CatalogNode tableNode(const std::string &name, const std::string &type, const std::string &schema);
connector::CatalogNode columnNode(const ColumnMeta &column, bool isSystem);
connector::CatalogNode statementNode(const StatementState &state);
ColumnMeta metaOf(const QJsonObject &column);

} // namespace redshift
