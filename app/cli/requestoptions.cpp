// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requestoptions.h"

#include "cli/queryoptions.h"
#include "cli/resultoptions.h"
#include "cli/target.h"
#include "connector/request.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cmath>

namespace cli {

namespace {

struct RequestTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

QString shownWord(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool isUrlOrPath(std::string_view word)
{
    return word.starts_with("http://") || word.starts_with("https://") || word.starts_with('/') || word.starts_with("{{");
}

// FILE.http or FILE.http#NAME.
bool namesDocument(const std::string &word, RequestOptions &options)
{
    if (word.starts_with("http://") || word.starts_with("https://"))
        return false;
    const std::size_t hash = word.find('#');
    const std::string path = word.substr(0, hash);
    const bool isDocument = path.ends_with(".http") || path.ends_with(".rest");
    if (!isDocument && !QFileInfo(QString::fromStdString(path)).isFile())
        return false;
    options.documentPath = path;
    options.documentName = hash == std::string::npos ? std::string() : word.substr(hash + 1);
    return true;
}

// METHOD, target, -H and the body.
core::Result<request::Assembled> directRequest(const std::string &method, const std::string &target, const ParsedArguments &arguments, const request::ReadFile &readFile)
{
    request::Assembled direct;
    direct.method = QString::fromStdString(method).toUpper().toStdString();
    direct.target = target;
    for (const Argument &header : arguments.values("--header")) {
        const std::size_t colon = header.text.find(':');
        if (colon == std::string::npos || colon == 0 || header.text.find_first_of("\r\n") != std::string::npos)
            return usageError(RequestTr::tr("-H needs 'Name: value', not \"%1\".").arg(shownWord(header.shown)));
        const QString value = shownWord(std::string_view(header.text).substr(colon + 1)).trimmed();
        direct.headers.push_back({header.text.substr(0, colon), value.toStdString(), false});
    }
    const Argument *data = arguments.value("--data");
    const Argument *json = arguments.value("--json");
    if (data && json)
        return usageError(RequestTr::tr("-d and --json exclude each other."));
    if (json && !connector::hasHeader(direct.headers, "Content-Type"))
        direct.headers.push_back({"Content-Type", "application/json", false});
    if (json && !connector::hasHeader(direct.headers, "Accept"))
        direct.headers.push_back({"Accept", "application/json", false});
    const Argument *given = data ? data : json;
    if (!given)
        return direct;
    if (!given->text.starts_with('@')) {
        direct.body = given->text;
        return direct;
    }
    auto bytes = readFile(given->text.substr(1));
    if (!bytes)
        return std::move(bytes).error();
    direct.body = std::move(bytes).value();
    return direct;
}

core::Result<void> readSource(const ParsedArguments &arguments, RequestOptions &options, const request::ReadFile &readFile)
{
    const std::vector<Argument> &words = arguments.words();
    const Argument *curl = arguments.value("--curl");
    const Argument *file = arguments.value("--file");
    if ((curl != nullptr) + (file != nullptr) + !words.empty() != 1) {
        return usageError(words.empty() && !curl ? RequestTr::tr("No request is given.") : RequestTr::tr("More than one request is given."),
            RequestTr::tr("Give METHOD and a path or URL, FILE.http, --curl TEXT or -F FILE.http."));
    }
    const bool hasBodyOptions = arguments.has("--header") || arguments.has("--data") || arguments.has("--json");
    if (curl) {
        options.curl = curl->text;
    } else if (file) {
        options.documentPath = file->text;
        options.runsAll = true;
    } else if (words.size() == 1 && !namesDocument(words[0].text, options)) {
        const std::string text = words[0].text;
        if (!isUrlOrPath(text) && !connector::startsRequest(text))
            return usageError(RequestTr::tr("\"%1\" is neither a request nor a file of requests.").arg(shownWord(words[0].shown)),
                RequestTr::tr("A request is given as METHOD and a path or URL: ondograph request GET https://example.com/"));
        const std::size_t blank = isUrlOrPath(text) ? std::string::npos : text.find(' ');
        const bool isUrlAlone = blank == std::string::npos;
        auto direct = directRequest(isUrlAlone ? "GET" : text.substr(0, blank), isUrlAlone ? text : text.substr(blank + 1), arguments, readFile);
        if (!direct)
            return std::move(direct).error();
        options.direct = std::move(direct).value();
        return {};
    } else if (words.size() == 2) {
        auto direct = directRequest(words[0].text, words[1].text, arguments, readFile);
        if (!direct)
            return std::move(direct).error();
        options.direct = std::move(direct).value();
        return {};
    }
    if (hasBodyOptions)
        return usageError(RequestTr::tr("-H, -d and --json go with METHOD and a URL; other requests bring their own."));
    return {};
}

} // namespace

CommandSpec requestSpec()
{
    CommandSpec spec;
    spec.name = "request";
    spec.usage = RequestTr::tr("[TARGET] (METHOD PATH-OR-URL | FILE.http[#NAME] | --curl TEXT | -F FILE.http) [OPTIONS]");
    spec.summary = RequestTr::tr("Sends HTTP requests, or shows them as code.");
    spec.details = RequestTr::tr("With a TARGET (-c or --url) a path is appended to the connection's base path and its log-in goes along. The body\n"
                                 "goes to standard output as it was received. Exit code 0 for any complete answer; with --fail also the\n"
                                 "status counts: 1 an error, 3 not reached, 4 log-in. A check of a file that fails is 1.");
    spec.options = targetOptions();
    spec.options.push_back({"--header", "-H", RequestTr::tr("'NAME: VALUE'"), RequestTr::tr("a header of the request"), true});
    spec.options.push_back({"--data", "-d", RequestTr::tr("DATA|@FILE"), RequestTr::tr("the body, as it is"), false});
    spec.options.push_back({"--json", "", RequestTr::tr("DATA|@FILE"), RequestTr::tr("the body, with the headers that JSON asks for"), false});
    spec.options.push_back({"--curl", "", RequestTr::tr("TEXT"), RequestTr::tr("a command line of curl, as browsers and manuals print it"), false});
    spec.options.push_back({"--file", "-F", RequestTr::tr("FILE"), RequestTr::tr("run all requests of a .http file, with a summary"), false});
    spec.options.push_back({"--env", "", RequestTr::tr("NAME"), RequestTr::tr("the environment of http-client.env.json that gives variables their values"), false});
    spec.options.push_back({"--include", "", {}, RequestTr::tr("print status and headers before the body"), false});
    spec.options.push_back({"--fail", "", {}, RequestTr::tr("let the status decide on the exit code"), false});
    spec.options.push_back({"--dry-run", "", {}, RequestTr::tr("send nothing; print the request as JSON"), false});
    spec.options.push_back({"--as", "", RequestTr::tr("FORM"), RequestTr::tr("send nothing; print it as curl, powershell, cmd, http, httpie, python, javascript, node, go, java, csharp or cpp"), false});
    spec.options.push_back({"--show-secrets", "", {}, RequestTr::tr("print log-ins with --dry-run and --as"), false});
    spec.options.push_back({"--timeout", "", RequestTr::tr("S"), RequestTr::tr("seconds without a byte until it is given up (default 300, 0: never)"), false});
    spec.options.push_back(traceOption());
    spec.mostWords = 2;
    return spec;
}

core::Result<RequestOptions> requestOptionsFrom(const ParsedArguments &arguments, const request::ReadFile &readFile)
{
    RequestOptions options;
    if (auto done = readSource(arguments, options, readFile); !done)
        return std::move(done).error();
    options.hasTarget = arguments.has("--connection") || arguments.has("--url");
    options.showsHead = arguments.has("--include");
    options.failsOnStatus = arguments.has("--fail");
    options.isDry = arguments.has("--dry-run");
    options.isTracing = arguments.has("--trace");
    options.showsSecrets = arguments.has("--show-secrets");
    if (const Argument *name = arguments.value("--env"))
        options.environment = name->text;
    if (const Argument *form = arguments.value("--as")) {
        options.language = request::languageNamed(form->text);
        std::vector<std::string> names;
        QStringList shownNames;
        for (const request::LanguageName &known : request::kLanguages) {
            names.emplace_back(known.name);
            shownNames << shownWord(known.name);
        }
        const auto nearest = nearestTo(form->text, names);
        if (!options.language) {
            return usageError(RequestTr::tr("A request cannot be written as \"%1\".").arg(shownWord(form->shown)),
                nearest ? RequestTr::tr("Did you mean %1?").arg(shownWord(*nearest)) : RequestTr::tr("Forms: %1").arg(shownNames.join(QStringLiteral(", "))));
        }
    }
    if (const Argument *value = arguments.value("--timeout")) {
        bool isNumber = false;
        const double seconds = QString::fromStdString(value->text).toDouble(&isNumber);
        if (!isNumber || !(seconds >= 0) || seconds > 1e9)
            return usageError(RequestTr::tr("--timeout needs a number of seconds (0: none), not \"%1\".").arg(shownWord(value->shown)));
        options.idleTimeout = std::chrono::milliseconds(std::llround(std::ceil(seconds * 1000)));
    }
    return options;
}

} // namespace cli
