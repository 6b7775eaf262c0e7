// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace connector {

// What is asked of the catalogue: the children of a path. Where a node has several kinds of children (a super table has
// columns and child tables), facet chooses; empty is the node's first.
struct CatalogRequest {
    std::vector<std::string> path; // names from the root; empty: the root
    std::string facet; // one of the node's facets
    std::int64_t offset = 0;
    std::int64_t limit = 1000;
    bool countFirst = false; // fill CatalogPage::total where children are paged
};

struct CatalogFacet {
    std::string key; // "columns", "children"
    QString label; // translated
};

struct CatalogNode {
    std::string name; // as the server has it, unquoted
    std::string kind; // database, schema, supertable, table, childtable, view, deployment, procedure, resource, column, tag, index, statement
    QString type; // of columns and tags: the server's type
    QString detail; // "system", "primary key", a tag's value …
    bool isSystem = false;
    std::vector<CatalogFacet> facets; // empty: a leaf
    bool isOpened = false; // Session::selectStatement() has a statement that shows it
    bool isCalled = false; // Session::callForm() has a form for it
};

struct CatalogPage {
    std::vector<CatalogNode> nodes;
    std::optional<std::int64_t> total; // of all pages, where asked and known
    bool more = false; // there are nodes behind the last one
};

} // namespace connector
