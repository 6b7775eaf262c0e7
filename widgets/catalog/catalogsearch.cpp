// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalogsearch.h"

#include "catalog/catalogmodel.h"

#include <QElapsedTimer>
#include <QTimer>

namespace catalog {

namespace {
constexpr qint64 kSliceMs = 4;
constexpr int kLinesBetweenLooks = 64; // at the clock
}

CatalogSearch::CatalogSearch(CatalogModel *model, QObject *parent)
    : QAbstractListModel(parent)
    , m_model(model)
    , m_slice(new QTimer(this))
{
    m_slice->setSingleShot(true);
    connect(m_slice, &QTimer::timeout, this, &CatalogSearch::walk);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &CatalogSearch::restart);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &CatalogSearch::restart);
    connect(m_model, &QAbstractItemModel::layoutChanged, this, &CatalogSearch::restart);
}

void CatalogSearch::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    restart();
}

bool CatalogSearch::isSearching() const
{
    return m_isWalking;
}

void CatalogSearch::restart()
{
    beginResetModel();
    m_found.clear();
    m_at = {};
    m_hasMore = false;
    m_isWalking = !m_text.isEmpty();
    endResetModel();
    if (m_isWalking)
        m_slice->start(0);
    else
        m_slice->stop();
}

void CatalogSearch::walk()
{
    QElapsedTimer clock;
    clock.start();
    std::vector<QPersistentModelIndex> found;
    const auto room = static_cast<std::size_t>(kMost) - m_found.size();
    for (int looked = 1; m_isWalking; ++looked) {
        m_at = m_model->nextLine(m_at);
        if (m_at.isValid() && isFound(m_at)) {
            m_hasMore = found.size() == room;
            if (!m_hasMore)
                found.emplace_back(m_at);
        }
        m_isWalking = m_at.isValid() && !m_hasMore;
        if (looked % kLinesBetweenLooks == 0 && clock.elapsed() >= kSliceMs)
            break;
    }
    if (!found.empty()) {
        const auto first = static_cast<int>(m_found.size());
        beginInsertRows({}, first, first + static_cast<int>(found.size()) - 1);
        m_found.insert(m_found.end(), found.begin(), found.end());
        endInsertRows();
    }
    if (m_isWalking)
        m_slice->start(0);
    else
        Q_EMIT searched();
}

bool CatalogSearch::isFound(const QModelIndex &line) const
{
    if (!line.data(CatalogModel::NameRole).toString().contains(m_text, Qt::CaseInsensitive))
        return false;
    const QString kind = line.data(CatalogModel::KindRole).toString();
    return kind != QLatin1String("facet") && kind != QLatin1String("group") && kind != QLatin1String("busy") && kind != QLatin1String("error");
}

QString CatalogSearch::placeOf(const QModelIndex &line) const
{
    if (line.data(CatalogModel::KindRole).toString() == QLatin1String("connection") || line.data(CatalogModel::ConnectionRole).toString().isEmpty())
        return line.data(CatalogModel::DetailRole).toString();
    QStringList names = line.data(CatalogModel::PathRole).toStringList();
    if (!names.isEmpty())
        names.removeLast();
    names.prepend(line.data(CatalogModel::ConnectionRole).toString());
    return names.join(QStringLiteral(" / "));
}

QModelIndex CatalogSearch::sourceOf(const QModelIndex &index) const
{
    if (!index.isValid() || static_cast<std::size_t>(index.row()) >= m_found.size())
        return {};
    return m_found[static_cast<std::size_t>(index.row())];
}

int CatalogSearch::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_found.size());
}

QVariant CatalogSearch::data(const QModelIndex &index, int role) const
{
    const QModelIndex source = sourceOf(index);
    if (!source.isValid())
        return {};
    return role == CatalogModel::DetailRole ? placeOf(source) : source.data(role);
}

} // namespace catalog

#include "moc_catalogsearch.cpp"
