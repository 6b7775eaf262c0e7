// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/resultpage.h"

#include "chart/chartview.h"
#include "common/emptystate.h"
#include "common/messagebar.h"
#include "desktop/exchangeview.h"
#include "desktop/statusline.h"
#include "grid/gridpanel.h"

#include <QStackedWidget>
#include <QTimeZone>
#include <QVBoxLayout>

namespace desktop {

namespace {
constexpr qsizetype kTitleLength = 32;

// The text from its first line on that is more than a comment of the usual form.
QString withoutComments(const QString &text)
{
    const QStringList lines = text.split(QLatin1Char('\n'));
    qsizetype first = 0;
    while (first < lines.size() && (lines[first].trimmed().isEmpty() || lines[first].trimmed().startsWith(QLatin1String("--"))))
        ++first;
    return first < lines.size() ? lines.mid(first).join(QLatin1Char('\n')) : text;
}
}

ResultPage::ResultPage(ConnectionService &connections, Workers &workers, QWidget *parent)
    : QWidget(parent)
    , m_table(new common::ResultTable(this))
    , m_run(new StatementRun(connections, workers, *m_table, this))
    , m_notice(new common::MessageBar(this))
    , m_bar(new common::MessageBar(this))
    , m_views(new QStackedWidget(this))
    , m_gridStack(new QStackedWidget(this))
    , m_instead(new common::EmptyState(this))
    , m_gridPanel(new grid::GridPanel(this))
    , m_grid(m_gridPanel->view())
    , m_chart(new chart::ChartView(this))
    , m_exchanges(new ExchangeView(this))
{
    m_grid->setFrameShape(QFrame::NoFrame);
    setZone(QStringLiteral("UTC"));
    m_gridStack->addWidget(m_gridPanel);
    m_gridStack->addWidget(m_instead);
    m_views->addWidget(m_gridStack);
    m_views->addWidget(m_chart);
    m_views->addWidget(m_exchanges);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(m_bar);
    column->addWidget(m_views, 1);
    connect(m_run, &StatementRun::stateChanged, this, &ResultPage::onStateChanged);
    connect(m_run, &StatementRun::finished, this, &ResultPage::onFinished);
    connect(m_run, &StatementRun::noticed, this, &ResultPage::onNoticed);
    connect(m_run, &StatementRun::limitReached, this, &ResultPage::onLimitReached);
    connect(m_run, &StatementRun::exchangeChanged, m_exchanges, qOverload<const http::Exchange &>(&ExchangeView::show));
    connect(m_bar, &common::MessageBar::pressed, this, &ResultPage::onBarPressed);
}

ResultPage::~ResultPage() = default;

void ResultPage::start(const QString &connection, const connector::Statement &statement, const RunRequest &request)
{
    await();
    m_run->start(connection, statement, request);
}

void ResultPage::await()
{
    m_instead->setContents(QStringLiteral("busy"), tr("Waiting for the answer"), {});
    m_gridStack->setCurrentWidget(m_instead);
    m_grid->setResult(m_table);
    m_grid->setArriving(true);
    m_chart->setResult(m_table);
}

void ResultPage::onNoticed(const QString &text)
{
    const QString before = m_notice->isHidden() ? QString() : m_notice->text() + QLatin1Char('\n');
    m_notice->showMessage(common::MessageBar::Kind::Warning, before + text);
}

void ResultPage::offerRemedy()
{
    const connector::Outcome &outcome = m_run->state().outcome;
    if (!outcome.error || !outcome.remedy)
        return;
    if (m_bar->isHidden())
        m_bar->showMessage(common::MessageBar::Kind::Danger, outcome.error->message, outcome.error->hint);
    m_bar->addButton(QStringLiteral("remedy"), outcome.remedy->label);
}

void ResultPage::showView(View view)
{
    m_views->setCurrentIndex(static_cast<int>(view));
}

void ResultPage::setZone(const QString &zone)
{
    const core::Result<table::Zone> known = table::Zone::fromName(zone.toStdString());
    const QTimeZone ticks(zone.toUtf8());
    if (!known || !ticks.isValid())
        return; // the views stay on the zone that they name
    m_grid->setZone(known.value(), zone);
    m_chart->setZone(ticks);
    Q_EMIT zoneChanged();
}

void ResultPage::focusView()
{
    QWidget *shown = m_views->currentWidget();
    (shown == m_gridStack ? static_cast<QWidget *>(m_grid) : shown)->setFocus();
}

QString ResultPage::title() const
{
    QString words = withoutComments(QString::fromStdString(m_run->statement().text)).simplified();
    if (words.size() > kTitleLength)
        words = words.left(kTitleLength - 1) + QStringLiteral("…");
    return words.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

void ResultPage::onStateChanged()
{
    if (m_run->state().isResultSet)
        m_gridStack->setCurrentWidget(m_gridPanel);
}

void ResultPage::onLimitReached(qint64 rows)
{
    m_bar->showMessage(common::MessageBar::Kind::Warning,
        tr("%1 rows have come and the server has more.").arg(countText(rows)),
        tr("The request is held for a minute; then the result stays cut at its row limit."));
    m_bar->addButton(QStringLiteral("more"), tr("Go on for %1 more").arg(countText(qMax<qint64>(m_run->rowLimit(), 1))));
    m_bar->addButton(QStringLiteral("all"), tr("Go on to the end"));
    m_bar->addButton(QStringLiteral("end"), tr("End here"));
}

void ResultPage::onBarPressed(const QString &id)
{
    m_bar->hide();
    if (id == QLatin1String("remedy")) {
        Q_EMIT remedyWanted(QString::fromStdString(m_run->state().outcome.remedy->statement));
        return;
    }
    const bool isHeld = m_run->state().phase == RunState::Phase::Held;
    const qint64 rows = m_table->table().rowCount();
    if (id == QLatin1String("end"))
        m_run->decideLimit(std::nullopt);
    else if (isHeld)
        m_run->decideLimit(id == QLatin1String("all") ? 0 : rows + m_run->rowLimit());
    else
        Q_EMIT runAgainWanted(id == QLatin1String("again-all") ? 0 : rows + m_run->rowLimit());
}

void ResultPage::onFinished()
{
    m_grid->setArriving(false);
    m_bar->hide();
    showOutcome();
    offerRemedy();
}

void ResultPage::showOutcome()
{
    const RunState &state = m_run->state();
    const connector::Outcome &outcome = state.outcome;
    const bool isCancelled = outcome.error && outcome.error->kind == core::ErrorKind::Cancelled;
    if (!state.isResultSet) {
        if (isCancelled)
            m_instead->setContents(QStringLiteral("stop"), tr("Stopped"), tr("No rows had come."));
        else if (outcome.error)
            m_instead->setContents(QStringLiteral("error"), tr("The statement failed"), core::toText(*outcome.error));
        else if (outcome.affectedRows)
            m_instead->setContents(QStringLiteral("complete"), *outcome.affectedRows == 1 ? tr("1 row affected") : tr("%1 rows affected").arg(countText(*outcome.affectedRows)), {});
        else
            m_instead->setContents(QStringLiteral("complete"), tr("Done"), tr("The statement has no result set."));
        return;
    }
    if (outcome.error && !isCancelled) {
        m_bar->showMessage(common::MessageBar::Kind::Danger,
            tr("Broken off after %1: %2").arg(rowsText(state.rows), outcome.error->message), outcome.error->hint);
    } else if (outcome.reason == connector::Reason::RowLimit && outcome.completeness == connector::Completeness::Cut) {
        m_bar->showMessage(common::MessageBar::Kind::Warning, tr("Cut at the row limit after %1 rows.").arg(countText(state.rows)),
            tr("The request is closed. Going on runs the statement again from its start."));
        m_bar->addButton(QStringLiteral("again"), tr("Run again for %1 rows").arg(countText(state.rows + m_run->rowLimit())));
        m_bar->addButton(QStringLiteral("again-all"), tr("Run again for all rows"));
    }
}

} // namespace desktop

#include "moc_resultpage.cpp"
