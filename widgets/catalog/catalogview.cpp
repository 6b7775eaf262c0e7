// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalogview.h"

#include "catalog/catalogdelegate.h"
#include "catalog/catalogmodel.h"
#include "common/icons.h"
#include "common/messagebar.h"
#include "common/theme.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
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
    , m_proxy(new QSortFilterProxyModel(this))
    , m_tree(new QTreeView(this))
    , m_filter(new QLineEdit(this))
    , m_urlLine(new QWidget(this))
    , m_url(new QLineEdit(m_urlLine))
    , m_keepAs(new QLineEdit(m_urlLine))
    , m_urlMessage(new common::MessageBar(this))
{
    m_open = addCommand(QStringLiteral("run"), tr("Open in a new tab"), "catalog.open");
    m_call = addCommand(QStringLiteral("call"), tr("Call with a form…"), "catalog.call");
    m_newDocument = addCommand(QStringLiteral("sql"), tr("New SQL tab on this connection"), "catalog.newDocument");
    m_copyName = addCommand(QStringLiteral("copy"), tr("Copy name"), "catalog.copyName");
    m_copySelect = addCommand(QStringLiteral("copy"), tr("Copy as SELECT"), "catalog.copySelect");
    m_refresh = addCommand(QStringLiteral("refresh"), tr("Load again from the server"), "catalog.refresh");
    m_testConnection = addCommand(QStringLiteral("complete"), tr("Test connection"), "catalog.testConnection");
    m_addConnection = addCommand(QStringLiteral("plus"), tr("New connection by URL…"), "catalog.addConnection");
    m_removeConnection = addCommand(QStringLiteral("minus"), tr("Remove this connection"), "catalog.removeConnection");
    m_refresh->setShortcut(QKeySequence(Qt::Key_F5));
    m_refresh->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_refresh);

    m_proxy->setSourceModel(m_model);
    m_proxy->setRecursiveFilteringEnabled(true);
    m_proxy->setAutoAcceptChildRows(true);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setFilterRole(CatalogModel::NameRole);
    m_tree->setModel(m_proxy);
    m_tree->setItemDelegate(new CatalogDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setMouseTracking(true);
    m_tree->setAccessibleName(tr("Connections"));

    m_filter->setPlaceholderText(tr("Filter what is loaded"));
    m_filter->setAccessibleName(tr("Filter what is loaded"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(common::icon(QStringLiteral("search"), common::Tint::Muted), QLineEdit::LeadingPosition);
    auto *add = new QToolButton(this);
    add->setDefaultAction(m_addConnection);
    add->setAutoRaise(true);
    add->setToolTip(m_addConnection->text());

    m_url->setObjectName(QStringLiteral("catalog.url"));
    m_url->setAccessibleName(tr("URL of the server"));
    auto *label = new QLabel(tr("URL of the server"), m_urlLine);
    m_keepAs->setObjectName(QStringLiteral("catalog.keepAs"));
    m_keepAs->setAccessibleName(tr("Name to keep it under"));
    m_keepAs->setPlaceholderText(tr("Name to keep it under (optional)"));
    auto *note = new QLabel(tr("Without a name it is there until the program ends. The password is never kept, nor shown again."), m_urlLine);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    auto *connectButton = new QPushButton(tr("Connect"), m_urlLine);
    auto *cancelButton = new QPushButton(tr("Cancel"), m_urlLine);
    connectButton->setDefault(true);
    label->setBuddy(m_url);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancelButton);
    buttons->addWidget(connectButton);
    auto *urlColumn = new QVBoxLayout(m_urlLine);
    urlColumn->setContentsMargins(2 * common::kStep, 0, 2 * common::kStep, 2 * common::kStep);
    urlColumn->addWidget(label);
    urlColumn->addWidget(m_url);
    urlColumn->addWidget(m_keepAs);
    urlColumn->addWidget(note);
    urlColumn->addLayout(buttons);
    m_urlLine->hide();

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
    column->addWidget(m_urlMessage);
    column->addWidget(m_tree);

    connect(m_filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_tree, &QTreeView::activated, this, &CatalogView::activate);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &CatalogView::showMenu);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &CatalogView::updateCommands);
    connect(m_open, &QAction::triggered, this, [this] { Q_EMIT openWanted(current()); });
    connect(m_call, &QAction::triggered, this, [this] { Q_EMIT callWanted(current()); });
    connect(m_newDocument, &QAction::triggered, this, [this] { Q_EMIT newDocumentWanted(current().connection); });
    connect(m_copyName, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(current().name); });
    connect(m_copySelect, &QAction::triggered, this, [this] { Q_EMIT selectWanted(current()); });
    connect(m_refresh, &QAction::triggered, this, [this] { m_model->reload(currentSource()); });
    connect(m_testConnection, &QAction::triggered, this, [this] { Q_EMIT testWanted(current().connection); });
    connect(m_addConnection, &QAction::triggered, this, &CatalogView::askForUrl);
    const auto submit = [this] { Q_EMIT connectionWanted(m_url->text().trimmed(), m_keepAs->text().trimmed()); };
    connect(m_url, &QLineEdit::returnPressed, this, submit);
    connect(m_keepAs, &QLineEdit::returnPressed, this, submit);
    connect(m_removeConnection, &QAction::triggered, this, [this] { Q_EMIT removalWanted(current().connection); });
    connect(connectButton, &QPushButton::clicked, this, submit);
    connect(cancelButton, &QPushButton::clicked, this, &CatalogView::urlAccepted);
    auto *escape = new QShortcut(QKeySequence(Qt::Key_Escape), m_urlLine);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &CatalogView::urlAccepted);
    updateCommands();
}

