// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandboxclient.h"

#include <QJsonDocument>
#include <QTcpSocket>
#include <QTest>

namespace {

constexpr int kPatienceMs = 30000;

// False: the connection ended first.
bool readUntil(QTcpSocket &socket, QByteArray &buffer, const QByteArray &mark)
{
    while (!buffer.contains(mark)) {
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(kPatienceMs))
            return false;
        buffer += socket.readAll();
    }
    return true;
}

bool readSize(QTcpSocket &socket, QByteArray &buffer, qsizetype size)
{
    while (buffer.size() < size) {
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(kPatienceMs))
            return false;
        buffer += socket.readAll();
    }
    return true;
}

QByteArray readChunks(QTcpSocket &socket, QByteArray buffer)
{
    QByteArray body;
    for (;;) {
        if (!readUntil(socket, buffer, "\r\n"))
            return body;
        const qsizetype end = buffer.indexOf("\r\n");
        const qsizetype size = buffer.left(end).toLongLong(nullptr, 16);
        buffer.remove(0, end + 2);
        if (!readSize(socket, buffer, size + 2))
            return body + buffer;
        body += buffer.left(size);
        buffer.remove(0, size + 2);
        if (size == 0)
            return body;
    }
}

} // namespace

QByteArray HttpAnswer::header(const QByteArray &name) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

QJsonObject HttpAnswer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

int HttpAnswer::code() const
{
    return json().value(QStringLiteral("code")).toInt(-1);
}

QJsonArray HttpAnswer::data() const
{
    return json().value(QStringLiteral("data")).toArray();
}

QString HttpAnswer::desc() const
{
    return json().value(QStringLiteral("desc")).toString();
}

HttpAnswer readAnswer(QTcpSocket &socket)
{
    HttpAnswer answer;
    QByteArray buffer;
    if (!readUntil(socket, buffer, "\r\n\r\n"))
        return answer;
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    answer.head = buffer.left(end);
    buffer.remove(0, end + 4);
    answer.status = answer.head.mid(9, 3).toInt();
    if (answer.header("Transfer-Encoding") == "chunked") {
        answer.body = readChunks(socket, buffer);
    } else if (!answer.header("Content-Length").isEmpty()) {
        const qsizetype size = answer.header("Content-Length").toLongLong();
        readSize(socket, buffer, size);
        answer.body = buffer;
    } else if (answer.status != 204 && answer.status != 100) {
        while (socket.waitForReadyRead(kPatienceMs))
            buffer += socket.readAll();
        answer.body = buffer;
    }
    return answer;
}

HttpAnswer exchange(std::uint16_t port, const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    if (!socket.waitForConnected(kPatienceMs))
        return {};
    socket.write(request);
    return readAnswer(socket);
}

TdengineSandbox::TdengineSandbox()
    : m_service(tdengine::createSandboxService())
    , m_server(sandbox::Server::listen(*m_service, 0).value())
{
}

QByteArray TdengineSandbox::basic(const QByteArray &user, const QByteArray &password)
{
    const QByteArray pair = user + ':' + password;
    return "Basic " + pair.toBase64();
}

HttpAnswer TdengineSandbox::post(
    const QByteArray &target, const QByteArray &body, const QByteArray &authorization, const QByteArray &more) const
{
    QByteArray request = "POST " + target + " HTTP/1.1\r\nHost: sandbox\r\n" + more;
    if (!authorization.isEmpty())
        request += "Authorization: " + authorization + "\r\n";
    return exchange(port(), request + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

HttpAnswer TdengineSandbox::get(const QByteArray &target) const
{
    return exchange(port(), "GET " + target + " HTTP/1.1\r\nHost: sandbox\r\n\r\n");
}

HttpAnswer TdengineSandbox::ask(const QByteArray &sql, const QByteArray &path) const
{
    return post("/rest/sql" + path, sql);
}

QJsonArray TdengineSandbox::rows(const QByteArray &sql, const QByteArray &path) const
{
    const HttpAnswer answer = ask(sql, path);
    if (answer.code() != 0)
        QTest::qFail(QByteArray(sql + ": " + answer.body).constData(), __FILE__, __LINE__);
    return answer.data();
}
