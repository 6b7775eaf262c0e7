// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalogview.h"

#include "catalog/catalogdelegate.h"
#include "catalog/catalogmodel.h"
#include "catalog/catalogsearch.h"
#include "catalog/groupline.h"
#include "common/icons.h"
#include "common/messagebar.h"
#include "common/theme.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace catalog {

bool Target::canOpen() const
{
    static const QStringList kinds{QStringLiteral("table"), QStringLiteral("supertable"), QStringLiteral("childtable"),
        QStringLiteral("view")};
    return isOpened || kinds.contains(kind);
}

CatalogView::CatalogView(CatalogModel *model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_search(new CatalogSearch(model, this))
    , m_tree(new QTreeView(this))
    , m_results(new QListView(this))
    , m_found(new QLabel(this))
    , m_lists(new QStackedWidget(this))
    , m_filter(new QLineEdit(this))
    , m_urlLine(new QWidget(this))
    , m_url(new QLineEdit(m_urlLine))
    , m_keepAs(new QLineEdit(m_urlLine))
    , m_urlMessage(new common::MessageBar(this))
    , m_question(new common::MessageBar(this))
    , m_groupLine(new GroupLine(this))
{
    m_open = addCommand(QStringLiteral("run"), tr("Open in a new tab"), "catalog.open");
    m_call = addCommand(QStringLiteral("call"), tr("Call with a form…"), "catalog.call");
    m_newDocument = addCommand(QStringLiteral("sql"), tr("New SQL tab on this connection"), "catalog.newDocument");
    m_copyName = addCommand(QStringLiteral("copy"), tr("Copy name"), "catalog.copyName");
    m_copySelect = addCommand(QStringLiteral("copy"), tr("Copy as SELECT"), "catalog.copySelect");
    m_refresh = addCommand(QStringLiteral("refresh"), tr("Load again from the server"), "catalog.refresh", Qt::Key_F5);
    m_testConnection = addCommand(QStringLiteral("complete"), tr("Test connection"), "catalog.testConnection");
    m_newConnection = addCommand(QStringLiteral("plus"), tr("New connection…"), "catalog.newConnection");
    m_newConnection->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_N)); // everywhere in the window
    m_addConnection = addCommand(QStringLiteral("connection"), tr("New connection by URL…"), "catalog.addConnection");
    m_editConnection = addCommand(QStringLiteral("column"), tr("Edit this connection…"), "catalog.editConnection", Qt::Key_F4);
    m_duplicateConnection = addCommand(QStringLiteral("copy"), tr("Duplicate this connection…"), "catalog.duplicateConnection", Qt::CTRL | Qt::Key_D);
    m_moveToGroup = addCommand(QStringLiteral("folder"), tr("Move this connection to a group…"), "catalog.moveToGroup", Qt::CTRL | Qt::Key_G);
    m_renameGroup = addCommand(QStringLiteral("folder"), tr("Rename this group"), "catalog.renameGroup", Qt::Key_F2);
    m_moveUp = addCommand(QStringLiteral("up"), tr("Move up in the list"), "catalog.moveUp", Qt::ALT | Qt::Key_Up);
    m_moveDown = addCommand(QStringLiteral("down"), tr("Move down in the list"), "catalog.moveDown", Qt::ALT | Qt::Key_Down);
    m_removeConnection = addCommand(QStringLiteral("minus"), tr("Remove this connection"), "catalog.removeConnection", Qt::Key_Delete);
    m_import = addCommand(QStringLiteral("down"), tr("Import connections…"), "catalog.import");
    m_export = addCommand(QStringLiteral("up"), tr("Export connections…"), "catalog.export");
    buildTree();
    buildSearch();
    buildUrlLine(m_urlLine);
    m_found->setContentsMargins(3 * common::kStep, common::kStep, 2 * common::kStep, common::kStep);
    m_found->setForegroundRole(QPalette::PlaceholderText);
    m_found->setTextFormat(Qt::PlainText);
    m_found->setWordWrap(true);
    m_found->hide();
    auto *add = new QToolButton(this);
    add->setDefaultAction(m_newConnection);
    add->setAutoRaise(true);
    add->setToolTip(m_newConnection->text());

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(2 * common::kStep, 2 * common::kStep, 2 * common::kStep, 2 * common::kStep);
    bar->setSpacing(common::kStep);
    bar->addWidget(m_filter);
    bar->addWidget(add);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_urlLine);
    column->addWidget(m_groupLine);
    column->addWidget(m_urlMessage);
    column->addWidget(m_question);
    column->addWidget(m_found);
    column->addWidget(m_lists, 1);
    connectCommands();
    updateCommands();
}

