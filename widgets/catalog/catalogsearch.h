// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

#include <vector>

class QTimer;

namespace catalog {

class CatalogModel;

// The lines of a catalogue whose names hold a text, in any case of letters: connections and what is loaded of them. It
// walks the tree in slices of a few milliseconds, so that 100,000 tables do not hold up the window, and shows at most
// kMost lines. Data are those of the catalogue's lines; the detail tells where a line stands.
class CatalogSearch : public QAbstractListModel
{
    Q_OBJECT
public:
    static constexpr int kMost = 500;

    // model outlives the search.
    explicit CatalogSearch(CatalogModel *model, QObject *parent = nullptr);

    // Empty: finds nothing.
    void setText(const QString &text);
    QString text() const { return m_text; }
    bool isSearching() const;
    bool hasMore() const { return m_hasMore; } // than are shown
    QModelIndex sourceOf(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void searched(); // the walk has come to its end

private:
    void restart();
    void walk();
    bool isFound(const QModelIndex &line) const;
    QString placeOf(const QModelIndex &line) const;

    CatalogModel *m_model;
    QString m_text;
    QTimer *m_slice;
    QModelIndex m_at; // valid within a walk: every change of the tree begins it anew
    bool m_isWalking = false;
    bool m_hasMore = false;
    std::vector<QPersistentModelIndex> m_found;
};

} // namespace catalog
