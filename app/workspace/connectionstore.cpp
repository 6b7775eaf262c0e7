// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/connectionstore.h"

#include "http/url.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <limits>

namespace workspace {

namespace {

struct StoreTr {
    Q_DECLARE_TR_FUNCTIONS(ConnectionStore)
};

constexpr std::size_t kMostNameBytes = 100;

core::Error storeError(const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

core::Error unknownName(const std::string &name)
{
    return storeError(StoreTr::tr("There is no saved connection named \"%1\".").arg(QString::fromStdString(name)),
        StoreTr::tr("\"ondograph connections list\" lists them."));
}

} // namespace

ConnectionStore::ConnectionStore(const QString &folder)
    : m_folder(folder)
{
}

QString ConnectionStore::defaultFolder()
{
    if (const QString home = qEnvironmentVariable("ONDOGRAPH_HOME"); !home.isEmpty())
        return QDir(home).absoluteFilePath(QStringLiteral("connections"));
    QString config = qEnvironmentVariable("XDG_CONFIG_HOME");
    if (config.isEmpty())
        config = QDir::homePath() + QStringLiteral("/.config");
    return config + QStringLiteral("/ondograph/connections");
}

QString ConnectionStore::fileOf(const std::string &name) const
{
    return m_folder + QLatin1Char('/') + QString::fromStdString(http::percentEncoded(name)) + QStringLiteral(".json");
}

std::vector<ConnectionStore::Entry> ConnectionStore::list() const
{
    std::vector<Entry> entries;
    const QStringList files = QDir(m_folder).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name | QDir::IgnoreCase);
    for (const QString &file : files) {
        const std::string encoded = file.chopped(5).toStdString();
        auto name = http::percentDecoded(encoded);
        const std::string shownName = name ? *name : encoded;
        entries.push_back({shownName, load(shownName)});
    }
    const auto placeOf = [](const Entry &entry) { return entry.connection && entry.connection->order > 0 ? entry.connection->order : std::numeric_limits<int>::max(); };
    std::stable_sort(entries.begin(), entries.end(), [&](const Entry &a, const Entry &b) {
        const int order = QString::compare(QString::fromStdString(a.name), QString::fromStdString(b.name), Qt::CaseInsensitive);
        return placeOf(a) != placeOf(b) ? placeOf(a) < placeOf(b) : order < 0;
    });
    return entries;
}

bool ConnectionStore::contains(const std::string &name) const
{
    return QFile::exists(fileOf(name));
}

core::Result<SavedConnection> ConnectionStore::load(const std::string &name) const
{
    QFile file(fileOf(name));
    if (!file.exists())
        return unknownName(name);
    if (!file.open(QIODevice::ReadOnly))
        return storeError(StoreTr::tr("%1 cannot be read: %2").arg(file.fileName(), file.errorString()));
    auto connection = SavedConnection::fromJson(file.readAll());
    if (!connection) {
        core::Error error = connection.error();
        error.message = file.fileName() + QStringLiteral(": ") + error.message;
        return error;
    }
    connection->name = name; // a file that was renamed is a connection that was renamed
    return connection;
}

core::Result<void> ConnectionStore::mayBeSaved(const std::string &name, bool replace) const
{
    if (name.empty() || name.size() > kMostNameBytes || name.starts_with("sandbox/"))
        return storeError(StoreTr::tr("\"%1\" cannot be the name of a connection.").arg(QString::fromStdString(name)),
            StoreTr::tr("A name has 1 to %1 bytes; those that start with \"sandbox/\" are built in.").arg(kMostNameBytes));
    if (!replace && contains(name))
        return storeError(StoreTr::tr("There is a connection named \"%1\" already.").arg(QString::fromStdString(name)),
            StoreTr::tr("Give another name, or --replace."));
    return {};
}

core::Result<void> ConnectionStore::save(const SavedConnection &connection, bool replace) const
{
    const std::string &name = connection.name;
    if (auto fits = mayBeSaved(name, replace); !fits)
        return fits;
    QDir().mkpath(m_folder);
    QSaveFile file(fileOf(name));
    if (file.open(QIODevice::WriteOnly)) {
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        file.write(connection.toJson());
    }
    if (!file.commit())
        return storeError(StoreTr::tr("%1 cannot be written: %2").arg(file.fileName(), file.errorString()));
    return {};
}

core::Result<void> ConnectionStore::remove(const std::string &name) const
{
    QFile file(fileOf(name));
    if (!file.exists())
        return unknownName(name);
    if (!file.remove())
        return storeError(StoreTr::tr("%1 cannot be removed: %2").arg(file.fileName(), file.errorString()));
    return {};
}

} // namespace workspace
