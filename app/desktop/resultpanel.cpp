// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/resultpanel.h"

#include "common/emptystate.h"
#include "common/icons.h"
#include "common/theme.h"
#include "connector/request.h"
#include "desktop/exportsheet.h"
#include "desktop/insertsheet.h"
#include "desktop/messagesview.h"
#include "desktop/statusline.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace desktop {

namespace {
constexpr int kMostPages = 32; // of one series; older ones make room

QTabBar *flatBar(QWidget *parent)
{
    auto *bar = new QTabBar(parent);
    bar->setDrawBase(false);
    bar->setExpanding(false);
    bar->setDocumentMode(true);
    bar->setUsesScrollButtons(true);
    return bar;
}
}

ResultPanel::ResultPanel(ConnectionService &connections, Workers &workers, QWidget *parent)
    : QWidget(parent)
    , m_connections(connections)
    , m_workers(workers)
    , m_pageBar(flatBar(this))
    , m_viewBar(flatBar(this))
    , m_viewRow(new QHBoxLayout)
    , m_stack(new QStackedWidget(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new common::EmptyState(this))
    , m_messages(new MessagesView(this))
    , m_export(new ExportSheet(workers, this))
    , m_insert(new InsertSheet(connections, workers, this))
{
    m_viewBar->addTab(common::icon(QStringLiteral("grid")), tr("Grid"));
    m_viewBar->addTab(common::icon(QStringLiteral("chart")), tr("Chart"));
    m_viewBar->addTab(common::icon(QStringLiteral("exchange")), tr("Exchange"));
    m_viewBar->addTab(common::icon(QStringLiteral("messages")), tr("Messages"));
    m_empty->setContents(QStringLiteral("grid"), tr("No result yet"),
        tr("Run the statement at the cursor; its rows show here while they arrive."));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_pages);
    m_stack->addWidget(m_messages);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_pageBar);
    m_viewRow->setContentsMargins(0, 0, 3 * common::kStep, 0);
    m_viewRow->setSpacing(2 * common::kStep);
    m_viewRow->addWidget(m_viewBar);
    column->addLayout(m_viewRow);
    column->addWidget(m_export);
    column->addWidget(m_insert);
    column->addWidget(m_stack, 1);
    m_pageBar->hide();
    connect(m_viewBar, &QTabBar::currentChanged, this, &ResultPanel::onViewChosen);
    connect(m_pageBar, &QTabBar::currentChanged, this, &ResultPanel::showPage);
}

void ResultPanel::run(const QString &connection, std::vector<connector::Statement> statements, const RunRequest &request)
{
    stop();
    while (m_pages->count() > 0) {
        QWidget *old = m_pages->widget(0);
        m_pages->removeWidget(old);
        old->deleteLater();
    }
    while (m_pageBar->count() > 0)
        m_pageBar->removeTab(0);
    m_todo.assign(std::make_move_iterator(statements.begin()), std::make_move_iterator(statements.end()));
    m_pageBar->setVisible(m_todo.size() > 1);
    m_connection = connection;
    m_request = request;
    if (m_todo.empty())
        return;
    if (request.batch.empty())
        startNext();
    else
        startBatch();
}

ResultPage *ResultPanel::addPage()
{
    auto *page = new ResultPage(m_connections, m_workers, m_pages);
    page->setZone(m_zone);
    m_pages->addWidget(page);
    connect(page->run(), &StatementRun::finished, this, [this, page] { onFinished(page); });
    connect(page, &ResultPage::runAgainWanted, this, [this, page](qint64 limit) { onRunAgain(page, limit); });
    connect(page->run(), &StatementRun::stateChanged, this, [this, page] {
        if (page == this->page())
            Q_EMIT stateChanged();
    });
    connect(page, &ResultPage::remedyWanted, this, [this, page](const QString &statement) { onRemedy(page, statement); });
    connect(page->run(), &StatementRun::noticed, m_messages, [this](const QString &text) { m_messages->addText(text); });
    connect(page->run(), &StatementRun::stopReported, m_messages, [this](const QString &text) { m_messages->addText(text); });
    return page;
}

void ResultPanel::startNext()
{
    const connector::Statement statement = std::move(m_todo.front());
    m_todo.pop_front();
    dropOldPages();
    ResultPage *page = addPage();
    m_running.insert(page);
    page->start(m_connection, statement, m_request);
    showNewPage(page);
    Q_EMIT runningChanged(isRunning());
}

void ResultPanel::startBatch()
{
    const std::vector<connector::Statement> statements(m_todo.begin(), m_todo.end());
    m_todo.clear();
    std::vector<StatementRun *> runs;
    std::vector<ResultPage *> pages;
    for (std::size_t i = 0; i < statements.size(); ++i) {
        pages.push_back(addPage());
        pages.back()->await();
        m_running.insert(pages.back());
        runs.push_back(pages.back()->run());
    }
    StatementRun::startBatch(m_connection, runs, statements, m_request);
    for (ResultPage *page : pages)
        showNewPage(page);
    showPage(0);
    m_pageBar->setCurrentIndex(0);
    Q_EMIT runningChanged(isRunning());
}

