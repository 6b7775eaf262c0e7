// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include "calls.h"

#include <QCoreApplication>

namespace timescale {

namespace {

struct SessionTr {
    Q_DECLARE_TR_FUNCTIONS(Timescale)
};

core::Error sessionError(core::ErrorKind kind, const QString &message, const QString &hint)
{
    core::Error error;
    error.kind = kind;
    error.message = message;
    error.hint = hint;
    return error;
}

connector::Outcome refusedOutcome(core::Error error)
{
    connector::Outcome outcome;
    outcome.error = std::move(error);
    return outcome;
}

} // namespace

Session::Session(Settings settings, http::Client &client)
    : m_runner(std::move(settings), client)
    , m_catalog(m_runner)
{
}

connector::Outcome Session::run(const connector::Statement &statement, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    if (!statement.isRequest) {
        return refusedOutcome(sessionError(core::ErrorKind::Unsupported, SessionTr::tr("This API takes requests and no SQL; nothing was sent."),
            SessionTr::tr("Write a request, such as: GET /ticker?symbol=MSFT — what it selects is up to the function behind the API.")));
    }
    auto request = connector::parseRequest(statement.text);
    if (!request)
        return refusedOutcome(std::move(request).error());
    return m_runner.run(*request, options, sink, std::move(stop));
}

core::Result<connector::StopReport> Session::stopOnServer(const connector::RunningStatement &, connector::Sink &, std::stop_token)
{
    return connector::StopReport{
        false, SessionTr::tr("The request was given up here; a function behind a gateway cannot be stopped and may still be running.")};
}

core::Result<connector::CatalogPage> Session::children(
    const connector::CatalogRequest &request, connector::Sink &sink, std::stop_token stop)
{
    return m_catalog.children(request, sink, std::move(stop));
}

core::Result<connector::AggregateStatement> Session::aggregate(const connector::AggregateRequest &, connector::Sink &, std::stop_token)
{
    return sessionError(core::ErrorKind::Unsupported, SessionTr::tr("A gateway takes no SQL, so that it cannot be asked for aggregates."),
        SessionTr::tr("Chart the rows of a request, or have the function offer aggregates as parameters."));
}

std::string Session::quotedPath(const std::vector<std::string> &path) const
{
    const auto found = m_catalog.find(path);
    return found ? found->target : path.empty() ? std::string() : path.back();
}

std::string Session::selectStatement(const std::vector<std::string> &path, std::int64_t limit) const
{
    const auto found = m_catalog.find(path);
    if (!found || found->method.verb != "GET")
        return {};
    const bool takesLimit = limit > 0 && found->method.find("limit");
    return "GET " + found->target + (takesLimit ? "?limit=" + std::to_string(limit) : std::string());
}

core::Result<connector::CallForm> Session::callForm(const std::vector<std::string> &path, connector::Sink &sink, std::stop_token stop)
{
    auto found = m_catalog.findOrList(path, sink, std::move(stop));
    if (!found)
        return std::move(found).error();
    return formOf(*found, m_runner.settings());
}

core::Result<std::string> Session::callStatement(
    const std::vector<std::string> &path, const connector::CallForm &form, const connector::CallValues &values) const
{
    const auto found = m_catalog.find(path);
    if (!found)
        return sessionError(core::ErrorKind::Usage, SessionTr::tr("This resource is not in the catalogue."), {});
    return statementOf(*found, m_runner.settings(), form, values);
}

core::Result<std::unique_ptr<connector::Session>> createSession(const connector::Profile &profile, http::Client &client)
{
    auto settings = settingsFrom(profile);
    if (!settings)
        return std::move(settings).error();
    return std::unique_ptr<connector::Session>(std::make_unique<Session>(std::move(settings).value(), client));
}

} // namespace timescale
