// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/catalogview.h"
#include "desktop/commands.h"
#include "desktop/connectionservice.h"
#include "workspace/sessionstore.h"

#include <QMainWindow>

class QFileDialog;
class QSplitter;
class QStackedWidget;
class QTabWidget;
class QTimer;

namespace catalog {
class CatalogModel;
}
namespace common {
class CommandPalette;
class EmptyState;
class MessageBar;
}

namespace desktop {

class CatalogLoader;
class DiagnosisView;
class ConnectionForm;
class InspectorPanel;
class QueryTab;
class SecretBar;

// The window: connections at the left, tabs at the right. It composes and connects; what is in a tab is the tab's.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    // All outlive the window.
    MainWindow(ConnectionService &connections, Workers &workers, workspace::SessionStore &store);
    ~MainWindow() override;

    // What was open when the program ended; the sample at the first start.
    void restoreSession(const workspace::SessionState &state);
    workspace::SessionState sessionState() const;

    const Commands &commands() const { return m_commands; }
    QueryTab *currentTab() const;
    int tabCount() const;
    catalog::CatalogView *catalogView() const { return m_catalog; }
    DiagnosisView *diagnosisView() const { return m_diagnosis; }
    ConnectionForm *connectionForm() const { return m_form; }
    SecretBar *secretBar() const { return m_secrets; }
    // All saved connections, without secrets, from or to a file.
    void importFrom(const QString &path);
    void exportTo(const QString &path);
    InspectorPanel *inspector() const { return m_inspector; }
    common::CommandPalette *palettePopover() const { return m_palette; }
    // Reads or writes on a worker; a failure is told in the bar on top.
    void openFile(const QString &path);
    void saveTab(QueryTab *tab, const QString &path);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildLayout();
    void buildDiagnosis();
    void testConnection(const QString &name);
    void acceptCertificate(const QString &fingerprint);
    void buildInspector();
    void widenInspector();
    void connectCommands();
    void connectCatalog();
    void tellFailure(const core::Result<void> &done);
    void showForm(const std::function<void()> &start);
    void openForm(const QString &name, void (ConnectionForm::*start)(const workspace::SavedConnection &));
    void closeForm();
    void importConnections();
    void exportConnections();
    void showEnvironment(QueryTab *tab);
    void connectViewCommands();
    void connectDocumentCommands();
    void buildMenus();
    QueryTab *addTab(const workspace::DocumentState &state);
    void newTab(const QString &connection);
    void closeTab(int index);
    void reopenTab();
    void askToOpen();
    void askWhereToSave();
    QFileDialog *fileDialog(const QString &title);
    void showWindowTitle();
    void openTable(const catalog::Target &target);
    void copySelect(const catalog::Target &target);
    void insertInto(const catalog::Target &target);
    void openCallForm(const catalog::Target &target);
    void addConnection(const QString &url, const QString &keepAs);
    void removeConnection(const QString &name);
    void withSelect(const catalog::Target &target, std::function<void(const QString &sql)> done);
    void openPalette();
    void chooseTemplate();
    void refreshCommands();
    void refreshNames();
    void retitle(QueryTab *tab);
    void chooseTheme(const QString &theme);
    void chooseLanguage(const QString &language);
    void showAbout();
    void scheduleSave();
    QString freeTitle() const;

    ConnectionService &m_connections;
    workspace::SessionStore &m_store;
    Commands m_commands;
    catalog::CatalogModel *m_catalogModel;
    CatalogLoader *m_loader;
    catalog::CatalogView *m_catalog = nullptr;
    ConnectionForm *m_form = nullptr;
    SecretBar *m_secrets = nullptr;
    QString m_toShow; // a connection that was saved, once it is in the list
    QSplitter *m_splitter = nullptr;
    DiagnosisView *m_diagnosis = nullptr;
    QStackedWidget *m_right = nullptr;
    QTabWidget *m_tabs = nullptr;
    InspectorPanel *m_inspector = nullptr;
    common::EmptyState *m_empty = nullptr;
    common::MessageBar *m_message = nullptr;
    QList<QAction *> m_templates; // of the palette that was opened last for them
    common::CommandPalette *m_palette = nullptr;
    Workers &m_workers;
    QTimer *m_saveTimer;
    QTimer *m_namesTimer;
    std::vector<workspace::DocumentState> m_closed; // the last one at the end
    QString m_folder; // that files were last chosen from
    QString m_theme;
    QString m_language;
    bool m_isRestoring = false;
};

} // namespace desktop
