// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/gatewayapi.h"

#include "http/url.h"
#include "sandbox/verify.h"

#include <QDateTime>
#include <QJsonDocument>

namespace timescale::server {

namespace {

template <typename Values>
void answerList(sandbox::Reply &reply, const Values &values, const char *key = "item")
{
    QJsonArray items;
    for (const auto &[id, value] : values)
        items.append(value);
    answerJson(reply, 200, {{QString::fromLatin1(key), items}});
}

void createApi(Cloud &cloud, const QJsonObject &body, sandbox::Reply &reply)
{
    const QString name = body.value(QStringLiteral("name")).toString();
    if (name.isEmpty()) {
        refuse(reply, 400, "BadRequestException", "Rest API name is required");
        return;
    }
    RestApi api;
    const QString id = cloud.newId(10);
    const QString root = cloud.newId(10);
    api.info = {{QStringLiteral("id"), id}, {QStringLiteral("name"), name}, {QStringLiteral("createdDate"), QDateTime::currentSecsSinceEpoch()},
        {QStringLiteral("apiKeySource"), QStringLiteral("HEADER")}, {QStringLiteral("endpointConfiguration"), QJsonObject{{QStringLiteral("types"), QJsonArray{QStringLiteral("EDGE")}}}},
        {QStringLiteral("disableExecuteApiEndpoint"), false}, {QStringLiteral("rootResourceId"), root}};
    api.resources[root] = {{QStringLiteral("id"), root}, {QStringLiteral("path"), QStringLiteral("/")}};
    answerJson(reply, 201, api.info);
    cloud.apis[id] = std::move(api);
}

// A deployment is the resources as they are now; methods without integration cannot be deployed.
void createDeployment(const GatewayCall &call)
{
    bool hasMethods = false;
    for (const auto &[id, resource] : call.api.resources) {
        const QJsonObject methods = resource.value(QStringLiteral("resourceMethods")).toObject();
        for (const QString &verb : methods.keys()) {
            hasMethods = true;
            if (methods.value(verb).toObject().contains(QStringLiteral("methodIntegration")))
                continue;
            call.bad(QStringLiteral("No integration defined for method"));
            return;
        }
    }
    if (!hasMethods) {
        call.bad(QStringLiteral("The REST API doesn't contain any methods"));
        return;
    }
    const QString id = call.cloud.newId(6);
    const QJsonObject deployment{{QStringLiteral("id"), id}, {QStringLiteral("createdDate"), QDateTime::currentSecsSinceEpoch()},
        {QStringLiteral("description"), call.body.value(QStringLiteral("description")).toString()}};
    call.api.deployments[id] = deployment;
    const QString stage = call.body.value(QStringLiteral("stageName")).toString();
    if (!stage.isEmpty()) {
        call.api.stages[stage] = {{QStringLiteral("stageName"), stage}, {QStringLiteral("deploymentId"), id}, {QStringLiteral("createdDate"), QDateTime::currentSecsSinceEpoch()}};
        call.api.deployed[stage] = call.api.resources;
    }
    answerJson(call.reply, 201, deployment);
}

// One operation of the export.
QJsonObject operationOf(const QJsonObject &method)
{
    QJsonArray parameters;
    const QJsonObject declared = method.value(QStringLiteral("requestParameters")).toObject();
    for (auto entry = declared.begin(); entry != declared.end(); ++entry) {
        const QString place = entry.key().section(QLatin1Char('.'), 2, 2);
        parameters.append(QJsonObject{{QStringLiteral("name"), entry.key().section(QLatin1Char('.'), 3)}, {QStringLiteral("in"), place == QStringLiteral("querystring") ? QStringLiteral("query") : place},
            {QStringLiteral("required"), entry.value()}, {QStringLiteral("schema"), QJsonObject{{QStringLiteral("type"), QStringLiteral("string")}}}});
    }
    QJsonObject operation{{QStringLiteral("parameters"), parameters}, {QStringLiteral("responses"), QJsonObject{{QStringLiteral("200"), QJsonObject{{QStringLiteral("description"), QStringLiteral("200 response")}}}}}};
    operation.insert(QStringLiteral("x-amazon-apigateway-integration"), method.value(QStringLiteral("methodIntegration")));
    return operation;
}

void answerExport(const GatewayCall &call)
{
    const QString kind = call.path.value(3);
    const auto resources = call.api.deployed.find(call.path.value(1));
    if (resources == call.api.deployed.end() || (kind != QStringLiteral("oas30") && kind != QStringLiteral("swagger"))) {
        call.notFound(QStringLiteral("Invalid stage identifier specified"));
        return;
    }
    QJsonObject paths;
    for (const auto &[id, resource] : resources->second) {
        QJsonObject item;
        const QJsonObject methods = resource.value(QStringLiteral("resourceMethods")).toObject();
        for (const QString &verb : methods.keys())
            item.insert(verb.toLower(), operationOf(methods.value(verb).toObject()));
        if (!item.isEmpty())
            paths.insert(resource.value(QStringLiteral("path")).toString(), item);
    }
    QJsonObject document{{QStringLiteral("info"), QJsonObject{{QStringLiteral("title"), call.api.info.value(QStringLiteral("name"))}, {QStringLiteral("version"), QStringLiteral("1")}}}, {QStringLiteral("paths"), paths}};
    document.insert(kind == QStringLiteral("oas30") ? QStringLiteral("openapi") : QStringLiteral("swagger"), kind == QStringLiteral("oas30") ? QStringLiteral("3.0.1") : QStringLiteral("2.0"));
    answerJson(call.reply, 200, document);
}

void serveStages(const GatewayCall &call)
{
    if (call.path.size() == 1)
        answerList(call.reply, call.api.stages);
    else if (call.path.value(2) == QStringLiteral("exports"))
        answerExport(call);
    else if (const auto stage = call.api.stages.find(call.path.value(1)); stage != call.api.stages.end())
        answerJson(call.reply, 200, stage->second);
    else
        call.notFound(QStringLiteral("Invalid stage identifier specified"));
}

void serveModels(const GatewayCall &call)
{
    if (call.path.size() == 1)
        answerList(call.reply, call.api.models);
    else if (const auto model = call.api.models.find(call.path.value(1)); model != call.api.models.end())
        answerJson(call.reply, 200, model->second);
    else
        call.notFound(QStringLiteral("Invalid model name specified: %1").arg(call.path.value(1)));
}

void serveApi(const GatewayCall &call)
{
    const QString part = call.path.value(0);
    if (part == QStringLiteral("resources"))
        serveResources(call);
    else if (part == QStringLiteral("deployments") && call.request.method == "POST")
        createDeployment(call);
    else if (part == QStringLiteral("deployments"))
        answerList(call.reply, call.api.deployments);
    else if (part == QStringLiteral("stages"))
        serveStages(call);
    else if (part == QStringLiteral("models"))
        serveModels(call);
    else if (part.isEmpty() && call.request.method == "GET")
        answerJson(call.reply, 200, call.api.info);
    else
        refuse(call.reply, 404, "NotFoundException", "The sandbox has no such operation.");
}

} // namespace

void serveGatewayApi(Cloud &cloud, const sandbox::Request &request, sandbox::Reply &reply)
{
    if (const auto refusal = refusalOf(request, "apigateway")) {
        refuse(reply, refusal->status, refusal->type, refusal->message);
        return;
    }
    QStringList path;
    for (const QString &part : QString::fromStdString(request.path).split(QLatin1Char('/'), Qt::SkipEmptyParts))
        path << QString::fromStdString(http::percentDecoded(part.toStdString()).valueOr(part.toStdString()));
    const QJsonObject body = QJsonDocument::fromJson(QByteArray::fromStdString(request.body)).object();
    const auto lock = cloud.lock();
    if (path.value(0) == QStringLiteral("v2")) {
        // No HTTP APIs here: an empty list, and none of them is found.
        if (path.size() == 2 && path[1] == QStringLiteral("apis"))
            answerJson(reply, 200, {{QStringLiteral("items"), QJsonArray()}});
        else
            refuse(reply, 404, "NotFoundException", "Invalid API identifier specified");
        return;
    }
    if (path.value(0) != QStringLiteral("restapis")) {
        answerJson(reply, 200, {{QStringLiteral("item"), QJsonArray()}}); // API keys and usage plans
        return;
    }
    if (path.size() == 1 && request.method == "POST") {
        createApi(cloud, body, reply);
        return;
    }
    if (path.size() == 1) {
        QJsonArray items;
        for (const auto &[id, api] : cloud.apis)
            items.append(api.info);
        answerJson(reply, 200, {{QStringLiteral("item"), items}});
        return;
    }
    const auto api = cloud.apis.find(path[1]);
    if (api == cloud.apis.end()) {
        refuse(reply, 404, "NotFoundException", "Invalid API identifier specified 000000000000:" + path[1].toStdString());
        return;
    }
    if (path.size() == 2 && request.method == "DELETE") {
        cloud.apis.erase(api);
        reply.answer(202, usualHeaders(), {});
        return;
    }
    serveApi({cloud, api->second, request, reply, path.mid(2), body});
}

} // namespace timescale::server
