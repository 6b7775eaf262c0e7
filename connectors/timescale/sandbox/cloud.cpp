// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/cloud.h"

#include "sandbox/tables.h"
#include "sandbox/timescaleservice.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QUuid>

namespace timescale::server {

namespace {

constexpr const char *kAccount = "000000000000";

QJsonObject parametersOf(const QStringList &names)
{
    QJsonObject parameters;
    for (const QString &name : names)
        parameters.insert((name == QStringLiteral("form") ? QStringLiteral("method.request.path.") : QStringLiteral("method.request.querystring.")) + name, name == QStringLiteral("form"));
    return parameters;
}

QJsonObject methodOf(const QString &verb, const QString &type, const QString &function, const QStringList &parameters, const QString &model = QStringLiteral("Empty"))
{
    const QString uri = QStringLiteral("arn:aws:apigateway:%1:lambda:path/2015-03-31/functions/%2/invocations").arg(QLatin1String(kSandboxRegion), functionArn(function));
    const QJsonObject ok{{QStringLiteral("statusCode"), QStringLiteral("200")}, {QStringLiteral("responseModels"), QJsonObject{{QStringLiteral("application/json"), model}}}};
    return {{QStringLiteral("httpMethod"), verb}, {QStringLiteral("authorizationType"), QStringLiteral("NONE")}, {QStringLiteral("apiKeyRequired"), false},
        {QStringLiteral("requestParameters"), parametersOf(parameters)}, {QStringLiteral("methodResponses"), QJsonObject{{QStringLiteral("200"), ok}}},
        {QStringLiteral("methodIntegration"), QJsonObject{{QStringLiteral("type"), type}, {QStringLiteral("httpMethod"), QStringLiteral("POST")}, {QStringLiteral("uri"), uri}}}};
}

QJsonObject modelOf(const QString &name, const QString &schema)
{
    return {{QStringLiteral("id"), name.toLower()}, {QStringLiteral("name"), name}, {QStringLiteral("contentType"), QStringLiteral("application/json")},
        {QStringLiteral("schema"), schema}};
}

// JSON by hand: its order is that of the columns.
QString schemaOf(const QStringList &columns)
{
    QStringList properties;
    for (const QString &column : columns) {
        const QStringList parts = column.split(QLatin1Char(' '));
        properties << QStringLiteral("\"%1\":{\"type\":\"%2\"}").arg(parts[0], parts[1]);
    }
    return QStringLiteral("{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{%1}}}").arg(properties.join(QLatin1Char(',')));
}

} // namespace

Cloud::Cloud()
{
    addFunction(QStringLiteral("simple_api_function"), QStringLiteral("SELECT * FROM stocks_intraday, whatever the event says"));
    addFunction(QStringLiteral("insert_function"), QStringLiteral("INSERT INTO stocks_intraday by the order of the keys"));
    addFunction(QStringLiteral("stocks_function"), QStringLiteral("Bars of shares by symbol, from, to, limit"));
    addFunction(QStringLiteral("meters_function"), QStringLiteral("Readings of meters by name, from, to, limit"));
    addFunction(QStringLiteral("forms_function"), QStringLiteral("Answers in the form that the path names"));
    addSandboxApi();
}

const sandbox::DataFile &Cloud::data()
{
    std::call_once(m_filled, [this] { fillStockTables(m_data); });
    return m_data;
}

const sandbox::DataFile &Cloud::dataWithMeters()
{
    std::call_once(m_metersFilled, [this] { fillMeterTable(m_data); });
    return m_data;
}

QString Cloud::newId(int letters)
{
    static constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::uint64_t value = ++m_lastId * 0x9e3779b97f4a7c15u;
    QString id;
    for (int i = 0; i < letters; ++i, value = (value / 36) ^ (value << 7))
        id += QLatin1Char(kLetters[value % 36]);
    return id;
}

void Cloud::addFunction(const QString &name, const QString &description)
{
    functions[name] = {{QStringLiteral("FunctionName"), name}, {QStringLiteral("FunctionArn"), functionArn(name)}, {QStringLiteral("Description"), description},
        {QStringLiteral("Runtime"), QStringLiteral("python3.8")}, {QStringLiteral("Handler"), QStringLiteral("function.lambda_handler")},
        {QStringLiteral("Role"), QStringLiteral("arn:aws:iam::%1:role/sandbox").arg(QLatin1String(kAccount))}, {QStringLiteral("CodeSize"), 0},
        {QStringLiteral("Timeout"), 3}, {QStringLiteral("MemorySize"), 128}, {QStringLiteral("Version"), QStringLiteral("$LATEST")},
        {QStringLiteral("State"), QStringLiteral("Active")}, {QStringLiteral("LastModified"), isoNow()}};
}

void Cloud::addResource(RestApi &api, const QString &path, const QString &verb, const QJsonObject &method)
{
    QString parent = QStringLiteral("root000000");
    QString whole;
    QString id;
    for (const QString &part : path.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        whole += QLatin1Char('/') + part;
        id.clear();
        for (const auto &[known, resource] : api.resources) {
            if (resource.value(QStringLiteral("path")).toString() == whole)
                id = known;
        }
        if (id.isEmpty()) {
            id = newId(6);
            api.resources[id] = {{QStringLiteral("id"), id}, {QStringLiteral("parentId"), parent}, {QStringLiteral("pathPart"), part}, {QStringLiteral("path"), whole}};
        }
        parent = id;
    }
    QJsonObject methods = api.resources[id].value(QStringLiteral("resourceMethods")).toObject();
    methods.insert(verb, method);
    api.resources[id].insert(QStringLiteral("resourceMethods"), methods);
}

void Cloud::addSandboxApi()
{
    RestApi api;
    const QString id = QLatin1String(kSandboxApi);
    const QString get = QStringLiteral("GET");
    const QString proxy = QStringLiteral("AWS_PROXY");
    api.info = {{QStringLiteral("id"), id}, {QStringLiteral("name"), QStringLiteral("Ondograph sandbox")}, {QStringLiteral("createdDate"), QDateTime::currentSecsSinceEpoch()},
        {QStringLiteral("apiKeySource"), QStringLiteral("HEADER")}, {QStringLiteral("endpointConfiguration"), QJsonObject{{QStringLiteral("types"), QJsonArray{QStringLiteral("REGIONAL")}}}}};
    api.resources[QStringLiteral("root000000")] = {{QStringLiteral("id"), QStringLiteral("root000000")}, {QStringLiteral("path"), QStringLiteral("/")}};
    const QStringList filters{QStringLiteral("symbol"), QStringLiteral("from"), QStringLiteral("to"), QStringLiteral("limit")};
    const QJsonObject stocks = methodOf(get, proxy, QStringLiteral("stocks_function"), filters, QStringLiteral("Stocks"));
    QJsonObject keyed = stocks;
    keyed.insert(QStringLiteral("apiKeyRequired"), true);
    QJsonObject signedOne = stocks;
    signedOne.insert(QStringLiteral("authorizationType"), QStringLiteral("AWS_IAM"));
    addResource(api, QStringLiteral("/ticker"), get, methodOf(get, proxy, QStringLiteral("simple_api_function"), {QStringLiteral("symbol")}, QStringLiteral("Stocks")));
    addResource(api, QStringLiteral("/stocks"), get, stocks);
    addResource(api, QStringLiteral("/meters"), get, methodOf(get, proxy, QStringLiteral("meters_function"), {QStringLiteral("name"), QStringLiteral("from"), QStringLiteral("to"), QStringLiteral("limit")}, QStringLiteral("Meters")));
    addResource(api, QStringLiteral("/insert"), QStringLiteral("POST"), methodOf(QStringLiteral("POST"), proxy, QStringLiteral("insert_function"), {}));
    addResource(api, QStringLiteral("/keyed"), get, keyed);
    addResource(api, QStringLiteral("/signed"), get, signedOne);
    addResource(api, QStringLiteral("/forms/{form}"), get, methodOf(get, proxy, QStringLiteral("forms_function"), {QStringLiteral("form")}));
    addResource(api, QStringLiteral("/wrapped/{form}"), get, methodOf(get, QStringLiteral("AWS"), QStringLiteral("forms_function"), {QStringLiteral("form")}));
    api.models[QStringLiteral("Stocks")] = modelOf(QStringLiteral("Stocks"), schemaOf(stockColumns()));
    api.models[QStringLiteral("Meters")] = modelOf(QStringLiteral("Meters"), schemaOf(meterColumns()));
    api.deployments[QStringLiteral("deploy")] = {{QStringLiteral("id"), QStringLiteral("deploy")}, {QStringLiteral("createdDate"), QDateTime::currentSecsSinceEpoch()}};
    api.stages[QStringLiteral("prod")] = {{QStringLiteral("stageName"), QStringLiteral("prod")}, {QStringLiteral("deploymentId"), QStringLiteral("deploy")}};
    api.deployed[QStringLiteral("prod")] = api.resources;
    apis[id] = std::move(api);
}

QString functionArn(const QString &name)
{
    return QStringLiteral("arn:aws:lambda:%1:%2:function:%3").arg(QLatin1String(kSandboxRegion), QLatin1String(kAccount), name);
}

QString functionIn(const QString &text)
{
    QString name = text;
    const qsizetype functions = name.indexOf(QStringLiteral("/functions/"));
    if (functions >= 0)
        name = name.mid(functions + 11).section(QLatin1Char('/'), 0, 0);
    const qsizetype mark = name.lastIndexOf(QStringLiteral("function:"));
    if (mark >= 0)
        name = name.mid(mark + 9);
    return name.section(QLatin1Char(':'), 0, 0);
}

sandbox::Pairs usualHeaders(const char *contentType)
{
    return {{"Content-Type", contentType}, {"x-amzn-RequestId", QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString()},
        {"Server", "API Gateway and Lambda (Ondograph sandbox)"}};
}

void refuse(sandbox::Reply &reply, int status, const std::string &type, const std::string &message, const char *key)
{
    sandbox::Pairs headers = usualHeaders();
    headers.emplace_back("x-amzn-ErrorType", type);
    QJsonObject body{{QString::fromLatin1(key), QString::fromStdString(message)}};
    if (QLatin1String(key) == QLatin1String("Message"))
        body.insert(QStringLiteral("Type"), QStringLiteral("User"));
    reply.answer(status, headers, QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString());
}

void answerJson(sandbox::Reply &reply, int status, const QJsonObject &body)
{
    reply.answer(status, usualHeaders(), QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString());
}

QString isoNow()
{
    return QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss.zzz'+0000'"));
}

} // namespace timescale::server
