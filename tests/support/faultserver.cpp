// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultserver.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace support {

namespace {

struct Listener {
    int socket = -1;
    std::uint16_t port = 0;
};

Listener listenOnLoopback(bool useIpv6)
{
    Listener listener;
    listener.socket = socket(useIpv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in6 six {};
    sockaddr_in four {};
    six.sin6_family = AF_INET6;
    six.sin6_addr = in6addr_loopback;
    four.sin_family = AF_INET;
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto *address = useIpv6 ? reinterpret_cast<sockaddr *>(&six) : reinterpret_cast<sockaddr *>(&four);
    socklen_t size = useIpv6 ? sizeof six : sizeof four;
    if (bind(listener.socket, address, size) != 0 || listen(listener.socket, 64) != 0) {
        std::perror("a test server cannot listen on loopback");
        std::abort();
    }
    getsockname(listener.socket, address, &size);
    listener.port = ntohs(useIpv6 ? six.sin6_port : four.sin_port);
    return listener;
}

std::size_t contentLength(const std::string &head)
{
    std::string lower = head;
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const std::size_t at = lower.find("\r\ncontent-length:");
    return at == std::string::npos ? 0 : std::strtoul(lower.c_str() + at + 17, nullptr, 10);
}

// Whether the socket local:port -> remote:port of this machine holds bytes that its program has not read.
bool hasUnread(std::uint16_t local, std::uint16_t remote)
{
    std::ifstream table("/proc/net/tcp");
    std::string line;
    while (std::getline(table, line)) {
        unsigned localPort = 0;
        unsigned remotePort = 0;
        unsigned long unread = 0;
        if (std::sscanf(line.c_str(), " %*u: %*8X:%4X %*8X:%4X %*2X %*8X:%8lX", &localPort, &remotePort, &unread) == 3
            && localPort == local && remotePort == remote)
            return unread > 0;
    }
    return false;
}

} // namespace

void Gate::open()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
    }
    m_opened.notify_all();
}

bool Gate::wait(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    return m_opened.wait(lock, stop, [this] { return m_isOpen; });
}

