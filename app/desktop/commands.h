// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QList>
#include <QObject>

namespace desktop {

// Every action of the window, by name: menus, buttons and the command palette show these and no others.
class Commands : public QObject
{
    Q_OBJECT
public:
    explicit Commands(QObject *parent = nullptr);

    QAction *newTab;
    QAction *open;
    QAction *save;
    QAction *saveAs;
    QAction *closeTab;
    QAction *reopenTab;
    QAction *nextTab;
    QAction *previousTab;
    QAction *quit;

    QAction *find;
    QAction *toggleComment;
    QAction *complete;

    QAction *run;
    QAction *runAll;
    QAction *runTransaction;
    QAction *runEach;
    QAction *stop;

    QAction *showGrid;
    QAction *showChart;
    QAction *showExchange;
    QAction *showMessages;
    QAction *copyCurl;
    QAction *newRequest;
    QAction *chooseZone;
    QAction *exportResult;
    QAction *insertRows;
    QAction *toggleInspector;

    QAction *palette;
    QAction *toggleSidebar;
    QAction *focusTree;
    QAction *focusEditor;
    QAction *focusResult;
    QList<QAction *> themes; // data: "", "light", "dark"
    QList<QAction *> languages; // data: "", "en", "zh_CN"
    QAction *about;

    QList<QAction *> all() const { return m_all; }

private:
    QAction *add(const char *name, const QString &text, const QString &iconName = {}, const QKeySequence &keys = {});
    QAction *addChoice(const char *name, const QString &text, const QString &value, const QString &paletteName);

    QList<QAction *> m_all;
};

} // namespace desktop
