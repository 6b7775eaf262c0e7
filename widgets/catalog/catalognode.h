// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/catalogmodel.h"

#include <optional>

namespace catalog {

// One line of the tree. Facets ("columns", "child tables"), the group of system objects, and the lines that say
// "loading" or what went wrong are nodes as well.
struct CatalogModel::Node {
    enum class State { Unloaded, Loading, Loaded, Failed };

    Node *parent = nullptr;
    std::size_t row = 0; // within parent
    QString name;
    QString kind;
    QString type;
    QString detail;
    QString icon; // SVG text of a connection
    QString connection;
    std::vector<std::string> path;
    std::string facet;
    std::vector<connector::CatalogFacet> facets;
    bool isSystem = false;
    bool isOpened = false;
    bool isCalled = false;
    bool isRemovable = false;
    bool isArranged = false; // a connection or a folder that can be moved
    QString environment;
    QString environmentText;
    int colour = -1;
    bool isLeaf = false;
    bool asksServer = false; // children come by pageWanted
    bool hasMore = false;
    State state = State::Unloaded;
    std::optional<qint64> total; // of the children, where the server told
    qint64 delivered = 0;
    std::vector<std::unique_ptr<Node>> children;

    bool isTransient() const { return kind == QLatin1String("busy") || kind == QLatin1String("error"); }
    bool isFolder() const { return kind == QLatin1String("folder"); }
    bool wantsPage() const
    {
        return asksServer && (state == State::Unloaded || (state == State::Loaded && hasMore));
    }
};

} // namespace catalog
