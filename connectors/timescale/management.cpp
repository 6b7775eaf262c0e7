// SPDX-License-Identifier: GPL-3.0-or-later
#include "management.h"

#include "core/wait.h"
#include "http/url.h"

#include <QCoreApplication>

#include <algorithm>

namespace timescale {

namespace {

struct ManagementTr {
    Q_DECLARE_TR_FUNCTIONS(TimescaleManagement)
};

constexpr int kMostPages = 1000;
constexpr int kMostTries = 5;

core::Error notJsonError(const std::string &path)
{
    core::Error error;
    error.kind = core::ErrorKind::Decode;
    error.message = ManagementTr::tr("The answer to GET %1 is not JSON.").arg(QString::fromStdString(path));
    error.hint = ManagementTr::tr("Check \"endpoint\" of the connection.");
    return error;
}

std::string segment(const std::string &text)
{
    return http::percentEncoded(text);
}

QStringList detailsOf(const JsonView &method)
{
    QStringList details;
    const std::string authorization = method["authorizationType"].text();
    if (authorization == "AWS_IAM")
        details << ManagementTr::tr("IAM");
    else if (!authorization.empty() && authorization != "NONE")
        details << ManagementTr::tr("authorizer");
    if (method["apiKeyRequired"].isTrue())
        details << ManagementTr::tr("API key");
    if (const std::string type = method["methodIntegration"]["type"].text(); !type.empty())
        details << QString::fromStdString(type);
    return details;
}

Method methodOf(const std::string &verb, const JsonView &json)
{
    Method method;
    method.verb = verb;
    for (const auto &[name, required] : json["requestParameters"].members()) {
        constexpr std::string_view kQuery = "method.request.querystring.";
        constexpr std::string_view kPath = "method.request.path.";
        if (name.starts_with(kQuery))
            method.parameters.push_back({name.substr(kQuery.size()), "string", required.isTrue(), false});
        else if (name.starts_with(kPath))
            method.parameters.push_back({name.substr(kPath.size()), "string", true, true});
    }
    for (const auto &[status, answer] : json["methodResponses"].members()) {
        for (const auto &[type, model] : answer["responseModels"].members()) {
            if (status.starts_with('2') && method.model.empty())
                method.model = model.text();
        }
    }
    method.detail = detailsOf(json).join(QStringLiteral(", ")).toStdString();
    return method;
}

} // namespace

Management::Management(Runner &runner, connector::Sink &sink, std::stop_token stop)
    : m_runner(runner)
    , m_sink(sink)
    , m_stop(std::move(stop))
{
}

// Waits and asks again where the service says that it was asked too often.
core::Result<std::string> Management::get(const std::string &path)
{
    const auth::SigningScope scope{m_runner.settings().region, "apigateway"};
    std::chrono::milliseconds pause{500};
    for (int attempt = 1;; ++attempt, pause *= 2) {
        auto body = m_runner.fetch(path, scope, m_sink, m_stop);
        const bool isThrottled = !body && body.error().httpStatus == 429 && attempt < kMostTries;
        if (!isThrottled || !core::waitFor(pause, m_stop))
            return body;
    }
}

template <typename Take>
core::Result<void> Management::eachItem(std::string path, Take take)
{
    const std::string first = path;
    for (int page = 0; page < kMostPages; ++page) {
        auto body = get(path);
        if (!body)
            return std::move(body).error();
        const JsonDocument document(std::move(body).value());
        if (!document.isValid())
            return notJsonError(first);
        const JsonView root = document.root();
        // Bare calls send "item", tools print "items"; HAL has them in "_embedded", a list of one without brackets.
        JsonView list = root["item"];
        list = list.exists() ? list : root["items"];
        list = list.exists() ? list : root["_embedded"]["item"];
        for (const JsonView &item : list.items())
            take(item);
        const std::string position = root["position"].text();
        const std::string token = root["nextToken"].text();
        if (position.empty() && token.empty())
            return {};
        const char mark = first.find('?') == std::string::npos ? '?' : '&';
        path = first + mark + (position.empty() ? "nextToken=" + segment(token) : "position=" + segment(position));
    }
    return {};
}

core::Result<std::vector<ApiInfo>> Management::apis()
{
    std::vector<ApiInfo> all;
    auto done = eachItem("/restapis?limit=500", [&all](const JsonView &item) { all.push_back({item["id"].text(), item["name"].text(), false}); });
    if (!done)
        return std::move(done).error();
    done = eachItem("/v2/apis", [&all](const JsonView &item) { all.push_back({item["apiId"].text(), item["name"].text(), true}); });
    if (!done && done.error().kind == core::ErrorKind::Cancelled)
        return std::move(done).error();
    if (!done)
        m_sink.notice(ManagementTr::tr("HTTP APIs could not be listed: %1").arg(done.error().message));
    return all;
}

core::Result<std::vector<std::string>> Management::stages(const std::string &api)
{
    std::vector<std::string> all;
    const auto take = [&all](const JsonView &item) { all.push_back(item["stageName"].text()); };
    auto done = eachItem("/restapis/" + segment(api) + "/stages", take);
    if (!done && done.error().httpStatus == 404)
        done = eachItem("/v2/apis/" + segment(api) + "/stages", take);
    if (!done)
        return std::move(done).error();
    return all;
}

core::Result<void> Management::addRoutes(const std::string &api, std::vector<Resource> &resources)
{
    return eachItem("/v2/apis/" + segment(api) + "/routes", [&resources](const JsonView &item) {
        const std::string key = item["routeKey"].text(); // "GET /ticker", "$default"
        const std::size_t blank = key.find(' ');
        if (blank == std::string::npos)
            return;
        Method method = methodOf(key.substr(0, blank), item);
        addMethod(resources, key.substr(blank + 1), std::move(method));
    });
}

core::Result<std::vector<Resource>> Management::resources(const std::string &api)
{
    std::vector<Resource> all;
    auto done = eachItem("/restapis/" + segment(api) + "/resources?embed=methods&limit=500", [&all](const JsonView &item) {
        for (const auto &[verb, method] : item["resourceMethods"].members())
            addMethod(all, item["path"].text(), methodOf(verb, method));
    });
    if (!done && done.error().httpStatus == 404)
        done = addRoutes(api, all);
    if (!done)
        return std::move(done).error();
    std::sort(all.begin(), all.end(), [](const Resource &left, const Resource &right) { return left.path < right.path; });
    return all;
}

core::Result<std::vector<ResultColumn>> Management::columnsOfModel(const std::string &api, const std::string &model)
{
    const std::string path = "/restapis/" + segment(api) + "/models/" + segment(model);
    auto body = get(path);
    if (!body)
        return std::move(body).error();
    const JsonDocument document(std::move(body).value());
    if (!document.isValid())
        return notJsonError(path);
    const JsonDocument schema(document.root()["schema"].text());
    return columnsOfSchema(schema.root(), schema.root());
}

} // namespace timescale
