// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/registry.h"
#include "support/keepingsink.h"
#include "support/recordedclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

inline constexpr const char *kId = "d9b6c0c9-0747-4bf4-b142-e8883122f766";
inline constexpr const char *kUrl
    = "redshift://AKIDEXAMPLE:wJalrXUtnFEMI@us-east-1/dev?cluster=lab&db_user=awsuser";

inline QStringList words(std::initializer_list<const char *> texts)
{
    QStringList all;
    for (const char *text : texts)
        all << QString::fromUtf8(text);
    return all;
}

// The service with recorded answers, one queue an operation (the last answer stays), with a session of the plugin in
// front of it.
class RecordedService
{
public:
    explicit RecordedService(const std::string &url = kUrl)
    {
        auto profile = connector::profileFromUrl(url, m_registry.manifests());
        auto dialect = m_registry.connector("redshift");
        if (!profile || !dialect) {
            error = profile ? dialect.error() : profile.error();
            return;
        }
        auto created = (*dialect)->createSession(*profile, m_client);
        if (created)
            session = std::move(created).value();
        else
            error = created.error();
    }

    void answer(const std::string &operation, const std::string &body, int status = 200, std::vector<http::Header> headers = {})
    {
        support::RecordedAnswer answer;
        answer.status = status;
        answer.body = body;
        answer.headers = std::move(headers);
        m_answers[operation].push_back(std::move(answer));
    }
    void answerState(const std::string &members) { answer("DescribeStatement", std::string("{\"Id\":\"") + kId + "\"," + members + "}"); }
    // A statement that is accepted, has ended, and whose result is one column "v" of these values.
    void answerRun(const std::string &rows = "[[{\"longValue\":1}]]", int count = 1)
    {
        answer("ExecuteStatement", std::string("{\"Id\":\"") + kId + "\"}");
        answerState("\"Status\":\"FINISHED\",\"HasResultSet\":true,\"ResultRows\":1,\"Duration\":5000000");
        answer("GetStatementResult",
            "{\"ColumnMetadata\":[{\"name\":\"v\",\"typeName\":\"int4\"}],\"Records\":" + rows + ",\"TotalNumRows\":" + std::to_string(count) + "}");
    }
    // Goes before the queues where it answers.
    std::function<std::optional<support::RecordedAnswer>(const std::string &operation)> hook;

    connector::Outcome run(const std::string &text, connector::Sink &sink, std::stop_token stop = {}, const connector::RunOptions &options = {})
    {
        connector::Statement statement;
        statement.text = text;
        statement.isRequest = text.starts_with("POST ") || text.starts_with("GET ");
        return session->run(statement, options, sink, std::move(stop));
    }

    std::vector<http::Request> requests() const { return m_client.requests(); }
    static std::string operationOf(const http::Request &request)
    {
        for (const http::Header &header : request.headers) {
            if (header.name == "X-Amz-Target")
                return header.value.substr(header.value.find('.') + 1);
        }
        return {};
    }
    std::vector<std::string> operations() const
    {
        std::vector<std::string> all;
        for (const http::Request &request : requests())
            all.push_back(operationOf(request));
        return all;
    }
    QJsonObject input(std::size_t index) const
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(requests().at(index).body)).object();
    }

    std::unique_ptr<connector::Session> session;
    core::Error error; // why there is no session

private:
    support::RecordedAnswer answerTo(const http::Request &request)
    {
        const std::string operation = operationOf(request);
        if (hook) {
            if (auto answer = hook(operation))
                return std::move(*answer);
        }
        const std::lock_guard lock(m_mutex);
        auto &queue = m_answers[operation];
        if (queue.empty())
            return {400, {}, "{\"__type\":\"ValidationException\",\"message\":\"unexpected " + operation + "\"}", {}, {}, {}};
        support::RecordedAnswer answer = queue.front();
        if (queue.size() > 1)
            queue.pop_front();
        return answer;
    }

    connector::Registry m_registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};
    std::mutex m_mutex;
    std::map<std::string, std::deque<support::RecordedAnswer>> m_answers;
    support::RecordedClient m_client{[this](const http::Request &request) { return answerTo(request); }};
};

// Keeps status texts and notices too.
class TellingSink : public support::KeepingSink
{
public:
    void notice(const QString &text) override { notices << text; }
    void status(const QString &text) override { states << text; }

    QStringList notices;
    QStringList states;
};
