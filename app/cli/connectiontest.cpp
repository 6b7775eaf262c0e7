// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/connectiontest.h"

#include "cli/listing.h"
#include "cli/resultsink.h"
#include "diagnosis/diagnosis.h"

namespace cli {

namespace {

using Row = std::vector<std::optional<std::string>>;

Row rowOf(const diagnosis::Step &step)
{
    QString detail = step.error ? core::toText(*step.error) : step.detail;
    if (step.error && step.tls && !step.tls->chain.empty())
        detail += QLatin1Char('\n') + diagnosis::certificatesText(*step.tls);
    detail.replace(QLatin1Char('\n'), QLatin1Char(' '));
    return {diagnosis::word(step.id), diagnosis::word(step.status), orNull(diagnosis::millisecondsText(step).toStdString()),
        orNull(detail.toStdString())};
}

diagnosis::Report reportOn(Services &services, const ParsedArguments &arguments, const std::string &name)
{
    Progress progress(false);
    TraceSink sink(progress, arguments.has("--trace"));
    diagnosis::Observer observer;
    observer.step = [&progress](const diagnosis::Step &step) {
        if (step.status == diagnosis::Status::Running)
            progress.stateCame(diagnosis::title(step.id));
    };
    observer.exchange = [&sink](const http::Exchange &exchange) { sink.exchange(exchange); };
    const auto connection = services.connections.open(name);
    if (!connection)
        return diagnosis::reportOf(QString::fromStdString(name), connection.error(), observer);
    const auto manifests = services.registry.manifests();
    return diagnosis::diagnose(
        {connection.value()->profile, *connection.value()->connector, manifests}, observer, services.interrupt.token());
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
    const diagnosis::Report report = reportOn(services, arguments, name);
    std::vector<Row> rows;
    for (const diagnosis::Step &step : report.steps)
        rows.push_back(rowOf(step));
    if (auto added = listing.value()->add(rows); !added)
        return std::move(added).error();
    if (auto finished = listing.value()->finish(); !finished)
        return std::move(finished).error();
    return report.exitCode();
}

} // namespace cli
