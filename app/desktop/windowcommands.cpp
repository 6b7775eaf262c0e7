// SPDX-License-Identifier: GPL-3.0-or-later
// What the window's commands do, and the menus that show them.
#include "desktop/mainwindow.h"

#include "common/commandpalette.h"
#include "common/messagebar.h"
#include "desktop/appearance.h"
#include "desktop/exchangeview.h"
#include "desktop/inspectorpanel.h"
#include "desktop/querytab.h"
#include "editor/scripteditor.h"

#include <QCoreApplication>
#include <QMenuBar>
#include <QTabWidget>
#include <QTreeView>

namespace desktop {

void MainWindow::connectCommands()
{
    const auto onTab = [this](QAction *action, void (QueryTab::*call)()) {
        connect(action, &QAction::triggered, this, [this, call] {
            if (QueryTab *tab = currentTab())
                (tab->*call)();
        });
    };
    onTab(m_commands.run, &QueryTab::runAtCursor);
    onTab(m_commands.runAll, &QueryTab::runAll);
    const auto onTabBatch = [this](QAction *action, const char *batch) {
        connect(action, &QAction::triggered, this, [this, batch] {
            if (QueryTab *tab = currentTab())
                tab->runBatch(batch);
        });
    };
    connect(m_commands.newRequest, &QAction::triggered, this, &MainWindow::chooseTemplate);
    onTabBatch(m_commands.runTransaction, "transaction");
    onTabBatch(m_commands.runEach, "each");
    onTab(m_commands.stop, &QueryTab::stop);
    onTab(m_commands.find, &QueryTab::find);
    onTab(m_commands.chooseZone, &QueryTab::chooseZone);
    connect(m_commands.newTab, &QAction::triggered, this, [this] { newTab({}); });
    connect(m_commands.closeTab, &QAction::triggered, this, [this] { closeTab(m_tabs->currentIndex()); });
    const auto turn = [this](int step) {
        if (const int count = m_tabs->count(); count > 0)
            m_tabs->setCurrentIndex((m_tabs->currentIndex() + count + step) % count);
    };
    connect(m_commands.nextTab, &QAction::triggered, this, [turn] { turn(1); });
    connect(m_commands.previousTab, &QAction::triggered, this, [turn] { turn(-1); });
    connect(m_commands.quit, &QAction::triggered, this, &MainWindow::close);
    connect(m_commands.toggleComment, &QAction::triggered, this, [this] {
        if (QueryTab *tab = currentTab())
            tab->editor()->toggleComment();
    });
    connect(m_commands.complete, &QAction::triggered, this, [this] {
        if (QueryTab *tab = currentTab())
            tab->editor()->completeWord();
    });
    addActions(m_commands.all());
}

void MainWindow::connectViewCommands()
{
    const std::pair<QAction *, ResultPanel::View> views[] = {{m_commands.showGrid, ResultPanel::View::Grid},
        {m_commands.showChart, ResultPanel::View::Chart}, {m_commands.showExchange, ResultPanel::View::Exchange},
        {m_commands.showMessages, ResultPanel::View::Messages}};
    for (const auto &[action, view] : views) {
        connect(action, &QAction::triggered, this, [this, view = view] {
            if (QueryTab *tab = currentTab())
                tab->results()->showView(view);
        });
    }
    connect(m_commands.copyCurl, &QAction::triggered, this, [this] {
        const QueryTab *tab = currentTab();
        if (const ResultPage *page = tab ? tab->results()->page() : nullptr)
            page->exchanges()->copyAsCurl()->trigger();
    });
    connect(m_commands.insertRows, &QAction::triggered, this, [this] { insertInto(m_catalog->current()); });
    connect(m_commands.exportResult, &QAction::triggered, this, [this] {
        if (QueryTab *tab = currentTab())
            tab->results()->showExport();
    });
    connect(m_commands.palette, &QAction::triggered, this, &MainWindow::openPalette);
    connect(m_commands.toggleSidebar, &QAction::triggered, this,
        [this] { m_catalog->setVisible(!m_catalog->isVisible()); });
    connect(m_commands.focusTree, &QAction::triggered, this, [this] {
        m_catalog->show();
        m_catalog->tree()->setFocus();
    });
    connect(m_commands.focusEditor, &QAction::triggered, this, [this] {
        if (QueryTab *tab = currentTab())
            tab->editor()->setFocus();
    });
    connect(m_commands.focusResult, &QAction::triggered, this, [this] {
        if (QueryTab *tab = currentTab())
            tab->results()->focusView();
    });
    for (QAction *action : m_commands.themes)
        connect(action, &QAction::triggered, this, [this, action] { chooseTheme(action->data().toString()); });
    for (QAction *action : m_commands.languages)
        connect(action, &QAction::triggered, this, [this, action] { chooseLanguage(action->data().toString()); });
    connect(m_commands.about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::buildMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addActions({m_commands.newTab, m_commands.open});
    file->addSeparator();
    file->addActions({m_commands.save, m_commands.saveAs});
    file->addSeparator();
    file->addAction(m_commands.exportResult);
    file->addSeparator();
    file->addActions({m_commands.closeTab, m_commands.reopenTab});
    file->addSeparator();
    file->addActions({m_commands.nextTab, m_commands.previousTab});
    file->addSeparator();
    file->addAction(m_commands.quit);
    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    edit->addActions({m_commands.find, m_commands.toggleComment, m_commands.complete});
    QMenu *statement = menuBar()->addMenu(tr("&Statement"));
    statement->addActions({m_commands.run, m_commands.runAll, m_commands.runTransaction, m_commands.runEach, m_commands.stop});
    statement->addSeparator();
    statement->addActions({m_commands.newRequest, m_commands.copyCurl});
    QMenu *connections = menuBar()->addMenu(tr("&Connections"));
    connections->addActions(m_catalog->commands());
    connections->addAction(m_commands.insertRows);
    QMenu *view = menuBar()->addMenu(tr("&View"));
    view->addActions({m_commands.palette, m_commands.toggleSidebar, m_commands.toggleInspector});
    view->addSeparator();
    view->addActions({m_commands.showGrid, m_commands.showChart, m_commands.showExchange, m_commands.showMessages});
    view->addSeparator();
    view->addActions({m_commands.focusTree, m_commands.focusEditor, m_commands.focusResult});
    view->addSeparator();
    view->addAction(m_commands.chooseZone);
    view->addMenu(tr("Theme"))->addActions(m_commands.themes);
    view->addMenu(tr("Language"))->addActions(m_commands.languages);
    menuBar()->addMenu(tr("&Help"))->addAction(m_commands.about);
}

void MainWindow::refreshCommands()
{
    const QueryTab *tab = currentTab();
    const bool isRunning = tab && tab->isRunning();
    for (QAction *action : {m_commands.closeTab, m_commands.save, m_commands.saveAs, m_commands.find, m_commands.toggleComment, m_commands.complete,
             m_commands.showGrid, m_commands.showChart, m_commands.showExchange, m_commands.showMessages,
             m_commands.focusEditor, m_commands.focusResult, m_commands.chooseZone})
        action->setEnabled(tab);
    for (QAction *action : {m_commands.nextTab, m_commands.previousTab})
        action->setEnabled(m_tabs->count() > 1);
    m_commands.run->setEnabled(tab && !isRunning);
    m_commands.runAll->setEnabled(tab && !isRunning);
    const connector::Manifest *manifest = tab ? m_connections.manifestOf(tab->connectionName()) : nullptr;
    for (QAction *action : {m_commands.runTransaction, m_commands.runEach})
        action->setEnabled(tab && !isRunning && manifest && manifest->capabilities.batch);
    m_commands.stop->setEnabled(isRunning);
    m_commands.newRequest->setEnabled(manifest && !manifest->templates.empty());
    m_commands.copyCurl->setEnabled(tab && tab->results()->page());
    m_commands.exportResult->setEnabled(tab && tab->results()->page());
    m_commands.reopenTab->setEnabled(!m_closed.empty());
    m_inspector->follow(tab ? tab->results()->page() : nullptr);
    showWindowTitle();
}

// The endpoints of the current tab's server, by group and title; the chosen one opens as a request to fill in.
void MainWindow::chooseTemplate()
{
    const QueryTab *tab = currentTab();
    const connector::Manifest *manifest = tab ? m_connections.manifestOf(tab->connectionName()) : nullptr;
    if (!manifest)
        return;
    const QString connection = tab->connectionName();
    qDeleteAll(m_templates);
    m_templates.clear();
    for (const connector::RequestTemplate &request : manifest->templates) {
        auto *action = new QAction(request.group + QStringLiteral(": ") + request.title, this);
        action->setToolTip(request.explanation);
        connect(action, &QAction::triggered, this, [this, connection, request] {
            workspace::DocumentState state;
            state.title = request.title;
            state.connection = connection;
            state.text = QStringLiteral("# ") + request.explanation + QLatin1Char('\n') + QString::fromStdString(request.text) + QLatin1Char('\n');
            state.cursor = state.text.toUtf8().indexOf('\n') + 1;
            addTab(state)->setFocus();
        });
        m_templates << action;
    }
    m_palette->openFor(m_templates);
}

void MainWindow::openPalette()
{
    m_palette->openFor(m_commands.all() + m_catalog->commands());
}

void MainWindow::chooseTheme(const QString &theme)
{
    m_theme = theme;
    applyTheme(theme);
    scheduleSave();
}

void MainWindow::chooseLanguage(const QString &language)
{
    m_language = language;
    m_message->showMessage(common::MessageBar::Kind::Info, tr("The language changes when Ondograph is started again."));
    scheduleSave();
}

void MainWindow::showAbout()
{
    m_message->showMessage(common::MessageBar::Kind::Info,
        tr("Ondograph %1 – a client for databases that are reached over HTTP.").arg(QCoreApplication::applicationVersion()),
        tr("Free software under the GNU General Public License, version 3 or later."));
}

} // namespace desktop
