// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/server.h"

#include "sandbox/replywriter.h"
#include "sandbox/requestreader.h"
#include "sandbox/socket.h"

#include <QCoreApplication>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace sandbox {

namespace {

struct ServerTr {
    Q_DECLARE_TR_FUNCTIONS(sandbox::Server)
};

constexpr auto kForever = std::chrono::steady_clock::duration::max();

void refuse(ReplyWriter &reply, int status)
{
    reply.answer(status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::to_string(status) + '\n');
}

} // namespace

struct Server::State {
    using Clock = std::chrono::steady_clock;

    // A connection and the request that it is serving, if any: that request's stop is what the watcher requests.
    struct Connection {
        explicit Connection(int descriptor)
            : socket(descriptor)
        {
        }
        Socket socket;
        std::mutex mutex; // of the next two
        std::stop_source *serving = nullptr;
        std::optional<Clock::time_point> goneAt; // since when the client of what is served is known to have gone
        std::atomic<bool> hasEnded = false;
        std::thread thread;
    };

    State(Service &used, int descriptor, std::uint16_t number, std::chrono::milliseconds patience)
        : service(used)
        , listener(descriptor)
        , port(number)
        , patienceWithoutClient(patience)
        , waker(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    {
    }
    ~State();

    void acceptAndWatch();
    Clock::duration stopAbandoned();
    void accept();
    void reap();
    void wake();
    void serve(Connection &connection);
    void serveOne(Connection &connection, const Incoming &incoming, ReplyWriter &reply);

    Service &service;
    const int listener;
    const std::uint16_t port;
    const std::chrono::milliseconds patienceWithoutClient;
    const int waker; // written to when the set of descriptors to watch changed
    std::atomic<bool> isEnding = false;
    std::mutex mutex; // of connections
    std::list<std::unique_ptr<Connection>> connections;
    std::thread thread;
};

Server::State::~State()
{
    isEnding = true;
    wake();
    if (thread.joinable())
        thread.join();
    for (const auto &connection : connections) {
        connection->socket.shutDown();
        const std::lock_guard lock(connection->mutex);
        if (connection->serving)
            connection->serving->request_stop();
    }
    for (const auto &connection : connections)
        connection->thread.join();
    ::close(listener);
    ::close(waker);
}

void Server::State::wake()
{
    const std::uint64_t one = 1;
    // It can only fail when the counter is full, and then it wakes anyway.
    [[maybe_unused]] const ssize_t written = ::write(waker, &one, sizeof one);
}

void Server::State::accept()
{
    const int descriptor = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0)
        return;
    const std::lock_guard lock(mutex);
    Connection &connection = *connections.emplace_back(std::make_unique<Connection>(descriptor));
    connection.thread = std::thread([this, &connection] { serve(connection); });
}

void Server::State::reap()
{
    std::list<std::unique_ptr<Connection>> ended;
    {
        const std::lock_guard lock(mutex);
        for (auto it = connections.begin(); it != connections.end();) {
            const auto next = std::next(it);
            if ((*it)->hasEnded)
                ended.splice(ended.end(), connections, it);
            it = next;
        }
    }
    for (const auto &connection : ended)
        connection->thread.join();
}

// Ends what has been served for nobody long enough; returns how long until the next is due.
Server::State::Clock::duration Server::State::stopAbandoned()
{
    const auto now = Clock::now();
    Clock::duration wait = kForever;
    const std::lock_guard lock(mutex);
    for (const auto &connection : connections) {
        const std::lock_guard one(connection->mutex);
        if (!connection->serving || !connection->goneAt || connection->serving->stop_requested())
            continue;
        const auto due = *connection->goneAt + patienceWithoutClient - now;
        if (due <= Clock::duration::zero())
            connection->serving->request_stop();
        else
            wait = std::min(wait, due);
    }
    return wait;
}

// Connections that are serving are watched for the client's going away; reading requests is their own threads' business.
void Server::State::acceptAndWatch()
{
    while (!isEnding) {
        std::vector<pollfd> watched{{listener, POLLIN, 0}, {waker, POLLIN, 0}};
        std::vector<Connection *> owners{nullptr, nullptr};
        {
            const std::lock_guard lock(mutex);
            for (const auto &connection : connections) {
                const std::lock_guard one(connection->mutex);
                if (connection->serving && !connection->goneAt) {
                    watched.push_back({connection->socket.descriptor(), POLLRDHUP, 0});
                    owners.push_back(connection.get());
                }
            }
        }
        const Clock::duration wait = stopAbandoned();
        const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
        ::poll(watched.data(), watched.size(), wait == kForever ? -1 : static_cast<int>(milliseconds));
        std::uint64_t count = 0;
        [[maybe_unused]] const ssize_t got = ::read(waker, &count, sizeof count);
        for (std::size_t i = 2; i < watched.size(); ++i) {
            const std::lock_guard one(owners[i]->mutex);
            if (watched[i].revents != 0 && owners[i]->serving)
                owners[i]->goneAt = Clock::now();
        }
        if (watched[0].revents & POLLIN)
            accept();
        reap();
    }
}

void Server::State::serve(Connection &connection)
{
    RequestReader reader(connection.socket, {});
    while (!isEnding) {
        const std::optional<Incoming> incoming = reader.next();
        if (!incoming)
            break;
        ReplyWriter reply(connection.socket, *incoming);
        if (incoming->refusal != 0) {
            refuse(reply, incoming->refusal);
            break;
        }
        serveOne(connection, *incoming, reply);
        if (!reply.canGoOn())
            break;
    }
    connection.socket.shutDown();
    connection.hasEnded = true;
    wake();
}

void Server::State::serveOne(Connection &connection, const Incoming &incoming, ReplyWriter &reply)
{
    std::stop_source stop;
    {
        const std::lock_guard lock(connection.mutex);
        connection.serving = &stop;
        connection.goneAt.reset();
    }
    wake();
    if (!isEnding)
        service.serve(incoming.request, reply, stop.get_token());
    const std::lock_guard lock(connection.mutex);
    connection.serving = nullptr;
}

core::Result<std::unique_ptr<Server>> Server::listen(
    Service &service, std::uint16_t port, std::chrono::milliseconds patienceWithoutClient)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (descriptor < 0 || ::bind(descriptor, generic, size) != 0 || ::listen(descriptor, 128) != 0
        || ::getsockname(descriptor, generic, &size) != 0) {
        const QString reason = QString::fromLocal8Bit(std::strerror(errno));
        if (descriptor >= 0)
            ::close(descriptor);
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message = ServerTr::tr("The sandbox cannot listen on port %1 of 127.0.0.1: %2").arg(port).arg(reason);
        error.hint = ServerTr::tr("Choose another port, or let it take a free one.");
        return error;
    }
    auto state = std::make_unique<State>(service, descriptor, ntohs(address.sin_port), patienceWithoutClient);
    state->thread = std::thread([raw = state.get()] { raw->acceptAndWatch(); });
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

Server::~Server() = default;

std::uint16_t Server::port() const
{
    return m_state->port;
}

} // namespace sandbox
