// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/jobs.h"
#include "sandbox/service.h"
#include "sandbox/verifier.h"

#include <QJsonObject>

#include <variant>

namespace redshift::server {

// The operations of the Data API: which call answers what. Called on many threads.
class Operations
{
public:
    void serve(const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop);

private:
    using Answer = std::variant<std::string, Complaint>; // a body, or why there is none

    Answer answer(const std::string &operation, const QJsonObject &input, const std::stop_token &stop);
    Answer execute(const QJsonObject &input, bool isBatch, const std::stop_token &stop);
    Answer describe(const QJsonObject &input, const std::stop_token &stop);
    Answer result(const QJsonObject &input);
    Answer cancel(const QJsonObject &input);
    Answer listStatements(const QJsonObject &input);
    Answer listSessions(const QJsonObject &input);
    Answer listDatabases(const QJsonObject &input);
    Answer listSchemas(const QJsonObject &input);
    Answer listTables(const QJsonObject &input);
    Answer describeTable(const QJsonObject &input);

    std::optional<Complaint> checkConnection(const QJsonObject &input) const;
    // Also checks that there is such a database.
    std::variant<std::unique_ptr<sandbox::sqlite::Database>, Complaint> openCatalog(const QJsonObject &input);

    Jobs m_jobs;
};

} // namespace redshift::server
