// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/commands.h"

#include "common/icons.h"

#include <QActionGroup>

namespace desktop {

Commands::Commands(QObject *parent)
    : QObject(parent)
{
    const auto text = [](const char *name) { return QLatin1String(name); };
    newTab = add("file.newTab", tr("New SQL tab"), text("sql"), QKeySequence(Qt::CTRL | Qt::Key_T));
    open = add("file.open", tr("Open…"), text("folder"), QKeySequence(Qt::CTRL | Qt::Key_O));
    save = add("file.save", tr("Save"), text("save"), QKeySequence(Qt::CTRL | Qt::Key_S));
    saveAs = add("file.saveAs", tr("Save as…"), {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    closeTab = add("file.closeTab", tr("Close tab"), text("close"), QKeySequence(Qt::CTRL | Qt::Key_W));
    reopenTab = add("file.reopenTab", tr("Open the closed tab again"), {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T));
    nextTab = add("file.nextTab", tr("Next tab"), {}, QKeySequence(Qt::CTRL | Qt::Key_PageDown));
    previousTab = add("file.previousTab", tr("Previous tab"), {}, QKeySequence(Qt::CTRL | Qt::Key_PageUp));
    quit = add("file.quit", tr("Quit"), {}, QKeySequence(Qt::CTRL | Qt::Key_Q));

    find = add("edit.find", tr("Find in this text"), text("search"), QKeySequence(Qt::CTRL | Qt::Key_F));
    toggleComment = add("edit.comment", tr("Comment lines out or in"), {}, QKeySequence(Qt::CTRL | Qt::Key_Slash));
    complete = add("edit.complete", tr("Complete the word"), {}, QKeySequence(Qt::CTRL | Qt::Key_Space));

    run = add("statement.run", tr("Run"), {}, QKeySequence(Qt::CTRL | Qt::Key_Return));
    run->setIcon(common::icon(text("run"), common::Tint::Good));
    run->setToolTip(tr("Run the selection or the statement at the cursor (Ctrl+Return)"));
    runAll = add("statement.runAll", tr("Run all"), {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return));
    runAll->setIcon(common::icon(text("run-all"), common::Tint::Good));
    runAll->setToolTip(tr("Run all statements, one result each (Ctrl+Shift+Return)"));
    runTransaction = add("statement.runTransaction", tr("Run all as one transaction"), {});
    runEach = add("statement.runEach", tr("Run all as one batch, each on its own"), {});
    stop = add("statement.stop", tr("Stop"), {}, QKeySequence(Qt::CTRL | Qt::Key_Period));
    stop->setIcon(common::icon(text("stop"), common::Tint::Danger));
    stop->setToolTip(tr("Stop the running statement (Ctrl+.)"));

    showGrid = add("view.grid", tr("Show the grid"), text("grid"), QKeySequence(Qt::ALT | Qt::Key_1));
    showChart = add("view.chart", tr("Show the chart"), text("chart"), QKeySequence(Qt::ALT | Qt::Key_2));
    showExchange = add("view.exchange", tr("Show request and answer"), text("exchange"), QKeySequence(Qt::ALT | Qt::Key_3));
    showMessages = add("view.messages", tr("Show messages"), text("messages"), QKeySequence(Qt::ALT | Qt::Key_4));
    copyCurl = add("exchange.copyCurl", tr("Copy request as cURL"), text("copy"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    newRequest = add("statement.newRequest", tr("New request from a template…"), text("call"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));

    chooseZone = add("view.zone", tr("Choose the time zone…"), text("time"));
    toggleInspector = add("view.inspector", tr("Show or hide the inspector"), text("search"), QKeySequence(Qt::CTRL | Qt::Key_I));
    insertRows = add("table.insert", tr("Insert rows into the table…"), text("plus"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I));
    exportResult = add("result.export", tr("Export the result…"), text("save"), QKeySequence(Qt::CTRL | Qt::Key_E));

    palette = add("view.palette", tr("Command palette…"), text("palette"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    toggleSidebar = add("view.sidebar", tr("Show or hide the connections"), text("sidebar"), QKeySequence(Qt::CTRL | Qt::Key_B));
    focusTree = add("view.focusTree", tr("Go to the connections"), {}, QKeySequence(Qt::CTRL | Qt::Key_0));
    focusEditor = add("view.focusEditor", tr("Go to the text"), {}, QKeySequence(Qt::CTRL | Qt::Key_1));
    focusResult = add("view.focusResult", tr("Go to the result"), {}, QKeySequence(Qt::CTRL | Qt::Key_2));

    const QString theme = tr("Theme: %1");
    themes = {addChoice("theme.system", tr("As the system"), QString(), theme),
        addChoice("theme.light", tr("Light"), text("light"), theme), addChoice("theme.dark", tr("Dark"), text("dark"), theme)};
    const QString language = tr("Language: %1");
    languages = {addChoice("language.system", tr("As the system"), QString(), language),
        addChoice("language.en", QStringLiteral("English"), text("en"), language),
        addChoice("language.zh_CN", QStringLiteral("简体中文"), text("zh_CN"), language)};
    for (const QList<QAction *> &choices : {themes, languages}) {
        auto *group = new QActionGroup(this);
        for (QAction *action : choices)
            group->addAction(action);
    }
    about = add("help.about", tr("About Ondograph"), text("info"));
}

QAction *Commands::add(const char *name, const QString &text, const QString &iconName, const QKeySequence &keys)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(keys);
    if (!iconName.isEmpty())
        action->setIcon(common::icon(iconName));
    m_all << action;
    return action;
}

QAction *Commands::addChoice(const char *name, const QString &text, const QString &value, const QString &paletteName)
{
    QAction *action = add(name, text);
    action->setCheckable(true);
    action->setData(value);
    action->setProperty("paletteName", paletteName.arg(text));
    return action;
}

} // namespace desktop

#include "moc_commands.cpp"
