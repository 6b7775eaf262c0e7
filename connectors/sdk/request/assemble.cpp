// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/assemble.h"

#include "auth/awsauthorization.h"
#include "auth/awscredentials.h"
#include "auth/login.h"
#include "connector/request.h"
#include "connector/tokens.h"
#include "http/url.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace request {

namespace {

struct AssembleTr {
    Q_DECLARE_TR_FUNCTIONS(RequestAssembly)
};

constexpr int kMostHops = 10;

bool isSame(std::string_view left, std::string_view right)
{
    return connector::sameWord(left, right);
}

std::string headerValue(const std::vector<http::Header> &headers, std::string_view name)
{
    const auto found = std::ranges::find_if(headers, [name](const http::Header &header) { return isSame(header.name, name); });
    return found == headers.end() ? std::string() : found->value;
}

// Blanks and bytes beyond ASCII as escapes; what is encoded stays.
std::string encodedTarget(std::string_view target)
{
    std::string out;
    for (const char c : target) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte >= 0x7f)
            out += http::percentEncoded(std::string_view(&c, 1));
        else
            out += c;
    }
    return out;
}

// A body of lines that its type reads otherwise: forms go on one line, parts of a multipart end in CRLF.
void fitLineEnds(std::string &text, const std::string &type)
{
    if (type.starts_with("multipart/")) {
        for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2))
            text.insert(at, 1, '\r');
    } else if (type.starts_with("application/x-www-form-urlencoded")) {
        std::erase(text, '\n');
    }
}

core::Result<std::string> bodyOf(const Entry &entry, Resolver &resolver, const ReadFile &readFile, const std::string &type)
{
    std::string body;
    for (const BodyPart &part : entry.body) {
        auto text = resolver.resolved(part.text, part.line, 1);
        if (!text)
            return text;
        if (!part.isFile) {
            fitLineEnds(*text, type);
            body += *text;
            continue;
        }
        const QString beside = QDir(QString::fromStdString(resolver.folder())).filePath(QString::fromStdString(*text));
        auto bytes = readFile(beside.toStdString());
        if (!bytes) {
            core::Error error = std::move(bytes).error();
            error.position.line = part.line;
            error.position.column = 1;
            return error;
        }
        if (part.hasVariables)
            bytes = resolver.resolved(*bytes, part.line, 1);
        if (!bytes)
            return bytes;
        body += *bytes;
    }
    if (type.starts_with("multipart/") && !body.empty() && !body.ends_with('\n'))
        body += "\r\n";
    return body;
}

std::chrono::milliseconds durationOf(const std::string &text)
{
    const QStringList words = QString::fromStdString(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const double count = words.value(0).toDouble();
    const QString unit = words.value(1, QStringLiteral("s"));
    const double factor = unit == QLatin1String("ms") ? 1 : unit == QLatin1String("m") ? 60000 : 1000;
    return std::chrono::milliseconds(static_cast<std::int64_t>(count * factor));
}

void applyDirectives(Ready &ready, const Entry &entry)
{
    ready.redirects.areFollowed = !entry.has("no-redirect");
    ready.redirects.most = kMostHops;
    for (const Directive &directive : entry.directives) {
        const std::chrono::milliseconds time = directive.name.ends_with("timeout") ? durationOf(directive.value) : std::chrono::milliseconds(0);
        if (time.count() <= 0)
            continue;
        if (directive.name == "timeout")
            ready.request.idleTimeout = time;
        if (directive.name == "connection-timeout")
            ready.request.connectTimeout = time;
    }
}

// "Basic user password" and "Basic user:password" as the log-in that they mean; what is encoded already stays.
void encodeBasic(http::Header &header)
{
    const std::string_view value = header.value;
    if (!isSame(value.substr(0, 6), "Basic "))
        return;
    const std::string_view login = value.substr(std::min(value.find_first_not_of(' ', 6), value.size()));
    const std::size_t blank = login.find(' ');
    const std::size_t colon = login.find(':');
    const std::size_t cut = blank != std::string_view::npos ? blank : colon;
    if (cut == std::string_view::npos)
        return;
    header = auth::basicHeader(login.substr(0, cut), core::Secret(login.substr(std::min(login.find_first_not_of(' ', cut + 1), login.size()))));
}

core::Error atLine(core::Error error, int line)
{
    error.position.line = line;
    return error;
}

// "AWS KEY SECRET [token:…] [region:…] [service:…]", or without keys: those that the AWS tools would find.
core::Result<void> signAws(http::Request &request, bool isDry, std::stop_token stop)
{
    const auto header = std::ranges::find_if(request.headers, [](const http::Header &known) { return isSame(known.name, "Authorization"); });
    if (header == request.headers.end() || !(isSame(header->value, "AWS") || isSame(std::string_view(header->value).substr(0, 4), "AWS ")))
        return {};
    auth::AwsCredentials credentials;
    const std::size_t begin = request.url.find("://") + 3;
    auth::SigningScope scope = auth::scopeOfHost(std::string_view(request.url).substr(begin, request.url.find_first_of("/?:", begin) - begin));
    const QStringList words = QString::fromStdString(header->value).split(QLatin1Char(' '), Qt::SkipEmptyParts).mid(1);
    for (const QString &word : words) {
        const std::string text = word.toStdString();
        if (text.starts_with("region:"))
            scope.region = text.substr(7);
        else if (text.starts_with("service:"))
            scope.service = text.substr(8);
        else if (text.starts_with("token:"))
            credentials.sessionToken = core::Secret(text.substr(6));
        else if (credentials.accessKeyId.empty())
            credentials.accessKeyId = text;
        else
            credentials.secretAccessKey = core::Secret(text);
    }
    if (scope.region.empty())
        scope.region = auth::awsRegion({});
    if (credentials.accessKeyId.empty()) {
        auto found = auth::AwsCredentialStore(auth::AwsSource()).credentials(stop);
        if (!found && isDry)
            return {};
        if (!found)
            return std::move(found).error();
        credentials = std::move(found).value();
    }
    if (scope.region.empty() || scope.service.empty()) {
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message = AssembleTr::tr("The log-in \"AWS\" names no region and service, and the host does not tell them.");
        error.hint = AssembleTr::tr("It reads \"Authorization: AWS region:us-east-1 service:lambda\".");
        return error;
    }
    request.headers.erase(header);
    auth::sign(request, credentials, scope, std::chrono::system_clock::now());
    return {};
}

} // namespace

