// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/registry.h"
#include "support/keepingsink.h"
#include "support/recordedclient.h"

#include <QStringList>

#include <map>

// Keeps notices too.
class NoticingSink : public support::KeepingSink
{
public:
    void notice(const QString &text) override { notices << text; }
    QStringList notices;
};

// An API that answers from a list, with a session of the plugin in front of it.
class Api
{
public:
    explicit Api(const std::string &url)
    {
        auto profile = connector::profileFromUrl(url, m_registry.manifests());
        auto dialect = m_registry.connector("timescale");
        if (!profile) {
            error = profile.error();
            return;
        }
        auto created = (*dialect)->createSession(*profile, m_client);
        if (created)
            session = std::move(created).value();
        else
            error = created.error();
    }

    // The answer to requests whose URL, behind the host, begins so; the longest beginning counts.
    void answer(const std::string &path, const std::string &body, int status = 200, std::vector<http::Header> headers = {})
    {
        m_answers[path] = {status, std::move(headers), body, {}, {}, {}};
    }
    std::function<std::optional<support::RecordedAnswer>(const http::Request &)> hook;

    std::vector<http::Request> requests() const { return m_client.requests(); }

    connector::Outcome run(const std::string &text, connector::Sink &sink, connector::RunOptions options = {})
    {
        connector::Statement statement;
        statement.text = text;
        statement.isRequest = true;
        return session->run(statement, options, sink, {});
    }
    QStringList children(const std::vector<std::string> &path, connector::Sink &sink)
    {
        connector::CatalogRequest request;
        request.path = path;
        auto page = session->children(request, sink, {});
        QStringList lines;
        if (!page)
            return {QString::fromLatin1(core::kindName(page.error().kind))};
        for (const connector::CatalogNode &node : page->nodes)
            lines << QString::fromStdString(node.name + " " + node.kind) + QStringLiteral(" ") + node.type + QStringLiteral(" ") + node.detail
                    + (node.isOpened ? QStringLiteral(" o") : QString()) + (node.isCalled ? QStringLiteral(" c") : QString());
        return lines;
    }

    std::unique_ptr<connector::Session> session;
    core::Error error;

private:
    support::RecordedAnswer answerTo(const http::Request &request)
    {
        if (hook) {
            if (auto answer = hook(request))
                return std::move(*answer);
        }
        const std::size_t host = request.url.find("://") + 3;
        const std::string path = request.url.substr(std::min(request.url.find('/', host), request.url.size()));
        const std::pair<const std::string, support::RecordedAnswer> *best = nullptr;
        for (const auto &entry : m_answers) {
            if (path.starts_with(entry.first) && (!best || entry.first.size() > best->first.size()))
                best = &entry;
        }
        if (best)
            return best->second;
        support::RecordedAnswer answer;
        answer.status = 403;
        answer.body = "{\"message\":\"Missing Authentication Token\"}";
        return answer;
    }

    connector::Registry m_registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};
    std::map<std::string, support::RecordedAnswer> m_answers;
    support::RecordedClient m_client{[this](const http::Request &request) { return answerTo(request); }};
};

inline std::string headerOf(const http::Request &request, std::string_view name)
{
    http::Head head;
    head.headers = request.headers;
    return std::string(head.header(name));
}
