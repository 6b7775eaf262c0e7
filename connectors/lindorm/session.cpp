// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include "aggregate.h"
#include "analysis.h"
#include "catalog.h"
#include "connector/sessionparts.h"
#include "names.h"
#include "samplefilter.h"
#include "serverstop.h"

#include <QCoreApplication>

#include <charconv>

namespace lindorm {

namespace {

struct SessionTr {
    Q_DECLARE_TR_FUNCTIONS(Lindorm)
};

constexpr std::int64_t kMostRowsOfABlock = 1'000'000;

core::Result<std::int64_t> chunkSizeOf(const std::string &text)
{
    std::int64_t size = 0;
    const char *end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, size);
    if (failure == std::errc() && stop == end && size > 0 && size <= kMostRowsOfABlock)
        return size;
    return connector::usageError(SessionTr::tr("\"%1\" is no number of rows per block (chunk_size).").arg(QString::fromStdString(text)),
        SessionTr::tr("It lies between 1 and %1; 1000 is usual.").arg(kMostRowsOfABlock));
}

core::Result<void> checkLogin(const Runner::Settings &settings)
{
    if (settings.user.empty() && !settings.password.isEmpty())
        return connector::usageError(SessionTr::tr("The connection has a password, but no user."),
            SessionTr::tr("Both or none: lindorm://USER:PASSWORD@HOST:PORT/DATABASE or lindorm://HOST:PORT/DATABASE"));
    if (settings.user.find(':') != std::string::npos)
        return connector::usageError(SessionTr::tr("A user name with a colon cannot be sent."), {});
    return {};
}

} // namespace

Session::Session(Runner::Settings settings, http::Client &client)
    : m_runner(std::move(settings), client)
    , m_tables(m_runner)
{
}

connector::Outcome Session::run(const connector::Statement &statement, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    if (statement.isRequest && options.parameters.empty())
        return m_runner.runRequest(statement, options, sink, std::move(stop));
    if (statement.isRequest)
        return connector::failedOutcome(connector::usageError(SessionTr::tr("A request has no parameters."), SessionTr::tr("Write the values into the request.")));
    const connector::Language &language = m_runner.settings().language;
    auto text = connector::withLiterals(stripped(statement.text, language), language, options.parameters);
    if (!text)
        return connector::failedOutcome(std::move(text).error());
    if (text->empty())
        return connector::failedOutcome(connector::usageError(SessionTr::tr("The statement is empty."), {}));
    if (changesTables(*text, language))
        m_tables.forget();
    noteIgnoredConditions(*text, options.database, language, m_tables, sink, stop);
    Query query;
    query.text = std::move(text).value();
    query.database = options.database;
    query.maxRows = options.maxRows;
    query.idleTimeout = options.idleTimeout;
    query.purpose = SessionTr::tr("statement");
    return m_runner.run(query, sink, std::move(stop));
}

core::Result<connector::StopReport> Session::stopOnServer(
    const connector::RunningStatement &running, connector::Sink &sink, std::stop_token stop)
{
    return stopQuery(m_runner, running, sink, std::move(stop));
}

core::Result<connector::CatalogPage> Session::children(
    const connector::CatalogRequest &request, connector::Sink &sink, std::stop_token stop)
{
    return CatalogReader(m_runner, sink, std::move(stop)).children(request);
}

core::Result<connector::AggregateStatement> Session::aggregate(
    const connector::AggregateRequest &request, connector::Sink &sink, std::stop_token stop)
{
    return Aggregation(m_runner, m_tables, sink, std::move(stop)).statement(request);
}

std::string Session::quotedPath(const std::vector<std::string> &path) const
{
    return quotedTable(path, m_runner.settings().language);
}

std::string Session::selectStatement(const std::vector<std::string> &path, std::int64_t limit) const
{
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
    const connector::Language &language = m_runner.settings().language;
    connector::InsertStyle style;
    style.mostBytes = 1000000; // far below what the server takes in a request
    style.mostRows = 1000;
    style.quoted = [&language](const std::string &name) { return quotedWhereNeeded(name, language); };
    return connector::insertSql(quotedPath(path), form, rows, language, style);
}

core::Result<std::unique_ptr<connector::Session>> createSession(
    const connector::Profile &profile, const connector::Language &language, http::Client &client)
{
    if (profile.value("host").empty())
        return connector::usageError(SessionTr::tr("The connection names no host."), SessionTr::tr("Example: lindorm://USER:PASSWORD@HOST:8242/DATABASE"));
    Runner::Settings settings;
    settings.baseUrl = connector::baseUrlOf(profile);
    settings.user = profile.value("user");
    settings.password = profile.secret("password");
    settings.database = profile.value("database");
    settings.language = language;
    const std::string chunkSize = profile.value("chunk_size");
    if (!chunkSize.empty()) {
        auto size = chunkSizeOf(chunkSize);
        if (!size)
            return std::move(size).error();
        settings.chunkSize = *size;
    }
    if (auto login = checkLogin(settings); !login)
        return std::move(login).error();
    return std::unique_ptr<connector::Session>(std::make_unique<Session>(std::move(settings), client));
}

} // namespace lindorm
