// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/call.h"
#include "desktop/resultpanel.h"
#include "desktop/writecheck.h"
#include "workspace/sessionstore.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QSplitter;
class QToolButton;

namespace catalog {
class CallFormView;
}
namespace common {
class EnvironmentChip;
class MessageBar;
}
namespace editor {
class FindBar;
class ScriptEditor;
}

namespace desktop {

class ParameterBar;
class StatusLine;
class TokenChip;
class ZoneMenu;

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
    // The file that the text is kept in; empty: none, the session keeps it.
    QString path() const { return m_path; }
    // Whether the text differs from that file's; never without a file.
    bool isModified() const;
    // This text is what the file now holds; the tab takes its name.
    void setSaved(const QString &path, const QString &text);
    void setText(const QString &text);
    void setCatalogNames(const QStringList &names);

    void runAtCursor();
    void runAll();
    // All statements as one batch: "transaction" or "each".
    void runBatch(const std::string &batch);
    // A form for something that is called: filled in, it becomes a request in the editor and runs.
    void showCallForm(const std::vector<std::string> &path, const connector::CallForm &form);
    void stop();
    bool isRunning() const { return m_results->isRunning(); }
    void find();
    void chooseZone();

    editor::ScriptEditor *editor() const { return m_editor; }
    ResultPanel *results() const { return m_results; }
    StatusLine *statusLine() const { return m_status; }
    ZoneMenu *zoneMenu() const { return m_zone; }
    TokenChip *tokenChip() const { return m_token; }
    common::MessageBar *messageBar() const { return m_message; }

Q_SIGNALS:
    void changed(); // something that the session keeps
    void runningChanged();
    void connectionChanged();
    void environmentChanged(); // of the connection, or which one it is
    void titleChanged(); // or the mark of a text that differs from its file

private:
    QWidget *makeBar(const TabActions &actions, Workers &workers);
    QWidget *makeUpperHalf(const TabActions &actions);
    void run(std::vector<connector::Statement> statements, const std::string &batch = {});
    bool isHeldBack(const std::vector<connector::Statement> &statements, const std::string &batch);
    void askToWrite(const WriteCheck &check, const std::vector<connector::Statement> &statements, const std::string &batch);
    void onMessageButton(const QString &id);
    // What the fields below the editor are for: parameters, and variables of a request.
    std::vector<std::string> fieldsOf(const std::vector<connector::Statement> &statements) const;
    void fillVariables(std::vector<connector::Statement> &statements) const;
    bool lacksParameters(const std::vector<connector::Statement> &statements);
    void refreshParameters();
    void call();
    void refreshConnections();
    void refreshStatus();
    void applyZone();
    void watchSecrets();
    void askToAllow(const std::vector<workspace::AllowedCommands::Command> &commands);
    void allowCommands();
    void showError(const core::Error &error);
    void onFailed(const connector::Statement &statement, const core::Error &error);
    qint64 rowLimit() const;

    // What waits for an answer whether it may write.
    struct Asked {
        std::vector<connector::Statement> statements;
        std::string batch;
        QString connection;
    };

    ConnectionService &m_connections;
    std::optional<Asked> m_asked;
    QString m_title;
    QString m_connection;
    QString m_path;
    bool m_wasModified = false; // already when it was restored
    editor::ScriptEditor *m_editor;
    editor::FindBar *m_findBar;
    catalog::CallFormView *m_callForm;
    std::vector<std::string> m_callPath;
    ParameterBar *m_parameters;
    common::MessageBar *m_message;
    ResultPanel *m_results;
    QSplitter *m_halves;
    QComboBox *m_connectionBox = nullptr;
    common::EnvironmentChip *m_environment = nullptr;
    QComboBox *m_limitBox = nullptr;
    ZoneMenu *m_zone = nullptr;
    StatusLine *m_status = nullptr;
    TokenChip *m_token = nullptr;
    std::vector<workspace::AllowedCommands::Command> m_blockedCommands; // that the message bar asks about
};

} // namespace desktop
