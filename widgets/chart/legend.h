// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/plotstate.h"

#include <QListView>

namespace chart {

class LegendModel;

// The lines beside a plot, by colour and name, with the exact value of each at the crosshair. A click or the space bar
// switches a line on or off.
class Legend : public QListView
{
    Q_OBJECT
public:
    explicit Legend(QWidget *parent = nullptr);

    void setIndexed(std::shared_ptr<const Indexed> indexed, const std::vector<std::size_t> &shown, const PlotState &state);
    // The values at the state's crosshair, or none.
    void showReadings(const PlotState &state);
    QSize sizeHint() const override;

Q_SIGNALS:
    void toggled(std::size_t series, bool shown);

private:
    int fittingWidth() const;

    LegendModel *m_model = nullptr;
    int m_width = 200;
};

} // namespace chart
