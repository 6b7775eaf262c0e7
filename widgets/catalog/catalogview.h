// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QStringList>
#include <QWidget>

class QAction;
class QAbstractItemView;
class QLabel;
class QLineEdit;
class QListView;
class QModelIndex;
class QStackedWidget;
class QTreeView;

namespace common {
class EmptyState;
class MessageBar;
}

namespace catalog {

class CatalogModel;
class CatalogSearch;
class GroupLine;

// What somebody pointed at in the tree.
struct Target {
    QString connection;
    QStringList path;
    QString kind;
    QString name;
    bool isOpened = false; // has a statement that shows it
    bool isCalled = false; // has a form to call it with
    bool isRemovable = false; // a connection that is not built in
    bool isArranged = false; // a connection with a file, or a folder of such

    bool canOpen() const;
};

// The tree of connections, or what is found in it while somebody searches, and a line for a new connection by URL.
class CatalogView : public QWidget
{
    Q_OBJECT
public:
    explicit CatalogView(CatalogModel *model, QWidget *parent = nullptr);

    // Commands of the tree, for menus and the palette. They act on the current line.
    QList<QAction *> commands() const { return m_commands; }
    Target current() const;
    QTreeView *tree() const { return m_tree; }
    QListView *results() const { return m_results; }
    CatalogSearch *search() const { return m_search; }
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
    void formWanted(); // for a new connection
    void editWanted(const QString &connection);
    void duplicateWanted(const QString &connection);
    void arrangementWanted(const QStringList &connections, const QString &group, const QString &before);
    void importWanted();
    void exportWanted();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildTree();
    void buildSearch();
    void buildUrlLine(QWidget *line);
    void connectCommands();
    void showFound();
    void reveal(const QModelIndex &source);
    void askForGroup();
    void askToRemove();
    QAbstractItemView *shownView() const;
    QAction *addCommand(const QString &iconName, const QString &text, const char *name, const QKeySequence &keys = {});
    void activate(const QModelIndex &index);
    void showMenu(const QPoint &position);
    void updateCommands();
    QModelIndex currentSource() const;

    CatalogModel *m_model;
    CatalogSearch *m_search;
    QTreeView *m_tree;
    QListView *m_results;
    QLabel *m_found;
    QStackedWidget *m_lists;
    QLineEdit *m_filter;
    QWidget *m_urlLine;
    QLineEdit *m_url;
    QLineEdit *m_keepAs;
    common::MessageBar *m_urlMessage;
    common::MessageBar *m_question;
    GroupLine *m_groupLine;
    QString m_toRemove;
    QStringList m_closedFolders;
    QList<QAction *> m_commands;
    QAction *m_open;
    QAction *m_call;
    QAction *m_newDocument;
    QAction *m_copyName;
    QAction *m_copySelect;
    QAction *m_refresh;
    QAction *m_newConnection;
    QAction *m_addConnection;
    QAction *m_editConnection;
    QAction *m_duplicateConnection;
    QAction *m_moveToGroup;
    QAction *m_renameGroup;
    QAction *m_moveUp;
    QAction *m_moveDown;
    QAction *m_removeConnection;
    QAction *m_testConnection;
    QAction *m_import;
    QAction *m_export;
};

} // namespace catalog
