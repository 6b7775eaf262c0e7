// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/resultpanel.h"
#include "workspace/sessionstore.h"

#include <QWidget>

class QComboBox;
class QSplitter;
class QToolButton;

namespace common {
class MessageBar;
}
namespace editor {
class FindBar;
class ScriptEditor;
}

namespace desktop {

class StatusLine;

// The actions of the window that a tab's buttons trigger; owned by the window.
struct TabActions {
    QAction *run = nullptr;
    QAction *runAll = nullptr;
    QAction *stop = nullptr;
    QList<QAction *> editing; // for the editor's context menu
};

// A SQL tab: text, the bar to run it, and its results.
class QueryTab : public QWidget
{
    Q_OBJECT
public:
    QueryTab(ConnectionService &connections, Workers &workers, const TabActions &actions, QWidget *parent = nullptr);

    void restore(const workspace::DocumentState &state);
    workspace::DocumentState state() const;

    QString title() const { return m_title; }
    void setTitle(const QString &title);
    QString connectionName() const { return m_connection; }
    void setConnectionName(const QString &name);
    void setText(const QString &text);
    void setCatalogNames(const QStringList &names);

    void runAtCursor();
    void runAll();
    void stop();
    bool isRunning() const { return m_results->isRunning(); }
    void find();

    editor::ScriptEditor *editor() const { return m_editor; }
    ResultPanel *results() const { return m_results; }
    StatusLine *statusLine() const { return m_status; }
    common::MessageBar *messageBar() const { return m_message; }

Q_SIGNALS:
    void changed(); // something that the session keeps
    void runningChanged();
    void connectionChanged();

private:
    QWidget *makeBar(const TabActions &actions);
    void run(std::vector<connector::Statement> statements);
    void refreshConnections();
    void refreshStatus();
    void onFailed(const connector::Statement &statement, const core::Error &error);
    qint64 rowLimit() const;

    ConnectionService &m_connections;
    QString m_title;
    QString m_connection;
    editor::ScriptEditor *m_editor;
    editor::FindBar *m_findBar;
    common::MessageBar *m_message;
    ResultPanel *m_results;
    QSplitter *m_halves;
    QComboBox *m_connectionBox = nullptr;
    QComboBox *m_limitBox = nullptr;
    StatusLine *m_status = nullptr;
};

} // namespace desktop
