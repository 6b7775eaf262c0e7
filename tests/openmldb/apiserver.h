// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/registry.h"
#include "support/keepingsink.h"
#include "support/recordedclient.h"

#include <map>
#include <memory>
#include <string>

// An API server that answers from a list, with a session of the plugin in front of it.
class ApiServer
{
public:
    explicit ApiServer(const std::string &url = "openmldb://db.example/demo_db")
    {
        auto profile = connector::profileFromUrl(url, m_registry.manifests());
        auto dialect = m_registry.connector("openmldb");
        if (profile && dialect) {
            auto created = (*dialect)->createSession(*profile, m_client);
            if (created)
                session = std::move(created).value();
        }
    }

    // By method and path ("GET /dbs"), or by the statement of a POST; anything else is not found.
    void answer(const std::string &key, const std::string &body) { m_bodies[key] = body; }
    void answerTexts(const std::string &sql, int width, const std::string &rows)
    {
        std::string schema = "\"String\"";
        for (int i = 1; i < width; ++i)
            schema += ",\"String\"";
        answer(sql, "{\"code\":0,\"msg\":\"ok\",\"data\":{\"schema\":[" + schema + "],\"data\":[" + rows + "]}}");
    }
    // Goes before the list where it answers.
    std::function<std::optional<support::RecordedAnswer>(const http::Request &)> hook;

    std::vector<http::Request> requests() const { return m_client.requests(); }
    std::vector<std::string> asked() const
    {
        std::vector<std::string> keys;
        for (const http::Request &request : requests())
            keys.push_back(keyOf(request));
        return keys;
    }

    connector::Outcome run(const std::string &text, connector::Sink &sink, const connector::RunOptions &options = {}, std::stop_token stop = {})
    {
        connector::Statement statement;
        statement.text = text;
        statement.isRequest = text.starts_with("GET ") || text.starts_with("POST ") || text.starts_with("PUT ");
        return session->run(statement, options, sink, std::move(stop));
    }

    std::unique_ptr<connector::Session> session;

private:
    static std::string keyOf(const http::Request &request)
    {
        const std::size_t sql = request.body.find("\"sql\":\"");
        if (request.method == "POST" && sql != std::string::npos)
            return request.body.substr(sql + 7, request.body.find('"', sql + 7) - sql - 7);
        return request.method + " " + request.url.substr(request.url.find('/', 8));
    }
    support::RecordedAnswer answerTo(const http::Request &request)
    {
        if (hook) {
            if (auto answer = hook(request))
                return std::move(*answer);
        }
        support::RecordedAnswer answer;
        const auto found = m_bodies.find(keyOf(request));
        answer.body = found == m_bodies.end() ? "{\"code\":-1,\"msg\":\"not found\"}" : found->second;
        return answer;
    }

    connector::Registry m_registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};
    std::map<std::string, std::string> m_bodies;
    support::RecordedClient m_client{[this](const http::Request &request) { return answerTo(request); }};
};
