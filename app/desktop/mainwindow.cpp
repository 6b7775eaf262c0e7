// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/mainwindow.h"

#include "catalog/catalogmodel.h"
#include "common/commandpalette.h"
#include "common/emptystate.h"
#include "common/icons.h"
#include "common/messagebar.h"
#include "common/theme.h"
#include "connector/request.h"
#include "desktop/appearance.h"
#include "desktop/catalogloader.h"
#include "desktop/connectionform.h"
#include "desktop/inspectorpanel.h"
#include "desktop/querytab.h"
#include "desktop/silentsink.h"
#include "inspector/cellinspector.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace desktop {

namespace {
constexpr int kSaveDelayMs = 500;
constexpr int kNamesDelayMs = 300;
constexpr qint64 kOpenedRows = 1000; // of a table that is opened from the tree
}

MainWindow::MainWindow(ConnectionService &connections, Workers &workers, workspace::SessionStore &store)
    : m_connections(connections)
    , m_store(store)
    , m_catalogModel(new catalog::CatalogModel(this))
    , m_loader(new CatalogLoader(*m_catalogModel, connections, workers, this))
    , m_workers(workers)
    , m_saveTimer(new QTimer(this))
    , m_namesTimer(new QTimer(this))
{
    buildLayout();
    buildDiagnosis();
    connectCatalog();
    buildMenus();
    connectCommands();
    connectViewCommands();
    connectDocumentCommands();
    m_saveTimer->setSingleShot(true);
    m_saveTimer->setInterval(kSaveDelayMs);
    connect(m_saveTimer, &QTimer::timeout, this, [this] { m_store.save(sessionState()); });
    m_namesTimer->setSingleShot(true);
    m_namesTimer->setInterval(kNamesDelayMs);
    connect(m_namesTimer, &QTimer::timeout, this, &MainWindow::refreshNames);
    connect(m_loader, &CatalogLoader::loaded, m_namesTimer, qOverload<>(&QTimer::start));
    connect(m_catalog, &catalog::CatalogView::openWanted, this, &MainWindow::openTable);
    connect(m_catalog, &catalog::CatalogView::callWanted, this, &MainWindow::openCallForm);
    connect(m_catalog, &catalog::CatalogView::selectWanted, this, &MainWindow::copySelect);
    connect(m_catalog, &catalog::CatalogView::newDocumentWanted, this, &MainWindow::newTab);
    connect(m_catalog, &catalog::CatalogView::connectionWanted, this, &MainWindow::addConnection);
    connect(m_catalog, &catalog::CatalogView::removalWanted, this, &MainWindow::removeConnection);
    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::refreshCommands);
    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::refreshNames);
    connect(m_tabs, &QTabWidget::tabCloseRequested, this, &MainWindow::closeTab);
    connect(m_tabs->tabBar(), &QTabBar::tabMoved, this, &MainWindow::scheduleSave);
    connect(m_splitter, &QSplitter::splitterMoved, this, &MainWindow::scheduleSave);
    resize(320 * common::kStep, 210 * common::kStep);
    refreshCommands();
}

MainWindow::~MainWindow()
{
    // Tabs tell of their end; nobody listens to a window that is going.
    for (QueryTab *tab : findChildren<QueryTab *>())
        disconnect(tab, nullptr, this, nullptr);
    m_tabs->disconnect(this);
}

