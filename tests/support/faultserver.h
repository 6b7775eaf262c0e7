// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <openssl/ssl.h>

namespace support {

// Opens once; threads wait for it. What tests use in place of sleeping.
class Gate
{
public:
    void open();
    // False: stop was requested first.
    bool wait(std::stop_token stop = {});

private:
    std::mutex m_mutex;
    std::condition_variable_any m_opened;
    bool m_isOpen = false;
};

class FaultServer;

// The server's end of one connection, for a script that runs on the connection's own thread. Calls block.
class Connection
{
public:
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    // Counts from 0 in the order of arrival.
    int index() const { return m_index; }

    // Head and body (by Content-Length) as they came; empty when the client has closed.
    std::string readRequest();
    // Only the head; the body is left in the socket.
    std::string readHead();

    // Exactly so many bytes; fewer when the client has closed.
    std::string readBytes(std::size_t size);
    // As a request that was read, for what readRequest() does not read.
    void note(const std::string &request);

    // False: the client has gone.
    bool send(std::string_view bytes);
    // Waits until the client's program has read all that was sent, so that what follows comes in a piece of its own.
    void waitUntilTaken();
    void sendByteByByte(std::string_view bytes);
    void waitUntilClosed();
    // From now on nothing of what the client sends arrives, not even at the system: as behind a VPN that went away.
    void vanish();
    // Passes bytes on between the client and a loopback port until one of them closes.
    void relayTo(std::uint16_t port);
    // Ends the connection with a reset instead of a proper close.
    void reset();

    // Waits for the gate; false when the server is being taken down.
    bool waitFor(Gate &gate);

private:
    friend class FaultServer;
    Connection(FaultServer &server, int socket, int index, std::stop_token stop);
    bool handshake(SSL_CTX *context);
    void lingerUnread();
    long receive(char *into, std::size_t size);

    FaultServer &m_server;
    const int m_socket;
    const int m_index;
    const std::stop_token m_stop;
    SSL *m_tls = nullptr;
    std::string m_pending; // read and not yet asked for
};

// A server on loopback that does exactly what its script says, however wrong that is. Threads of its own, plain sockets:
// nothing of the code under test.
class FaultServer
{
public:
    using Script = std::function<void(Connection &)>;

    struct Options {
        bool useIpv6 = false;
        std::shared_ptr<SSL_CTX> tls; // none: plain
    };

    explicit FaultServer(Script script);
    FaultServer(Script script, Options options);
    ~FaultServer(); // closes all connections and joins

    std::uint16_t port() const { return m_port; }
    // "http://127.0.0.1:PORT" + path; https and [::1] by the options.
    std::string url(std::string_view path = "/") const;

    int connectionCount() const;
    std::vector<std::string> requests() const; // all that were read, as they came

private:
    friend class Connection;
    void acceptAll();
    void run(int socket, int index);
    void noteRequest(const std::string &request);

    const Script m_script;
    const Options m_options;
    std::stop_source m_stop;
    int m_listener = -1;
    std::uint16_t m_port = 0;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;
    std::vector<int> m_sockets;
    std::vector<std::thread> m_threads;
    std::thread m_acceptor;
};

// Answers each request of each connection with the same bytes, and keeps the connection.
FaultServer::Script alwaysAnswer(std::string answer);

// A free loopback port at which nothing listens (it did a moment ago).
std::uint16_t closedPort();

} // namespace support
