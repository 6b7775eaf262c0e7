// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testproxy.h"

#include <QByteArray>

namespace support {

namespace {

constexpr char kSocksVersion = 5; // RFC 1928
constexpr char kNoLogin = 0;
constexpr char kUserAndPassword = 2; // RFC 1929
constexpr char kNoneAcceptable = '\xff';

std::size_t byteOf(const std::string &bytes, std::size_t at)
{
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

bool socksLogin(Connection &connection, const ProxyLogin &login)
{
    const std::string hello = connection.readBytes(2);
    const std::string methods = connection.readBytes(byteOf(hello, 1));
    const char wanted = login.user.empty() ? kNoLogin : kUserAndPassword;
    if (methods.find(wanted) == std::string::npos) {
        connection.send({ std::string { kSocksVersion, kNoneAcceptable } });
        return false;
    }
    connection.send({ std::string { kSocksVersion, wanted } });
    if (wanted == kNoLogin)
        return true;
    const std::string user = connection.readBytes(byteOf(connection.readBytes(2), 1));
    const std::string password = connection.readBytes(byteOf(connection.readBytes(1), 0));
    const bool isRight = user == login.user && password == login.password;
    connection.send({ std::string { 1, static_cast<char>(isRight ? 0 : 1) } });
    return isRight;
}

std::string socksTarget(Connection &connection)
{
    const std::string head = connection.readBytes(4); // version, command, 0, kind of address
    std::string host;
    if (byteOf(head, 3) == 3) {
        host = connection.readBytes(byteOf(connection.readBytes(1), 0));
    } else {
        for (const char byte : connection.readBytes(byteOf(head, 3) == 1 ? 4 : 16))
            host += (host.empty() ? "" : ".") + std::to_string(static_cast<unsigned char>(byte));
    }
    const std::string port = connection.readBytes(2);
    return host + ':' + std::to_string(byteOf(port, 0) * 256 + byteOf(port, 1));
}

} // namespace

FaultServer::Script connectProxy(std::uint16_t target, const ProxyLogin &login)
{
    const std::string pair = QByteArray::fromStdString(login.user + ':' + login.password).toBase64().toStdString();
    return [target, pair, isOpen = login.user.empty()](Connection &connection) {
        for (;;) {
            const std::string request = connection.readRequest();
            if (request.empty())
                return;
            if (!isOpen && request.find("\r\nProxy-Authorization: Basic " + pair + "\r\n") == std::string::npos) {
                connection.send("HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n");
                continue;
            }
            if (request.starts_with("CONNECT ")) {
                connection.send("HTTP/1.1 200 Go\r\n\r\n");
                return connection.relayTo(target);
            }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nby proxy");
        }
    };
}

FaultServer::Script socksProxy(std::uint16_t target, const ProxyLogin &login)
{
    return [target, login](Connection &connection) {
        if (!socksLogin(connection, login))
            return connection.waitUntilClosed();
        connection.note("SOCKS " + socksTarget(connection));
        connection.send(std::string { kSocksVersion, 0, 0, 1, 127, 0, 0, 1, 0, 0 });
        connection.relayTo(target);
    };
}

} // namespace support
