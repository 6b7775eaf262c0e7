// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/engine.h"

#include <QImage>
#include <QPointer>
#include <QTimeZone>
#include <QWidget>

namespace common {
class ResultTable;
}

namespace chart {

class ControlBar;
class Legend;
class Plot;

// A result as a chart: time against the numeric columns, any number of rows. It follows a result that grows, finds out
// what to draw (see findRoles) and lets that be changed in the bar above the plot. While it is hidden it does no work.
class ChartView : public QWidget
{
    Q_OBJECT
public:
    explicit ChartView(QWidget *parent = nullptr);
    ~ChartView() override;

    // Shows this result, or nothing; the result may grow and go away while it is shown.
    void setResult(common::ResultTable *result);
    // The zone of ticks and readings where the time column is a point in time. Local date-times show as they are.
    void setZone(const QTimeZone &zone);
    QTimeZone zone() const { return m_zone; }

    // What is drawn; the ones found until someone chooses. Nothing while no result has been read.
    std::optional<Roles> roles() const;
    void setRoles(const Roles &roles);

    // A line is broken where a step is over factor times the series' median step; 0 never breaks it for that.
    void setGapFactor(double factor);
    double gapFactor() const;

    // Lines switched on in the legend, as indices of the set that indexed() holds.
    std::vector<std::size_t> shownSeries() const { return m_shown; }
    void setSeriesShown(std::size_t series, bool shown);
    // What was read of the result so far; null before.
    std::shared_ptr<const Indexed> indexed() const { return m_indexed; }
    Plot *plot() const { return m_plot; }

    // The chart without its bar, drawn anew in the given size with title and legend. Waits until all rows are read:
    // for files, not for frames.
    QImage picture(QSize size, qreal dpr = 1, const QString &title = {});

    static constexpr std::size_t kShownAtFirst = 8;

Q_SIGNALS:
    // The plot shows all rows that the result has, in the range that is in view.
    void settled();

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void startOver();
    void readMore();
    void takeIndexed(std::shared_ptr<const Indexed> indexed);
    void takeReduced(std::shared_ptr<const Reduction> reduction);
    void chooseShown(const Indexed &indexed);
    void requestReduction();
    QString emptyText() const;
    void describe();

    Engine *m_engine = nullptr;
    ControlBar *m_bar = nullptr;
    Plot *m_plot = nullptr;
    Legend *m_legend = nullptr;
    QPointer<common::ResultTable> m_result;
    QTimeZone m_zone;
    std::shared_ptr<const Indexed> m_indexed;
    std::optional<Roles> m_chosen;
    std::vector<std::size_t> m_shown;
    bool m_isStale = false; // rows have come that no index has been asked for
};

} // namespace chart
