// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/desktop.h"

#include "desktop/appearance.h"
#include "desktop/display.h"
#include "desktop/mainwindow.h"

#include <QApplication>
#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace desktop {

namespace {

struct DesktopTr {
    Q_DECLARE_TR_FUNCTIONS(Desktop)
};

constexpr int kUsageExit = 2;

int refuse(const QString &message)
{
    std::fprintf(stderr, "ondograph: %s\n", qUtf8Printable(message));
    return kUsageExit;
}

// What the first start shows: a tab on the sandbox with statements to run.
workspace::SessionState sampleSession()
{
    QString name = QStringLiteral(":/sample/session_%1.json").arg(QLocale().name());
    if (!QFile::exists(name))
        name = QStringLiteral(":/sample/session.json");
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return workspace::SessionStore::fromJson(file.readAll()).value_or(workspace::SessionState());
}

} // namespace

int run(int argc, char **argv)
{
    const QString argument = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (argc > 2 || argument.startsWith(QLatin1Char('-')))
        return refuse(DesktopTr::tr("The desktop takes one argument, the folder of a workspace. \"ondograph --help\" lists the commands."));
    if (!argument.isEmpty() && !QFileInfo(argument).isDir())
        return refuse(DesktopTr::tr("\"%1\" is neither a command nor a folder. \"ondograph --help\" lists the commands.").arg(argument));
    if (!isDisplayReachable()) {
        std::fputs(noDisplayMessage().c_str(), stderr);
        return kUsageExit;
    }

    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("ondograph"));
    QApplication::setApplicationDisplayName(QStringLiteral("Ondograph"));
    QApplication::setApplicationVersion(QStringLiteral(ONDO_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("io.github.ondograph.Ondograph"));
    workspace::SessionStore store(workspace::sessionFolder(argument));
    const std::optional<workspace::SessionState> session = store.load();
    applyLanguage(app, session ? session->language : QString());
    applyLook(app);
    applyTheme(session ? session->theme : QString());

    connector::Registry registry(connector::Registry::defaultFolders());
    Workers workers;
    int code = 0;
    {
        ConnectionService connections(registry, workers);
        MainWindow window(connections, workers, store);
        window.restoreSession(session.value_or(sampleSession()));
        window.show();
        code = QApplication::exec();
        workers.stopAll();
    }
    return code;
}

} // namespace desktop
