// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/registry.h"
#include "support/keepingsink.h"
#include "support/recordedclient.h"

#include <map>
#include <memory>
#include <string>

// Keeps notices too.
class NotedSink : public support::KeepingSink
{
public:
    void notice(const QString &text) override { notices << text; }

    QStringList notices;
};

// A server that answers statements from a list, with a session of the plugin in front of it.
class Server
{
public:
    explicit Server(const std::string &url = "lindorm://root:root_tsdb@h/power")
    {
        auto profile = connector::profileFromUrl(url, m_registry.manifests());
        auto dialect = m_registry.connector("lindorm");
        if (!profile || !dialect)
            return;
        auto created = (*dialect)->createSession(*profile, m_client);
        if (created)
            session = std::move(created).value();
        else
            failure = created.error();
    }

    // The answer to a statement, by its exact text, whatever the database; anything else is a syntax error.
    void answer(const std::string &statement, const std::string &body) { m_bodies[statement] = body; }
    // columns: names with commas; types likewise.
    void answerRows(const std::string &statement, const std::string &columns, const std::string &types, const std::string &rows)
    {
        answer(statement, "{\"columns\":[" + quoted(columns) + "],\"metadata\":[" + quoted(types) + "],\"rows\":[" + rows + "]}");
    }
    void answerSensor()
    {
        answerRows("DESCRIBE TABLE sensor", "columnName,typeName,columnKind,primaryKey,partitionTag", "VARCHAR,VARCHAR,VARCHAR,VARCHAR,VARCHAR",
            R"(["device_id","VARCHAR","TAG","true","true"],["region","VARCHAR","TAG","true","false"],["time","TIMESTAMP","TIMESTAMP","true","false"],)"
            R"(["temperature","DOUBLE","FIELD","false","false"],["humidity","BIGINT","FIELD","false","false"])");
    }
    // Added to each answer.
    std::vector<http::Header> headers;
    std::optional<core::Error> unsent;

    std::vector<http::Request> requests() const { return m_client.requests(); }
    std::vector<std::string> statements() const
    {
        std::vector<std::string> bodies;
        for (const http::Request &request : requests())
            bodies.push_back(request.body);
        return bodies;
    }

    connector::Outcome run(const std::string &text, connector::Sink &sink, std::stop_token stop = {})
    {
        connector::Statement statement;
        statement.text = text;
        return session->run(statement, {}, sink, std::move(stop));
    }

    std::unique_ptr<connector::Session> session;
    std::optional<core::Error> failure; // of createSession

private:
    static std::string quoted(const std::string &names)
    {
        std::string text = "\"";
        for (const char c : names)
            text += c == ',' ? std::string("\",\"") : std::string(1, c);
        return text + '"';
    }
    support::RecordedAnswer answerTo(const http::Request &request)
    {
        support::RecordedAnswer answer;
        answer.headers = headers;
        answer.unsent = unsent;
        const auto found = m_bodies.find(request.body);
        answer.status = found == m_bodies.end() ? 400 : found->second.empty() ? 204 : 200;
        answer.body = found == m_bodies.end() ? R"({"code":1064,"sqlstate":"42000","message":"syntax"})" : found->second;
        return answer;
    }

    connector::Registry m_registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};
    std::map<std::string, std::string> m_bodies;
    support::RecordedClient m_client{[this](const http::Request &request) { return answerTo(request); }};
};
