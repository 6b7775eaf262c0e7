// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include "aggregate.h"
#include "names.h"
#include "serverstop.h"

namespace redshift {

Session::Session(Settings settings, http::Client &client)
    : m_caller(std::move(settings), client)
    , m_runner(m_caller)
{
}

connector::Outcome Session::run(const connector::Statement &statement, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    return m_runner.run(statement, options, sink, std::move(stop));
}

std::vector<connector::Outcome> Session::runBatch(const std::vector<connector::Statement> &statements,
    const connector::RunOptions &options, const std::function<connector::Sink &(std::size_t)> &sinkOf, std::stop_token stop)
{
    return m_runner.runBatch(statements, options, sinkOf, std::move(stop));
}

core::Result<connector::StopReport> Session::stopOnServer(
    const connector::RunningStatement &running, connector::Sink &sink, std::stop_token stop)
{
    Trip trip{sink, std::move(stop)};
    return stopStatement(m_caller, running, trip);
}

core::Result<connector::CatalogPage> Session::children(
    const connector::CatalogRequest &request, connector::Sink &sink, std::stop_token stop)
{
    Trip trip{sink, std::move(stop)};
    return CatalogReader(m_caller, m_cache, trip).children(request);
}

core::Result<connector::AggregateStatement> Session::aggregate(
    const connector::AggregateRequest &request, connector::Sink &sink, std::stop_token stop)
{
    if (request.path.size() != 3 || request.timeColumn.empty())
        return aggregateStatement(request, false);
    std::vector<std::string> key = request.path;
    key.push_back(request.timeColumn);
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_zonedTimes.find(key); known != m_zonedTimes.end())
            return aggregateStatement(request, known->second);
    }
    Trip trip{sink, std::move(stop)};
    auto columns = CatalogReader(m_caller, m_cache, trip).columns(request.path);
    if (!columns)
        return std::move(columns).error();
    bool isZoned = false;
    for (const ColumnMeta &column : *columns)
        isZoned = isZoned || (column.name == request.timeColumn && column.typeName == "timestamptz");
    {
        const std::lock_guard lock(m_mutex);
        m_zonedTimes[key] = isZoned;
    }
    return aggregateStatement(request, isZoned);
}

std::string Session::quotedPath(const std::vector<std::string> &path) const
{
    // The connection's own database need not be said: two parts also do for temporary tables and old clusters.
    const bool isOwn = path.size() == 3 && path[0] == m_caller.settings().database;
    std::string text;
    for (std::size_t i = isOwn ? 1 : 0; i < path.size(); ++i)
        text += (text.empty() ? "" : ".") + quotedWhereNeeded(path[i], m_caller.settings().language);
    return text;
}

std::string Session::selectStatement(const std::vector<std::string> &path, std::int64_t limit) const
{
    if (path.size() == 1 && isStatementId(path[0])) {
        return "POST /\nX-Amz-Target: RedshiftData.GetStatementResult\nContent-Type: application/x-amz-json-1.1\n\n{\"Id\":\"" + path[0]
            + "\"}";
    }
    if (path.size() != 3)
        return {};
    return "SELECT * FROM " + quotedPath(path) + (limit > 0 ? " LIMIT " + std::to_string(limit) : std::string());
}

core::Result<connector::CallForm> Session::insertForm(
    const std::vector<std::string> &path, connector::Sink &sink, std::stop_token stop)
{
    connector::CatalogRequest request;
    request.path = path;
    request.limit = 100000; // all columns
    auto columns = children(request, sink, std::move(stop));
    if (!columns)
        return std::move(columns).error();
    connector::CallForm form = connector::insertFormOf(QString::fromStdString(quotedPath(path)), columns->nodes);
    return form;
}

core::Result<std::vector<connector::InsertBatch>> Session::insertStatements(const std::vector<std::string> &path,
    const connector::CallForm &form, std::span<const connector::InsertRow> rows) const
{
    const connector::Language &language = m_caller.settings().language;
    connector::InsertStyle style;
    style.mostBytes = 95000; // the Data API takes 100 kB
    style.mostRows = 1000;
    style.quoted = [&language](const std::string &name) { return quotedWhereNeeded(name, language); };
    return connector::insertSql(quotedPath(path), form, rows, language, style);
}

core::Result<std::unique_ptr<connector::Session>> createSession(
    const connector::Profile &profile, const connector::Language &language, http::Client &client)
{
    auto settings = settingsOf(profile, language);
    if (!settings)
        return std::move(settings).error();
    return std::unique_ptr<connector::Session>(std::make_unique<Session>(std::move(settings).value(), client));
}

} // namespace redshift
