// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/plotstate.h"

#include <QAbstractListModel>

namespace chart {

// One row a line: name, colour, whether it is shown, and the text of its value at the crosshair.
class LegendModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { ValueRole = Qt::UserRole };

    using QAbstractListModel::QAbstractListModel;

    void setIndexed(std::shared_ptr<const Indexed> indexed, const std::vector<std::size_t> &shown, const PlotState &state);
    void showReadings(const PlotState &state);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void toggled(std::size_t series, bool shown);

private:
    struct Entry {
        QString name;
        QColor color;
        bool isShown = false;
        QString value;
    };
    std::shared_ptr<const Indexed> m_indexed;
    std::vector<Entry> m_entries;
};

} // namespace chart
