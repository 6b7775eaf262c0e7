// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/routes.h"

#include "json/writer.h"

#include <algorithm>

namespace openmldb::server {

namespace {

bool isPathByte(char c)
{
    constexpr std::string_view kOthers = "-_~!$&'()*+,;=:@";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kOthers.find(c) != std::string_view::npos;
}

// /a/b of the server's narrow pattern, each segment with something in it; none: "invalid url".
std::optional<std::vector<std::string>> segmentsOf(std::string_view path)
{
    std::vector<std::string> all;
    for (const char c : path) {
        if (c == '/') {
            if (!all.empty() && all.back().empty())
                return std::nullopt;
            all.emplace_back();
        } else if (all.empty() || !isPathByte(c)) {
            return std::nullopt;
        } else {
            all.back() += c;
        }
    }
    if (all.size() == 1 && all[0].empty())
        all.clear();
    return !all.empty() && all.back().empty() ? std::nullopt : std::optional(all);
}

bool isPlainQuery(const sandbox::Pairs &query)
{
    const auto isWord = [](const std::string &text) {
        return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return isPathByte(c) && std::string_view("~!$&'()*+,;=:@").find(c) == std::string_view::npos; });
    };
    return std::all_of(query.begin(), query.end(), [&isWord](const auto &pair) { return isWord(pair.first) && isWord(pair.second); });
}

// The built-in pages of the server's web library, with what this is.
const char *builtinPage(const std::vector<std::string> &path)
{
    if (path.size() != 1)
        return nullptr;
    if (path[0] == "health")
        return "OK\n";
    if (path[0] == "version")
        return "OpenMLDB APIServer (Ondograph sandbox)\n";
    if (path[0] == "status")
        return "version: OpenMLDB APIServer (Ondograph sandbox)\nopenmldb.apiserver.APIServer\n";
    return path[0] == "vars" ? "process_name : ondograph\n" : nullptr;
}

} // namespace

void answerJson(sandbox::Reply &reply, const std::string &body)
{
    reply.answer(200, {{"Content-Type", "application/json"}}, body);
}

void answerFailure(sandbox::Reply &reply, const Failure &failure)
{
    std::string body = "{\"code\":" + std::to_string(failure.code) + ",\"msg\":";
    json::appendString(body, failure.msg);
    answerJson(reply, body + '}');
}

void answerOk(sandbox::Reply &reply)
{
    answerJson(reply, "{\"code\":0,\"msg\":\"ok\"}");
}

void Routes::serve(const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop)
{
    const auto path = segmentsOf(request.path);
    if (!path || !isPlainQuery(request.query))
        return answerFailure(reply, {kApiError, "invalid url"});
    Call call{request, reply, std::move(stop), *path};
    const std::string &method = request.method;
    const std::size_t depth = call.path.size();
    if (const char *page = builtinPage(call.path); page && method == "GET")
        return reply.answer(200, {{"Content-Type", "text/plain"}}, page);
    if (method != "GET" && method != "PUT" && method != "POST")
        return answerFailure(reply, {kApiError, "unsupported method"});
    if (method == "POST" && depth == 1 && call.path[0] == "refresh")
        return answerOk(reply);
    const bool isUnder = depth >= 1 && call.path[0] == "dbs";
    const std::string kind = depth >= 3 ? call.path[2] : std::string();
    if (isUnder && depth == 1 && method == "GET")
        return databases(call);
    if (isUnder && depth == 2 && method == "POST")
        return sql(call);
    if (isUnder && depth == 3 && kind == "tables" && method == "GET")
        return tables(call);
    if (isUnder && depth == 4 && kind == "tables" && method != "POST")
        return method == "GET" ? table(call) : put(call);
    if (isUnder && depth == 4 && (kind == "deployments" || kind == "procedures") && method != "PUT")
        return method == "GET" ? describe(call, kind == "deployments") : callProcedure(call, kind == "deployments");
    answerFailure(reply, {kApiError, "no match method"});
}

void Routes::databases(Call &call)
{
    std::string body = "{\"code\":0,\"msg\":\"ok\",\"dbs\":[";
    bool isFirst = true;
    for (const std::string &name : m_engine.store().databases()) {
        body += std::exchange(isFirst, false) ? "" : ",";
        json::appendString(body, name);
    }
    answerJson(call.reply, body + "]}");
}

void Routes::tables(Call &call)
{
    if (!m_engine.store().hasDatabase(call.path[1]))
        return answerFailure(call.reply, {kApiError, "DB not found"});
    std::string body = "{\"code\":0,\"msg\":\"ok\",\"tables\":[";
    bool isFirst = true;
    for (const auto &one : m_engine.store().tables(call.path[1]))
        body += (std::exchange(isFirst, false) ? "" : ",") + tableJson(*one);
    answerJson(call.reply, body + "]}");
}

void Routes::table(Call &call)
{
    if (!m_engine.store().hasDatabase(call.path[1]))
        return answerFailure(call.reply, {kApiError, "DB not found"});
    const auto found = m_engine.store().table(call.path[1], call.path[3]);
    if (!found)
        return answerFailure(call.reply, {kApiError, "Table not found"});
    answerJson(call.reply, "{\"code\":0,\"msg\":\"ok\",\"table\":" + tableJson(*found) + "}");
}

void Routes::describe(Call &call, bool isDeployment)
{
    const auto found = m_engine.store().procedure(call.path[1], call.path[3]);
    if (!found || found->isDeployment != isDeployment)
        return answerFailure(call.reply, {kApiError, isDeployment ? "deployment not found" : "procedure not found"});
    answerJson(call.reply, "{\"code\":0,\"msg\":\"ok\",\"data\":" + procedureJson(*found) + "}");
}

void Routes::put(Call &call)
{
    const auto body = parseJson(call.request.body);
    if (!body)
        return answerFailure(call.reply, {kApiError, "Json parse failed, error code: 3"});
    const JsonValue *value = body->member("value");
    if (!value || value->items.size() != 1 || !value->items[0].is(JsonValue::Kind::Array))
        return answerFailure(call.reply, {kApiError, "Invalid value in body, only support to put one row"});
    const auto target = m_engine.store().table(call.path[1], call.path[3]);
    if (!target)
        return answerFailure(call.reply, {kCommandError, "Table " + call.path[3] + " not exists in database [" + call.path[1] + "]"});
    const std::vector<JsonValue> &items = value->items[0].items;
    if (items.size() != target->columns.size())
        return answerFailure(call.reply, {kApiError, "column size != schema size"});
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Column &column = target->columns[i];
        auto cell = cellOf(items[i], column.type, column.isNotNull);
        if (!cell && column.type == Type::String && !items[i].is(JsonValue::Kind::Null))
            return answerFailure(call.reply, {kApiError, "value is not string for col " + column.name});
        if (!cell)
            return answerFailure(call.reply,
                {kApiError, "convertion failed on col " + column.name + "[" + std::to_string(typeNumber(column.type)) + "] with value " + items[i].text});
        cells.push_back(std::move(*cell));
    }
    const Failure failure = insertRow(*target, cells, m_engine.store());
    failure ? answerFailure(call.reply, failure) : answerOk(call.reply);
}

} // namespace openmldb::server
