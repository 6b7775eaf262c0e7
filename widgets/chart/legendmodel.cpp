// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/legendmodel.h"

#include "chart/readings.h"

#include <algorithm>

namespace chart {

void LegendModel::setIndexed(
    std::shared_ptr<const Indexed> indexed, const std::vector<std::size_t> &shown, const PlotState &state)
{
    std::vector<Entry> entries;
    for (std::size_t i = 0; indexed && i < indexed->set.series.size(); ++i)
        entries.push_back({seriesName(*indexed, i), state.colorOf(i), std::binary_search(shown.begin(), shown.end(), i), {}});
    m_indexed = std::move(indexed);
    if (entries.size() != m_entries.size()) {
        beginResetModel();
        m_entries = std::move(entries);
        endResetModel();
    } else if (!entries.empty()) {
        m_entries = std::move(entries);
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_entries.size()) - 1));
    }
    showReadings(state);
}

void LegendModel::showReadings(const PlotState &state)
{
    if (m_entries.empty() || state.indexed != m_indexed)
        return;
    bool hasChanged = false;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        QString value;
        if (state.crosshair && m_entries[i].isShown) {
            if (const auto reading = readingAt(state, i))
                value = reading->text;
        }
        hasChanged = hasChanged || m_entries[i].value != value;
        m_entries[i].value = std::move(value);
    }
    if (hasChanged)
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_entries.size()) - 1), {ValueRole});
}

int LegendModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant LegendModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry &entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return entry.name;
    case Qt::DecorationRole:
        return entry.color;
    case Qt::CheckStateRole:
        return static_cast<int>(entry.isShown ? Qt::Checked : Qt::Unchecked);
    case Qt::AccessibleDescriptionRole:
    case ValueRole:
        return entry.value;
    default:
        return {};
    }
}

bool LegendModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole)
        return false;
    Q_EMIT toggled(static_cast<std::size_t>(index.row()), value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags LegendModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable : Qt::NoItemFlags;
}

} // namespace chart

#include "moc_legendmodel.cpp"
