// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/routes.h"

#include "sandbox/jsontext.h"

#include <array>
#include <charconv>

namespace tdengine::server {

namespace {

constexpr const char *kJson = "application/json; charset=utf-8";

const char *headerText(int code)
{
    switch (code) {
    case 3: return "Authentication failure";
    case 0x1105: return "no auth info input";
    case 0x1106: return "request is empty";
    case 0x1107: return "no sql input";
    case 0x110A: return "generate taosd token error";
    case 0x1122: return "invalid type of Authorization";
    case 0x1124: return "invalid basic Authorization";
    case 0x1125: return "invalid taosd Authorization";
    default: return "unknown error";
    }
}

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The segments of a path, each percent-decoded. The password of /rest/login may hold a slash: %2F.
std::vector<std::string> segments(std::string_view path)
{
    std::vector<std::string> all;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '/') {
            all.emplace_back();
        } else if (path[i] == '%' && i + 2 < path.size() && hexValue(path[i + 1]) >= 0 && hexValue(path[i + 2]) >= 0 && !all.empty()) {
            all.back() += static_cast<char>(hexValue(path[i + 1]) * 16 + hexValue(path[i + 2]));
            i += 2;
        } else if (!all.empty()) {
            all.back() += path[i];
        }
    }
    if (!all.empty() && all.back().empty())
        all.pop_back();
    return all;
}

std::optional<bool> goBoolean(std::string_view text)
{
    for (const char *word : {"1", "t", "T", "TRUE", "true", "True"}) {
        if (text == word)
            return true;
    }
    for (const char *word : {"0", "f", "F", "FALSE", "false", "False"}) {
        if (text == word)
            return false;
    }
    return std::nullopt;
}

bool hasQuery(const sandbox::Request &request, std::string_view name)
{
    for (const auto &[key, value] : request.query) {
        if (key == name)
            return true;
    }
    return false;
}

} // namespace

void Routes::serve(const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop)
{
    ++m_requests;
    Call call{request, reply, std::move(stop), std::chrono::steady_clock::now(), {}, {}, false};
    const std::vector<std::string> path = segments(request.path);
    if (path.size() >= 2 && path[0] == "rest") {
        rest(call, path);
    } else if (path.size() == 3 && path[0] == "influxdb" && path[1] == "v1" && path[2] == "write" && request.method == "POST") {
        influx(call);
    } else if (path.size() == 2 && path[0] == "-" && path[1] == "ping" && request.method == "GET") {
        reply.answer(200, {}, {});
    } else if (path.size() == 1 && path[0] == "metrics" && request.method == "GET") {
        reply.answer(200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
            "# TYPE taosadapter_restful_request_total counter\ntaosadapter_restful_request_total " + std::to_string(m_requests) + '\n');
    } else {
        reply.answer(404, {{"Content-Type", "text/plain"}}, "404 page not found");
    }
}

void Routes::rest(Call &call, const std::vector<std::string> &path)
{
    const std::string &method = call.request.method;
    if (path[1] == "login" && method == "GET" && path.size() <= 4) {
        token(call, path.size() > 2 ? path[2] : "", path.size() > 3 ? path[3] : "");
    } else if (path[1] == "sql" && method == "POST" && path.size() <= 3) {
        call.context.database = path.size() == 3 ? path[2] : "";
        sql(call);
    } else if (path[1] == "sql" && method == "POST" && path.size() == 4 && path[3] == "vgid") {
        vgroups(call, path[2]);
    } else if (path[1] == "upload" && method == "POST" && path.size() == 2) {
        upload(call);
    } else {
        call.reply.answer(404, {{"Content-Type", "text/plain"}}, "404 page not found");
    }
}

void Routes::token(Call &call, const std::string &user, const std::string &password)
{
    if (user.empty() || password.empty() || user.size() > 24 || password.size() > 24) {
        refuse(call, 400, 0x110A, headerText(0x110A));
    } else if (!m_engine.store().isPassword(user, password)) {
        refuse(call, 401, 3, headerText(3));
    } else {
        std::string body = "{\"code\":0,\"desc\":";
        appendJsonString(body, taosdToken(user, password));
        call.reply.answer(200, {{"Content-Type", kJson}}, body + '}');
    }
}

