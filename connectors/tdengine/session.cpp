// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include "aggregate.h"
#include "analysis.h"
#include "catalog.h"
#include "connector/sessionparts.h"
#include "names.h"
#include "serverstop.h"

#include <QCoreApplication>

namespace tdengine {

namespace {

struct SessionTr {
    Q_DECLARE_TR_FUNCTIONS(TDengine)
};

core::Result<Login::Settings> loginOf(const connector::Profile &profile)
{
    Login::Settings login;
    const std::string auth = profile.value("auth");
    login.baseUrl = connector::baseUrlOf(profile);
    login.mode = auth == "bearer" ? Login::Mode::Bearer : auth == "token" ? Login::Mode::Token : Login::Mode::Basic;
    if (login.mode == Login::Mode::Bearer) {
        login.secret = profile.secret("token");
        if (login.secret.isEmpty())
            return connector::usageError(SessionTr::tr("The connection has no token."),
                SessionTr::tr("With auth=bearer the token stands in the place of the password: tdengine://:TOKEN@HOST/…"));
        return login;
    }
    login.user = profile.value("user");
    login.secret = profile.secret("password");
    const QString hint = SessionTr::tr("The server takes no log-in without both: tdengine://USER:PASSWORD@HOST:PORT/DATABASE");
    if (login.user.empty())
        return connector::usageError(SessionTr::tr("The connection names no user."), hint);
    if (login.secret.isEmpty())
        return connector::usageError(SessionTr::tr("The connection has no password."), hint);
    if (login.user.find(':') != std::string::npos && login.mode == Login::Mode::Basic)
        return connector::usageError(SessionTr::tr("A user name with a colon cannot be sent."), SessionTr::tr("Use auth=token in the connection."));
    return login;
}

} // namespace

Session::Session(Runner::Settings settings, Login::Settings login, http::Client &client)
    : m_runner(std::move(settings), std::move(login), client)
{
}

connector::Outcome Session::run(const connector::Statement &statement, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    if (statement.isRequest && options.parameters.empty())
        return m_runner.runRequest(statement, options, sink, std::move(stop));
    if (statement.isRequest)
        return connector::failedOutcome(connector::usageError(SessionTr::tr("A request has no parameters."),
            SessionTr::tr("Write the values into the request.")));
    const connector::Language &language = m_runner.settings().language;
    auto text = connector::withLiterals(stripped(statement.text, language), language, options.parameters);
    if (!text)
        return connector::failedOutcome(std::move(text).error());
    if (text->empty())
        return connector::failedOutcome(connector::usageError(SessionTr::tr("The statement is empty."), {}));
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

core::Result<std::string> Session::precision(const std::string &database, connector::Sink &sink, std::stop_token stop)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_precisions.find(database); known != m_precisions.end())
            return known->second;
    }
    auto precision = CatalogReader(m_runner, sink, std::move(stop)).precision(database);
    if (precision) {
        const std::lock_guard lock(m_mutex);
        m_precisions[database] = *precision;
    }
    return precision;
}

core::Result<connector::AggregateStatement> Session::aggregate(
    const connector::AggregateRequest &request, connector::Sink &sink, std::stop_token stop)
{
    if (request.path.empty())
        return aggregateStatement(request, {});
    auto known = precision(request.path[0], sink, std::move(stop));
    if (!known)
        return std::move(known).error();
    return aggregateStatement(request, *known);
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
    const bool hasTags = std::any_of(columns->nodes.begin(), columns->nodes.end(), [](const auto &node) { return node.kind == "tag"; });
    if (!hasTags)
        return form;
    if (path.size() > 2) { // a child table: its tags are set already
        std::erase_if(form.fields, [&](const connector::CallField &field) {
            return std::any_of(columns->nodes.begin(), columns->nodes.end(),
                [&](const auto &node) { return node.kind == "tag" && node.name == field.name; });
        });
        return form;
    }
    // Into a super table: each row names its own table, which is made where it is not there.
    connector::CallField table;
    table.name = "tbname";
    table.type = QStringLiteral("VARCHAR(192)");
    table.hint = SessionTr::tr("the table of the row");
    form.fields.insert(form.fields.begin(), std::move(table));
    return form;
}

core::Result<std::vector<connector::InsertBatch>> Session::insertStatements(const std::vector<std::string> &path,
    const connector::CallForm &form, std::span<const connector::InsertRow> rows) const
{
    const connector::Language &language = m_runner.settings().language;
    connector::InsertStyle style;
    style.mostBytes = 1000000; // a statement has 1 MiB
    style.mostRows = 5000;
    style.quoted = [&language](const std::string &name) { return quotedWhereNeeded(name, language); };
    style.between = " ";
    return connector::insertSql(quotedPath(path), form, rows, language, style);
}

core::Result<std::unique_ptr<connector::Session>> createSession(
    const connector::Profile &profile, const connector::Language &language, http::Client &client)
{
    if (profile.value("host").empty())
        return connector::usageError(SessionTr::tr("The connection names no host."), SessionTr::tr("Example: tdengine://USER:PASSWORD@HOST:6041/"));
    auto login = loginOf(profile);
    if (!login)
        return std::move(login).error();
    Runner::Settings settings{connector::baseUrlOf(profile), profile.value("database"), profile.value("tz"), language};
    return std::unique_ptr<connector::Session>(std::make_unique<Session>(std::move(settings), std::move(login).value(), client));
}

} // namespace tdengine
