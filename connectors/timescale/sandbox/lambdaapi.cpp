// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/lambdaapi.h"

#include "auth/signature.h"
#include "base64.h"
#include "http/url.h"
#include "sandbox/functions.h"
#include "sandbox/verify.h"

#include <QJsonDocument>
#include <QRegularExpression>

namespace timescale::server {

namespace {

constexpr const char *kMessage = "Message";

// One request to the interface, taken apart.
struct Call {
    Cloud &cloud;
    const sandbox::Request &request;
    sandbox::Reply &reply;
    QStringList path; // behind the version, decoded
    QJsonObject body;

    void refuse(int status, const char *type, const QString &message) const { server::refuse(reply, status, type, message.toStdString(), kMessage); }
    void notFound(const QString &name) const
    {
        refuse(404, "ResourceNotFoundException", QStringLiteral("Function not found: %1").arg(functionArn(name)));
    }
};

// What a zip file's bytes are to the service; none: they are no zip file.
std::optional<QJsonObject> codeOf(const QString &base64)
{
    const auto bytes = fromBase64(base64.toStdString());
    if (!bytes || !bytes->starts_with("PK"))
        return std::nullopt;
    const QByteArray hash = QByteArray::fromHex(QByteArray::fromStdString(auth::sha256Hex(*bytes)));
    return QJsonObject{{QStringLiteral("CodeSize"), static_cast<qint64>(bytes->size())}, {QStringLiteral("CodeSha256"), QString::fromLatin1(hash.toBase64())}};
}

void merge(QJsonObject &into, const QJsonObject &from)
{
    for (auto entry = from.begin(); entry != from.end(); ++entry)
        into.insert(entry.key(), entry.value());
}

void unzipError(const Call &call)
{
    call.refuse(400, "InvalidParameterValueException", QStringLiteral("Could not unzip uploaded file. Please check your file, then try to upload again."));
}

void createFunction(const Call &call)
{
    const QString name = functionIn(call.body.value(QStringLiteral("FunctionName")).toString());
    const QString role = call.body.value(QStringLiteral("Role")).toString();
    static const QRegularExpression roleForm(QStringLiteral("^arn:aws[a-z-]*:iam::\\d{12}:role/.+$"));
    if (name.isEmpty() || !roleForm.match(role).hasMatch()) {
        call.refuse(400, "ValidationException", QStringLiteral("1 validation error detected: Value '%1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+").arg(role));
        return;
    }
    const auto code = codeOf(call.body.value(QStringLiteral("Code")).toObject().value(QStringLiteral("ZipFile")).toString());
    if (!code) {
        unzipError(call);
        return;
    }
    const auto lock = call.cloud.lock();
    const bool isOwn = call.cloud.functions.contains(name) && call.cloud.functions[name].value(QStringLiteral("CodeSize")).toInt() == 0;
    if (call.cloud.functions.contains(name) && !isOwn) {
        call.refuse(409, "ResourceConflictException", QStringLiteral("Function already exist: %1").arg(name));
        return;
    }
    QJsonObject function{{QStringLiteral("FunctionName"), name}, {QStringLiteral("FunctionArn"), functionArn(name)}, {QStringLiteral("Role"), role},
        {QStringLiteral("Runtime"), call.body.value(QStringLiteral("Runtime"))}, {QStringLiteral("Handler"), call.body.value(QStringLiteral("Handler"))},
        {QStringLiteral("Description"), call.body.value(QStringLiteral("Description")).toString()}, {QStringLiteral("Timeout"), call.body.value(QStringLiteral("Timeout")).toInt(3)},
        {QStringLiteral("MemorySize"), call.body.value(QStringLiteral("MemorySize")).toInt(128)}, {QStringLiteral("Version"), QStringLiteral("$LATEST")},
        {QStringLiteral("State"), QStringLiteral("Active")}, {QStringLiteral("LastModified"), isoNow()}};
    QJsonArray layers;
    for (const QJsonValue &layer : call.body.value(QStringLiteral("Layers")).toArray())
        layers.append(QJsonObject{{QStringLiteral("Arn"), layer}});
    if (!layers.isEmpty())
        function.insert(QStringLiteral("Layers"), layers);
    merge(function, *code);
    call.cloud.functions[name] = function;
    answerJson(call.reply, 201, function);
}

void listFunctions(const Call &call)
{
    const auto lock = call.cloud.lock();
    const QString marker = QString::fromUtf8(call.request.queryValue("Marker"));
    const qsizetype most = std::max(1, QString::fromUtf8(call.request.queryValue("MaxItems")).toInt());
    const bool isLimited = !call.request.queryValue("MaxItems").empty();
    QJsonArray list;
    QJsonObject answer;
    for (const auto &[name, function] : call.cloud.functions) {
        if (name < marker)
            continue;
        if (isLimited && list.size() == most) {
            answer.insert(QStringLiteral("NextMarker"), name);
            break;
        }
        list.append(function);
    }
    answer.insert(QStringLiteral("Functions"), list);
    answerJson(call.reply, 200, answer);
}

void invokeFunction(const Call &call, const QString &name, std::stop_token stop)
{
    const std::string_view type = call.request.header("X-Amz-Invocation-Type");
    sandbox::Pairs headers = usualHeaders();
    if (call.request.body.size() > kMostAnswer) {
        call.refuse(413, "RequestTooLargeException", QStringLiteral("Request must be smaller than 6291456 bytes for the InvokeFunction operation"));
        return;
    }
    if (type == "DryRun" || type == "Event") {
        if (type == "Event")
            static_cast<void>(invoke(call.cloud, name, call.request.body, std::move(stop)));
        call.reply.answer(type == "Event" ? 202 : 204, headers, {});
        return;
    }
    const Invocation invocation = invoke(call.cloud, name, call.request.body, std::move(stop));
    headers.emplace_back("X-Amz-Executed-Version", "$LATEST");
    if (invocation.isError)
        headers.emplace_back("X-Amz-Function-Error", "Unhandled");
    if (call.request.header("X-Amz-Log-Type") == "Tail")
        headers.emplace_back("X-Amz-Log-Result", http::base64("START RequestId: 0 Version: $LATEST\n" + invocation.log + "END RequestId: 0\n"));
    call.reply.answer(200, headers, invocation.json);
}

void changeFunction(const Call &call, const QString &name, const QString &part)
{
    const auto lock = call.cloud.lock();
    QJsonObject &function = call.cloud.functions[name];
    if (part == QStringLiteral("code")) {
        const auto code = codeOf(call.body.value(QStringLiteral("ZipFile")).toString());
        if (!code) {
            unzipError(call);
            return;
        }
        merge(function, *code);
    } else {
        for (const QString &key : {QStringLiteral("Environment"), QStringLiteral("Handler"), QStringLiteral("Runtime"), QStringLiteral("Role"),
                 QStringLiteral("Timeout"), QStringLiteral("MemorySize"), QStringLiteral("Description")}) {
            if (call.body.contains(key))
                function.insert(key, call.body.value(key));
        }
    }
    function.insert(QStringLiteral("LastModified"), isoNow());
    answerJson(call.reply, 200, function);
}

void serveFunction(const Call &call, std::stop_token stop)
{
    const QString name = functionIn(call.path.value(1));
    const QString part = call.path.value(2);
    const std::string &method = call.request.method;
    QJsonObject function;
    {
        const auto lock = call.cloud.lock();
        const auto found = call.cloud.functions.find(name);
        if (found != call.cloud.functions.end())
            function = found->second;
        if (!function.isEmpty() && method == "DELETE" && part.isEmpty())
            call.cloud.functions.erase(name);
    }
    if (function.isEmpty())
        call.notFound(name);
    else if (method == "POST" && part == QStringLiteral("invocations"))
        invokeFunction(call, name, std::move(stop));
    else if (method == "PUT" && (part == QStringLiteral("code") || part == QStringLiteral("configuration")))
        changeFunction(call, name, part);
    else if (method == "GET" && part == QStringLiteral("configuration"))
        answerJson(call.reply, 200, function);
    else if (method == "GET" && part.isEmpty())
        answerJson(call.reply, 200, {{QStringLiteral("Configuration"), function}, {QStringLiteral("Code"), QJsonObject{{QStringLiteral("RepositoryType"), QStringLiteral("S3")}}}});
    else if (method == "DELETE" && part.isEmpty())
        call.reply.answer(204, usualHeaders(), {});
    else
        call.refuse(404, "UnknownOperationException", QStringLiteral("The sandbox has no such operation."));
}

void serveLayers(const Call &call)
{
    const QString name = call.path.value(1);
    const auto lock = call.cloud.lock();
    if (call.request.method == "POST" && call.path.value(2) == QStringLiteral("versions")) {
        const auto code = codeOf(call.body.value(QStringLiteral("Content")).toObject().value(QStringLiteral("ZipFile")).toString());
        if (!code) {
            unzipError(call);
            return;
        }
        const QString arn = functionArn(name).replace(QStringLiteral(":function:"), QStringLiteral(":layer:"));
        const int version = static_cast<int>(call.cloud.layers[name].size()) + 1;
        QJsonObject layer{{QStringLiteral("LayerArn"), arn}, {QStringLiteral("LayerVersionArn"), QStringLiteral("%1:%2").arg(arn).arg(version)}, {QStringLiteral("Version"), version},
            {QStringLiteral("Description"), call.body.value(QStringLiteral("Description")).toString()}, {QStringLiteral("CreatedDate"), isoNow()},
            {QStringLiteral("CompatibleRuntimes"), call.body.value(QStringLiteral("CompatibleRuntimes")).toArray()}, {QStringLiteral("Content"), *code}};
        call.cloud.layers[name].append(layer);
        answerJson(call.reply, 201, layer);
    } else if (call.request.method == "GET" && call.path.value(2) == QStringLiteral("versions")) {
        answerJson(call.reply, 200, {{QStringLiteral("LayerVersions"), call.cloud.layers[name]}});
    } else if (call.request.method == "GET" && name.isEmpty()) {
        QJsonArray list;
        for (const auto &[layer, versions] : call.cloud.layers)
            list.append(QJsonObject{{QStringLiteral("LayerName"), layer}, {QStringLiteral("LatestMatchingVersion"), versions.last()}});
        answerJson(call.reply, 200, {{QStringLiteral("Layers"), list}});
    } else {
        call.refuse(404, "UnknownOperationException", QStringLiteral("The sandbox has no such operation."));
    }
}

} // namespace

void serveLambdaApi(Cloud &cloud, const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop)
{
    if (const auto refusal = refusalOf(request, "lambda")) {
        server::refuse(reply, refusal->status, refusal->type, refusal->message);
        return;
    }
    Call call{cloud, request, reply, {}, QJsonDocument::fromJson(QByteArray::fromStdString(request.body)).object()};
    for (const QString &part : QString::fromStdString(request.path).split(QLatin1Char('/'), Qt::SkipEmptyParts).mid(1))
        call.path << QString::fromStdString(http::percentDecoded(part.toStdString()).valueOr(part.toStdString()));
    const bool isFunctions = call.path.value(0) == QStringLiteral("functions");
    if (call.path.value(0) == QStringLiteral("layers"))
        serveLayers(call);
    else if (isFunctions && call.path.size() > 1)
        serveFunction(call, std::move(stop));
    else if (isFunctions && request.method == "POST")
        createFunction(call);
    else if (isFunctions && request.method == "GET")
        listFunctions(call);
    else
        call.refuse(404, "UnknownOperationException", QStringLiteral("The sandbox has no such operation."));
}

} // namespace timescale::server
