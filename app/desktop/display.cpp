// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/display.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLibrary>
#include <QLibraryInfo>

#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace desktop {

namespace {

struct DisplayTr {
    Q_DECLARE_TR_FUNCTIONS(Display)
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

std::string noDisplayMessage()
{
    const QByteArray display = qgetenv("DISPLAY");
    QString text = display.isEmpty()
        ? DisplayTr::tr("There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY leads to one).")
        : DisplayTr::tr("The display %1 cannot be reached, so no window can be opened.").arg(QString::fromLocal8Bit(display));
    text += QLatin1Char('\n') + DisplayTr::tr("Everything also runs without a window. Three commands to try:") + QStringLiteral("\n\n");
    QFile commands(QStringLiteral(":/sample/commands.txt"));
    if (commands.open(QIODevice::ReadOnly)) {
        for (const QString &line : QString::fromUtf8(commands.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts))
            text += QStringLiteral("    ") + line + QLatin1Char('\n');
    }
    return text.toStdString();
}

} // namespace desktop
