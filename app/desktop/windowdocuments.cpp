// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does with documents: opening, saving, closing and taking back.
#include "desktop/mainwindow.h"

#include "common/emptystate.h"
#include "common/messagebar.h"
#include "desktop/querytab.h"
#include "editor/scripteditor.h"
#include "workspace/documentfile.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QPointer>
#include <QStackedWidget>
#include <QTabWidget>

namespace desktop {

namespace {

constexpr std::size_t kMostClosed = 20;

QString cleanPath(const QString &path)
{
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

} // namespace

void MainWindow::connectDocumentCommands()
{
    connect(m_commands.open, &QAction::triggered, this, &MainWindow::askToOpen);
    connect(m_commands.save, &QAction::triggered, this, [this] {
        QueryTab *tab = currentTab();
        if (tab && !tab->path().isEmpty())
            saveTab(tab, tab->path());
        else
            askWhereToSave();
    });
    connect(m_commands.saveAs, &QAction::triggered, this, &MainWindow::askWhereToSave);
    connect(m_commands.reopenTab, &QAction::triggered, this, &MainWindow::reopenTab);
    connect(m_message, &common::MessageBar::pressed, this, [this](const QString &id) {
        m_message->hide();
        if (id == QLatin1String("reopen"))
            reopenTab();
    });
}

QFileDialog *MainWindow::fileDialog(const QString &title)
{
    auto *dialog = new QFileDialog(this, title, m_folder.isEmpty() ? QDir::homePath() : m_folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters({tr("SQL texts (*.sql)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::directoryEntered, this, [this](const QString &folder) { m_folder = folder; });
    return dialog;
}

void MainWindow::askToOpen()
{
    QFileDialog *dialog = fileDialog(tr("Open a SQL text"));
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        for (const QString &path : paths)
            openFile(path);
    });
    dialog->open();
}

void MainWindow::openFile(const QString &givenPath)
{
    const QString path = cleanPath(givenPath);
    m_folder = QFileInfo(path).absolutePath();
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (static_cast<QueryTab *>(m_tabs->widget(i))->path() == path) {
            m_tabs->setCurrentIndex(i);
            return;
        }
    }
    m_workers.ask<core::Result<QString>>(
        this, [path](std::stop_token) { return workspace::readDocument(path); },
        [this, path](const core::Result<QString> &text) {
            if (!text) {
                m_message->showMessage(common::MessageBar::Kind::Danger, text.error().message, text.error().hint);
                return;
            }
            workspace::DocumentState state;
            state.title = QFileInfo(path).fileName();
            state.path = path;
            state.text = text.value();
            if (const QueryTab *tab = currentTab())
                state.connection = tab->connectionName();
            addTab(state)->setFocus();
        });
}

void MainWindow::askWhereToSave()
{
    const QPointer<QueryTab> tab(currentTab());
    if (!tab)
        return;
    QFileDialog *dialog = fileDialog(tr("Save the SQL text"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("sql"));
    dialog->selectFile(tab->path().isEmpty() ? tab->title() + QStringLiteral(".sql") : tab->path());
    connect(dialog, &QFileDialog::fileSelected, this, [this, tab](const QString &path) {
        if (tab)
            saveTab(tab, path);
    });
    dialog->open();
}

void MainWindow::saveTab(QueryTab *tab, const QString &givenPath)
{
    const QString path = cleanPath(givenPath);
    m_folder = QFileInfo(path).absolutePath();
    const QString text = tab->editor()->text();
    m_workers.ask<core::Result<bool>>(
        tab, [path, text](std::stop_token) { return workspace::writeDocument(path, text); },
        [this, tab, path, text](const core::Result<bool> &written) {
            if (written)
                tab->setSaved(path, text);
            else
                m_message->showMessage(common::MessageBar::Kind::Danger, written.error().message, written.error().hint);
        });
}

void MainWindow::closeTab(int index)
{
    auto *tab = qobject_cast<QueryTab *>(m_tabs->widget(index));
    if (!tab)
        return;
    tab->stop();
    const workspace::DocumentState state = tab->state();
    m_closed.push_back(state);
    if (m_closed.size() > kMostClosed)
        m_closed.erase(m_closed.begin());
    m_tabs->removeTab(index);
    tab->deleteLater();
    m_right->setCurrentWidget(m_tabs->count() > 0 ? static_cast<QWidget *>(m_tabs) : m_empty);
    // Nothing is asked beforehand: a text that is in no file can be taken back.
    if (state.isModified || (state.path.isEmpty() && !state.text.trimmed().isEmpty())) {
        m_message->showMessage(common::MessageBar::Kind::Info, tr("%1 was closed; its text is in no file.").arg(state.title));
        m_message->addButton(QStringLiteral("reopen"), tr("Open it again"));
    }
    refreshCommands();
    scheduleSave();
}

void MainWindow::reopenTab()
{
    if (m_closed.empty())
        return;
    const workspace::DocumentState state = m_closed.back();
    m_closed.pop_back();
    addTab(state)->setFocus();
    refreshCommands();
}

} // namespace desktop
