// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/channel.h"
#include "inspector/jsonlevel.h"

#include <QAbstractItemModel>

#include <memory>
#include <thread>

namespace inspector {

// A JSON text as a tree: key or index, value. Only what is opened is read, on a thread of the model's own, one level at a
// time, and of a long level only as many rows are there as were scrolled to. GUI thread.
class JsonModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    explicit JsonModel(QObject *parent = nullptr);
    ~JsonModel() override;

    // owner keeps the text alive. opened() or failed() follows.
    void setText(std::shared_ptr<const void> owner, std::string_view text);
    void clear();
    // The exact bytes of a value.
    std::string_view textAt(const QModelIndex &index) const;
    // "$.a[3].b"
    QString pathOf(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void opened();
    void failed(const core::Error &error);

private:
    struct Node;
    struct Level {
        Node *node;
        quint64 generation;
        core::Result<std::vector<JsonPlace>> children;
    };

    Node *nodeOf(const QModelIndex &index) const;
    QModelIndex indexOf(Node *node) const;
    void read(Node *node, bool isWhole);
    void drain();
    void showMore(Node *node);

    std::shared_ptr<const void> m_owner;
    std::string_view m_text;
    std::unique_ptr<Node> m_root;
    quint64 m_generation = 0;
    bool m_isInserting = false;
    core::Channel<Level> m_levels;
    core::Channel<std::function<void()>> m_tasks;
    std::stop_source m_stop; // of the text that is shown
    std::jthread m_thread; // last: it ends before the rest does
};

} // namespace inspector