QAction *CatalogView::addCommand(const QString &iconName, const QString &text, const char *name)
{
    auto *action = new QAction(common::icon(iconName), text, this);
    action->setObjectName(QLatin1String(name));
    m_commands << action;
    return action;
}

QModelIndex CatalogView::currentSource() const
{
    return m_proxy->mapToSource(m_tree->currentIndex());
}

Target CatalogView::current() const
{
    const QModelIndex index = m_tree->currentIndex();
    return {index.data(CatalogModel::ConnectionRole).toString(), index.data(CatalogModel::PathRole).toStringList(),
        index.data(CatalogModel::KindRole).toString(), index.data(CatalogModel::NameRole).toString(),
        index.data(CatalogModel::OpenedRole).toBool(), index.data(CatalogModel::CalledRole).toBool(),
        index.data(CatalogModel::RemovableRole).toBool()};
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
    m_removeConnection->setEnabled(target.kind == QLatin1String("connection") && target.isRemovable);
}

void CatalogView::activate(const QModelIndex &proxyIndex)
{
    const QString kind = proxyIndex.data(CatalogModel::KindRole).toString();
    if (kind == QLatin1String("error"))
        m_model->reload(m_proxy->mapToSource(proxyIndex.parent()));
    else if (const Target target = current(); target.canOpen())
        Q_EMIT openWanted(target);
    else if (target.isCalled)
        Q_EMIT callWanted(target);
    else
        m_tree->setExpanded(proxyIndex, !m_tree->isExpanded(proxyIndex));
}

void CatalogView::showMenu(const QPoint &position)
{
    if (const QModelIndex index = m_tree->indexAt(position); index.isValid())
        m_tree->setCurrentIndex(index);
    QMenu menu(this);
    for (QAction *action : {m_open, m_call, m_newDocument}) {
        if (action->isEnabled())
            menu.addAction(action);
    }
    menu.addSeparator();
    for (QAction *action : {m_copyName, m_copySelect}) {
        if (action->isEnabled())
            menu.addAction(action);
    }
    menu.addSeparator();
    if (m_refresh->isEnabled())
        menu.addAction(m_refresh);
    if (m_testConnection->isEnabled())
        menu.addAction(m_testConnection);
    menu.addAction(m_addConnection);
    if (m_removeConnection->isEnabled())
        menu.addAction(m_removeConnection);
    menu.exec(m_tree->viewport()->mapToGlobal(position));
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
    for (int row = 0; row < m_proxy->rowCount(); ++row) {
        const QModelIndex index = m_proxy->index(row, 0);
        if (index.data(CatalogModel::ConnectionRole).toString() == name) {
            m_tree->setCurrentIndex(index);
            m_tree->expand(index);
        }
    }
}

void CatalogView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_tree->viewport()->update();
}

} // namespace catalog

#include "moc_catalogview.cpp"
