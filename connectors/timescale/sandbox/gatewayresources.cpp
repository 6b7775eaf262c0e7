// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/gatewayapi.h"

namespace timescale::server {

namespace {

constexpr int kPage = 25; // resources where nothing else is asked for

QJsonObject shownResource(const QJsonObject &resource, bool embedsMethods)
{
    QJsonObject shown = resource;
    if (embedsMethods || !resource.contains(QStringLiteral("resourceMethods")))
        return shown;
    QJsonObject methods;
    for (const QString &verb : resource.value(QStringLiteral("resourceMethods")).toObject().keys())
        methods.insert(verb, QJsonObject());
    shown.insert(QStringLiteral("resourceMethods"), methods);
    return shown;
}

void listResources(const GatewayCall &call)
{
    const bool embeds = call.request.queryValue("embed") == "methods";
    const QString limit = QString::fromUtf8(call.request.queryValue("limit"));
    const int most = limit.isEmpty() ? kPage : std::max(1, limit.toInt());
    const QString position = QString::fromUtf8(call.request.queryValue("position"));
    QJsonArray items;
    QJsonObject answer;
    for (const auto &[id, resource] : call.api.resources) {
        if (id < position)
            continue;
        if (items.size() == most) {
            answer.insert(QStringLiteral("position"), id);
            break;
        }
        items.append(shownResource(resource, embeds));
    }
    answer.insert(QStringLiteral("item"), items);
    answerJson(call.reply, 200, answer);
}

void createResource(const GatewayCall &call)
{
    const QString parent = call.path.value(1);
    const QString part = call.body.value(QStringLiteral("pathPart")).toString();
    const auto above = call.api.resources.find(parent);
    if (above == call.api.resources.end()) {
        call.notFound(QStringLiteral("Invalid Resource identifier specified"));
        return;
    }
    if (part.isEmpty() || part.contains(QLatin1Char('/'))) {
        call.bad(QStringLiteral("Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end."));
        return;
    }
    for (const auto &[id, resource] : call.api.resources) {
        if (resource.value(QStringLiteral("parentId")).toString() == parent && resource.value(QStringLiteral("pathPart")).toString() == part) {
            refuse(call.reply, 409, "ConflictException", "Another resource with the same parent already has this name: " + part.toStdString());
            return;
        }
    }
    const QString base = above->second.value(QStringLiteral("path")).toString();
    const QString id = call.cloud.newId(6);
    const QString path = (base == QStringLiteral("/") ? QString() : base) + QLatin1Char('/') + part;
    const QJsonObject resource{{QStringLiteral("id"), id}, {QStringLiteral("parentId"), parent}, {QStringLiteral("pathPart"), part}, {QStringLiteral("path"), path}};
    call.api.resources[id] = resource;
    answerJson(call.reply, 201, resource);
}

bool isKnownIntegration(const QString &type)
{
    return QStringList{QStringLiteral("AWS"), QStringLiteral("AWS_PROXY"), QStringLiteral("HTTP"), QStringLiteral("HTTP_PROXY"), QStringLiteral("MOCK")}.contains(type);
}

// Puts a part of a method: itself, "responses/200", "integration", "integration/responses/200".
void putPart(const GatewayCall &call, QJsonObject &resource)
{
    const QString verb = call.path.value(3);
    const QString part = call.path.value(4);
    QJsonObject methods = resource.value(QStringLiteral("resourceMethods")).toObject();
    QJsonObject method = methods.value(verb).toObject();
    QJsonObject put = call.body;
    if (!part.isEmpty() && method.isEmpty()) {
        call.notFound(QStringLiteral("Invalid Method identifier specified"));
        return;
    }
    QJsonObject integration = method.value(QStringLiteral("methodIntegration")).toObject();
    if (part.isEmpty()) {
        put.insert(QStringLiteral("httpMethod"), verb);
        put.insert(QStringLiteral("apiKeyRequired"), call.body.value(QStringLiteral("apiKeyRequired")).toBool());
        if (call.body.value(QStringLiteral("authorizationType")).toString().isEmpty()) {
            call.bad(QStringLiteral("Authorization type is required"));
            return;
        }
        for (auto entry = put.constBegin(); entry != put.constEnd(); ++entry)
            method.insert(entry.key(), entry.value());
        put = method;
    } else if (part == QStringLiteral("responses")) {
        put.insert(QStringLiteral("statusCode"), call.path.value(5));
        QJsonObject responses = method.value(QStringLiteral("methodResponses")).toObject();
        responses.insert(call.path.value(5), put);
        method.insert(QStringLiteral("methodResponses"), responses);
    } else if (part == QStringLiteral("integration") && call.path.size() == 5) {
        if (!isKnownIntegration(put.value(QStringLiteral("type")).toString())) {
            call.bad(QStringLiteral("Enumeration value for integration type must be non-empty"));
            return;
        }
        put.insert(QStringLiteral("passthroughBehavior"), put.value(QStringLiteral("passthroughBehavior")).toString(QStringLiteral("WHEN_NO_MATCH")));
        put.insert(QStringLiteral("timeoutInMillis"), 29000);
        method.insert(QStringLiteral("methodIntegration"), put);
    } else {
        if (integration.isEmpty()) {
            call.notFound(QStringLiteral("Invalid Integration identifier specified"));
            return;
        }
        put.insert(QStringLiteral("statusCode"), call.path.value(6));
        QJsonObject responses = integration.value(QStringLiteral("integrationResponses")).toObject();
        responses.insert(call.path.value(6), put);
        integration.insert(QStringLiteral("integrationResponses"), responses);
        method.insert(QStringLiteral("methodIntegration"), integration);
    }
    methods.insert(verb, method);
    resource.insert(QStringLiteral("resourceMethods"), methods);
    answerJson(call.reply, 201, put);
}

void serveMethod(const GatewayCall &call, QJsonObject &resource)
{
    if (call.request.method == "PUT") {
        putPart(call, resource);
        return;
    }
    const QJsonObject method = resource.value(QStringLiteral("resourceMethods")).toObject().value(call.path.value(3)).toObject();
    if (method.isEmpty())
        call.notFound(QStringLiteral("Invalid Method identifier specified"));
    else
        answerJson(call.reply, 200, call.path.value(4) == QStringLiteral("integration") ? method.value(QStringLiteral("methodIntegration")).toObject() : method);
}

} // namespace

void serveResources(const GatewayCall &call)
{
    if (call.path.size() == 1) {
        listResources(call);
        return;
    }
    if (call.request.method == "POST" && call.path.size() == 2) {
        createResource(call);
        return;
    }
    const auto resource = call.api.resources.find(call.path.value(1));
    if (resource == call.api.resources.end()) {
        call.notFound(QStringLiteral("Invalid Resource identifier specified"));
    } else if (call.path.value(2) == QStringLiteral("methods") && call.path.size() > 3) {
        serveMethod(call, resource->second);
    } else if (call.request.method == "DELETE") {
        call.api.resources.erase(resource);
        call.reply.answer(202, usualHeaders(), {});
    } else {
        answerJson(call.reply, 200, resource->second);
    }
}

} // namespace timescale::server
