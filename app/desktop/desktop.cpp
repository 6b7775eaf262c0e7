// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/desktop.h"

#include "connector/script.h"
#include "desktop/appearance.h"
#include "desktop/display.h"
#include "desktop/mainwindow.h"

#include <QApplication>
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

// What the first start shows: a tab on each sandbox that brings statements to run, all that there are of the first one.
workspace::SessionState sampleSession(const std::vector<connector::Manifest> &manifests)
{
    workspace::SessionState session;
    for (const connector::Manifest &manifest : manifests) {
        if (!manifest.hasSandbox)
            continue;
        const bool isFirst = session.documents.empty();
        for (const connector::Sample &sample : manifest.samples) {
            workspace::DocumentState document;
            document.title = sample.title;
            document.connection = QStringLiteral("sandbox/") + QString::fromStdString(manifest.id);
            document.text = QString::fromStdString(sample.text);
            const auto statements = connector::splitScript(sample.text, manifest.language);
            document.cursor = statements.empty() ? 0 : static_cast<qint64>(statements.front().end);
            session.documents.push_back(document);
            if (!isFirst)
                break;
        }
    }
    return session;
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
        const QCoreApplication app(argc, argv); // plugins are found beside it
        const connector::Registry registry(connector::Registry::defaultFolders());
        std::fputs(noDisplayMessage(QString::fromLocal8Bit(argv[0]), registry.manifests()).c_str(), stderr);
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
        window.restoreSession(session ? *session : sampleSession(connections.manifests()));
        window.show();
        code = QApplication::exec();
        workers.stopAll();
    }
    return code;
}

} // namespace desktop
