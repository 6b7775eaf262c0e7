// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLineEdit;
class QModelIndex;
class QSortFilterProxyModel;
class QTreeView;

namespace common {
class EmptyState;
class MessageBar;
}

namespace catalog {

class CatalogModel;

// What somebody pointed at in the tree.
struct Target {
    QString connection;
    QStringList path;
    QString kind;
    QString name;
    bool isOpened = false; // has a statement that shows it
    bool isCalled = false; // has a form to call it with
    bool isRemovable = false; // a connection that is not built in

    bool canOpen() const;
};

// The tree of connections with a filter over what is loaded, and a line for a new connection by URL.
class CatalogView : public QWidget
{
    Q_OBJECT
public:
    explicit CatalogView(CatalogModel *model, QWidget *parent = nullptr);

    // Commands of the tree, for menus and the palette. They act on the current line.
    QList<QAction *> commands() const { return m_commands; }
    Target current() const;
    QTreeView *tree() const { return m_tree; }
    QLineEdit *filter() const { return m_filter; }

    void setUrlExample(const QString &url);
    // Opens the line that takes a URL; connectionWanted tells what was entered.
    void askForUrl();
    // Answers connectionWanted: closes the line, or says below it what is wrong with the URL.
    void urlAccepted();
    void urlRefused(const QString &message, const QString &hint);
    void expandConnection(const QString &name);

Q_SIGNALS:
    void openWanted(const catalog::Target &target); // and run
    void selectWanted(const catalog::Target &target); // its statement as text on the clipboard
    void callWanted(const catalog::Target &target);
    void newDocumentWanted(const QString &connection);
    // keepAs: the name under which it is to be kept; empty: until the program ends.
    void connectionWanted(const QString &url, const QString &keepAs);
    void removalWanted(const QString &connection);
    void testWanted(const QString &connection);

protected:
    void changeEvent(QEvent *event) override;

private:
    QAction *addCommand(const QString &iconName, const QString &text, const char *name);
    void activate(const QModelIndex &proxyIndex);
    void showMenu(const QPoint &position);
    void updateCommands();
    QModelIndex currentSource() const;

    CatalogModel *m_model;
    QSortFilterProxyModel *m_proxy;
    QTreeView *m_tree;
    QLineEdit *m_filter;
    QWidget *m_urlLine;
    QLineEdit *m_url;
    QLineEdit *m_keepAs;
    common::MessageBar *m_urlMessage;
    QList<QAction *> m_commands;
    QAction *m_open;
    QAction *m_call;
    QAction *m_newDocument;
    QAction *m_copyName;
    QAction *m_copySelect;
    QAction *m_refresh;
    QAction *m_addConnection;
    QAction *m_removeConnection;
    QAction *m_testConnection;
};

} // namespace catalog