void MainWindow::buildLayout()
{
    m_catalog = new catalog::CatalogView(m_catalogModel, this);
    if (!m_connections.manifests().empty()) {
        const connector::Manifest &example = m_connections.manifests().front();
        m_catalog->setUrlExample(QStringLiteral("%1://user:password@host:%2/db")
                                     .arg(QString::fromStdString(example.scheme))
                                     .arg(example.defaultPort));
    }
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_tabs->setTabsClosable(false);
    m_tabs->setMovable(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->tabBar()->setExpanding(false);
    auto *add = new QToolButton(m_tabs);
    add->setAutoRaise(true);
    add->setIcon(common::icon(QStringLiteral("plus")));
    add->setToolTip(m_commands.newTab->text());
    add->setAccessibleName(m_commands.newTab->text());
    connect(add, &QToolButton::clicked, m_commands.newTab, &QAction::trigger);
    m_tabs->setCornerWidget(add, Qt::TopRightCorner);

    m_empty = new common::EmptyState(this);
    m_empty->setContents(QStringLiteral("sql"), tr("No tab is open"),
        tr("Open a SQL tab, or double-click a table in the list of connections."));
    m_empty->addAction(m_commands.newTab);
    m_empty->addAction(m_commands.palette);
    m_right = new QStackedWidget(this);
    m_right->addWidget(m_empty);
    m_right->addWidget(m_tabs);
    m_message = new common::MessageBar(this);
    m_message->setObjectName(QStringLiteral("windowMessage"));
    auto *right = new QWidget(this);
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->setSpacing(0);
    rightColumn->addWidget(m_message);
    rightColumn->addWidget(m_right, 1);

    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->addWidget(m_catalog);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({70 * common::kStep, 250 * common::kStep});
    m_splitter->setCollapsible(1, false);
    buildInspector();
    setCentralWidget(m_splitter);
    m_palette = new common::CommandPalette(this);
}

void MainWindow::buildInspector()
{
    m_inspector = new InspectorPanel(this);
    m_inspector->hide();
    m_splitter->addWidget(m_inspector);
    m_splitter->setCollapsible(m_splitter->indexOf(m_inspector), false);
    const auto toggle = [this] {
        const bool isShown = !m_inspector->isVisible();
        m_inspector->setVisible(isShown);
        if (isShown) {
            widenInspector();
            m_inspector->cell()->setFocus();
        }
        else if (QueryTab *tab = currentTab())
            tab->results()->focusView();
    };
    connect(m_commands.toggleInspector, &QAction::triggered, this, toggle);
    connect(m_inspector, &InspectorPanel::closeWanted, this, toggle);
}

// Counts and times of nanoseconds need the room; what somebody drew wider stays.
void MainWindow::widenInspector()
{
    constexpr int kWidth = 360;
    QList<int> sizes = m_splitter->sizes();
    const int at = m_splitter->indexOf(m_inspector);
    const int missing = kWidth - sizes[at];
    constexpr int documents = 1; // the tree stands before them
    if (missing <= 0 || sizes[documents] < 2 * kWidth)
        return;
    sizes[at] += missing;
    sizes[documents] -= missing;
    m_splitter->setSizes(sizes);
}

QueryTab *MainWindow::addTab(const workspace::DocumentState &state)
{
    TabActions actions{m_commands.run, m_commands.runAll, m_commands.stop,
        {m_commands.run, m_commands.runAll, m_commands.toggleComment, m_commands.find}};
    auto *tab = new QueryTab(m_connections, m_workers, actions, m_tabs);
    tab->restore(state);
    const int index = m_tabs->addTab(tab, common::icon(QStringLiteral("sql"), common::Tint::Muted), tab->title());
    auto *close = new QToolButton(m_tabs->tabBar());
    close->setAutoRaise(true);
    close->setIcon(common::icon(QStringLiteral("close"), common::Tint::Muted));
    close->setIconSize(QSize(12, 12));
    close->setToolTip(m_commands.closeTab->text());
    close->setAccessibleName(m_commands.closeTab->text());
    close->setFocusPolicy(Qt::NoFocus);
    connect(close, &QToolButton::clicked, tab, [this, tab] { closeTab(m_tabs->indexOf(tab)); });
    m_tabs->tabBar()->setTabButton(index, QTabBar::RightSide, close);
    connect(tab, &QueryTab::changed, this, &MainWindow::scheduleSave);
    connect(tab, &QueryTab::runningChanged, this, &MainWindow::refreshCommands);
    connect(tab->results(), &ResultPanel::stateChanged, this, [this, tab] {
        if (tab == currentTab())
            m_inspector->follow(tab->results()->page());
    });
    connect(tab, &QueryTab::connectionChanged, this, [this, tab] {
        retitle(tab);
        refreshCommands();
    });
    connect(tab, &QueryTab::titleChanged, this, [this, tab] { retitle(tab); });
    connect(tab, &QueryTab::environmentChanged, this, [this, tab] { showEnvironment(tab); });
    m_right->setCurrentWidget(m_tabs);
    m_tabs->setCurrentIndex(index);
    retitle(tab);
    scheduleSave();
    return tab;
}

void MainWindow::newTab(const QString &connection)
{
    workspace::DocumentState state;
    state.title = freeTitle();
    state.connection = connection;
    if (state.connection.isEmpty() && currentTab())
        state.connection = currentTab()->connectionName();
    addTab(state)->setFocus();
}

QString MainWindow::freeTitle() const
{
    for (int number = 1;; ++number) {
        const QString title = tr("Query %1").arg(number);
        bool isTaken = false;
        for (int i = 0; i < m_tabs->count(); ++i)
            isTaken = isTaken || static_cast<QueryTab *>(m_tabs->widget(i))->title() == title;
        if (!isTaken)
            return title;
    }
}

QueryTab *MainWindow::currentTab() const
{
    if (m_right->currentWidget() == m_form)
        return nullptr; // the tabs are behind the form
    return qobject_cast<QueryTab *>(m_tabs->currentWidget());
}

int MainWindow::tabCount() const
{
    return m_tabs->count();
}

void MainWindow::retitle(QueryTab *tab)
{
    const int index = m_tabs->indexOf(tab);
    if (index < 0)
        return;
    const QString mark = tab->isModified() ? QStringLiteral(" •") : QString();
    m_tabs->setTabText(index, QString(tab->title()).replace(QLatin1Char('&'), QStringLiteral("&&")) + mark);
    showEnvironment(tab);
    if (tab == currentTab())
        showWindowTitle();
}

void MainWindow::showWindowTitle()
{
    const QueryTab *tab = currentTab();
    setWindowTitle(tab ? QStringLiteral("%1[*] – %2").arg(tab->title(), tab->connectionName()) : QString());
    setWindowModified(tab && tab->isModified());
}

namespace {
std::vector<std::string> pathOf(const catalog::Target &target)
{
    std::vector<std::string> path;
    for (const QString &name : target.path)
        path.push_back(name.toStdString());
    return path;
}
}

void MainWindow::insertInto(const catalog::Target &target)
{
    const connector::Manifest *manifest = m_connections.manifestOf(target.connection);
    if (target.path.isEmpty() || !manifest || !manifest->capabilities.write) {
        m_message->showMessage(common::MessageBar::Kind::Info, tr("Rows go into a table: select one in the list of connections first."));
        return;
    }
    workspace::DocumentState state;
    state.title = tr("Insert into %1").arg(target.name);
    state.connection = target.connection;
    addTab(state)->results()->showInsert(target.connection, pathOf(target));
}

void MainWindow::openCallForm(const catalog::Target &target)
{
    using Form = core::Result<connector::CallForm>;
    const auto path = pathOf(target);
    const auto refuse = [this](const core::Error &error) {
        m_message->showMessage(common::MessageBar::Kind::Danger, error.message, error.hint);
    };
    m_connections.open(target.connection, this, [this, target, path, refuse](const ConnectionResult &result) {
        if (!result) {
            refuse(result.error());
            return;
        }
        m_workers.ask<Form>(
            this,
            [open = result.value(), path](std::stop_token stop) {
                SilentSink sink;
                return open->session->callForm(path, sink, stop);
            },
            [this, target, path, refuse](const Form &form) {
                if (!form) {
                    refuse(form.error());
                    return;
                }
                workspace::DocumentState state;
                state.title = target.name;
                state.connection = target.connection;
                addTab(state)->showCallForm(path, *form);
            });
    });
}

void MainWindow::withSelect(const catalog::Target &target, std::function<void(const QString &)> done)
{
    const std::vector<std::string> path = pathOf(target);
    m_connections.open(target.connection, this, [this, path, done = std::move(done)](const ConnectionResult &result) {
        if (result)
            done(QString::fromStdString(result.value()->session->selectStatement(path, kOpenedRows)));
        else
            m_message->showMessage(common::MessageBar::Kind::Danger, result.error().message, result.error().hint);
    });
}

void MainWindow::openTable(const catalog::Target &target)
{
    withSelect(target, [this, target](const QString &sql) {
        workspace::DocumentState state;
        state.title = target.name;
        state.connection = target.connection;
        const bool isRequest = connector::startsRequest(sql.toStdString());
        state.text = isRequest ? sql : sql + QStringLiteral(";\n"); // a request has no separator
        addTab(state)->runAll();
    });
}

void MainWindow::copySelect(const catalog::Target &target)
{
    withSelect(target, [](const QString &sql) { QGuiApplication::clipboard()->setText(sql); });
}

void MainWindow::removeConnection(const QString &name)
{
    m_connections.remove(name, this, [this](const core::Result<void> &removed) {
        if (!removed)
            m_message->showMessage(common::MessageBar::Kind::Danger, removed.error().message, removed.error().hint);
    });
}

void MainWindow::addConnection(const QString &url, const QString &keepAs)
{
    m_connections.openUrl(url, keepAs, this, [this](const core::Result<QString> &name) {
        if (!name) {
            m_catalog->urlRefused(name.error().message, name.error().hint);
            return;
        }
        m_catalog->urlAccepted();
        m_catalog->expandConnection(name.value());
    });
}

void MainWindow::refreshNames()
{
    if (QueryTab *tab = currentTab())
        tab->setCatalogNames(m_catalogModel->loadedNames(tab->connectionName()));
}

void MainWindow::scheduleSave()
{
    if (!m_isRestoring)
        m_saveTimer->start();
}

workspace::SessionState MainWindow::sessionState() const
{
    workspace::SessionState state;
    for (int i = 0; i < m_tabs->count(); ++i)
        state.documents.push_back(static_cast<const QueryTab *>(m_tabs->widget(i))->state());
    state.current = m_tabs->currentIndex();
    state.geometry = saveGeometry();
    state.layout = m_splitter->saveState();
    state.theme = m_theme;
    state.language = m_language;
    return state;
}

void MainWindow::restoreSession(const workspace::SessionState &state)
{
    m_isRestoring = true;
    m_theme = state.theme;
    m_language = state.language;
    for (QAction *action : m_commands.themes)
        action->setChecked(action->data().toString() == m_theme);
    for (QAction *action : m_commands.languages)
        action->setChecked(action->data().toString() == m_language);
    if (!state.geometry.isEmpty())
        restoreGeometry(state.geometry);
    if (!state.layout.isEmpty())
        m_splitter->restoreState(state.layout);
    for (const workspace::DocumentState &document : state.documents)
        addTab(document);
    if (state.current >= 0 && state.current < m_tabs->count())
        m_tabs->setCurrentIndex(state.current);
    m_isRestoring = false;
    if (QueryTab *tab = currentTab())
        tab->setFocus();
    refreshCommands();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_saveTimer->stop();
    m_store.save(sessionState());
    for (int i = 0; i < m_tabs->count(); ++i)
        static_cast<QueryTab *>(m_tabs->widget(i))->stop();
    event->accept();
}

} // namespace desktop

#include "moc_mainwindow.cpp"
