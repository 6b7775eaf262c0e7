// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/routes.h"

#include "sandbox/jsontext.h"
#include "sandbox/timetext.h"

#include <QByteArray>

#include <array>
#include <charconv>

namespace lindorm::server {

namespace {

constexpr const char *kJson = "application/json";
constexpr std::int64_t kDefaultBlockRows = 1000;

std::string valueOf(const sandbox::Request &request, std::string_view name, std::string_view other, const char *fallback)
{
    std::string_view value = request.queryValue(name);
    if (value.empty())
        value = request.queryValue(other);
    return value.empty() ? std::string(fallback) : std::string(value);
}

// What the times of a line count, in nanoseconds; 0 for what is no precision.
std::int64_t unitNs(std::string_view precision)
{
    constexpr std::array<std::pair<std::string_view, std::int64_t>, 9> units{{{"", 1}, {"ns", 1}, {"n", 1}, {"us", 1000}, {"u", 1000},
        {"ms", 1'000'000}, {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"h", 3'600'000'000'000}}};
    for (const auto &[name, ns] : units) {
        if (name == precision)
            return ns;
    }
    return 0;
}

// The shape of errors of the older interface, for paths that there are none of.
std::string olderError(int status, const std::string &message, const std::string &details)
{
    std::string body = "{\"error\":{\"code\":" + std::to_string(status) + ",\"message\":";
    appendText(body, message);
    body += ",\"details\":";
    appendText(body, details);
    return body + "}}";
}

} // namespace

void Routes::serve(const sandbox::Request &request, sandbox::Reply &reply, const std::stop_token &stop)
{
    const std::string &path = request.path;
    const bool isPost = request.method == "POST";
    Call call{request, reply, stop, {{}, {}, nowMs()}};
    if (path == "/api/health" && request.method == "GET") {
        reply.answer(200, {{"Content-Type", "text/plain"}}, "OK");
    } else if (path == "/api/version" && request.method == "GET") {
        reply.answer(200, {{"Content-Type", kJson}},
            R"json({"version":"3.4.32 (Ondograph sandbox)","buildTime":"2024-01-01T00:00:00+0800","full_revision":"sandbox: SQLite behind a translation of Lindorm's SQL"})json");
    } else if (path == "/api/v2/sql" && isPost) {
        if (logIn(call))
            sql(call);
    } else if ((path == "/api/v2/write" || path == "/api/v3/write") && isPost) {
        if (logIn(call))
            write(call);
    } else {
        reply.answer(404, {{"Content-Type", kJson}}, olderError(404, "Endpoint not found", request.method + ' ' + path + " is not there"));
    }
}

bool Routes::logIn(Call &call) const
{
    const std::string_view authorization = call.request.header("Authorization");
    std::string user;
    std::string password;
    if (sameText(authorization.substr(0, 6), "Basic ")) {
        const std::string pair = QByteArray::fromBase64(QByteArray(authorization.data() + 6, static_cast<qsizetype>(authorization.size() - 6))).toStdString();
        user = pair.substr(0, pair.find(':'));
        password = pair.find(':') == std::string::npos ? std::string() : pair.substr(pair.find(':') + 1);
    }
    call.caller.user = user;
    if (!m_engine.store().isAuthOn() || (!user.empty() && m_engine.store().isPassword(user, password)))
        return true;
    call.reply.answer(401, {{"Content-Type", "text/plain"}, {"WWW-Authenticate", "Basic realm=\"lindorm\""}},
        authorization.empty() ? "Unauthorized: no credentials" : "Unauthorized: user or password is wrong");
    return false;
}

void Routes::refuseWith(Call &call, const Refusal &refusal)
{
    std::string body = "{\"code\":" + std::to_string(refusal.code) + ",\"sqlstate\":";
    appendText(body, refusal.state);
    body += ",\"message\":";
    appendText(body, refusal.message);
    call.reply.answer(400, {{"Content-Type", kJson}}, body + '}');
}

void Routes::sql(Call &call)
{
    call.caller.database = valueOf(call.request, "database", "db", "default");
    std::int64_t blockRows = kDefaultBlockRows;
    const std::string_view size = call.request.queryValue("chunk_size");
    if (!size.empty()) {
        const auto [stop, failure] = std::from_chars(size.data(), size.data() + size.size(), blockRows);
        if (failure != std::errc() || stop != size.data() + size.size() || blockRows < 1) {
            call.reply.answer(400, {{"Content-Type", kJson}}, olderError(400, "Invalid chunk_size", std::string(size)));
            return;
        }
    }
    Execution execution = m_engine.run(call.request.body, call.caller, call.stop);
    if (execution.failure)
        refuseWith(call, *execution.failure);
    else if (!execution.cursor)
        call.reply.answer(204, {}, {});
    else if (call.request.queryValue("chunked") == "true")
        answerBlocks(call, *execution.cursor, blockRows);
    else
        answerWhole(call, *execution.cursor);
}

void Routes::write(Call &call)
{
    call.caller.database = valueOf(call.request, "db", "database", "default");
    const std::string codec = upperText(valueOf(call.request, "codec", "codec", "LINE_PROTOCOL"));
    const std::string policy = upperText(valueOf(call.request, "schema_policy", "schema_policy", "WEAK"));
    const std::int64_t unit = unitNs(call.request.queryValue("precision"));
    const bool isPolicy = policy == "WEAK" || policy == "STRONG" || policy == "NONE";
    if (codec != "LINE_PROTOCOL" || !isPolicy || unit == 0) {
        refuseWith(call, {code::kSyntax, "42000", "Unsupported codec, schema_policy or precision"});
        return;
    }
    if (const auto failure = m_engine.writeLines(call.request.body, call.caller, policy, unit))
        refuseWith(call, *failure);
    else
        call.reply.answer(204, {}, {});
}

} // namespace lindorm::server