void CatalogView::buildTree()
{
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new CatalogDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setMouseTracking(true);
    m_tree->setAccessibleName(tr("Connections"));
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setDragDropMode(QAbstractItemView::DragDrop);
    m_tree->setDefaultDropAction(Qt::MoveAction);
    m_tree->setDropIndicatorShown(true);
    m_lists->addWidget(m_tree);
    connect(m_tree, &QTreeView::activated, this, &CatalogView::activate);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &CatalogView::showMenu);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &CatalogView::updateCommands);
    connect(m_model, &CatalogModel::arrangementWanted, this, &CatalogView::arrangementWanted);
    connect(m_model, &QAbstractItemModel::layoutChanged, this, [this] {
        for (int row = 0; row < m_model->rowCount(); ++row) { // folders are open until somebody closes them
            const QModelIndex index = m_model->index(row, 0);
            if (index.data(CatalogModel::KindRole).toString() == QLatin1String("folder") && !m_closedFolders.contains(index.data(CatalogModel::NameRole).toString()))
                m_tree->expand(index);
        }
    });
    const auto note = [this](const QModelIndex &index, bool isClosed) {
        const QString name = index.data(CatalogModel::NameRole).toString();
        if (index.data(CatalogModel::KindRole).toString() != QLatin1String("folder"))
            return;
        m_closedFolders.removeAll(name);
        if (isClosed)
            m_closedFolders << name;
    };
    connect(m_tree, &QTreeView::collapsed, this, [note](const QModelIndex &index) { note(index, true); });
    connect(m_tree, &QTreeView::expanded, this, [note](const QModelIndex &index) { note(index, false); });
}

void CatalogView::buildSearch()
{
    m_filter->setPlaceholderText(tr("Search what is loaded"));
    m_filter->setAccessibleName(tr("Search what is loaded"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(common::icon(QStringLiteral("search"), common::Tint::Muted), QLineEdit::LeadingPosition);
    m_filter->installEventFilter(this);
    m_results->setModel(m_search);
    m_results->setItemDelegate(new CatalogDelegate(m_results));
    m_results->setUniformItemSizes(true);
    m_results->setFrameShape(QFrame::NoFrame);
    m_results->setContextMenuPolicy(Qt::CustomContextMenu);
    m_results->setMouseTracking(true);
    m_results->setAccessibleName(tr("Found"));
    m_lists->addWidget(m_results);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_search->setText(text.trimmed());
        m_lists->setCurrentWidget(shownView());
        showFound();
        updateCommands();
    });
    connect(m_search, &CatalogSearch::searched, this, &CatalogView::showFound);
    connect(m_results, &QListView::activated, this, &CatalogView::activate);
    connect(m_results, &QListView::customContextMenuRequested, this, &CatalogView::showMenu);
    connect(m_results->selectionModel(), &QItemSelectionModel::currentChanged, this, &CatalogView::updateCommands);
}

void CatalogView::showFound()
{
    m_found->setVisible(shownView() == m_results);
    if (m_search->isSearching())
        m_found->setText(tr("Searching…"));
    else if (m_search->rowCount() == 0)
        m_found->setText(tr("Nothing that is loaded has this name. Open a connection to load what it holds."));
    else
        m_found->setText(m_search->hasMore() ? tr("The first %1 are shown.").arg(CatalogSearch::kMost) : tr("%1 found").arg(m_search->rowCount()));
    if (!m_results->currentIndex().isValid() && m_search->rowCount() > 0)
        m_results->setCurrentIndex(m_search->index(0));
}

// From the field the arrow keys move in what was found, and Return opens it.
bool CatalogView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const auto key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            shownView()->setFocus();
            return true;
        }
        if (key == Qt::Key_Escape && !m_filter->text().isEmpty()) {
            m_filter->clear();
            return true;
        }
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_results->currentIndex().isValid() && shownView() == m_results) {
            activate(m_results->currentIndex());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

QAbstractItemView *CatalogView::shownView() const
{
    if (m_search->text().isEmpty())
        return m_tree;
    return m_results;
}

void CatalogView::buildUrlLine(QWidget *line)
{
    m_url->setObjectName(QStringLiteral("catalog.url"));
    m_url->setAccessibleName(tr("URL of the server"));
    auto *label = new QLabel(tr("URL of the server"), line);
    m_keepAs->setObjectName(QStringLiteral("catalog.keepAs"));
    m_keepAs->setAccessibleName(tr("Name to keep it under"));
    m_keepAs->setPlaceholderText(tr("Name to keep it under (optional)"));
    auto *note = new QLabel(tr("Without a name it is there until the program ends. The password is never kept, nor shown again."), line);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    auto *connectButton = new QPushButton(tr("Connect"), line);
    auto *cancelButton = new QPushButton(tr("Cancel"), line);
    connectButton->setDefault(true);
    label->setBuddy(m_url);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancelButton);
    buttons->addWidget(connectButton);
    auto *urlColumn = new QVBoxLayout(line);
    urlColumn->setContentsMargins(2 * common::kStep, 0, 2 * common::kStep, 2 * common::kStep);
    urlColumn->addWidget(label);
    urlColumn->addWidget(m_url);
    urlColumn->addWidget(m_keepAs);
    urlColumn->addWidget(note);
    urlColumn->addLayout(buttons);
    line->hide();
    const auto submit = [this] { Q_EMIT connectionWanted(m_url->text().trimmed(), m_keepAs->text().trimmed()); };
    connect(m_url, &QLineEdit::returnPressed, this, submit);
    connect(m_keepAs, &QLineEdit::returnPressed, this, submit);
    connect(connectButton, &QPushButton::clicked, this, submit);
    connect(cancelButton, &QPushButton::clicked, this, &CatalogView::urlAccepted);
    auto *escape = new QShortcut(QKeySequence(Qt::Key_Escape), line);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &CatalogView::urlAccepted);
}

