// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/server.h"
#include "sandbox/tdengineservice.h"

#include <QByteArray>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

#include <memory>

class QTcpSocket;

// What came back: the body with its transfer coding undone, exactly as sent otherwise.
struct HttpAnswer {
    int status = 0;
    QByteArray head;
    QByteArray body;

    QByteArray header(const QByteArray &name) const;
    QJsonObject json() const;
    int code() const;
    QJsonArray data() const;
    QString desc() const;
};

// Sends the bytes over a connection of its own and reads one answer.
HttpAnswer exchange(std::uint16_t port, const QByteArray &request);
// Reads one answer from a connection that stays open.
HttpAnswer readAnswer(QTcpSocket &socket);

// TDengine's half behind a server of its own.
class TdengineSandbox
{
public:
    TdengineSandbox();

    std::uint16_t port() const { return m_server->port(); }
    HttpAnswer post(const QByteArray &target, const QByteArray &body, const QByteArray &authorization = basic("root", "taosdata"),
        const QByteArray &more = {}) const;
    HttpAnswer get(const QByteArray &target) const;
    // As root; path is appended to /rest/sql. Several from several threads are fine.
    HttpAnswer ask(const QByteArray &sql, const QByteArray &path = {}) const;
    // Fails the test where the statement does.
    QJsonArray rows(const QByteArray &sql, const QByteArray &path = {}) const;

    static QByteArray basic(const QByteArray &user, const QByteArray &password);

private:
    std::unique_ptr<sandbox::Service> m_service;
    std::unique_ptr<sandbox::Server> m_server;
};
