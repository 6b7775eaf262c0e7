// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/resulttable.h"
#include "desktop/statementrun.h"

#include <QWidget>

class QStackedWidget;

namespace chart {
class ChartView;
}
namespace common {
class EmptyState;
class MessageBar;
}
namespace grid {
class GridPanel;
class GridView;
}

namespace desktop {

class ExchangeView;

// One result: the run that makes it and the views that show it.
class ResultPage : public QWidget
{
    Q_OBJECT
public:
    enum class View { Grid, Chart, Exchange };

    ResultPage(ConnectionService &connections, Workers &workers, QWidget *parent = nullptr);
    ~ResultPage() override;

    void start(const QString &connection, const connector::Statement &statement, const RunRequest &request);
    // Shows that the run is on its way; it is started together with others.
    void await();
    StatementRun *run() const { return m_run; }
    ExchangeView *exchanges() const { return m_exchanges; }
    grid::GridView *gridView() const { return m_grid; }
    chart::ChartView *chartView() const { return m_chart; }
    const common::ResultTable &table() const { return *m_table; }
    void showView(View view);
    // IANA name; of the grid, what it copies, and the chart.
    void setZone(const QString &zone);
    void focusView();
    // What the statement does, in a few words, for a tab.
    QString title() const;

Q_SIGNALS:
    void zoneChanged();
    // The result was cut at its limit and the held request is gone: run the statement again with this limit (0: none).
    void runAgainWanted(qint64 rowLimit);
    // The statement that is offered against the error.
    void remedyWanted(const QString &statement);

private:
    void onStateChanged();
    void onFinished();
    void onLimitReached(qint64 rows);
    void onNoticed(const QString &text);
    void offerRemedy();
    void onBarPressed(const QString &id);
    void showOutcome();

    common::ResultTable *m_table;
    StatementRun *m_run;
    common::MessageBar *m_notice; // what the session says although nothing failed
    common::MessageBar *m_bar;
    QStackedWidget *m_views;
    QStackedWidget *m_gridStack; // grid, or what there is to say instead
    common::EmptyState *m_instead;
    grid::GridPanel *m_gridPanel;
    grid::GridView *m_grid; // the panel's
    chart::ChartView *m_chart;
    ExchangeView *m_exchanges;
};

} // namespace desktop
