// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/resultpage.h"

#include <QSet>
#include <QWidget>

#include <deque>

class QHBoxLayout;
class QStackedWidget;
class QTabBar;

namespace common {
class EmptyState;
}

namespace desktop {

class ExportSheet;
class InsertSheet;
class MessagesView;

// The results of a tab: runs statements one after the other, one page each, and chooses what of them is shown.
class ResultPanel : public QWidget
{
    Q_OBJECT
public:
    enum class View { Grid, Chart, Exchange, Messages };

    ResultPanel(ConnectionService &connections, Workers &workers, QWidget *parent = nullptr);

    // Replaces what is there. The first failure ends the series; a batch (see RunRequest) runs as one.
    void run(const QString &connection, std::vector<connector::Statement> statements, const RunRequest &request);
    void stop();
    bool isRunning() const;

    // Beside the tabs that choose the view; the panel takes it over.
    void setCornerWidget(QWidget *widget);
    // The zone of all pages, present and future; an IANA name.
    void setZone(const QString &zone);

    void showView(View view);
    View view() const;
    // Where the result that is looked at becomes a file; nothing happens before the first run.
    void showExport();
    ExportSheet *exportSheet() const { return m_export; }
    // Where rows are put into a table of the connection.
    void showInsert(const QString &connection, const std::vector<std::string> &path);
    InsertSheet *insertSheet() const { return m_insert; }
    // Moves the keyboard to what is shown.
    void focusView();
    void showPage(int index);
    // The page that is looked at; nullptr before the first run.
    ResultPage *page() const;
    int pageCount() const;
    MessagesView *messages() const { return m_messages; }
    common::EmptyState *emptyState() const { return m_empty; }

Q_SIGNALS:
    // The state of the page that is looked at changed, or another is looked at.
    void stateChanged();
    void runningChanged(bool isRunning);
    void failed(const connector::Statement &statement, const core::Error &error);

private:
    void startNext();
    void startBatch();
    ResultPage *addPage();
    void showNewPage(ResultPage *page);
    void report(const ResultPage *page);
    void onRemedy(ResultPage *page, const QString &statement);
    void dropOldPages();
    void onFinished(ResultPage *page);
    void onRunAgain(ResultPage *page, qint64 rowLimit);
    void onViewChosen(int index);

    ConnectionService &m_connections;
    Workers &m_workers;
    QTabBar *m_pageBar;
    QTabBar *m_viewBar;
    QHBoxLayout *m_viewRow;
    QStackedWidget *m_stack; // empty state, pages, messages
    QStackedWidget *m_pages;
    common::EmptyState *m_empty;
    MessagesView *m_messages;
    ExportSheet *m_export;
    InsertSheet *m_insert;
    std::deque<connector::Statement> m_todo;
    QString m_connection;
    QString m_zone = QStringLiteral("UTC");
    RunRequest m_request;
    QSet<ResultPage *> m_running;
};

} // namespace desktop
