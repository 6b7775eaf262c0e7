// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/host.h"

#include "sandbox/server.h"

#include <QCoreApplication>

#include <map>
#include <string>

namespace sandbox {

namespace {

struct HostTr {
    Q_DECLARE_TR_FUNCTIONS(sandbox::Host)
};

} // namespace

struct Host::State {
    // The server goes before the service that it calls.
    struct Running {
        std::unique_ptr<Service> service;
        std::unique_ptr<Server> server;
    };

    connector::Registry &registry;
    std::map<std::string, Running, std::less<>> running;

    const Running *find(std::string_view id) const
    {
        const auto found = running.find(id);
        return found == running.end() ? nullptr : &found->second;
    }
};

Host::Host(connector::Registry &registry)
    : m_state(std::make_unique<State>(State{registry, {}}))
{
}

Host::~Host() = default;

core::Result<std::uint16_t> Host::start(std::string_view connectorId, std::uint16_t port)
{
    if (const State::Running *running = m_state->find(connectorId))
        return running->server->port();
    core::Result<connector::Connector *> connector = m_state->registry.connector(connectorId);
    if (!connector)
        return std::move(connector).error();
    State::Running running;
    running.service = connector.value()->createSandbox();
    if (!running.service) {
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message = HostTr::tr("The connector \"%1\" has no sandbox.")
                            .arg(QString::fromUtf8(connectorId.data(), static_cast<qsizetype>(connectorId.size())));
        return error;
    }
    auto server = Server::listen(*running.service, port);
    if (!server)
        return std::move(server).error();
    running.server = std::move(server).value();
    const std::uint16_t taken = running.server->port();
    m_state->running.emplace(connectorId, std::move(running));
    return taken;
}

std::string Host::targetUrl(std::string_view connectorId) const
{
    const State::Running *running = m_state->find(connectorId);
    return running ? running->service->targetUrl(running->server->port()) : std::string();
}

std::string Host::baseUrl(std::string_view connectorId) const
{
    const State::Running *running = m_state->find(connectorId);
    return running ? running->service->baseUrl(running->server->port()) : std::string();
}

sandbox::Pairs Host::environment(std::string_view connectorId) const
{
    const State::Running *running = m_state->find(connectorId);
    return running ? running->service->environment() : Pairs();
}

} // namespace sandbox