Connection::Connection(FaultServer &server, int socket, int index, std::stop_token stop)
    : m_server(server)
    , m_socket(socket)
    , m_index(index)
    , m_stop(std::move(stop))
{
    const int on = 1;
    setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Connection::~Connection()
{
    if (m_tls) {
        SSL_shutdown(m_tls);
        SSL_free(m_tls);
    }
}

bool Connection::handshake(SSL_CTX *context)
{
    m_tls = SSL_new(context);
    SSL_set_fd(m_tls, m_socket);
    return SSL_accept(m_tls) == 1;
}

long Connection::receive(char *into, std::size_t size)
{
    return m_tls ? SSL_read(m_tls, into, static_cast<int>(size)) : recv(m_socket, into, size, 0);
}

std::string Connection::readHead()
{
    for (;;) {
        if (const std::size_t end = m_pending.find("\r\n\r\n"); end != std::string::npos) {
            std::string head = m_pending.substr(0, end + 4);
            m_pending.erase(0, end + 4);
            return head;
        }
        char buffer[16384];
        const long size = receive(buffer, sizeof buffer);
        if (size <= 0)
            return {};
        m_pending.append(buffer, static_cast<std::size_t>(size));
    }
}

std::string Connection::readRequest()
{
    std::string request = readHead();
    if (request.empty())
        return request;
    const std::size_t length = contentLength(request);
    while (m_pending.size() < length) {
        char buffer[16384];
        const long size = receive(buffer, sizeof buffer);
        if (size <= 0)
            return {};
        m_pending.append(buffer, static_cast<std::size_t>(size));
    }
    request += m_pending.substr(0, length);
    m_pending.erase(0, length);
    m_server.noteRequest(request);
    return request;
}

// A close with bytes unread is a reset, which may overtake the alert that says why.
void Connection::lingerUnread()
{
    shutdown(m_socket, SHUT_WR);
    char buffer[4096];
    while (recv(m_socket, buffer, sizeof buffer, 0) > 0) { }
}

std::string Connection::readBytes(std::size_t size)
{
    while (m_pending.size() < size) {
        char buffer[4096];
        const long received = receive(buffer, sizeof buffer);
        if (received <= 0)
            break;
        m_pending.append(buffer, static_cast<std::size_t>(received));
    }
    std::string bytes = m_pending.substr(0, size);
    m_pending.erase(0, size);
    return bytes;
}

void Connection::note(const std::string &request)
{
    m_server.noteRequest(request);
}

void Connection::vanish()
{
    sock_filter nothing[] = { BPF_STMT(BPF_RET | BPF_K, 0) };
    const sock_fprog program { 1, nothing };
    setsockopt(m_socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

void Connection::relayTo(std::uint16_t port)
{
    const int upstream = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    pollfd ends[] = { { m_socket, POLLIN, 0 }, { upstream, POLLIN, 0 } };
    bool isOpen = connect(upstream, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    while (isOpen && poll(ends, 2, -1) > 0) {
        for (int from = 0; from < 2 && isOpen; ++from) {
            if (ends[from].revents == 0)
                continue;
            char buffer[16384];
            const long size = recv(ends[from].fd, buffer, sizeof buffer, 0);
            isOpen = size > 0 && ::send(ends[1 - from].fd, buffer, static_cast<std::size_t>(size), MSG_NOSIGNAL) == size;
        }
    }
    close(upstream);
}

bool Connection::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const long size = m_tls ? SSL_write(m_tls, bytes.data(), static_cast<int>(bytes.size()))
                                : ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

void Connection::waitUntilTaken()
{
    sockaddr_in peer {};
    socklen_t size = sizeof peer;
    if (getpeername(m_socket, reinterpret_cast<sockaddr *>(&peer), &size) != 0 || peer.sin_family != AF_INET)
        return;
    // On loopback sent bytes are in the receiver's queue at once; their acknowledgement, which comes late, says nothing.
    while (!m_stop.stop_requested() && hasUnread(ntohs(peer.sin_port), m_server.port()))
        std::this_thread::yield();
}

void Connection::sendByteByByte(std::string_view bytes)
{
    for (const char &byte : bytes) {
        if (!send({ &byte, 1 }))
            return;
        waitUntilTaken();
    }
}

void Connection::waitUntilClosed()
{
    char buffer[4096];
    while (receive(buffer, sizeof buffer) > 0) { }
}

void Connection::reset()
{
    const linger abortive { 1, 0 };
    setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &abortive, sizeof abortive);
}

bool Connection::waitFor(Gate &gate)
{
    return gate.wait(m_stop);
}

FaultServer::FaultServer(Script script)
    : FaultServer(std::move(script), Options {})
{
}

FaultServer::FaultServer(Script script, Options options)
    : m_script(std::move(script))
    , m_options(std::move(options))
{
    const Listener listener = listenOnLoopback(m_options.useIpv6);
    m_listener = listener.socket;
    m_port = listener.port;
    m_acceptor = std::thread([this] { acceptAll(); });
}

FaultServer::~FaultServer()
{
    m_stop.request_stop();
    shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    {
        const std::lock_guard lock(m_mutex);
        for (const int socket : m_sockets)
            shutdown(socket, SHUT_RDWR);
    }
    for (std::thread &thread : m_threads)
        thread.join();
    close(m_listener);
}

std::string FaultServer::url(std::string_view path) const
{
    std::string url = m_options.tls ? "https://" : "http://";
    url += m_options.useIpv6 ? "[::1]:" : "127.0.0.1:";
    return url + std::to_string(m_port) + std::string(path);
}

int FaultServer::connectionCount() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_threads.size());
}

std::vector<std::string> FaultServer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void FaultServer::acceptAll()
{
    for (;;) {
        const int socket = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            return;
        const std::lock_guard lock(m_mutex);
        m_sockets.push_back(socket);
        const int index = static_cast<int>(m_threads.size());
        m_threads.emplace_back([this, socket, index] { run(socket, index); });
    }
}

void FaultServer::run(int socket, int index)
{
    // OpenSSL writes without MSG_NOSIGNAL; a client that has gone must not end the test.
    sigset_t brokenPipe;
    sigemptyset(&brokenPipe);
    sigaddset(&brokenPipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &brokenPipe, nullptr);
    {
        Connection connection(*this, socket, index, m_stop.get_token());
        if (!m_options.tls || connection.handshake(m_options.tls.get()))
            m_script(connection);
        else
            connection.lingerUnread();
    }
    const std::lock_guard lock(m_mutex);
    std::erase(m_sockets, socket);
    close(socket);
}

void FaultServer::noteRequest(const std::string &request)
{
    const std::lock_guard lock(m_mutex);
    m_requests.push_back(request);
}

FaultServer::Script alwaysAnswer(std::string answer)
{
    return [answer = std::move(answer)](Connection &connection) {
        while (!connection.readRequest().empty() && connection.send(answer)) { }
    };
}

std::uint16_t closedPort()
{
    const Listener listener = listenOnLoopback(false);
    close(listener.socket);
    return listener.port;
}

} // namespace support
