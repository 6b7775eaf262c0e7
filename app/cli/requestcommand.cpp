// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/documentrun.h"
#include "cli/input.h"
#include "cli/requestoptions.h"
#include "cli/requestrun.h"
#include "cli/target.h"
#include "request/awscommand.h"

#include <QCoreApplication>
#include <QDir>

namespace cli {

namespace {

struct RequestCommandTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

core::Result<int> finish(RequestRun &run, core::Result<Answered> answered, bool failsOnStatus)
{
    if (!answered)
        return run.isReaderGone() ? core::Result<int>(0) : core::Result<int>(std::move(answered).error());
    return run.exitCodeOf(*answered, failsOnStatus);
}

core::Result<int> runCurl(RequestRun &run, const RequestOptions &options, const request::ReadFile &readBytes)
{
    auto reading = request::readCurl(options.curl, readBytes);
    if (!reading)
        return std::move(reading).error();
    for (const QString &notice : reading->notices)
        run.say(notice);
    int code = 0;
    for (const request::Ready &ready : reading->requests) {
        if (run.show(ready))
            continue;
        auto one = finish(run, run.send(ready, false), options.failsOnStatus || ready.failsOnStatus);
        if (!one && (reading->requests.size() == 1 || one.error().kind == core::ErrorKind::Cancelled))
            return one;
        if (!one) // the others are sent all the same
            run.say(QStringLiteral("ondograph: ") + core::toText(one.error()));
        const int own = one ? *one : core::exitCode(one.error().kind);
        code = code == 0 ? own : code;
    }
    return code;
}

// Variables of METHOD and URL are looked up only where an environment is named: elsewhere braces are text.
core::Result<request::Assembled> withEnvironment(request::Assembled direct, request::Resolver &resolver)
{
    std::vector<std::string *> texts{&direct.target, &direct.body};
    for (http::Header &header : direct.headers)
        texts.push_back(&header.value);
    for (std::string *text : texts) {
        auto value = resolver.resolved(*text, 1, 1);
        if (!value)
            return std::move(value).error();
        *text = std::move(value).value();
    }
    return direct;
}

core::Result<int> runDirect(RequestRun &run, const RequestOptions &options, std::stop_token stop)
{
    const request::Document document;
    const std::string folder = QDir::currentPath().toStdString();
    std::vector<request::NamedValue> values;
    if (!options.environment.empty()) {
        auto environment = request::loadEnvironment(folder, options.environment);
        if (!environment)
            return std::move(environment).error();
        values = std::move(environment).value();
    }
    request::Resolver resolver(document, std::move(values), folder);
    request::Assembled direct = *options.direct;
    if (!options.environment.empty()) {
        auto filled = withEnvironment(std::move(direct), resolver);
        if (!filled)
            return std::move(filled).error();
        direct = std::move(filled).value();
    }
    const bool isShown = options.isDry || options.language;
    if (run.hasConnection() && !isShown)
        return finish(run, run.sendThroughConnection(direct), options.failsOnStatus);
    request::Entry entry;
    entry.method = direct.method;
    entry.directives.push_back({"no-redirect", {}, 1});
    auto ready = run.hasConnection() ? run.throughConnection(direct) : request::readyFrom(direct, entry, resolver, isShown, stop);
    if (!ready)
        return std::move(ready).error();
    if (run.show(*ready))
        return 0;
    return finish(run, run.send(*ready, false), options.failsOnStatus);
}

} // namespace

core::Result<int> runRequest(Services &services, const ParsedArguments &arguments)
{
    const request::ReadFile readBytes = [&services](const std::string &path) { return path == "-" ? readStandardInput(services.interrupt) : readFile(path); };
    auto options = requestOptionsFrom(arguments, readBytes);
    if (!options)
        return std::move(options).error();
    std::shared_ptr<workspace::Connection> connection;
    if (options->hasTarget) {
        if (!options->curl.empty())
            return usageError(RequestCommandTr::tr("A command line of curl names its own server; -c and --url do not go with it."));
        auto opened = openTarget(services, arguments);
        if (!opened)
            return std::move(opened).error();
        connection = std::move(opened).value();
    }
    RequestRun run(services, *options, std::move(connection));
    if (!options->curl.empty() && request::looksLikeAws(options->curl)) {
        auto document = request::awsDocument(options->curl, readBytes);
        if (!document)
            return std::move(document).error();
        for (const QString &notice : document->notices)
            run.say(notice);
        // As a document it is kept with the log-in that asks for a signature, not with a signature that ends.
        if (options->language == request::Language::Http && !options->isDry) {
            run.showText(document->text);
            return 0;
        }
        return DocumentRun(run, *options, readBytes, services.interrupt.token()).runText(document->text, QDir::currentPath().toStdString());
    }
    if (!options->curl.empty())
        return runCurl(run, *options, readBytes);
    if (options->direct)
        return runDirect(run, *options, services.interrupt.token());
    return DocumentRun(run, *options, readBytes, services.interrupt.token()).runFile();
}

} // namespace cli