void CatalogView::connectCommands()
{
    connect(m_open, &QAction::triggered, this, [this] { Q_EMIT openWanted(current()); });
    connect(m_call, &QAction::triggered, this, [this] { Q_EMIT callWanted(current()); });
    connect(m_newDocument, &QAction::triggered, this, [this] { Q_EMIT newDocumentWanted(current().connection); });
    connect(m_copyName, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(current().name); });
    connect(m_copySelect, &QAction::triggered, this, [this] { Q_EMIT selectWanted(current()); });
    connect(m_refresh, &QAction::triggered, this, [this] { m_model->reload(currentSource()); });
    connect(m_testConnection, &QAction::triggered, this, [this] { Q_EMIT testWanted(current().connection); });
    connect(m_newConnection, &QAction::triggered, this, &CatalogView::formWanted);
    connect(m_addConnection, &QAction::triggered, this, &CatalogView::askForUrl);
    connect(m_editConnection, &QAction::triggered, this, [this] { Q_EMIT editWanted(current().connection); });
    connect(m_duplicateConnection, &QAction::triggered, this, [this] { Q_EMIT duplicateWanted(current().connection); });
    connect(m_moveToGroup, &QAction::triggered, this, &CatalogView::askForGroup);
    connect(m_renameGroup, &QAction::triggered, this, [this] { m_tree->edit(m_tree->currentIndex()); });
    connect(m_moveUp, &QAction::triggered, this, [this] { m_model->moveBy(m_tree->currentIndex(), -1); });
    connect(m_moveDown, &QAction::triggered, this, [this] { m_model->moveBy(m_tree->currentIndex(), 1); });
    connect(m_removeConnection, &QAction::triggered, this, &CatalogView::askToRemove);
    connect(m_import, &QAction::triggered, this, &CatalogView::importWanted);
    connect(m_export, &QAction::triggered, this, &CatalogView::exportWanted);
    connect(m_groupLine, &GroupLine::chosen, this, [this](const QString &connection, const QString &group) {
        Q_EMIT arrangementWanted({connection}, group, {});
    });
    connect(m_groupLine, &GroupLine::closed, m_tree, qOverload<>(&QWidget::setFocus));
    connect(m_question, &common::MessageBar::pressed, this, [this](const QString &id) {
        m_question->hide();
        if (id == QLatin1String("remove"))
            Q_EMIT removalWanted(m_toRemove);
        m_tree->setFocus();
    });
}

void CatalogView::askForGroup()
{
    QStringList groups;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        if (index.data(CatalogModel::KindRole).toString() == QLatin1String("folder"))
            groups << index.data(CatalogModel::NameRole).toString();
    }
    m_groupLine->ask(current().connection, groups, currentSource().data(CatalogModel::GroupRole).toString());
}

void CatalogView::askToRemove()
{
    m_toRemove = current().connection;
    m_question->showMessage(common::MessageBar::Kind::Warning, tr("Remove the connection \"%1\"?").arg(m_toRemove),
        current().isArranged ? tr("Its file is deleted. Nothing changes on the server.") : tr("Nothing changes on the server."));
    m_question->addButton(QStringLiteral("keep"), tr("Keep"));
    m_question->addButton(QStringLiteral("remove"), tr("Remove"));
}

// Shows a line of the tree, with all that it stands in unfolded.
void CatalogView::reveal(const QModelIndex &source)
{
    const QPersistentModelIndex line = source;
    m_filter->clear();
    m_tree->setCurrentIndex(line);
    m_tree->expand(line);
    m_tree->scrollTo(line);
    m_tree->setFocus();
}

