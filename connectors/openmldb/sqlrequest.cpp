// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlrequest.h"

#include "connector/sessionparts.h"
#include "errors.h"
#include "json/writer.h"
#include "names.h"
#include "parameters.h"
#include "statementtext.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace openmldb {

namespace {

struct SqlTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDB)
};

using Milliseconds = std::chrono::milliseconds;

// The database is the path: a statement without one goes through the server's own, which every cluster has.
constexpr const char *kAnyDatabase = "INFORMATION_SCHEMA";
constexpr Milliseconds kUsualJobTimeout{600000};
constexpr Milliseconds kAnswerReserve{30000};

// What the server gives an offline job, in milliseconds; without an idle time-out of ours, as long as can be said.
std::int64_t jobTimeout(Milliseconds idleTimeout)
{
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
    if (idleTimeout.count() <= 0)
        return kMost;
    return std::min<std::int64_t>(kMost, std::max(idleTimeout, kUsualJobTimeout).count());
}

} // namespace

std::chrono::milliseconds offlineIdleTimeout(Milliseconds idleTimeout)
{
    return idleTimeout.count() <= 0 ? idleTimeout : Milliseconds(jobTimeout(idleTimeout)) + kAnswerReserve;
}

core::Result<void> checkStatement(std::string_view sql, const connector::Language &language)
{
    if (!isShellExit(sql, language))
        return {};
    return connector::usageError(SqlTr::tr("EXIT and QUIT are not sent to OpenMLDB: they would end the API server."),
        SqlTr::tr("They are commands of the server's own shell; here is nothing to leave."));
}

core::Result<http::Request> sqlRequest(const SqlCall &call, const Runner &runner)
{
    const connector::Language &language = runner.settings().language;
    if (call.sql.empty())
        return connector::usageError(SqlTr::tr("The statement is empty."), {});
    if (auto checked = checkStatement(call.sql, language); !checked)
        return std::move(checked).error();
    auto database = pathSegment(call.database.empty() ? kAnyDatabase : call.database);
    if (!database)
        return std::move(database).error();
    auto input = inputOf(call.sql, language, call.parameters);
    if (!input)
        return std::move(input).error();
    std::string body = std::string("{\"mode\":\"") + modeWord(call.mode) + "\",\"sql\":";
    if (!json::appendString(body, call.sql))
        return connector::usageError(SqlTr::tr("The statement is not UTF-8, which the server expects."), {});
    if (!input->empty())
        body += ",\"input\":" + *input;
    if (call.mode == Mode::OfflineSync)
        body += ",\"timeout\":" + std::to_string(jobTimeout(call.idleTimeout));
    http::Request request = runner.request("POST", "/dbs/" + *database, call.purpose);
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = body + '}';
    request.safeToRepeat = call.mode == Mode::Online && readsOnly(call.sql, language);
    request.idleTimeout = call.mode == Mode::OfflineSync ? offlineIdleTimeout(call.idleTimeout) : call.idleTimeout;
    return request;
}

} // namespace openmldb
