// SPDX-License-Identifier: GPL-3.0-or-later
// The upper part of the tree: connections, the folders that they stand in, and their order.
#include "catalog/catalognode.h"

#include <QMimeData>

#include <algorithm>
#include <utility>

namespace catalog {

namespace {
const QString kConnectionsMime = QStringLiteral("application/x-ondograph-connections");
}

void CatalogModel::setConnections(const std::vector<Connection> &connections)
{
    removeGone(connections);
    addNew(connections);
    for (Node *node : connectionNodes()) {
        const auto same = std::find_if(connections.begin(), connections.end(), [&](const Connection &c) { return c.name == node->name; });
        describe(*node, *same);
        const QModelIndex index = indexOf(node);
        Q_EMIT dataChanged(index, index);
    }
    if (!isArrangedAs(connections))
        rearrange(connections);
}

std::vector<CatalogModel::Node *> CatalogModel::connectionNodes() const
{
    std::vector<Node *> nodes;
    for (const auto &node : m_root->children) {
        if (!node->isFolder()) {
            nodes.push_back(node.get());
            continue;
        }
        for (const auto &child : node->children)
            nodes.push_back(child.get());
    }
    return nodes;
}

void CatalogModel::removeGone(const std::vector<Connection> &connections)
{
    for (Node *node : connectionNodes()) {
        if (std::any_of(connections.begin(), connections.end(), [&](const Connection &c) { return c.name == node->name; }))
            continue;
        Node *parent = node->parent;
        const std::size_t row = node->row;
        beginRemoveRows(indexOf(parent), static_cast<int>(row), static_cast<int>(row));
        forgetTickets(node);
        parent->children.erase(parent->children.begin() + static_cast<std::ptrdiff_t>(row));
        for (std::size_t i = row; i < parent->children.size(); ++i)
            parent->children[i]->row = i;
        endRemoveRows();
    }
}

void CatalogModel::addNew(const std::vector<Connection> &connections)
{
    const std::vector<Node *> known = connectionNodes();
    std::vector<std::unique_ptr<Node>> added;
    for (const Connection &connection : connections) {
        if (std::any_of(known.begin(), known.end(), [&](const Node *node) { return node->name == connection.name; }))
            continue;
        auto node = std::make_unique<Node>();
        node->parent = m_root.get();
        node->name = node->connection = connection.name;
        node->kind = QStringLiteral("connection");
        node->asksServer = connection.hasCatalog;
        node->isLeaf = !connection.hasCatalog;
        if (connection.hasCatalog && !connection.rootFacets.empty()) {
            std::vector<connector::CatalogFacet> facets{{std::string(), tr("Databases")}};
            facets.insert(facets.end(), connection.rootFacets.begin(), connection.rootFacets.end());
            node->asksServer = false;
            addFacets(*node, facets);
        }
        added.push_back(std::move(node));
    }
    append(m_root.get(), std::move(added));
}

void CatalogModel::describe(Node &node, const Connection &connection) const
{
    node.detail = connection.dialect;
    node.icon = connection.icon;
    node.isRemovable = connection.isRemovable;
    node.isArranged = connection.isArranged;
    node.environment = connection.environment;
    node.environmentText = connection.environmentText;
    node.colour = connection.colour;
}

bool CatalogModel::isArrangedAs(const std::vector<Connection> &connections) const
{
    // The order in which a walk meets them is that of the list once those of a folder are together.
    std::vector<const Connection *> wanted;
    for (const Connection &connection : connections) {
        auto place = wanted.end();
        if (!connection.group.isEmpty()) {
            const auto last = std::find_if(wanted.rbegin(), wanted.rend(), [&](const Connection *c) { return c->group == connection.group; });
            place = last == wanted.rend() ? wanted.end() : last.base();
        }
        wanted.insert(place, &connection);
    }
    const std::vector<Node *> nodes = connectionNodes();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Node *parent = nodes[i]->parent;
        if (nodes[i]->name != wanted[i]->name || (parent->isFolder() ? parent->name : QString()) != wanted[i]->group)
            return false;
    }
    return std::none_of(m_root->children.begin(), m_root->children.end(), [](const auto &node) { return node->isFolder() && node->children.empty(); });
}

