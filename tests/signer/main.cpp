// SPDX-License-Identifier: GPL-3.0-or-later
// Signs requests for a judge: reads one JSON object a line (method, url, headers, body, region, service, key, secret,
// token, time) and prints the Authorization header of each.
#include "auth/signature.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <iostream>
#include <string>

namespace {

std::string textOf(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString().toStdString();
}

std::string authorizationOf(const QJsonObject &object)
{
    http::Request request;
    request.method = textOf(object, "method");
    request.url = textOf(object, "url");
    request.body = textOf(object, "body");
    const QJsonArray headers = object.value(QLatin1String("headers")).toArray();
    for (const QJsonValue &header : headers)
        request.headers.push_back({header.toArray().at(0).toString().toStdString(), header.toArray().at(1).toString().toStdString()});
    auth::AwsCredentials keys;
    keys.accessKeyId = textOf(object, "key");
    keys.secretAccessKey = core::Secret(textOf(object, "secret"));
    keys.sessionToken = core::Secret(textOf(object, "token"));
    const std::chrono::system_clock::time_point time{std::chrono::seconds(object.value(QLatin1String("time")).toInteger())};
    return auth::sign(request, keys, {textOf(object, "region"), textOf(object, "service")}, time).authorization;
}

} // namespace

int main()
{
    for (std::string line; std::getline(std::cin, line);)
        std::puts(authorizationOf(QJsonDocument::fromJson(QByteArray::fromStdString(line)).object()).c_str());
    return 0;
}
