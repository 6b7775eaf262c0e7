// SPDX-License-Identifier: GPL-3.0-or-later
#include "apisandbox.h"

#include "json/writer.h"
#include "session.h"

#include <QFile>
#include <QJsonDocument>

ApiSandbox::ApiSandbox()
    : m_service(openmldb::createSandboxService())
    , m_server(sandbox::Server::listen(*m_service, 0).value())
    , m_client(http::createClient({}))
{
    QFile file(QStringLiteral(ONDO_MANIFEST));
    if (file.open(QIODevice::ReadOnly))
        m_language = connector::Manifest::fromJson(QJsonDocument::fromJson(file.readAll()).object()).value().language;
}

ApiSandbox::Answer ApiSandbox::send(const char *method, const std::string &path, const std::string &body) const
{
    http::Request request;
    request.method = method;
    request.url = m_service->baseUrl(m_server->port()) + path;
    request.body = body;
    auto answer = m_client->send(request, {});
    if (!answer)
        return {};
    auto text = http::readAll(**answer, std::size_t(64) << 20);
    return {(*answer)->head().status, text ? *text : "broken off"};
}

std::string ApiSandbox::sql(const std::string &sql, const std::string &database, const std::string &mode, const std::string &more) const
{
    std::string body = "{\"mode\":\"" + mode + "\",\"sql\":";
    json::appendString(body, sql);
    return send("POST", "/dbs/" + database, body + more + "}").body;
}

std::string ApiSandbox::rows(const std::string &text, const std::string &database) const
{
    const std::string body = sql(text, database);
    const std::string start = R"({"code":0,"msg":"ok","data":{"schema":)";
    if (!body.starts_with(start))
        return body;
    std::string rows = body.substr(start.size(), body.size() - start.size() - 2);
    const std::size_t data = rows.find(",\"data\":");
    return rows.substr(0, data) + " " + rows.substr(data + 8);
}

std::unique_ptr<connector::Session> ApiSandbox::session(const std::string &database, const std::string &mode)
{
    connector::Profile profile;
    profile.connectorId = "openmldb";
    profile.transport = "http";
    profile.values = {{"host", "127.0.0.1"}, {"port", std::to_string(m_server->port())}, {"database", database}, {"mode", mode}};
    return std::move(openmldb::createSession(profile, m_language, *m_client)).value();
}

connector::Outcome ApiSandbox::run(connector::Session &session, const std::string &text, connector::Sink &sink,
    const connector::RunOptions &options, std::stop_token stop) const
{
    connector::Statement statement;
    statement.text = text;
    statement.isRequest = text.starts_with("GET ") || text.starts_with("POST ") || text.starts_with("PUT ");
    return session.run(statement, options, sink, std::move(stop));
}
