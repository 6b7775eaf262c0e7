// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/jsonmodel.h"

#include "common/theme.h"
#include "json/writer.h"

#include <QApplication>

namespace inspector {

namespace {
constexpr int kRowsAtOnce = 500;
constexpr std::size_t kShownBytes = 200;
}

struct JsonModel::Node {
    JsonPlace place;
    Node *parent = nullptr;
    int row = 0;
    bool isRead = false;
    bool isReading = false;
    std::vector<JsonPlace> found; // all children
    std::vector<std::unique_ptr<Node>> shown; // those that views know, from the first on
};

JsonModel::JsonModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
    , m_levels([this] { QMetaObject::invokeMethod(this, &JsonModel::drain, Qt::QueuedConnection); })
    , m_thread([this](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            for (const std::function<void()> &task : m_tasks.waitForAll(stop))
                task();
        }
    })
{
}

JsonModel::~JsonModel()
{
    m_stop.request_stop();
}

void JsonModel::clear()
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    beginResetModel();
    ++m_generation;
    m_root = std::make_unique<Node>();
    m_owner.reset();
    m_text = {};
    endResetModel();
}

void JsonModel::setText(std::shared_ptr<const void> owner, std::string_view text)
{
    clear();
    m_owner = std::move(owner);
    m_text = text;
    read(m_root.get(), true);
}

void JsonModel::read(Node *node, bool isWhole)
{
    node->isReading = true;
    // The owner goes along: the text may be replaced while it is read.
    m_tasks.push([this, node, isWhole, owner = m_owner, text = m_text, place = node->place, generation = m_generation,
                     stop = m_stop.get_token()] {
        if (!isWhole) {
            m_levels.push({node, generation, childrenOf(text, place, stop)});
            return;
        }
        auto whole = wholeJson(text, stop);
        m_levels.push({node, generation, whole ? core::Result<std::vector<JsonPlace>>(std::vector<JsonPlace>{*whole})
                                               : core::Result<std::vector<JsonPlace>>(whole.error())});
    });
}

void JsonModel::drain()
{
    for (Level &level : m_levels.takeAll()) {
        if (level.generation != m_generation)
            continue;
        level.node->isReading = false;
        level.node->isRead = true;
        if (!level.children) {
            Q_EMIT failed(level.children.error());
            continue;
        }
        level.node->found = std::move(level.children).value();
        showMore(level.node);
        if (level.node == m_root.get())
            Q_EMIT opened();
    }
}

void JsonModel::showMore(Node *node)
{
    const int first = static_cast<int>(node->shown.size());
    const int end = static_cast<int>(std::min<std::size_t>(node->found.size(), node->shown.size() + kRowsAtOnce));
    if (end == first || m_isInserting)
        return;
    m_isInserting = true; // views ask for more as soon as they are told
    beginInsertRows(indexOf(node), first, end - 1);
    for (int row = first; row < end; ++row) {
        auto child = std::make_unique<Node>();
        child->place = node->found[static_cast<std::size_t>(row)];
        child->parent = node;
        child->row = row;
        node->shown.push_back(std::move(child));
    }
    endInsertRows();
    m_isInserting = false;
}

JsonModel::Node *JsonModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex JsonModel::indexOf(Node *node) const
{
    return node == m_root.get() ? QModelIndex() : createIndex(node->row, 0, node);
}

QModelIndex JsonModel::index(int row, int column, const QModelIndex &parent) const
{
    Node *node = nodeOf(parent);
    if (row < 0 || static_cast<std::size_t>(row) >= node->shown.size() || column < 0 || column > 1)
        return {};
    return createIndex(row, column, node->shown[static_cast<std::size_t>(row)].get());
}

QModelIndex JsonModel::parent(const QModelIndex &index) const
{
    Node *node = nodeOf(index);
    return node->parent ? indexOf(node->parent) : QModelIndex();
}

int JsonModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->shown.size());
}

int JsonModel::columnCount(const QModelIndex &) const
{
    return 2;
}

bool JsonModel::hasChildren(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (node == m_root.get() || node->isRead)
        return !node->found.empty();
    return node->place.isContainer() && node->place.end - node->place.begin > 2;
}

bool JsonModel::canFetchMore(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (node == m_root.get() || m_isInserting)
        return false;
    return node->isRead ? node->shown.size() < node->found.size() : node->place.isContainer() && !node->isReading;
}

void JsonModel::fetchMore(const QModelIndex &parent)
{
    Node *node = nodeOf(parent);
    if (node->isRead)
        showMore(node);
    else if (node->place.isContainer() && !node->isReading)
        read(node, false);
}

std::string_view JsonModel::textAt(const QModelIndex &index) const
{
    if (!index.isValid())
        return m_text;
    const JsonPlace &place = nodeOf(index)->place;
    return m_text.substr(place.begin, place.end - place.begin);
}

QString JsonModel::pathOf(const QModelIndex &index) const
{
    const Node *node = nodeOf(index);
    if (!node->parent || node->parent == m_root.get())
        return QStringLiteral("$");
    const QString before = pathOf(index.parent());
    if (node->parent->place.kind == JsonPlace::Kind::Array)
        return before + QStringLiteral("[%1]").arg(node->row);
    return before + QLatin1Char('.') + QString::fromStdString(node->place.key);
}

QVariant JsonModel::data(const QModelIndex &index, int role) const
{
    const Node *node = nodeOf(index);
    if (role == Qt::ForegroundRole && index.column() == 1 && node->place.isContainer())
        return QApplication::palette().color(QPalette::PlaceholderText);
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == 0) {
        if (node->parent == m_root.get())
            return QStringLiteral("$");
        return node->parent->place.kind == JsonPlace::Kind::Array ? QString::number(node->row) : QString::fromStdString(node->place.key);
    }
    const std::string_view text = textAt(index);
    if (node->isRead && node->place.isContainer())
        return node->place.kind == JsonPlace::Kind::Array ? tr("%n element(s)", nullptr, static_cast<int>(node->found.size()))
                                                          : tr("%n member(s)", nullptr, static_cast<int>(node->found.size()));
    std::string shown;
    json::appendUtf8(shown, text.substr(0, kShownBytes));
    QString line = QString::fromStdString(shown).simplified();
    return text.size() > kShownBytes ? line + QStringLiteral("…") : line;
}

QVariant JsonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Key") : tr("Value");
}

} // namespace inspector

#include "moc_jsonmodel.cpp"