bool Routes::isLoggedIn(Call &call)
{
    const LogIn login = logIn(call.request.header("Authorization"), m_engine.store());
    if (login.headerCode != 0) {
        refuse(call, 401, login.headerCode, headerText(login.headerCode));
        return false;
    }
    if (login.failure.code != 0) {
        refuse(call, 200, login.failure.code, login.failure.desc);
        return false;
    }
    call.context.user = login.user;
    return true;
}

// conn_tz, tz, req_id, row_with_meta, app; refuses what cannot be read, as the adapter does before it looks at the body.
bool Routes::readParameters(Call &call)
{
    const sandbox::Request &request = call.request;
    const std::string_view requestId = request.queryValue("req_id");
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(requestId.data(), requestId.data() + requestId.size(), id);
    if (!requestId.empty() && (error != std::errc() || end != requestId.data() + requestId.size())) {
        refuse(call, 400, code::kOther,
            "illegal param, req_id must be numeric strconv.ParseInt: parsing \"" + std::string(requestId) + "\": invalid syntax");
        return false;
    }
    call.context.zone = Zone::local();
    for (const char *name : {"conn_tz", "tz"}) {
        if (!hasQuery(request, name))
            continue;
        const std::string_view zoneName = request.queryValue(name);
        const auto zone = Zone::named(zoneName);
        if (!zone) {
            refuse(call, 400, code::kOther, "unknown time zone " + std::string(zoneName));
            return false;
        }
        call.shown = *zone;
        if (std::string_view(name) == "conn_tz" && !zoneName.empty())
            call.context.zone = *zone;
        break;
    }
    const std::string_view objects = request.queryValue("row_with_meta");
    if (!objects.empty()) {
        const auto flag = goBoolean(objects);
        if (!flag) {
            refuse(call, 400, code::kOther,
                "illegal param, row_with_meta must be boolean strconv.ParseBool: parsing \"" + std::string(objects) + "\": invalid syntax");
            return false;
        }
        call.asObjects = *flag;
    }
    const std::string_view application = request.queryValue("app");
    call.context.application = application.empty() ? "taosadapter" : std::string(application);
    call.context.nowNs = nowTicks(Precision::Nano);
    return true;
}

void Routes::sql(Call &call)
{
    if (hasQuery(call.request, "token")) {
        refuse(call, 401, 0x1105, headerText(0x1105));
        return;
    }
    if (const LogIn login = logIn(call.request.header("Authorization"), m_engine.store()); login.headerCode != 0) {
        refuse(call, 401, login.headerCode, headerText(login.headerCode));
        return;
    }
    if (!readParameters(call))
        return;
    const std::string &body = call.request.body;
    if (body.empty()) {
        refuse(call, 400, 0x1106, headerText(0x1106));
    } else if (body.find_first_not_of(" \t\r\n\v\f") == std::string::npos) {
        refuse(call, 400, 0x1107, headerText(0x1107));
    } else if (isLoggedIn(call)) {
        const std::size_t first = body.find_first_not_of(" \t\r\n\v\f");
        const std::size_t last = body.find_last_not_of(" \t\r\n\v\f");
        answer(call, m_engine.run(std::string_view(body).substr(first, last - first + 1), call.context, call.stop));
    }
}

void Routes::refuse(Call &call, int status, int code, std::string_view desc)
{
    std::string body = "{\"code\":" + std::to_string(code) + ",\"desc\":";
    appendJsonString(body, desc);
    const auto spent = std::chrono::steady_clock::now() - call.start;
    body += ",\"timing\":" + std::to_string(std::chrono::duration_cast<std::chrono::nanoseconds>(spent).count()) + '}';
    call.reply.answer(status, {{"Content-Type", kJson}}, body);
}

} // namespace tdengine::server
