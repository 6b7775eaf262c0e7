// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/registry.h"
#include "http/client.h"
#include "http/url.h"
#include "sandbox/server.h"
#include "support/keepingsink.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <memory>
#include <string>

class NoticeSink : public support::KeepingSink
{
public:
    void notice(const QString &text) override { notices << text; }

    QStringList notices;
};

struct RawAnswer {
    int status = 0;
    std::string body;

    QJsonObject json() const { return QJsonDocument::fromJson(QByteArray::fromStdString(body)).object(); }
    int code() const { return json().value(QStringLiteral("code")).toInt(); }
    QString message() const { return json().value(QStringLiteral("message")).toString(); }
    // As compact JSON.
    QString rows() const
    {
        return QString::fromUtf8(QJsonDocument(json().value(QStringLiteral("rows")).toArray()).toJson(QJsonDocument::Compact));
    }
};

// Lindorm's half of the sandbox behind a server of its own, and the real plugin with the real client in front of it.
class LindormSandbox
{
public:
    LindormSandbox()
        : m_connector(m_registry.connector("lindorm").value())
        , m_service(m_connector->createSandbox())
        , m_server(sandbox::Server::listen(*m_service, 0).value())
        , m_client(http::createClient({}))
        , session(connect(m_service->targetUrl(m_server->port())))
    {
    }

    std::unique_ptr<connector::Session> connect(const std::string &url)
    {
        return m_connector->createSession(connector::profileFromUrl(url, m_registry.manifests()).value(), *m_client).value();
    }
    std::string base() const { return m_service->baseUrl(m_server->port()); }
    std::uint16_t port() const { return m_server->port(); }

    RawAnswer post(const std::string &target, const std::string &body, const std::string &account = "root:root_tsdb")
    {
        http::Request request;
        request.method = "POST";
        request.url = base() + target;
        request.body = body;
        if (!account.empty())
            request.headers.push_back({"Authorization", "Basic " + http::base64(account)});
        auto answer = m_client->send(request, {}).value();
        RawAnswer raw;
        raw.status = answer->head().status;
        raw.body = http::readAll(*answer, 100'000'000).value();
        return raw;
    }
    RawAnswer sql(const std::string &statement, const std::string &database = "default")
    {
        return post("/api/v2/sql?database=" + database, statement);
    }
    connector::Outcome run(const std::string &text, connector::Sink &sink, std::stop_token stop = {})
    {
        connector::Statement statement;
        statement.text = text;
        return session->run(statement, {}, sink, std::move(stop));
    }

private:
    connector::Registry m_registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};
    connector::Connector *m_connector;
    std::unique_ptr<sandbox::Service> m_service;
    std::unique_ptr<sandbox::Server> m_server;
    std::unique_ptr<http::Client> m_client;

public:
    std::unique_ptr<connector::Session> session;
};
