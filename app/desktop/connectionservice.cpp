// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/connectionservice.h"

namespace desktop {

struct ConnectionService::Opener {
    sandbox::Host host;
    workspace::ConnectionStore store{workspace::ConnectionStore::defaultFolder()};
    workspace::Connections connections;

    explicit Opener(connector::Registry &registry)
        : host(registry)
        , connections(registry, host, store)
    {
    }
};

ConnectionService::ConnectionService(connector::Registry &registry, Workers &workers)
    : m_registry(registry)
    , m_workers(workers)
    , m_manifests(registry.manifests())
{
    m_thread = std::jthread([this](std::stop_token stop) {
        Opener opener(m_registry);
        while (!stop.stop_requested()) {
            for (const Task &task : m_tasks.waitForAll(stop))
                task(opener);
        }
    });
    m_tasks.push([this, self = QPointer<ConnectionService>(this)](Opener &opener) {
        std::vector<ConnectionEntry> entries;
        for (const workspace::ConnectionInfo &info : opener.connections.list())
            entries.push_back({QString::fromStdString(info.name), info.connectorId, info.environment, info.isReadOnly});
        m_workers.post([self, entries] {
            if (!self)
                return;
            self->m_entries.insert(self->m_entries.begin(), entries.begin(), entries.end());
            Q_EMIT self->listChanged();
        });
    });
}

ConnectionService::~ConnectionService() = default;

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
    for (const connector::Manifest &manifest : m_manifests) {
        if (known && manifest.id == known->connectorId)
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
    m_tasks.push([this, self = QPointer<ConnectionService>(this), name](Opener &opener) {
        auto result = std::make_shared<ConnectionResult>(opener.connections.open(name.toStdString()));
        m_workers.post([self, name, result] {
            if (self)
                self->opened(name, *result);
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
    const QString &url, QObject *context, std::function<void(const core::Result<QString> &)> done)
{
    const auto secret = std::make_shared<core::Secret>(url.toStdString());
    m_tasks.push([this, self = QPointer<ConnectionService>(this), context = QPointer<QObject>(context), secret,
                     done = std::move(done)](Opener &opener) {
        auto result = std::make_shared<ConnectionResult>(opener.connections.openUrl(secret->reveal()));
        m_workers.post([self, context, result, done] {
            if (!self || !context)
                return;
            if (!*result) {
                done(result->error());
                return;
            }
            const connector::Profile &profile = result->value()->profile;
            QString name;
            for (const connector::Manifest &manifest : self->m_manifests) {
                if (manifest.id == profile.connectorId)
                    name = QString::fromStdString(connector::urlFromProfile(profile, manifest));
            }
            const bool isNew = self->m_open.insert_or_assign(name, result->value()).second;
            if (isNew)
                self->m_entries.push_back({name, profile.connectorId, {}, false});
            Q_EMIT self->listChanged();
            done(name);
        });
    });
}

} // namespace desktop
