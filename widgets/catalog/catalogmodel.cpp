// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalogmodel.h"

#include "catalog/catalognode.h"
#include "common/icons.h"

#include <QLocale>

#include <algorithm>

namespace catalog {

namespace {
QString fromUtf8(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
}

CatalogModel::CatalogModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
    m_root->state = Node::State::Loaded;
}

CatalogModel::~CatalogModel() = default;

void CatalogModel::append(Node *parent, std::vector<std::unique_ptr<Node>> children)
{
    if (children.empty())
        return;
    const std::size_t first = parent->children.size();
    beginInsertRows(indexOf(parent), static_cast<int>(first), static_cast<int>(first + children.size() - 1));
    for (auto &child : children) {
        child->parent = parent;
        child->row = parent->children.size();
        parent->children.push_back(std::move(child));
    }
    endInsertRows();
}

void CatalogModel::removeTransient(Node *node)
{
    for (std::size_t row = node->children.size(); row-- > 0;) {
        if (!node->children[row]->isTransient())
            continue;
        beginRemoveRows(indexOf(node), static_cast<int>(row), static_cast<int>(row));
        node->children.erase(node->children.begin() + static_cast<std::ptrdiff_t>(row));
        for (std::size_t i = row; i < node->children.size(); ++i)
            node->children[i]->row = i;
        endRemoveRows();
    }
}

void CatalogModel::forgetTickets(const Node *below)
{
    std::erase_if(m_waiting, [below](const auto &entry) {
        for (const Node *node = entry.second; node; node = node->parent) {
            if (node == below)
                return true;
        }
        return false;
    });
}

void CatalogModel::removeChildren(Node *node)
{
    forgetTickets(node);
    if (!node->children.empty()) {
        beginRemoveRows(indexOf(node), 0, static_cast<int>(node->children.size()) - 1);
        node->children.clear();
        endRemoveRows();
    }
    node->state = Node::State::Unloaded;
    node->delivered = 0;
    node->hasMore = false;
    node->total.reset();
}

void CatalogModel::reload(const QModelIndex &index)
{
    Node *node = nodeOf(index);
    while (node && !node->asksServer)
        node = node->parent;
    if (!node || node == m_root.get())
        return;
    removeChildren(node);
    const QModelIndex changed = indexOf(node);
    Q_EMIT dataChanged(changed, changed);
    fetchMore(changed);
}

std::unique_ptr<CatalogModel::Node> CatalogModel::makeNode(Node *parent, const connector::CatalogNode &source) const
{
    auto node = std::make_unique<Node>();
    node->name = fromUtf8(source.name);
    node->kind = QString::fromStdString(source.kind);
    node->type = source.type;
    node->detail = source.detail;
    node->isSystem = source.isSystem || parent->isSystem;
    node->isOpened = source.isOpened;
    node->isCalled = source.isCalled;
    node->connection = parent->connection;
    node->path = parent->path;
    node->path.push_back(source.name);
    node->isLeaf = source.facets.empty();
    if (source.facets.size() == 1) {
        node->asksServer = true;
        node->facet = source.facets.front().key;
    }
    if (source.facets.size() < 2)
        return node;
    addFacets(*node, source.facets);
    return node;
}

// A line for each of several kinds of children.
void CatalogModel::addFacets(Node &node, const std::vector<connector::CatalogFacet> &facets)
{
    node.state = Node::State::Loaded;
    for (const connector::CatalogFacet &facet : facets) {
        auto child = std::make_unique<Node>();
        child->parent = &node;
        child->row = node.children.size();
        child->name = facet.label;
        child->kind = QStringLiteral("facet");
        child->facet = facet.key;
        child->path = node.path;
        child->connection = node.connection;
        child->isSystem = node.isSystem;
        child->asksServer = true;
        node.children.push_back(std::move(child));
    }
}

void CatalogModel::fetchMore(const QModelIndex &parent)
{
    Node *node = nodeOf(parent);
    if (!node->wantsPage())
        return;
    connector::CatalogRequest request;
    request.path = node->path;
    request.facet = node->facet;
    request.offset = node->delivered;
    request.limit = kPageRows;
    request.countFirst = node->delivered == 0;
    node->state = Node::State::Loading;
    auto busy = std::make_unique<Node>();
    busy->name = tr("Loading…");
    busy->kind = QStringLiteral("busy");
    busy->connection = node->connection;
    busy->isLeaf = true;
    std::vector<std::unique_ptr<Node>> lines;
    lines.push_back(std::move(busy));
    append(node, std::move(lines));
    m_waiting[++m_lastTicket] = node;
    Q_EMIT pageWanted(m_lastTicket, node->connection, request);
}

void CatalogModel::deliver(quint64 ticket, core::Result<connector::CatalogPage> page)
{
    const auto waiting = m_waiting.find(ticket);
    if (waiting == m_waiting.end())
        return;
    Node *node = waiting->second;
    m_waiting.erase(waiting);
    removeTransient(node);
    std::vector<std::unique_ptr<Node>> lines;
    if (!page) {
        node->state = Node::State::Failed;
        auto error = std::make_unique<Node>();
        error->name = page.error().message;
        error->detail = core::toText(page.error());
        error->kind = QStringLiteral("error");
        error->connection = node->connection;
        error->isLeaf = true;
        lines.push_back(std::move(error));
        append(node, std::move(lines));
        return;
    }
    node->state = Node::State::Loaded;
    node->delivered += static_cast<qint64>(page->nodes.size());
    node->hasMore = page->more && !page->nodes.empty();
    if (page->total)
        node->total = page->total;
    std::vector<std::unique_ptr<Node>> system;
    for (const connector::CatalogNode &source : page->nodes) {
        const bool isGrouped = source.isSystem && !node->isSystem;
        (isGrouped ? system : lines).push_back(makeNode(node, source));
    }
    if (!system.empty()) {
        auto group = std::make_unique<Node>();
        group->name = tr("System");
        group->kind = QStringLiteral("group");
        group->connection = node->connection;
        group->path = node->path;
        group->isSystem = true;
        group->state = Node::State::Loaded;
        for (auto &child : system) {
            child->parent = group.get();
            child->row = group->children.size();
            group->children.push_back(std::move(child));
        }
        lines.push_back(std::move(group));
    }
    append(node, std::move(lines));
    const QModelIndex changed = indexOf(node);
    Q_EMIT dataChanged(changed, changed);
}

QStringList CatalogModel::loadedNames(const QString &connection) const
{
    QStringList names;
    std::vector<const Node *> todo;
    for (const Node *node : connectionNodes()) {
        if (node->name == connection)
            todo.push_back(node);
    }
    while (!todo.empty()) {
        const Node *node = todo.back();
        todo.pop_back();
        for (const auto &child : node->children) {
            if (!child->isTransient() && child->kind != QLatin1String("facet") && child->kind != QLatin1String("group"))
                names << child->name;
            todo.push_back(child.get());
        }
    }
    names.sort(Qt::CaseInsensitive);
    names.removeDuplicates();
    return names;
}

QString CatalogModel::detailOf(const Node &node) const
{
    if (node.kind == QLatin1String("error"))
        return {};
    if (node.kind == QLatin1String("connection"))
        return node.environmentText.isEmpty() ? node.detail : node.detail + QStringLiteral(" · ") + node.environmentText;
    QStringList parts;
    if (!node.type.isEmpty())
        parts << node.type;
    if (node.total)
        parts << QLocale().toString(*node.total);
    if (!node.detail.isEmpty() && !(node.isSystem && node.detail == QLatin1String("system")))
        parts << node.detail;
    return parts.join(QStringLiteral(" · "));
}

QVariant CatalogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return node.kind == QLatin1String("error") ? tr("%1 — double-click to try again").arg(node.name) : node.name;
    case NameRole:
        return node.name;
    case Qt::ToolTipRole:
        return node.kind == QLatin1String("error") ? node.detail : QVariant();
    case Qt::DecorationRole:
        if (!node.icon.isEmpty())
            return common::iconFromSvg(node.icon);
        return iconOfKind(node.kind, node.isSystem);
    case Qt::AccessibleTextRole:
        return detailOf(node).isEmpty() ? node.name : QString(node.name + QStringLiteral(", ") + detailOf(node));
    case DetailRole:
        return detailOf(node);
    case KindRole:
        return node.kind;
    case ConnectionRole:
        return node.connection;
    case SystemRole:
        return node.isSystem;
    case OpenedRole:
        return node.isOpened;
    case CalledRole:
        return node.isCalled;
    case RemovableRole:
        return node.isRemovable;
    case ArrangedRole:
        return node.isArranged;
    case EnvironmentRole:
        return node.environment;
    case EnvironmentTextRole:
        return node.environmentText;
    case ColourRole:
        return node.colour;
    case GroupRole:
        return node.isFolder() ? node.name : node.parent && node.parent->isFolder() ? node.parent->name : QString();
    case Qt::EditRole:
        return node.isFolder() ? node.name : QVariant();
    case PathRole: {
        QStringList path;
        for (const std::string &name : node.path)
            path << fromUtf8(name);
        return path;
    }
    default:
        return {};
    }
}

QIcon iconOfKind(const QString &kind, bool isMuted)
{
    static const std::unordered_map<std::string, const char *> kIcons{{"connection", "connection"}, {"database", "database"},
        {"schema", "schema"}, {"supertable", "supertable"}, {"table", "table"}, {"childtable", "childtable"},
        {"view", "view"}, {"deployment", "deployment"}, {"procedure", "procedure"}, {"resource", "exchange"}, {"statement", "history"},
        {"column", "column"}, {"tag", "tag"}, {"index", "index"}, {"facet", "folder"}, {"folder", "folder"}, {"group", "system"},
        {"busy", "busy"}, {"error", "error"}};
    const auto found = kIcons.find(kind.toStdString());
    const QString name = QLatin1String(found == kIcons.end() ? "table" : found->second);
    if (kind == QLatin1String("error"))
        return common::icon(name, common::Tint::Danger);
    const bool isStructure = kind == QLatin1String("facet") || kind == QLatin1String("folder") || kind == QLatin1String("group") || kind == QLatin1String("busy")
        || kind == QLatin1String("column");
    return common::icon(name, isMuted || isStructure ? common::Tint::Muted : common::Tint::Accent);
}

} // namespace catalog

#include "moc_catalogmodel.cpp"