void ResultPanel::showNewPage(ResultPage *page)
{
    const int index = m_pageBar->addTab(page->title());
    m_pageBar->setTabToolTip(index, page->title());
    m_pageBar->setCurrentIndex(index);
    showPage(index);
}

void ResultPanel::dropOldPages()
{
    if (m_pages->count() < kMostPages)
        return;
    QWidget *old = m_pages->widget(0);
    m_pages->removeWidget(old);
    old->deleteLater();
    m_pageBar->removeTab(0);
}

void ResultPanel::report(const ResultPage *page)
{
    const RunState &state = page->run()->state();
    const connector::Outcome &outcome = state.outcome;
    const std::string &text = page->run()->statement().text;
    if (outcome.error)
        m_messages->addError(*outcome.error, QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    else if (state.isResultSet)
        m_messages->addText(tr("%1: %2 in %3, %4").arg(page->title(), rowsText(state.rows), durationText(state.elapsedMs), completenessText(outcome)));
    else
        m_messages->addText(tr("%1: done in %2").arg(page->title(), durationText(state.elapsedMs)));
}

void ResultPanel::onFinished(ResultPage *page)
{
    report(page);
    m_running.remove(page);
    const connector::Outcome &outcome = page->run()->state().outcome;
    if (outcome.error && outcome.error->kind != core::ErrorKind::Cancelled)
        Q_EMIT failed(page->run()->statement(), *outcome.error);
    if (outcome.error && !m_todo.empty()) {
        m_messages->addText(tr("Statements after this one that were not run: %1").arg(countText(static_cast<qint64>(m_todo.size()))));
        m_todo.clear();
    }
    if (!m_todo.empty())
        QMetaObject::invokeMethod(this, [this] {
            if (m_running.isEmpty() && !m_todo.empty())
                startNext();
        }, Qt::QueuedConnection);
    else if (m_running.isEmpty())
        Q_EMIT runningChanged(false);
}

void ResultPanel::onRunAgain(ResultPage *page, qint64 rowLimit)
{
    const connector::Statement statement = page->run()->statement();
    RunRequest request = page->run()->request();
    request.rowLimit = rowLimit;
    request.batch.clear();
    m_messages->addText(tr("Running again with another row limit: %1").arg(page->title()));
    run(page->run()->connection(), {statement}, request);
}

void ResultPanel::onRemedy(ResultPage *page, const QString &text)
{
    connector::Statement statement;
    statement.text = text.toStdString();
    statement.isRequest = connector::startsRequest(statement.text);
    run(page->run()->connection(), {statement}, {page->run()->rowLimit(), {}, {}});
}

void ResultPanel::stop()
{
    m_todo.clear();
    const auto running = m_running;
    for (ResultPage *page : running)
        page->run()->cancel();
}

bool ResultPanel::isRunning() const
{
    return !m_running.isEmpty() || !m_todo.empty();
}

ResultPage *ResultPanel::page() const
{
    return qobject_cast<ResultPage *>(m_pages->currentWidget());
}

int ResultPanel::pageCount() const
{
    return m_pages->count();
}

ResultPanel::View ResultPanel::view() const
{
    return static_cast<View>(m_viewBar->currentIndex());
}

void ResultPanel::setCornerWidget(QWidget *widget)
{
    m_viewRow->addWidget(widget, 1);
}

void ResultPanel::setZone(const QString &zone)
{
    m_zone = zone;
    m_export->setZone(zone);
    for (int i = 0; i < m_pages->count(); ++i)
        static_cast<ResultPage *>(m_pages->widget(i))->setZone(zone);
}

void ResultPanel::showExport()
{
    if (ResultPage *shown = page())
        m_export->openFor(shown, m_zone);
}

void ResultPanel::showInsert(const QString &connection, const std::vector<std::string> &path)
{
    m_insert->setResult([this]() -> std::optional<table::Table> {
        const ResultPage *shown = page();
        return shown && shown->run()->state().isResultSet ? std::optional(shown->table().table()) : std::nullopt;
    });
    m_insert->openFor(connection, path);
}

void ResultPanel::showView(View view)
{
    m_viewBar->setCurrentIndex(static_cast<int>(view));
}

void ResultPanel::focusView()
{
    ResultPage *shown = page();
    if (view() == View::Messages)
        m_messages->setFocus();
    else if (shown)
        shown->focusView();
}

void ResultPanel::showPage(int index)
{
    if (index < 0 || index >= m_pages->count())
        return;
    m_pages->setCurrentIndex(index);
    onViewChosen(m_viewBar->currentIndex());
    Q_EMIT stateChanged();
}

void ResultPanel::onViewChosen(int index)
{
    const auto chosen = static_cast<View>(index);
    if (chosen == View::Messages) {
        m_stack->setCurrentWidget(m_messages);
        return;
    }
    ResultPage *shown = page();
    m_stack->setCurrentWidget(shown ? static_cast<QWidget *>(m_pages) : m_empty);
    if (shown)
        shown->showView(static_cast<ResultPage::View>(index));
}

} // namespace desktop

#include "moc_resultpanel.cpp"
