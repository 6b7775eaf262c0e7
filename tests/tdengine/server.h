// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/registry.h"
#include "support/keepingsink.h"
#include "support/recordedclient.h"

#include <map>
#include <memory>
#include <string>

// A server that answers statements from a list, with a session of the plugin in front of it.
class Server
{
public:
    explicit Server(const std::string &url)
    {
        auto profile = connector::profileFromUrl(url, m_registry.manifests());
        auto dialect = m_registry.connector("tdengine");
        if (profile && dialect) {
            auto created = (*dialect)->createSession(*profile, m_client);
            if (created)
                session = std::move(created).value();
        }
    }

    // The answer to a statement, by its exact text; anything else is a syntax error.
    void answer(const std::string &statement, const std::string &body) { m_bodies[statement] = body; }
    void answerRows(const std::string &statement, const std::string &columns, const std::string &rows, int count)
    {
        answer(statement, "{\"code\":0,\"column_meta\":[" + columns + "],\"data\":[" + rows + "],\"rows\":" + std::to_string(count) + "}");
    }
    // Goes before the list where it answers.
    std::function<std::optional<support::RecordedAnswer>(const http::Request &)> hook;

    std::vector<http::Request> requests() const { return m_client.requests(); }
    std::vector<std::string> statements() const
    {
        std::vector<std::string> bodies;
        for (const http::Request &request : requests()) {
            if (request.method == "POST")
                bodies.push_back(request.body);
        }
        return bodies;
    }

    connector::Outcome run(const std::string &text, connector::Sink &sink, std::stop_token stop = {})
    {
        connector::Statement statement;
        statement.text = text;
        return session->run(statement, {}, sink, std::move(stop));
    }

    std::unique_ptr<connector::Session> session;

private:
    support::RecordedAnswer answerTo(const http::Request &request)
    {
        if (hook) {
            if (auto answer = hook(request))
                return std::move(*answer);
        }
        support::RecordedAnswer answer;
        const auto found = m_bodies.find(request.body);
        answer.body = found == m_bodies.end() ? "{\"code\":9728,\"desc\":\"syntax error\"}" : found->second;
        return answer;
    }

    connector::Registry m_registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};
    std::map<std::string, std::string> m_bodies;
    support::RecordedClient m_client{[this](const http::Request &request) { return answerTo(request); }};
};
