// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include "aggregate.h"
#include "analysis.h"
#include "catalog.h"
#include "connector/tokens.h"
#include "http/url.h"
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

core::Error usage(const QString &message, const QString &hint)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
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

std::string baseUrlOf(const connector::Profile &profile)
{
    const std::string host = profile.value("host");
    const std::string port = profile.value("port");
    const std::string transport = profile.transport.empty() ? "http" : profile.transport;
    // An address with colons (IPv6) is told from the port by brackets.
    const std::string name = host.find(':') == std::string::npos ? http::percentEncoded(host) : "[" + host + "]";
    return transport + "://" + name + (port.empty() ? std::string() : ":" + port);
}

core::Result<std::int64_t> chunkSizeOf(const std::string &text)
{
    std::int64_t size = 0;
    const char *end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, size);
    if (failure == std::errc() && stop == end && size > 0 && size <= kMostRowsOfABlock)
        return size;
    return usage(SessionTr::tr("\"%1\" is no number of rows per block (chunk_size).").arg(QString::fromStdString(text)),
        SessionTr::tr("It lies between 1 and %1; 1000 is usual.").arg(kMostRowsOfABlock));
}

core::Result<void> checkLogin(const Runner::Settings &settings)
{
    if (settings.user.empty() && !settings.password.isEmpty())
        return usage(SessionTr::tr("The connection has a password, but no user."),
            SessionTr::tr("Both or none: lindorm://USER:PASSWORD@HOST:PORT/DATABASE or lindorm://HOST:PORT/DATABASE"));
    if (settings.user.find(':') != std::string::npos)
        return usage(SessionTr::tr("A user name with a colon cannot be sent."), {});
    return {};
}

// What may have changed what tables look like.
bool changesTables(std::string_view statement)
{
    const std::string_view word = statement.substr(0, statement.find_first_of(" \t\r\n"));
    return connector::sameWord(word, "CREATE") || connector::sameWord(word, "ALTER") || connector::sameWord(word, "DROP");
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
        return refusedOutcome(usage(SessionTr::tr("A request has no parameters."), SessionTr::tr("Write the values into the request.")));
    const connector::Language &language = m_runner.settings().language;
    auto text = connector::withLiterals(stripped(statement.text, language), language, options.parameters);
    if (!text)
        return refusedOutcome(std::move(text).error());
    if (text->empty())
        return refusedOutcome(usage(SessionTr::tr("The statement is empty."), {}));
    if (changesTables(*text))
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

core::Result<std::unique_ptr<connector::Session>> createSession(
    const connector::Profile &profile, const connector::Language &language, http::Client &client)
{
    if (profile.value("host").empty())
        return usage(SessionTr::tr("The connection names no host."), SessionTr::tr("Example: lindorm://USER:PASSWORD@HOST:8242/DATABASE"));
    Runner::Settings settings;
    settings.baseUrl = baseUrlOf(profile);
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
