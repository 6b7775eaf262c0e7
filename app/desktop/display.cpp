// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/display.h"

#include "connector/script.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibrary>
#include <QLibraryInfo>
#include <QStringList>

#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace desktop {

namespace {

struct DisplayTr {
    Q_DECLARE_TR_FUNCTIONS(DisplayTr)
};

// libxcb is what Qt itself will use; it knows of cookies, TCP displays and abstract sockets. It is loaded here so that
// the program does not depend on it.
bool isXDisplayReachable()
{
    if (qEnvironmentVariableIsEmpty("DISPLAY"))
        return false;
    QLibrary xcb(QStringLiteral("xcb"), 1);
    using Connect = void *(*)(const char *, int *);
    using HasError = int (*)(void *);
    using Disconnect = void (*)(void *);
    const auto connect = reinterpret_cast<Connect>(xcb.resolve("xcb_connect"));
    const auto hasError = reinterpret_cast<HasError>(xcb.resolve("xcb_connection_has_error"));
    const auto disconnect = reinterpret_cast<Disconnect>(xcb.resolve("xcb_disconnect"));
    if (!connect || !hasError || !disconnect)
        return false;
    void *connection = connect(nullptr, nullptr);
    const bool isReachable = hasError(connection) == 0;
    disconnect(connection);
    return isReachable;
}

bool isWaylandReachable()
{
    const QByteArray name = qgetenv("WAYLAND_DISPLAY");
    const QDir platforms(QLibraryInfo::path(QLibraryInfo::PluginsPath) + QStringLiteral("/platforms"));
    if (name.isEmpty() || platforms.entryList({QStringLiteral("libqwayland*")}).isEmpty())
        return false;
    const QByteArray path = name.startsWith('/') ? name : qgetenv("XDG_RUNTIME_DIR") + '/' + name;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (static_cast<std::size_t>(path.size()) >= sizeof(address.sun_path))
        return false;
    std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return false;
    const bool isReachable = ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0;
    ::close(socket);
    return isReachable;
}

QStringList commandsToTry(const QString &program, const std::vector<connector::Manifest> &manifests)
{
    for (const connector::Manifest &manifest : manifests) {
        if (!manifest.hasSandbox || manifest.samples.empty())
            continue;
        const auto statements = connector::splitScript(manifest.samples.front().text, manifest.language);
        const QString id = QString::fromStdString(manifest.id);
        // The shell's quotes leave a statement alone that has none of its own and no variable.
        QString sql = QStringLiteral("SELECT 1");
        for (const connector::Statement &statement : statements) {
            const auto first = statement.text.find("SELECT");
            if (first == std::string::npos || statement.text.find_first_of("\"$`\\", first) != std::string::npos)
                continue;
            sql = QString::fromStdString(statement.text.substr(first)).simplified();
            break;
        }
        return {program + QStringLiteral(" query -c sandbox/%1 \"%2\"").arg(id, sql),
            program + QStringLiteral(" catalog -c sandbox/%1").arg(id), program + QStringLiteral(" sandbox")};
    }
    return {program + QStringLiteral(" connectors"), program + QStringLiteral(" sandbox"), program + QStringLiteral(" --help")};
}

} // namespace

bool isDisplayReachable()
{
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM").split(';').first().split(':').first();
    if (platform == "xcb")
        return isXDisplayReachable();
    if (platform.startsWith("wayland"))
        return isWaylandReachable();
    return !platform.isEmpty() || isWaylandReachable() || isXDisplayReachable();
}

std::string noDisplayMessage(const QString &program, const std::vector<connector::Manifest> &manifests)
{
    const QByteArray display = qgetenv("DISPLAY");
    QString text = display.isEmpty()
        ? DisplayTr::tr("There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY leads to one).")
        : DisplayTr::tr("The display %1 cannot be reached, so no window can be opened.").arg(QString::fromLocal8Bit(display));
    text += QLatin1Char('\n') + DisplayTr::tr("Everything also runs without a window. Three commands to try:") + QStringLiteral("\n\n");
    for (const QString &command : commandsToTry(program, manifests))
        text += QStringLiteral("    ") + command + QLatin1Char('\n');
    return text.toStdString();
}

} // namespace desktop