core::Result<Assembled> assembled(const Entry &entry, Resolver &resolver, const ReadFile &readFile)
{
    Assembled out;
    out.line = entry.line;
    out.method = entry.method;
    if (out.method == "GRAPHQL" || out.method == "WEBSOCKET" || out.method == "GRPC" || out.method == "RSOCKET") {
        return errorAt(entry.line, 1, AssembleTr::tr("%1 requests are not sent by this program.").arg(QString::fromStdString(out.method)),
            AssembleTr::tr("A GraphQL query is a POST of {\"query\": \"…\"}."));
    }
    auto target = resolver.resolved(entry.target, entry.line, 1);
    if (!target)
        return std::move(target).error();
    out.target = encodedTarget(*target);
    for (std::size_t i = 0; i < entry.headers.size(); ++i) {
        const http::Header &header = entry.headers[i];
        auto name = resolver.resolved(header.name, entry.headerLines[i], 1);
        if (!name)
            return std::move(name).error();
        auto value = resolver.resolved(header.value, entry.headerLines[i], static_cast<int>(header.name.size()) + 3);
        if (!value)
            return std::move(value).error();
        out.headers.push_back({std::move(name).value(), std::move(value).value(), false});
    }
    auto body = bodyOf(entry, resolver, readFile, headerValue(out.headers, "Content-Type"));
    if (!body)
        return std::move(body).error();
    out.body = std::move(body).value();
    return out;
}

core::Result<Ready> readyFrom(const Assembled &assembled, const Entry &entry, const Resolver &resolver, bool isDry, std::stop_token stop)
{
    Ready ready;
    std::string url = assembled.target;
    if (url.starts_with('/')) {
        const std::string host = headerValue(assembled.headers, "Host");
        if (host.empty()) {
            return errorAt(entry.line, static_cast<int>(entry.method.size()) + 2, AssembleTr::tr("The request has a path and no host."),
                AssembleTr::tr("Write the whole URL, or say which connection it is for (-c NAME or --url URL)."));
        }
        url.insert(0, "http://" + host);
    } else if (url.find("://") == std::string::npos) {
        url.insert(0, "http://");
    }
    connector::RequestText text{assembled.method, assembled.target, assembled.headers, assembled.body};
    ready.request = connector::requestOf(text, url.substr(0, url.find('#')));
    for (http::Header &header : ready.request.headers) {
        if (isSame(header.name, "Authorization"))
            encodeBasic(header);
    }
    ready.transport.retries = 0; // what is written is sent once, and what comes is shown
    applyDirectives(ready, entry);
    if (auto done = signAws(ready.request, isDry, stop); !done)
        return atLine(std::move(done).error(), entry.line);
    markSecrets(ready.request);
    hideValues(ready.request, resolver.secretsUsed());
    return ready;
}

void hideValues(http::Request &request, const std::vector<std::string> &values)
{
    constexpr std::size_t kLeast = 4; // shorter ones are found everywhere
    for (const std::string &value : values) {
        if (value.size() < kLeast)
            continue;
        request.secrets.emplace_back(value);
        for (http::Header &header : request.headers)
            header.secret = header.secret || header.value.find(value) != std::string::npos;
        for (const std::string &form : {value, http::percentEncoded(value)}) {
            for (std::size_t at = request.url.find(form); at != std::string::npos; at = request.url.find(form, at + form.size())) {
                const bool isHidden = std::ranges::any_of(request.urlSecrets, [at](const auto &stretch) { return at >= stretch.first && at < stretch.first + stretch.second; });
                if (!isHidden)
                    request.urlSecrets.emplace_back(at, form.size());
            }
        }
    }
}

} // namespace request
