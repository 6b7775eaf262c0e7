// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/signature.h"
#include "connector/registry.h"
#include "sandbox/server.h"
#include "support/keepingsink.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <memory>
#include <string>

// The Redshift half behind a server of its own, and sessions of the plugin that talk to it.
class RedshiftSandbox
{
public:
    RedshiftSandbox()
    {
        auto dialect = m_registry.connector("redshift");
        if (!dialect)
            return;
        m_dialect = *dialect;
        m_service = m_dialect->createSandbox();
        m_server = sandbox::Server::listen(*m_service, 0).value();
        m_session = sessionOf(m_service->targetUrl(m_server->port()));
    }
    ~RedshiftSandbox()
    {
        m_session.reset();
        m_server.reset();
    }

    connector::Session &session() { return *m_session; }
    std::string url() const { return m_service->targetUrl(m_server->port()); }
    std::unique_ptr<connector::Session> sessionOf(const std::string &url)
    {
        auto profile = connector::profileFromUrl(url, m_registry.manifests());
        if (!profile)
            return nullptr;
        auto created = m_dialect->createSession(*profile, *m_client);
        return created ? std::move(created).value() : nullptr;
    }

    struct Result {
        connector::Outcome outcome;
        support::KeepingSink sink;
        // Rows with blanks between them; what went wrong instead.
        QString text() const
        {
            if (outcome.error)
                return QString::fromStdString(outcome.error->serverText.empty() ? outcome.error->message.toStdString() : outcome.error->serverText);
            QString all;
            for (const std::string &row : sink.rows())
                all += (all.isEmpty() ? QString() : QStringLiteral(" | ")) + QString::fromStdString(row);
            return all;
        }
        QString types() const
        {
            QString all;
            for (const table::ColumnInfo &info : sink.table.schema().columns)
                all += (all.isEmpty() ? QString() : QStringLiteral(" ")) + QString::fromStdString(info.serverType);
            return all;
        }
    };
    Result run(const std::string &sql, std::vector<connector::Parameter> parameters = {}, connector::Session *session = nullptr)
    {
        Result result;
        connector::Statement statement;
        statement.text = sql;
        statement.isRequest = sql.starts_with("POST ");
        connector::RunOptions options;
        options.parameters = std::move(parameters);
        result.outcome = (session ? session : m_session.get())->run(statement, options, result.sink, {});
        return result;
    }

    // One signed call, and what a test did to it before it was sent.
    struct Reply {
        int status = 0;
        std::string errorType;
        QJsonObject body;
    };
    Reply call(const std::string &operation, const std::string &body, const std::function<void(http::Request &)> &spoil = {},
        std::chrono::seconds clockAhead = {}, auth::AwsCredentials keys = {})
    {
        http::Request request;
        request.method = "POST";
        request.url = m_service->baseUrl(m_server->port()) + "/";
        request.headers = {{"Content-Type", "application/x-amz-json-1.1"}, {"X-Amz-Target", "RedshiftData." + operation}};
        request.body = body;
        const auto environment = m_service->environment();
        if (keys.accessKeyId.empty()) {
            keys.accessKeyId = environment.at(0).second;
            keys.secretAccessKey = core::Secret(environment.at(1).second);
        }
        auth::sign(request, keys, {"us-east-1", "redshift-data"}, std::chrono::system_clock::now() + clockAhead);
        if (spoil)
            spoil(request);
        auto answer = m_client->send(request, {});
        Reply reply;
        if (!answer)
            return reply;
        const std::string text = http::readAll(**answer, 1 << 26).valueOr({});
        reply.status = (*answer)->head().status;
        reply.errorType = (*answer)->head().header("x-amzn-ErrorType");
        reply.body = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
        return reply;
    }

private:
    connector::Registry m_registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};
    std::unique_ptr<http::Client> m_client = http::createClient({});
    connector::Connector *m_dialect = nullptr;
    std::unique_ptr<sandbox::Service> m_service;
    std::unique_ptr<sandbox::Server> m_server;
    std::unique_ptr<connector::Session> m_session;
};
