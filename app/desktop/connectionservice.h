// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/channel.h"
#include "desktop/rowlimit.h"
#include "desktop/workers.h"
#include "workspace/connections.h"

#include <QString>

#include <functional>
#include <map>
#include <thread>

namespace desktop {

using ConnectionResult = core::Result<std::shared_ptr<workspace::Connection>>;

// A connection that can be chosen.
struct ConnectionEntry {
    QString name;
    std::string connectorId;
    std::string environment; // as workspace::SavedConnection has it
    bool isReadOnly = false;
    bool isBuiltIn = false;
    bool isSaved = false; // has a file of its own
    QString group;
    std::string colour; // as workspace::SavedConnection has it
};

using SecretMap = std::map<std::string, core::Secret>; // by the field's key

// Opens connections without the GUI waiting: loading a plugin and starting the sandbox happen on a thread of its own,
// which owns the registry's connectors, the sandbox and the list. Lives on the GUI thread.
class ConnectionService : public QObject
{
    Q_OBJECT
public:
    // registry and workers outlive the service. Its manifests are read here, before the thread starts.
    ConnectionService(connector::Registry &registry, Workers &workers);
    ~ConnectionService() override;

    const std::vector<connector::Manifest> &manifests() const { return m_manifests; }
    const connector::Manifest *manifestOf(const QString &connection) const;
    // nullptr if there is none of this name.
    const ConnectionEntry *entry(const QString &name) const;
    // Empty until listChanged has come for the first time.
    const std::vector<ConnectionEntry> &entries() const { return m_entries; }

    // The time zone that an opened connection's profile names; empty if it names none or is not open.
    QString zoneOf(const QString &connection) const;

    // Counts the results of a connection that stand at their row limit.
    std::shared_ptr<HeldResults> heldResults(const QString &name);

    // Hands out the connection, opened once and kept; done is called on the GUI thread unless context is gone.
    void open(const QString &name, QObject *context, std::function<void(const ConnectionResult &)> done);
    // Takes a URL (with its secrets, which are kept in memory only) into the list; done is told the new name. keepAs: the
    // name under which it is saved without its secrets, and listed; empty: until the program ends, by its URL.
    void openUrl(const QString &url, const QString &keepAs, QObject *context, std::function<void(const core::Result<QString> &)> done);
    // Takes it off the list and removes its file, if it has one. Tabs that use it keep their text.
    void remove(const QString &name, QObject *context, std::function<void(const core::Result<void> &)> done);
    // From now on the connection trusts this one certificate (SHA-256, 64 hex digits): in its file, if it has one, and for
    // who opens it next.
    void acceptCertificate(
        const QString &name, const QString &fingerprint, QObject *context, std::function<void(const core::Result<void> &)> done);

    // Lets these commands run for secrets, from now on.
    void allow(const std::vector<workspace::AllowedCommands::Command> &commands, QObject *context,
        std::function<void(const core::Result<void> &)> done);

    // The state of an opened connection's log-in; none where it has no token or is not open.
    std::optional<connector::LoginState> loginState(const QString &connection) const;

    // Opens a connection as it is typed, for a test of it; secrets are those that were typed. Nobody else is handed it.
    void openUnsaved(const workspace::SavedConnection &connection, const SecretMap &secrets, QObject *context,
        std::function<void(const ConnectionResult &)> done);
    // The connection as its file holds it.
    void load(const QString &name, QObject *context, std::function<void(const core::Result<workspace::SavedConnection> &)> done);
    // Writes the connection, and its secrets into the keychain. previousName: whose file it takes the place of; empty: it is
    // new. What is open with the former contents serves only those who hold it. Usage error: the name is taken.
    void save(const workspace::SavedConnection &connection, const QString &previousName, const SecretMap &secrets, QObject *context,
        std::function<void(const core::Result<void> &)> done);
    // Puts saved connections into a group (empty: none), before another one; without one, behind the last of the group.
    void arrange(const QStringList &names, const QString &group, const QString &before, QObject *context,
        std::function<void(const core::Result<void> &)> done);
    // All saved connections as one file, without secrets; and back, all or none. done is told how many.
    void exportTo(const QString &path, QObject *context, std::function<void(const core::Result<int> &)> done);
    void importFrom(const QString &path, QObject *context, std::function<void(const core::Result<int> &)> done);

    // Answers secretsWanted: who waits for the connection gets it, or is told that nothing was sent. What the file says is
    // in the keychain is put there, the rest is kept until the program ends.
    void giveSecrets(const QString &name, const SecretMap &secrets);
    void refuseSecrets(const QString &name);

Q_SIGNALS:
    void listChanged();
    // A connection was not opened, since it takes secrets from commands that nobody has allowed.
    void commandsBlocked(const QString &connection, const std::vector<workspace::AllowedCommands::Command> &commands);
    // Once: no keychain answers, so that secrets are kept for this run only. why is the keychain's problem.
    void secretsNotKept(const QString &why);
    // A connection is to be opened whose secrets are nowhere to be found. It waits until they are given or refused.
    void secretsWanted(const QString &name, const std::vector<connector::Field> &fields);

private:
    struct Opener; // what belongs to the thread
    using Task = std::function<void(Opener &)>;
    void opened(const QString &name, const ConnectionResult &result);
    void tellNotKept(const core::Error &why);
    const connector::Manifest *manifestById(const std::string &id) const;
    void taken(const QString &name, std::shared_ptr<workspace::Connection> connection);
    void startOpening(const QString &name);
    void refreshList();
    template <typename Value>
    void change(std::function<core::Result<Value>(Opener &)> work, QObject *context, std::function<void(const core::Result<Value> &)> done);

    struct Waiting {
        QPointer<QObject> context;
        std::function<void(const ConnectionResult &)> done;
    };

    connector::Registry &m_registry;
    Workers &m_workers;
    std::vector<connector::Manifest> m_manifests;
    std::vector<ConnectionEntry> m_entries;
    std::stop_source m_ending; // ends what the keychain or a command is asked
    workspace::SecretKeeper m_keeper;
    workspace::SecretSources m_secrets; // before m_open, which may keep secrets there
    std::map<QString, std::shared_ptr<workspace::Connection>> m_open;
    std::map<QString, std::shared_ptr<HeldResults>> m_held;
    std::map<QString, std::vector<Waiting>> m_waiting;
    std::map<QString, SecretMap> m_given; // by hand, since the program began
    core::Channel<Task> m_tasks;
    std::jthread m_thread; // last: stops before the channel goes
};

} // namespace desktop
