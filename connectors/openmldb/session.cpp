// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include "catalog.h"
#include "connector/sessionparts.h"
#include "errors.h"
#include "http/url.h"
#include "names.h"
#include "requests.h"
#include "serverstop.h"
#include "sqlrequest.h"
#include "statementtext.h"

#include <QCoreApplication>

namespace openmldb {

namespace {

struct SessionTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDB)
};

} // namespace

Session::Session(Runner::Settings settings, http::Client &client)
    : m_runner(std::move(settings), client)
{
}

connector::Outcome Session::run(const connector::Statement &statement, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    return statement.isRequest ? runRequest(statement, options, sink, std::move(stop))
                               : runSql(statement, options, sink, std::move(stop));
}

connector::Outcome Session::runSql(const connector::Statement &statement, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    SqlCall call;
    call.mode = m_runner.settings().mode;
    call.database = options.database.empty() ? m_runner.settings().database : options.database;
    call.parameters = options.parameters;
    call.idleTimeout = options.idleTimeout;
    call.purpose = SessionTr::tr("statement");
    call.sql = stripped(statement.text, m_runner.settings().language);
    auto request = sqlRequest(call, m_runner);
    if (!request)
        return connector::failedOutcome(std::move(request).error());
    if (!readsOnly(call.sql, m_runner.settings().language))
        m_tables.clear();
    std::int64_t bytes = 0;
    Runner::Reading reading;
    reading.answer.maxRows = options.maxRows;
    reading.answer.namesOf = namingOf(call.sql, call.database, call.mode, m_runner, m_tables, sink, stop, bytes);
    const connector::RunningStatement running{call.sql, Runner::kApplication, {}, std::chrono::system_clock::now()};
    connector::Outcome outcome = m_runner.send(std::move(request).value(), reading, true, &running, sink, std::move(stop));
    outcome.bytes += bytes;
    return outcome;
}

connector::Outcome Session::runRequest(const connector::Statement &statement, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    if (!options.parameters.empty())
        return connector::failedOutcome(connector::usageError(SessionTr::tr("A request has no parameters."), SessionTr::tr("Write the values into the request.")));
    auto sending = requestSending(statement.text, m_runner, m_tables, sink, stop);
    if (!sending)
        return connector::failedOutcome(std::move(sending).error());
    sending->request.idleTimeout = sending->isOfflineJob ? offlineIdleTimeout(options.idleTimeout) : options.idleTimeout;
    sending->reading.answer.maxRows = options.maxRows;
    const connector::RunningStatement running{statement.text, Runner::kApplication, {}, std::chrono::system_clock::now()};
    connector::Outcome outcome
        = m_runner.send(std::move(sending->request), sending->reading, sending->hasLogin, &running, sink, std::move(stop));
    outcome.bytes += sending->bytes;
    return outcome;
}

core::Result<connector::StopReport> Session::stopOnServer(
    const connector::RunningStatement &running, connector::Sink &sink, std::stop_token stop)
{
    return stopJob(m_runner, running, sink, std::move(stop));
}

core::Result<connector::CatalogPage> Session::children(
    const connector::CatalogRequest &request, connector::Sink &sink, std::stop_token stop)
{
    return CatalogReader(m_runner, sink, std::move(stop)).children(request);
}

core::Result<connector::AggregateStatement> Session::aggregate(
    const connector::AggregateRequest &, connector::Sink &, std::stop_token)
{
    core::Error error;
    error.kind = core::ErrorKind::Unsupported;
    error.message = SessionTr::tr("OpenMLDB cannot put rows into time buckets exactly: it groups whole tables by plain columns only, and does not "
                                  "sort.");
    error.hint = SessionTr::tr("Query the rows of a stretch of time and draw the result.");
    return error;
}

std::string Session::quotedPath(const std::vector<std::string> &path) const
{
    const connector::Language &language = m_runner.settings().language;
    if (path.empty())
        return {};
    const std::string first = quotedWhereNeeded(path.front(), language);
    return path.size() == 1 ? first : first + "." + quotedWhereNeeded(path.back(), language);
}

std::string Session::selectStatement(const std::vector<std::string> &path, std::int64_t limit) const
{
    return "SELECT * FROM " + quotedPath(path) + (limit > 0 ? " LIMIT " + std::to_string(limit) : std::string());
}

core::Result<connector::CallForm> Session::callForm(
    const std::vector<std::string> &path, connector::Sink &sink, std::stop_token stop)
{
    auto found = CatalogReader(m_runner, sink, std::move(stop)).callForm(path);
    if (!found)
        return std::move(found).error();
    const std::lock_guard lock(m_mutex);
    m_called[path] = found->called;
    return std::move(found->form);
}

core::Result<std::string> Session::callStatement(
    const std::vector<std::string> &path, const connector::CallForm &form, const connector::CallValues &values) const
{
    Called called = form.writes ? Called::Table : form.sharedFields.empty() ? Called::Deployment : Called::Procedure;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_called.find(path); known != m_called.end())
            called = known->second;
    }
    return callRequest(called, path, form, values);
}

core::Result<std::unique_ptr<connector::Session>> createSession(
    const connector::Profile &profile, const connector::Language &language, http::Client &client)
{
    if (profile.value("host").empty())
        return connector::usageError(SessionTr::tr("The connection names no host."), SessionTr::tr("Example: openmldb://HOST:9080/DATABASE"));
    Runner::Settings settings;
    settings.baseUrl = connector::baseUrlOf(profile);
    settings.database = profile.value("database");
    const std::string mode = profile.value("mode");
    if (mode != "" && mode != "online" && mode != "offsync" && mode != "offasync")
        return connector::usageError(SessionTr::tr("There is no mode \"%1\".").arg(QString::fromStdString(mode)),
            SessionTr::tr("The mode is online, offsync or offasync."));
    settings.mode = mode == "offsync" ? Mode::OfflineSync : mode == "offasync" ? Mode::OfflineAsync : Mode::Online;
    settings.user = profile.value("user");
    settings.password = profile.secret("password");
    settings.language = language;
    return std::unique_ptr<connector::Session>(std::make_unique<Session>(std::move(settings), client));
}

} // namespace openmldb
