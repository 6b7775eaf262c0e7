// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does with connections: the page that makes and changes them, their order, import and export.
#include "desktop/mainwindow.h"

#include "common/environment.h"
#include "common/messagebar.h"
#include "desktop/connectionform.h"
#include "desktop/querytab.h"
#include "desktop/secretbar.h"

#include <QFileDialog>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace desktop {

void MainWindow::connectCatalog()
{
    using catalog::CatalogView;
    m_form = new ConnectionForm(m_connections, m_workers, this);
    m_right->addWidget(m_form);
    m_secrets = new SecretBar(m_connections, this);
    static_cast<QVBoxLayout *>(m_message->parentWidget()->layout())->insertWidget(1, m_secrets);
    connect(m_form, &ConnectionForm::closed, this, &MainWindow::closeForm);
    connect(m_form, &ConnectionForm::saved, this, [this](const QString &name) { m_toShow = name; });
    connect(&m_connections, &ConnectionService::listChanged, this, [this] {
        if (!m_toShow.isEmpty() && m_connections.entry(m_toShow))
            m_catalog->expandConnection(std::exchange(m_toShow, QString()));
        refreshCommands();
    }, Qt::QueuedConnection); // behind the tree's own
    connect(m_catalog, &CatalogView::formWanted, this, [this] { showForm([this] { m_form->startNew(); }); });
    connect(m_catalog, &CatalogView::editWanted, this, [this](const QString &name) { openForm(name, &ConnectionForm::startEditing); });
    connect(m_catalog, &CatalogView::duplicateWanted, this, [this](const QString &name) { openForm(name, &ConnectionForm::startCopy); });
    connect(m_catalog, &CatalogView::importWanted, this, &MainWindow::importConnections);
    connect(m_catalog, &CatalogView::exportWanted, this, &MainWindow::exportConnections);
    connect(m_catalog, &CatalogView::arrangementWanted, this, [this](const QStringList &names, const QString &group, const QString &before) {
        m_connections.arrange(names, group, before, this, [this](const core::Result<void> &done) { tellFailure(done); });
    });
}

void MainWindow::tellFailure(const core::Result<void> &done)
{
    if (!done)
        m_message->showMessage(common::MessageBar::Kind::Danger, done.error().message, done.error().hint);
}

void MainWindow::showForm(const std::function<void()> &start)
{
    if (m_right->currentWidget() == m_form && m_form->isModified()) {
        m_form->refuseToLeave();
        return;
    }
    m_right->setCurrentWidget(m_form);
    start();
    refreshCommands();
}

void MainWindow::openForm(const QString &name, void (ConnectionForm::*start)(const workspace::SavedConnection &))
{
    m_connections.load(name, this, [this, start](const core::Result<workspace::SavedConnection> &connection) {
        if (connection)
            showForm([&] { (m_form->*start)(connection.value()); });
        else
            m_message->showMessage(common::MessageBar::Kind::Danger, connection.error().message, tr("It was given by its URL only. Add it by a name to change it."));
    });
}

void MainWindow::closeForm()
{
    m_right->setCurrentWidget(m_tabs->count() > 0 ? static_cast<QWidget *>(m_tabs) : m_right->widget(0));
    refreshCommands();
    if (QueryTab *tab = currentTab())
        tab->setFocus();
}

void MainWindow::importConnections()
{
    auto *dialog = new QFileDialog(this, tr("Import connections"), m_folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Connections (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::importFrom);
    dialog->open();
}

void MainWindow::importFrom(const QString &path)
{
    m_connections.importFrom(path, this, [this](const core::Result<int> &count) {
        if (count)
            m_message->showMessage(common::MessageBar::Kind::Good, tr("%1 connections were imported.").arg(count.value()),
                tr("Secrets are not part of the file: each is asked for when its connection is first used."));
        else
            m_message->showMessage(common::MessageBar::Kind::Danger, count.error().message, count.error().hint);
    });
}

void MainWindow::exportConnections()
{
    auto *dialog = new QFileDialog(this, tr("Export connections"), m_folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(QStringLiteral("connections.json"));
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::exportTo);
    dialog->open();
}

void MainWindow::exportTo(const QString &path)
{
    m_connections.exportTo(path, this, [this, path](const core::Result<int> &count) {
        if (count)
            m_message->showMessage(common::MessageBar::Kind::Good, tr("%1 connections were written to %2.").arg(count.value()).arg(path), tr("No secret is in the file."));
        else
            m_message->showMessage(common::MessageBar::Kind::Danger, count.error().message, count.error().hint);
    });
}

// The tab's icon in the colour of its connection's environment, and the word in its tip.
void MainWindow::showEnvironment(QueryTab *tab)
{
    const int index = m_tabs->indexOf(tab);
    const ConnectionEntry *entry = m_connections.entry(tab->connectionName());
    if (index < 0)
        return;
    const QString environment = entry ? QString::fromStdString(entry->environment) : QString();
    m_tabs->setTabIcon(index, common::icon(QStringLiteral("sql"), common::environmentTint(environment)));
    const QString word = common::environmentWord(environment);
    m_tabs->setTabToolTip(index, (tab->path().isEmpty() ? tab->title() : tab->path()) + QLatin1Char('\n') + tab->connectionName()
            + (word.isEmpty() ? QString() : QStringLiteral(" · ") + word));
}

} // namespace desktop
