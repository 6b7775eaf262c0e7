// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/connectionservice.h"

#include "desktop/connectionopener.h"
#include "workspace/trustedcertificate.h"

namespace desktop {

namespace {
constexpr std::chrono::seconds kKeychainLimit(60); // a person may have to unlock it
}

ConnectionService::ConnectionService(connector::Registry &registry, Workers &workers)
    : m_registry(registry)
    , m_workers(workers)
    , m_manifests(registry.manifests())
    , m_keeper(workspace::createKeychain(kKeychainLimit, m_ending.get_token()), [this](const core::Error &why) { tellNotKept(why); })
    , m_secrets(m_keeper, workspace::AllowedCommands(workspace::AllowedCommands::defaultFile()), m_ending.get_token())
{
    m_thread = std::jthread([this](std::stop_token stop) {
        Opener opener(m_registry, m_secrets);
        while (!stop.stop_requested()) {
            for (const Task &task : m_tasks.waitForAll(stop))
                task(opener);
        }
    });
    refreshList();
}

ConnectionService::~ConnectionService()
{
    m_ending.request_stop();
}

// Called on the thread that kept the secret.
void ConnectionService::tellNotKept(const core::Error &why)
{
    m_workers.post([self = QPointer<ConnectionService>(this), why] {
        if (self)
            Q_EMIT self->secretsNotKept(why.message);
    });
}

const ConnectionEntry *ConnectionService::entry(const QString &name) const
{
    for (const ConnectionEntry &entry : m_entries) {
        if (entry.name == name)
            return &entry;
    }
    return nullptr;
}

const connector::Manifest *ConnectionService::manifestOf(const QString &connection) const
{
    const ConnectionEntry *known = entry(connection);
    return known ? manifestById(known->connectorId) : nullptr;
}

const connector::Manifest *ConnectionService::manifestById(const std::string &id) const
{
    for (const connector::Manifest &manifest : m_manifests) {
        if (manifest.id == id)
            return &manifest;
    }
    return nullptr;
}

QString ConnectionService::zoneOf(const QString &connection) const
{
    const connector::Manifest *manifest = manifestOf(connection);
    const auto open = m_open.find(connection);
    if (!manifest || open == m_open.end())
        return {};
    for (const connector::Field &field : manifest->fields) {
        if (field.type == connector::Field::Type::TimeZone)
            return QString::fromStdString(open->second->profile.value(field.key));
    }
    return {};
}

std::optional<connector::LoginState> ConnectionService::loginState(const QString &connection) const
{
    const auto open = m_open.find(connection);
    return open == m_open.end() ? std::nullopt : open->second->session->loginState();
}

std::shared_ptr<HeldResults> ConnectionService::heldResults(const QString &name)
{
    std::shared_ptr<HeldResults> &held = m_held[name];
    if (!held)
        held = std::make_shared<HeldResults>();
    return held;
}

void ConnectionService::open(
    const QString &name, QObject *context, std::function<void(const ConnectionResult &)> done)
{
    if (const auto known = m_open.find(name); known != m_open.end()) {
        done(known->second);
        return;
    }
    std::vector<Waiting> &waiting = m_waiting[name];
    waiting.push_back({context, std::move(done)});
    if (waiting.size() > 1)
        return;
    startOpening(name);
}

void ConnectionService::startOpening(const QString &name)
{
    workspace::Overrides overrides;
    if (const auto given = m_given.find(name); given != m_given.end())
        overrides.secrets = given->second;
    m_tasks.push([this, self = QPointer<ConnectionService>(this), name, overrides](Opener &opener) {
        const std::string key = name.toStdString();
        const auto missing = opener.connections.missingSecrets(key, overrides);
        auto result = std::make_shared<ConnectionResult>(missing.empty() ? opener.connections.open(key, overrides) : ConnectionResult(core::Error()));
        const auto blocked = missing.empty() && !*result ? opener.connections.blockedCommands(key) : std::vector<workspace::AllowedCommands::Command>();
        m_workers.post([self, name, result, blocked, missing] {
            if (!self)
                return;
            if (!missing.empty()) {
                Q_EMIT self->secretsWanted(name, missing);
                return;
            }
            self->opened(name, *result);
            if (!blocked.empty())
                Q_EMIT self->commandsBlocked(name, blocked);
        });
    });
}

void ConnectionService::opened(const QString &name, const ConnectionResult &result)
{
    if (result)
        m_open[name] = result.value();
    const std::vector<Waiting> waiting = std::move(m_waiting[name]);
    m_waiting.erase(name);
    for (const Waiting &entry : waiting) {
        if (entry.context)
            entry.done(result);
    }
}

void ConnectionService::openUrl(
    const QString &url, const QString &keepAs, QObject *context, std::function<void(const core::Result<QString> &)> done)
{
    const auto secret = std::make_shared<core::Secret>(url.toStdString());
    m_tasks.push([this, self = QPointer<ConnectionService>(this), context = QPointer<QObject>(context), secret, keepAs,
                     done = std::move(done)](Opener &opener) {
        auto result = std::make_shared<ConnectionResult>(opener.connections.openUrl(secret->reveal()));
        const connector::Manifest *manifest = *result ? manifestById(result->value()->profile.connectorId) : nullptr;
        if (manifest && !keepAs.isEmpty()) {
            auto saved = workspace::SavedConnection::fromProfile(result->value()->profile, *manifest);
            saved.name = keepAs.toStdString();
            const auto &secrets = result->value()->profile.secrets;
            for (const auto &[field, kept] : secrets)
                saved.references[field] = workspace::SecretReference().toText();
            if (auto kept = opener.store.save(saved, false); !kept) {
                *result = kept.error();
            } else {
                for (const auto &[field, one] : secrets)
                    m_keeper.keep(saved.name, field, one);
            }
        }
        m_workers.post([self, context, result, keepAs, done] {
            if (!self || !context)
                return;
            if (!*result) {
                done(result->error());
                return;
            }
            const connector::Profile &profile = result->value()->profile;
            const connector::Manifest *known = self->manifestById(profile.connectorId);
            const QString name = keepAs.isEmpty() && known ? QString::fromStdString(connector::urlFromProfile(profile, *known)) : keepAs;
            self->taken(name, result->value());
            done(name);
        });
    });
}

void ConnectionService::allow(const std::vector<workspace::AllowedCommands::Command> &commands, QObject *context,
    std::function<void(const core::Result<void> &)> done)
{
    m_tasks.push([this, self = QPointer<ConnectionService>(this), context = QPointer<QObject>(context), commands, done = std::move(done)](Opener &) {
        auto allowed = std::make_shared<core::Result<void>>();
        for (const workspace::AllowedCommands::Command &command : commands) {
            if (allowed->ok())
                *allowed = m_secrets.commands().allow(command);
        }
        m_workers.post([self, context, allowed, done] {
            if (self && context)
                done(*allowed);
        });
    });
}

void ConnectionService::taken(const QString &name, std::shared_ptr<workspace::Connection> connection)
{
    const std::string connectorId = connection->profile.connectorId;
    m_open.insert_or_assign(name, std::move(connection));
    if (!entry(name))
        m_entries.push_back({name, connectorId, {}, false, false, false, {}, {}});
    Q_EMIT listChanged();
    refreshList(); // whether it has a file now
}

void ConnectionService::remove(const QString &name, QObject *context, std::function<void(const core::Result<void> &)> done)
{
    m_tasks.push([this, self = QPointer<ConnectionService>(this), context = QPointer<QObject>(context), name,
                     done = std::move(done)](Opener &opener) {
        const std::string key = name.toStdString();
        const bool isSaved = opener.store.contains(key);
        const auto saved = isSaved ? opener.store.load(key) : core::Result<workspace::SavedConnection>(core::Error());
        auto removed = std::make_shared<core::Result<void>>(isSaved ? opener.store.remove(key) : core::Result<void>());
        if (saved && *removed)
            m_secrets.forget(*saved);
        m_workers.post([self, context, name, removed, done] {
            if (!self || !context)
                return;
            if (*removed) {
                std::erase_if(self->m_entries, [&name](const ConnectionEntry &entry) { return entry.name == name; });
                self->m_open.erase(name);
                self->m_given.erase(name);
                Q_EMIT self->listChanged();
            }
            done(*removed);
        });
    });
}

void ConnectionService::acceptCertificate(
    const QString &name, const QString &fingerprint, QObject *context, std::function<void(const core::Result<void> &)> done)
{
    open(name, context, [this, name, fingerprint, context, done = std::move(done)](const ConnectionResult &known) {
        if (!known) {
            done(known.error());
            return;
        }
        m_tasks.push([this, self = QPointer<ConnectionService>(this), context = QPointer<QObject>(context), name,
                         sha256 = fingerprint.toStdString(), known = known.value(), done](Opener &opener) {
            auto result = std::make_shared<ConnectionResult>(workspace::withFingerprint(*known, sha256));
            if (const std::string key = name.toStdString(); *result && opener.store.contains(key)) {
                if (auto kept = workspace::keepFingerprint(opener.store, key, sha256); !kept)
                    *result = kept.error();
            }
            m_workers.post([self, context, name, result, done] {
                if (!self || !context)
                    return;
                if (*result)
                    self->m_open[name] = result->value();
                done(*result ? core::Result<void>() : core::Result<void>(result->error()));
            });
        });
    });
}

} // namespace desktop

#include "moc_connectionservice.cpp"
