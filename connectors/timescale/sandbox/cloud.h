// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/datafile.h"
#include "sandbox/service.h"

#include <QJsonArray>
#include <QJsonObject>

#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace timescale::server {

// A REST API of the gateway. Resources are as the management interface shows them, by id.
struct RestApi {
    QJsonObject info;
    std::map<QString, QJsonObject> resources;
    std::map<QString, QJsonObject> deployments;
    std::map<QString, QJsonObject> stages;
    std::map<QString, std::map<QString, QJsonObject>> deployed; // by stage: the resources as they were then
    std::map<QString, QJsonObject> models; // by name
};

// What the account holds: functions, layers, APIs, and the database behind the functions. State lasts as long as the
// sandbox. Thread-safe through its lock; the database has its own.
class Cloud
{
public:
    Cloud();

    std::unique_lock<std::mutex> lock() const { return std::unique_lock(m_mutex); }

    // Under the lock:
    std::map<QString, QJsonObject> functions; // configuration, by name
    std::map<QString, QJsonArray> layers; // versions, by name
    std::map<QString, RestApi> apis;
    QString newId(int letters);

    // Tables of shares; filled when first asked for.
    const sandbox::DataFile &data();
    // The same with the table of meters.
    const sandbox::DataFile &dataWithMeters();

private:
    void addSandboxApi();
    void addFunction(const QString &name, const QString &description);
    void addResource(RestApi &api, const QString &path, const QString &verb, const QJsonObject &method);

    mutable std::mutex m_mutex;
    std::once_flag m_filled;
    std::once_flag m_metersFilled;
    sandbox::DataFile m_data;
    std::uint64_t m_lastId = 0;
};

// "arn:aws:lambda:us-east-1:000000000000:function:NAME".
QString functionArn(const QString &name);
// The name in a name, ARN, partial ARN, or an integration's URI.
QString functionIn(const QString &text);
// Writes {"message": …} (or "Message") with the error's type in its header.
void refuse(sandbox::Reply &reply, int status, const std::string &type, const std::string &message, const char *key = "message");
void answerJson(sandbox::Reply &reply, int status, const QJsonObject &body);
sandbox::Pairs usualHeaders(const char *contentType = "application/json");
QString isoNow();

} // namespace timescale::server
