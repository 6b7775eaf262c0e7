// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of the tree: what QAbstractItemModel asks of any model.
#include "catalog/catalognode.h"

namespace catalog {

CatalogModel::Node *CatalogModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex CatalogModel::indexOf(const Node *node) const
{
    return node == m_root.get() ? QModelIndex() : createIndex(static_cast<int>(node->row), 0, node);
}

QModelIndex CatalogModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (column != 0 || row < 0 || static_cast<std::size_t>(row) >= node->children.size())
        return {};
    return createIndex(row, 0, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex CatalogModel::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexOf(nodeOf(child)->parent) : QModelIndex();
}

int CatalogModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int CatalogModel::columnCount(const QModelIndex &) const
{
    return 1;
}

bool CatalogModel::hasChildren(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return !node->children.empty() || (node->asksServer && node->state == Node::State::Unloaded);
}

bool CatalogModel::canFetchMore(const QModelIndex &parent) const
{
    return nodeOf(parent)->wantsPage();
}

Qt::ItemFlags CatalogModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const Node *node = nodeOf(index);
    if (node->isLeaf)
        flags |= Qt::ItemNeverHasChildren;
    if (node->isArranged)
        flags |= Qt::ItemIsDragEnabled;
    if (node->isFolder())
        flags |= Qt::ItemIsDropEnabled | Qt::ItemIsEditable;
    return flags;
}

} // namespace catalog