// A shortcut is one of the tree: it works while the focus is here.
QAction *CatalogView::addCommand(const QString &iconName, const QString &text, const char *name, const QKeySequence &keys)
{
    auto *action = new QAction(common::icon(iconName), text, this);
    action->setObjectName(QLatin1String(name));
    if (!keys.isEmpty()) {
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_lists->addAction(action);
    }
    m_commands << action;
    return action;
}

QModelIndex CatalogView::currentSource() const
{
    return shownView() == m_tree ? m_tree->currentIndex() : m_search->sourceOf(m_results->currentIndex());
}

Target CatalogView::current() const
{
    const QModelIndex index = currentSource();
    return {index.data(CatalogModel::ConnectionRole).toString(), index.data(CatalogModel::PathRole).toStringList(),
        index.data(CatalogModel::KindRole).toString(), index.data(CatalogModel::NameRole).toString(),
        index.data(CatalogModel::OpenedRole).toBool(), index.data(CatalogModel::CalledRole).toBool(),
        index.data(CatalogModel::RemovableRole).toBool(), index.data(CatalogModel::ArrangedRole).toBool()};
}

void CatalogView::updateCommands()
{
    const Target target = current();
    const bool isNamed = target.kind != QLatin1String("busy") && target.kind != QLatin1String("error")
        && target.kind != QLatin1String("facet") && target.kind != QLatin1String("group");
    m_open->setEnabled(target.canOpen());
    m_copySelect->setEnabled(target.canOpen());
    m_call->setEnabled(target.isCalled);
    m_newDocument->setEnabled(!target.connection.isEmpty());
    m_copyName->setEnabled(!target.connection.isEmpty() && isNamed);
    m_refresh->setEnabled(!target.connection.isEmpty());
    m_testConnection->setEnabled(!target.connection.isEmpty());
    const bool isConnection = target.kind == QLatin1String("connection");
    m_removeConnection->setEnabled(isConnection && target.isRemovable);
    m_editConnection->setEnabled(isConnection && target.isArranged);
    m_duplicateConnection->setEnabled(isConnection && target.isArranged);
    m_moveToGroup->setEnabled(isConnection && target.isArranged);
    m_renameGroup->setEnabled(target.kind == QLatin1String("folder") && shownView() == m_tree);
    m_moveUp->setEnabled(target.isArranged && shownView() == m_tree);
    m_moveDown->setEnabled(target.isArranged && shownView() == m_tree);
}

void CatalogView::activate(const QModelIndex &index)
{
    const bool isFound = shownView() == m_results;
    const QModelIndex source = isFound ? m_search->sourceOf(index) : index;
    const QString kind = source.data(CatalogModel::KindRole).toString();
    if (kind == QLatin1String("error"))
        m_model->reload(source.parent());
    else if (const Target target = current(); target.canOpen())
        Q_EMIT openWanted(target);
    else if (target.isCalled)
        Q_EMIT callWanted(target);
    else if (isFound)
        reveal(source);
    else
        m_tree->setExpanded(source, !m_tree->isExpanded(source));
}

void CatalogView::showMenu(const QPoint &position)
{
    QAbstractItemView *view = shownView();
    if (const QModelIndex index = view->indexAt(position); index.isValid())
        view->setCurrentIndex(index);
    QMenu menu(this);
    const QList<QList<QAction *>> parts{{m_open, m_call, m_newDocument}, {m_copyName, m_copySelect, m_refresh},
        {m_testConnection, m_editConnection, m_duplicateConnection, m_moveToGroup, m_renameGroup, m_moveUp, m_moveDown, m_removeConnection},
        {m_newConnection, m_addConnection, m_import, m_export}};
    for (const QList<QAction *> &part : parts) {
        for (QAction *action : part) {
            if (action->isEnabled())
                menu.addAction(action);
        }
        menu.addSeparator();
    }
    menu.exec(view->viewport()->mapToGlobal(position));
}

void CatalogView::askForUrl()
{
    m_urlMessage->hide();
    m_urlLine->show();
    m_url->setFocus();
}

void CatalogView::setUrlExample(const QString &url)
{
    m_url->setPlaceholderText(url);
}

void CatalogView::urlAccepted()
{
    m_url->clear();
    m_keepAs->clear();
    m_urlLine->hide();
    m_urlMessage->hide();
    m_tree->setFocus();
}

void CatalogView::urlRefused(const QString &message, const QString &hint)
{
    m_urlMessage->showMessage(common::MessageBar::Kind::Danger, message, hint);
}

void CatalogView::expandConnection(const QString &name)
{
    const QModelIndex index = m_model->indexOfConnection(name);
    if (!index.isValid())
        return;
    m_tree->setCurrentIndex(index);
    m_tree->expand(index);
}

void CatalogView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_tree->viewport()->update();
}

} // namespace catalog

#include "moc_catalogview.cpp"
