// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/connectiontest.h"

#include "cli/listing.h"
#include "cli/resultsink.h"

#include <QCoreApplication>

#include <chrono>

namespace cli {

namespace {

struct TestTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

using Row = std::vector<std::optional<std::string>>;

// Keeps the exchanges of what is tried.
class TestSink : public TraceSink
{
public:
    using TraceSink::TraceSink;
    void exchange(const http::Exchange &exchange) override
    {
        TraceSink::exchange(exchange);
        last = exchange;
    }
    std::optional<http::Exchange> last;
};

std::string millisecondsText(std::int64_t microseconds)
{
    return QString::number(static_cast<double>(microseconds) / 1000, 'f', 1).toStdString();
}

// The steps on the way to the answer that took place, each with its own time.
std::vector<Row> stepsOf(const http::Exchange &exchange)
{
    const http::Timings &timings = exchange.timings;
    const std::pair<const char *, std::int64_t> steps[]
        = {{"name", timings.name}, {"connect", timings.connect}, {"tls", timings.tls}, {"answer", timings.firstByte}};
    std::vector<Row> rows;
    std::int64_t before = 0;
    for (const auto &[name, at] : steps) {
        if (at < 0)
            continue;
        const bool isConnect = std::string_view(name) == "connect" && !exchange.remoteAddress.empty();
        rows.push_back({name, "ok", millisecondsText(std::max<std::int64_t>(0, at - before)),
            isConnect ? std::optional(exchange.remoteAddress) : std::nullopt});
        before = at;
    }
    return rows;
}

const char *failedStep(core::ErrorKind kind)
{
    switch (kind) {
    case core::ErrorKind::Usage:
        return "profile";
    case core::ErrorKind::Network:
        return "connect";
    case core::ErrorKind::Tls:
        return "tls";
    case core::ErrorKind::Timeout:
        return "answer";
    case core::ErrorKind::Login:
        return "log-in";
    default:
        return "server";
    }
}

Row failure(const core::Error &error)
{
    return {failedStep(error.kind), "failed", std::nullopt, core::toText(error).toStdString()};
}

// What a server that lets somebody in answers, and nothing that costs it much.
std::optional<core::Error> askServer(workspace::Connection &connection, TestSink &sink, std::stop_token stop)
{
    connector::CatalogRequest request;
    request.limit = 1;
    const auto page = connection.session->children(request, sink, std::move(stop));
    if (page || page.error().kind == core::ErrorKind::Unsupported)
        return std::nullopt;
    return page.error();
}

} // namespace

core::Result<int> testConnection(Services &services, const ParsedArguments &arguments, const std::string &name)
{
    auto options = resultOptionsFrom(arguments);
    if (!options)
        return std::move(options).error();
    auto listing = Listing::create({"step", "status", "ms", "detail"}, *options, services.interrupt);
    if (!listing)
        return std::move(listing).error();
    std::vector<Row> rows;
    std::optional<core::Error> error;
    const auto start = std::chrono::steady_clock::now();
    auto connection = services.connections.open(name);
    if (!connection) {
        error = connection.error();
    } else {
        rows.push_back({"profile", "ok", "0.0", connection.value()->profile.connectorId});
        Progress progress(false);
        TestSink sink(progress, arguments.has("--trace"));
        error = askServer(*connection.value(), sink, services.interrupt.token());
        if (sink.last) {
            for (Row &row : stepsOf(*sink.last))
                rows.push_back(std::move(row));
        }
        const auto elapsed = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count();
        if (!error)
            rows.push_back({"log-in", "ok", millisecondsText(elapsed), TestTr::tr("the server answers").toStdString()});
    }
    if (error)
        rows.push_back(failure(*error));
    if (auto added = listing.value()->add(rows); !added)
        return std::move(added).error();
    if (auto finished = listing.value()->finish(); !finished)
        return std::move(finished).error();
    return error ? core::exitCode(error->kind) : 0;
}

} // namespace cli