void CatalogModel::rearrange(const std::vector<Connection> &connections)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<std::unique_ptr<Node>> folders;
    std::vector<std::unique_ptr<Node>> loose;
    for (auto &node : std::exchange(m_root->children, {})) {
        if (!node->isFolder()) {
            loose.push_back(std::move(node));
            continue;
        }
        for (auto &child : std::exchange(node->children, {}))
            loose.push_back(std::move(child));
        folders.push_back(std::move(node));
    }
    const auto take = [](std::vector<std::unique_ptr<Node>> &from, const QString &name) {
        const auto found = std::find_if(from.begin(), from.end(), [&](const auto &node) { return node && node->name == name; });
        return found == from.end() ? std::unique_ptr<Node>() : std::move(*found);
    };
    const auto put = [](Node *parent, std::unique_ptr<Node> node) {
        node->parent = parent;
        node->row = parent->children.size();
        parent->children.push_back(std::move(node));
        return parent->children.back().get();
    };
    for (const Connection &connection : connections) {
        Node *parent = m_root.get();
        if (!connection.group.isEmpty()) {
            const auto known = std::find_if(m_root->children.begin(), m_root->children.end(),
                [&](const auto &node) { return node->isFolder() && node->name == connection.group; });
            if (known != m_root->children.end()) {
                parent = known->get();
            } else {
                auto folder = take(folders, connection.group);
                if (!folder)
                    folder = std::make_unique<Node>();
                folder->name = connection.group;
                folder->kind = QStringLiteral("folder");
                folder->state = Node::State::Loaded;
                folder->isArranged = true;
                parent = put(m_root.get(), std::move(folder));
            }
        }
        put(parent, take(loose, connection.name));
    }
    QModelIndexList after;
    for (const QModelIndex &index : before) {
        const auto isGone = std::any_of(folders.begin(), folders.end(), [&](const auto &folder) { return folder && folder.get() == index.internalPointer(); });
        after << (isGone ? QModelIndex() : indexOf(nodeOf(index)));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

QModelIndex CatalogModel::indexOfConnection(const QString &name) const
{
    for (const Node *node : connectionNodes()) {
        if (node->name == name)
            return indexOf(node);
    }
    return {};
}

QModelIndex CatalogModel::nextLine(const QModelIndex &index) const
{
    const Node *node = nodeOf(index);
    if (!node->children.empty())
        return indexOf(node->children.front().get());
    for (; node->parent; node = node->parent) {
        if (node->row + 1 < node->parent->children.size())
            return indexOf(node->parent->children[node->row + 1].get());
    }
    return {};
}

QStringList CatalogModel::connectionsIn(const Node &node) const
{
    if (!node.isFolder())
        return {node.name};
    QStringList names;
    for (const auto &child : node.children)
        names << child->name;
    return names;
}

// The connection that stands at a row, or the first one of the folder there; empty behind the last.
QString CatalogModel::firstConnectionFrom(const Node &parent, int row) const
{
    if (row < 0 || static_cast<std::size_t>(row) >= parent.children.size())
        return {};
    const Node &node = *parent.children[static_cast<std::size_t>(row)];
    return node.isFolder() ? node.children.front()->name : node.isArranged ? node.name : QString();
}

void CatalogModel::moveBy(const QModelIndex &index, int step)
{
    const Node *node = nodeOf(index);
    if (!index.isValid() || !node->isArranged)
        return;
    const int row = static_cast<int>(node->row) + step;
    const auto count = static_cast<int>(node->parent->children.size());
    if (row < 0 || row >= count || !node->parent->children[static_cast<std::size_t>(row)]->isArranged)
        return;
    const QString group = node->isFolder() ? node->name : node->parent->isFolder() ? node->parent->name : QString();
    Q_EMIT arrangementWanted(connectionsIn(*node), group, firstConnectionFrom(*node->parent, step < 0 ? row : row + 1));
}

bool CatalogModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const Node *node = nodeOf(index);
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || !index.isValid() || !node->isFolder() || name.isEmpty() || name == node->name)
        return false;
    Q_EMIT arrangementWanted(connectionsIn(*node), name, firstConnectionFrom(*m_root, static_cast<int>(node->row) + 1));
    return true;
}

QStringList CatalogModel::mimeTypes() const
{
    return {kConnectionsMime};
}

QMimeData *CatalogModel::mimeData(const QModelIndexList &indexes) const
{
    QStringList names;
    bool isFolder = false;
    for (const QModelIndex &index : indexes) {
        names << connectionsIn(*nodeOf(index));
        isFolder = isFolder || nodeOf(index)->isFolder();
    }
    auto *data = new QMimeData;
    data->setData(kConnectionsMime, (isFolder ? QStringLiteral("folder\n") : QStringLiteral("\n")).toUtf8() + names.join(QLatin1Char('\n')).toUtf8());
    return data;
}

Qt::DropActions CatalogModel::supportedDropActions() const
{
    return Qt::MoveAction;
}

bool CatalogModel::canDropMimeData(const QMimeData *data, Qt::DropAction, int, int, const QModelIndex &parent) const
{
    const bool isFolder = data->data(kConnectionsMime).startsWith("folder");
    return data->hasFormat(kConnectionsMime) && (!parent.isValid() || (nodeOf(parent)->isFolder() && !isFolder));
}

// The view is told that nothing was moved: the rows move when the files have changed.
bool CatalogModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    QStringList names = QString::fromUtf8(data->data(kConnectionsMime)).split(QLatin1Char('\n'));
    const bool isFolder = !names.takeFirst().isEmpty();
    const Node *target = nodeOf(parent);
    QString group = target->isFolder() ? target->name : QString();
    if (isFolder) {
        const QModelIndex first = indexOfConnection(names.value(0));
        group = first.data(GroupRole).toString();
    }
    QString before = firstConnectionFrom(*target, row);
    while (names.contains(before) && ++row > 0)
        before = firstConnectionFrom(*target, row);
    Q_EMIT arrangementWanted(names, group, before);
    return false;
}

} // namespace catalog
