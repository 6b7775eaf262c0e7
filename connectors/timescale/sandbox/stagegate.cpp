// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/stagegate.h"

#include "base64.h"
#include "http/url.h"
#include "json/writer.h"
#include "jsonview.h"
#include "sandbox/functions.h"
#include "sandbox/timescaleservice.h"
#include "sandbox/verify.h"

#include <QJsonDocument>

#include <algorithm>

namespace timescale::server {

namespace {

constexpr std::size_t kMostBody = 10'000'000;

// Which resource a path is of, and what stands in its {…}.
struct Match {
    QJsonObject resource;
    QJsonObject pathParameters;
};

struct Address {
    QString api;
    QString stage;
    QString path; // decoded, with its slash
};

Address addressOf(const std::string &path)
{
    const QString text = QString::fromStdString(path);
    if (text.startsWith(QStringLiteral("/restapis/"))) {
        const qsizetype user = text.indexOf(QStringLiteral("/_user_request_"));
        return {text.section(QLatin1Char('/'), 2, 2), text.section(QLatin1Char('/'), 3, 3), text.mid(user + 15)};
    }
    return {QLatin1String(kSandboxApi), text.section(QLatin1Char('/'), 1, 1), QLatin1Char('/') + text.section(QLatin1Char('/'), 2)};
}

std::optional<QJsonObject> parametersIfMatching(const QString &pattern, const QString &path)
{
    const QStringList left = pattern.split(QLatin1Char('/'));
    const QStringList right = path.split(QLatin1Char('/'));
    QJsonObject parameters;
    for (qsizetype i = 0; i < left.size(); ++i) {
        const bool isGreedy = left[i].startsWith(QLatin1Char('{')) && left[i].endsWith(QStringLiteral("+}"));
        if (i >= right.size())
            return std::nullopt;
        const std::string raw = isGreedy ? right.mid(i).join(QLatin1Char('/')).toStdString() : right[i].toStdString();
        const QString value = QString::fromStdString(http::percentDecoded(raw).valueOr(raw));
        if (isGreedy) {
            parameters.insert(left[i].mid(1, left[i].size() - 3), value);
            return parameters;
        }
        if (left[i].startsWith(QLatin1Char('{')))
            parameters.insert(left[i].mid(1, left[i].size() - 2), value);
        else if (left[i] != right[i])
            return std::nullopt;
    }
    return left.size() == right.size() ? std::optional(parameters) : std::nullopt;
}

// A fixed path goes before one with parameters.
std::optional<Match> matchOf(const std::map<QString, QJsonObject> &resources, const QString &path)
{
    std::optional<Match> best;
    for (const auto &[id, resource] : resources) {
        const auto parameters = parametersIfMatching(resource.value(QStringLiteral("path")).toString(), path);
        if (parameters && (!best || parameters->size() < best->pathParameters.size()))
            best = Match{resource, *parameters};
    }
    return best;
}

void writeObject(json::Writer &writer, const char *key, const sandbox::Pairs &pairs)
{
    writer.key(key);
    if (pairs.empty()) {
        writer.null();
        return;
    }
    writer.beginObject();
    for (const auto &[name, value] : pairs)
        writer.key(name).string(value);
    writer.endObject();
}

std::string eventOf(const sandbox::Request &request, const Match &match, const Address &address)
{
    json::Writer writer;
    const std::string path = address.path.toStdString();
    writer.beginObject().key("resource").string(match.resource.value(QStringLiteral("path")).toString().toStdString()).key("path").string(path);
    writer.key("httpMethod").string(request.method);
    sandbox::Pairs headers;
    for (const auto &[name, value] : request.headers) {
        if (QString::fromStdString(name).compare(QStringLiteral("Authorization"), Qt::CaseInsensitive) != 0)
            headers.emplace_back(name, value);
    }
    writeObject(writer, "headers", headers);
    writeObject(writer, "queryStringParameters", request.query);
    sandbox::Pairs parameters;
    for (auto entry = match.pathParameters.begin(); entry != match.pathParameters.end(); ++entry)
        parameters.emplace_back(entry.key().toStdString(), entry.value().toString().toStdString());
    writeObject(writer, "pathParameters", parameters);
    writer.key("requestContext").beginObject().key("stage").string(address.stage.toStdString()).key("apiId").string(address.api.toStdString()).endObject();
    writer.key("body");
    if (request.body.empty())
        writer.null();
    else
        writer.string(request.body);
    writer.key("isBase64Encoded").boolean(false).endObject();
    return writer.text();
}

// What the function of a proxy integration gave becomes the answer, if it has the form for that.
void answerProxy(const Invocation &invocation, sandbox::Reply &reply)
{
    if (invocation.isTimeOut) {
        refuse(reply, 504, "InternalServerErrorException", "Endpoint request timed out");
        return;
    }
    const JsonDocument document(invocation.json);
    const JsonView root = document.root();
    const int status = QString::fromStdString(root["statusCode"].text()).toInt();
    const bool isText = root["body"].raw().empty() || root["body"].raw().starts_with('"');
    if (invocation.isError || status < 100 || status > 599 || !isText) {
        refuse(reply, 502, "InternalServerErrorException", "Internal server error");
        return;
    }
    sandbox::Pairs headers = usualHeaders();
    for (const auto &[name, value] : root["headers"].members()) {
        const bool isType = QString::fromStdString(name).compare(QStringLiteral("Content-Type"), Qt::CaseInsensitive) == 0;
        if (isType)
            headers[0].second = value.text();
        else
            headers.emplace_back(name, value.text());
    }
    reply.answer(status, headers, root["body"].text());
}

// An integration that passes the function's result through: errors too, under 200.
void answerPassed(const Invocation &invocation, sandbox::Reply &reply)
{
    reply.answer(200, usualHeaders(), invocation.json);
}

// The event of an AWS integration: its mapping template, without which the body goes through. $input… is not evaluated.
std::string mappedEvent(const QJsonObject &integration, const sandbox::Request &request, const Match &match)
{
    const QString mapping = integration.value(QStringLiteral("requestTemplates")).toObject().value(QStringLiteral("application/json")).toString();
    if (!mapping.isEmpty())
        return mapping.toStdString();
    if (!match.pathParameters.isEmpty())
        return QJsonDocument(match.pathParameters).toJson(QJsonDocument::Compact).toStdString();
    return request.body.empty() ? "{}" : request.body;
}

std::optional<Refusal> gateOf(const QJsonObject &method, const sandbox::Request &request)
{
    if (request.body.size() > kMostBody)
        return Refusal{413, "RequestTooLargeException", "Request Too Long"};
    if (method.value(QStringLiteral("authorizationType")).toString() == QStringLiteral("AWS_IAM")) {
        if (auto refusal = refusalOf(request, "execute-api"))
            return refusal;
    }
    if (method.value(QStringLiteral("apiKeyRequired")).toBool() && request.header("x-api-key") != kSandboxApiKey)
        return Refusal{403, "ForbiddenException", "Forbidden"};
    QStringList missing;
    const QJsonObject parameters = method.value(QStringLiteral("requestParameters")).toObject();
    for (auto entry = parameters.begin(); entry != parameters.end(); ++entry) {
        const QString prefix = QStringLiteral("method.request.querystring.");
        if (entry.value().toBool() && entry.key().startsWith(prefix) && request.queryValue(entry.key().mid(prefix.size()).toStdString()).empty())
            missing << entry.key().mid(prefix.size());
    }
    if (!missing.isEmpty())
        return Refusal{400, "BadRequestException", "Missing required request parameters: [" + missing.join(QStringLiteral(", ")).toStdString() + "]"};
    return std::nullopt;
}

void answerOptions(const QJsonObject &methods, sandbox::Reply &reply)
{
    sandbox::Pairs headers = usualHeaders();
    headers.emplace_back("Access-Control-Allow-Origin", "*");
    headers.emplace_back("Access-Control-Allow-Headers", "Content-Type,Authorization,X-Amz-Date,X-Api-Key,X-Amz-Security-Token");
    headers.emplace_back("Access-Control-Allow-Methods", methods.keys().join(QLatin1Char(',')).toStdString() + ",OPTIONS");
    reply.answer(200, headers, {});
}

} // namespace

void serveStage(Cloud &cloud, const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop)
{
    const Address address = addressOf(request.path);
    std::optional<Match> match;
    {
        const auto lock = cloud.lock();
        const auto api = cloud.apis.find(address.api);
        if (api != cloud.apis.end()) {
            const auto stage = api->second.deployed.find(address.stage);
            if (stage != api->second.deployed.end())
                match = matchOf(stage->second, address.path);
        }
    }
    const QJsonObject methods = match ? match->resource.value(QStringLiteral("resourceMethods")).toObject() : QJsonObject();
    if (!methods.isEmpty() && request.method == "OPTIONS") {
        answerOptions(methods, reply);
        return;
    }
    const QJsonObject method = methods.value(QString::fromStdString(request.method == "HEAD" ? "GET" : request.method)).toObject();
    if (method.isEmpty()) {
        refuse(reply, 403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        return;
    }
    if (const auto refusal = gateOf(method, request)) {
        refuse(reply, refusal->status, refusal->type, refusal->message);
        return;
    }
    const QJsonObject integration = method.value(QStringLiteral("methodIntegration")).toObject();
    const QString type = integration.value(QStringLiteral("type")).toString();
    if (type == QStringLiteral("MOCK")) {
        reply.answer(200, usualHeaders(), {});
        return;
    }
    const QString function = functionIn(integration.value(QStringLiteral("uri")).toString());
    bool isKnown = false;
    {
        const auto lock = cloud.lock();
        isKnown = cloud.functions.contains(function);
    }
    if (!isKnown || (type != QStringLiteral("AWS") && type != QStringLiteral("AWS_PROXY"))) {
        refuse(reply, 500, "InternalServerErrorException", "Internal server error");
        return;
    }
    const bool isProxy = type == QStringLiteral("AWS_PROXY");
    const std::string event = isProxy ? eventOf(request, *match, address) : mappedEvent(integration, request, *match);
    const Invocation invocation = invoke(cloud, function, event, std::move(stop));
    if (isProxy)
        answerProxy(invocation, reply);
    else
        answerPassed(invocation, reply);
}

} // namespace timescale::server
