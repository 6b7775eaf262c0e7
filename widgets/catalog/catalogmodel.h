// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/catalog.h"
#include "connector/manifest.h"
#include "core/result.h"

#include <QAbstractItemModel>
#include <QIcon>

#include <memory>
#include <unordered_map>
#include <vector>

namespace catalog {

// A connection as the tree shows it.
struct Connection {
    QString name;
    QString dialect; // muted, beside the name
    QString icon; // SVG text
    bool hasCatalog = true;
    std::vector<connector::CatalogFacet> rootFacets; // what there is at the root beside its objects
    bool isRemovable = false; // not built in
    QString environment; // "", "development", "test", "production"
    QString environmentText; // the same to be read
    QString group; // the folder that it stands in; empty: none
    int colour = -1; // of its mark, an index of the theme's series colours; -1: none
    bool isArranged = false; // can be moved and put into groups
};

// The connections and what their servers hold, loaded when opened, a page at a time. It asks by pageWanted and is
// answered by deliver, whenever that is; it never waits. Lives on the GUI thread.
class CatalogModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role {
        DetailRole = Qt::UserRole, // muted second text
        KindRole, // "connection", "database", …, also "facet", "group", "busy", "error"
        ConnectionRole, // name
        PathRole, // QStringList, names from the root
        SystemRole, // bool: belongs to the server itself
        NameRole, // as the server has it
        OpenedRole, // bool: has a statement that shows it
        CalledRole, // bool: has a form to call it with
        RemovableRole, // bool: a connection that is not built in
        ArrangedRole, // bool: a connection or folder that can be moved
        EnvironmentRole, // of a connection: "production" and the like
        EnvironmentTextRole, // the same to be read
        ColourRole, // int: an index of the theme's series colours, -1 for none
        GroupRole, // of a connection or folder: the folder's name
    };
    static constexpr int kPageRows = 1000;

    explicit CatalogModel(QObject *parent = nullptr);
    ~CatalogModel() override;

    // In the order of the list; a folder stands where the first of its connections does. Keeps what is loaded of
    // connections that stay.
    void setConnections(const std::vector<Connection> &connections);
    // The answer to pageWanted; one for a node that is gone meanwhile is dropped.
    void deliver(quint64 ticket, core::Result<connector::CatalogPage> page);
    // Forgets what is loaded below and loads it again when it is looked at.
    void reload(const QModelIndex &index);
    // Names of what is loaded of a connection, for completion; sorted, each once.
    QStringList loadedNames(const QString &connection) const;
    QModelIndex indexOfConnection(const QString &name) const;
    // The line behind this one, depth first over all that is loaded, folded in or not; invalid behind the last.
    QModelIndex nextLine(const QModelIndex &index) const;
    // Moves a connection, or a folder with all that is in it, one place up or down among its siblings by asking for it.
    void moveBy(const QModelIndex &index, int step);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override; // the name of a folder
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDropActions() const override;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

Q_SIGNALS:
    // Somebody wants these connections in a group (empty: none), before another connection (empty: at the end). The model
    // changes when setConnections tells so.
    void arrangementWanted(const QStringList &connections, const QString &group, const QString &before);
    void pageWanted(quint64 ticket, const QString &connection, const connector::CatalogRequest &request);

private:
    struct Node;
    Node *nodeOf(const QModelIndex &index) const;
    QModelIndex indexOf(const Node *node) const;
    std::unique_ptr<Node> makeNode(Node *parent, const connector::CatalogNode &source) const;
    static void addFacets(Node &node, const std::vector<connector::CatalogFacet> &facets);
    void append(Node *parent, std::vector<std::unique_ptr<Node>> children);
    void removeGone(const std::vector<Connection> &connections);
    void addNew(const std::vector<Connection> &connections);
    void describe(Node &node, const Connection &connection) const;
    bool isArrangedAs(const std::vector<Connection> &connections) const;
    void rearrange(const std::vector<Connection> &connections);
    std::vector<Node *> connectionNodes() const;
    QStringList connectionsIn(const Node &node) const;
    QString firstConnectionFrom(const Node &parent, int row) const;
    void removeTransient(Node *node);
    void removeChildren(Node *node);
    void forgetTickets(const Node *below);
    QString detailOf(const Node &node) const;

    std::unique_ptr<Node> m_root;
    std::unordered_map<quint64, Node *> m_waiting; // by ticket
    quint64 m_lastTicket = 0;
};

// The icon for a kind of node.
QIcon iconOfKind(const QString &kind, bool isMuted);

} // namespace catalog
