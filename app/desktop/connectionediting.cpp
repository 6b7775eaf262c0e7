// SPDX-License-Identifier: GPL-3.0-or-later
// What the service does to the files of connections. All of it happens on the service's thread.
#include "desktop/connectionopener.h"
#include "workspace/arrangement.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

namespace desktop {

namespace {

struct EditingTr {
    Q_DECLARE_TR_FUNCTIONS(ConnectionService)
};

core::Error editingError(const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

std::vector<workspace::SavedConnection> readable(const workspace::ConnectionStore &store)
{
    std::vector<workspace::SavedConnection> connections;
    for (const workspace::ConnectionStore::Entry &entry : store.list()) {
        if (entry.connection)
            connections.push_back(entry.connection.value());
    }
    return connections;
}

core::Result<void> saveAll(const workspace::ConnectionStore &store, const std::vector<workspace::SavedConnection> &connections)
{
    for (const workspace::SavedConnection &connection : connections) {
        if (auto saved = store.save(connection, true); !saved)
            return saved;
    }
    return {};
}

// A new file first, so that nothing is lost where it cannot be written.
core::Result<void> put(const workspace::ConnectionStore &store, workspace::SavedConnection connection, const std::string &previous)
{
    const bool isMoved = connection.name != previous;
    if (previous.empty())
        connection.order = workspace::nextOrder(readable(store));
    if (auto saved = store.save(connection, !isMoved); !saved)
        return saved;
    return isMoved && store.contains(previous) ? store.remove(previous) : core::Result<void>();
}

// What was typed goes where the file says that it is; what the keychain has follows a new name.
void putSecrets(workspace::SecretKeeper &keeper, const workspace::SavedConnection &connection, const std::string &previous, const SecretMap &secrets)
{
    const std::string inKeychain = workspace::SecretReference().toText();
    for (const auto &[field, reference] : connection.references) {
        if (reference != inKeychain)
            continue;
        const auto typed = secrets.find(field);
        if (typed != secrets.end())
            static_cast<void>(keeper.keep(connection.name, field, typed->second));
        if (previous.empty() || previous == connection.name)
            continue;
        const auto former = keeper.find(previous, field);
        if (typed == secrets.end() && former && !former->isEmpty())
            static_cast<void>(keeper.keep(connection.name, field, *former));
        static_cast<void>(keeper.forget(previous, field));
    }
}

core::Result<int> exported(const workspace::ConnectionStore &store, const QString &path)
{
    const auto connections = readable(store);
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(workspace::SavedConnection::listToJson(connections));
    if (!file.commit())
        return editingError(EditingTr::tr("%1 cannot be written: %2").arg(path, file.errorString()));
    return static_cast<int>(connections.size());
}

core::Result<int> imported(const workspace::ConnectionStore &store, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return editingError(EditingTr::tr("%1 cannot be read: %2").arg(path, file.errorString()));
    auto connections = workspace::SavedConnection::listFromJson(file.readAll());
    if (!connections)
        return std::move(connections).error();
    for (const workspace::SavedConnection &connection : *connections) {
        if (store.contains(connection.name))
            return editingError(EditingTr::tr("There is a connection named \"%1\" already; nothing was imported.").arg(QString::fromStdString(connection.name)),
                EditingTr::tr("Rename one of the two first."));
    }
    if (auto saved = saveAll(store, *connections); !saved)
        return std::move(saved).error();
    return static_cast<int>(connections->size());
}

} // namespace

// Runs work on the service's thread, reads the list anew where it went well, and then tells of it.
template <typename Value>
void ConnectionService::change(
    std::function<core::Result<Value>(Opener &)> work, QObject *context, std::function<void(const core::Result<Value> &)> done)
{
    m_tasks.push([this, self = QPointer<ConnectionService>(this), context = QPointer<QObject>(context), work = std::move(work),
                     done = std::move(done)](Opener &opener) {
        auto result = std::make_shared<core::Result<Value>>(work(opener));
        m_workers.post([self, context, result, done] {
            if (self && *result)
                self->refreshList();
            if (self && context)
                done(*result);
        });
    });
}

void ConnectionService::refreshList()
{
    m_tasks.push([this, self = QPointer<ConnectionService>(this)](Opener &opener) {
        std::vector<ConnectionEntry> entries;
        for (const workspace::ConnectionInfo &info : opener.connections.list())
            entries.push_back({QString::fromStdString(info.name), info.connectorId, info.environment, info.isReadOnly, info.isSandbox,
                !info.isSandbox, QString::fromStdString(info.group), info.colour});
        m_workers.post([self, entries = std::move(entries)]() mutable {
            if (!self)
                return;
            for (const ConnectionEntry &known : self->m_entries) { // those by a URL have no file
                const auto same = [&known](const ConnectionEntry &entry) { return entry.name == known.name; };
                if (!known.isSaved && !known.isBuiltIn && std::none_of(entries.begin(), entries.end(), same))
                    entries.push_back(known);
            }
            self->m_entries = std::move(entries);
            Q_EMIT self->listChanged();
        });
    });
}

void ConnectionService::load(
    const QString &name, QObject *context, std::function<void(const core::Result<workspace::SavedConnection> &)> done)
{
    m_tasks.push([this, context = QPointer<QObject>(context), name, done = std::move(done)](Opener &opener) {
        auto loaded = std::make_shared<core::Result<workspace::SavedConnection>>(opener.store.load(name.toStdString()));
        m_workers.post([context, loaded, done] {
            if (context)
                done(*loaded);
        });
    });
}

void ConnectionService::openUnsaved(const workspace::SavedConnection &connection, const SecretMap &secrets, QObject *context,
    std::function<void(const ConnectionResult &)> done)
{
    m_tasks.push([this, context = QPointer<QObject>(context), connection, secrets, done = std::move(done)](Opener &opener) {
        workspace::Overrides overrides;
        overrides.secrets = secrets;
        auto result = std::make_shared<ConnectionResult>(opener.connections.openUnsaved(connection, overrides));
        m_workers.post([context, result, done] {
            if (context)
                done(*result);
        });
    });
}

void ConnectionService::save(const workspace::SavedConnection &connection, const QString &previousName, const SecretMap &secrets,
    QObject *context, std::function<void(const core::Result<void> &)> done)
{
    const auto written = [this, name = QString::fromStdString(connection.name), previousName, done = std::move(done)](const core::Result<void> &result) {
        if (result) {
            for (const QString &changed : {previousName, name}) {
                m_given.erase(changed);
                m_open.erase(changed);
            }
        }
        done(result);
    };
    const std::string previous = previousName.toStdString();
    const auto isPut = std::make_shared<bool>(false);
    change<void>(
        [connection, previous, isPut](Opener &opener) {
            auto result = put(opener.store, connection, previous);
            *isPut = result.ok();
            return result;
        },
        context, written);
    // A keychain may be slow, or want to be unlocked: nobody waits for it but who opens the connection.
    m_tasks.push([this, connection, previous, secrets, isPut](Opener &) {
        if (*isPut)
            putSecrets(m_keeper, connection, previous, secrets);
    });
}

void ConnectionService::arrange(const QStringList &names, const QString &group, const QString &before, QObject *context,
    std::function<void(const core::Result<void> &)> done)
{
    std::vector<std::string> moved;
    for (const QString &name : names)
        moved.push_back(name.toStdString());
    change<void>(
        [moved, group = group.toStdString(), before = before.toStdString()](Opener &opener) {
            return saveAll(opener.store, workspace::arranged(readable(opener.store), moved, group, before));
        },
        context, std::move(done));
}

void ConnectionService::exportTo(const QString &path, QObject *context, std::function<void(const core::Result<int> &)> done)
{
    change<int>([path](Opener &opener) { return exported(opener.store, path); }, context, std::move(done));
}

void ConnectionService::importFrom(const QString &path, QObject *context, std::function<void(const core::Result<int> &)> done)
{
    change<int>([path](Opener &opener) { return imported(opener.store, path); }, context, std::move(done));
}

void ConnectionService::giveSecrets(const QString &name, const SecretMap &secrets)
{
    for (const auto &[key, secret] : secrets)
        m_given[name][key] = secret;
    m_tasks.push([this, name = name.toStdString(), secrets](Opener &opener) {
        if (const auto saved = opener.store.load(name))
            putSecrets(m_keeper, *saved, name, secrets);
    });
    startOpening(name);
}

void ConnectionService::refuseSecrets(const QString &name)
{
    opened(name, editingError(EditingTr::tr("The connection \"%1\" has no password here, and none was given.").arg(name),
                     EditingTr::tr("Nothing was sent.")));
}

} // namespace desktop
