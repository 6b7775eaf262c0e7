// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/jsontext.h"
#include "sandbox/routes.h"

namespace tdengine::server {

namespace {

constexpr std::size_t kBlock = 16352; // when the adapter flushes
constexpr auto kPatience = std::chrono::milliseconds(50); // rows do not wait longer for a block to fill

void appendTiming(std::string &out, bool wanted, std::chrono::steady_clock::time_point start)
{
    if (wanted) {
        const auto spent = std::chrono::steady_clock::now() - start;
        out += ",\"timing\":" + std::to_string(std::chrono::duration_cast<std::chrono::nanoseconds>(spent).count());
    }
}

void appendMeta(std::string &out, const std::vector<Column> &columns)
{
    out += "{\"code\":0,\"column_meta\":[";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        out += i ? ",[" : "[";
        appendJsonString(out, columns[i].name);
        out += ",\"" + typeName(columns[i].type) + "\"," + std::to_string(metaLength(columns[i].type)) + ']';
    }
    out += "],\"data\":[";
}

} // namespace

void Routes::answer(Call &call, Execution execution)
{
    if (execution.failure.code != 0)
        refuse(call, 200, execution.failure.code, execution.failure.desc);
    else if (execution.cursor)
        answerRows(call, *execution.cursor);
    else
        answerAffected(call, execution.affectedRows, "application/json; charset=utf-8");
}

void Routes::answerAffected(Call &call, std::int64_t rows, std::string_view contentType)
{
    std::string body = "{\"code\":0,\"column_meta\":[[\"affected_rows\",\"INT\",4]],\"data\":[";
    body += call.asObjects ? "{\"affected_rows\":" : "[";
    body += std::to_string(rows);
    body += call.asObjects ? "}],\"rows\":1" : "]],\"rows\":1";
    appendTiming(body, call.request.queryValue("timing") == "true", call.start);
    body += '}';
    const sandbox::Pairs headers{{"Content-Type", std::string(contentType)}};
    if (contentType.starts_with("text")) {
        call.reply.answer(200, headers, body);
        return;
    }
    call.reply.begin(200, headers);
    call.reply.write(body);
    call.reply.end();
}

// A failure before the first row is an error; one after it ends the rows as if they were all, which is what the adapter
// does and what a client has to live with.
void Routes::answerRows(Call &call, Cursor &cursor)
{
    bool hasRow = cursor.next();
    if (cursor.failure().code != 0) {
        refuse(call, 200, cursor.failure().code, cursor.failure().desc);
        return;
    }
    const std::vector<Column> &columns = cursor.columns();
    call.reply.begin(200, {{"Content-Type", "application/json; charset=utf-8"}});
    std::string block;
    block.reserve(kBlock + 4096);
    appendMeta(block, columns);
    std::int64_t rows = 0;
    auto flushed = std::chrono::steady_clock::now();
    for (; hasRow; hasRow = cursor.next()) {
        block += rows++ ? "," : "";
        block += call.asObjects ? '{' : '[';
        for (std::size_t i = 0; i < columns.size(); ++i) {
            block += i ? "," : "";
            if (call.asObjects) {
                appendJsonString(block, columns[i].name);
                block += ':';
            }
            cursor.appendCell(block, static_cast<int>(i), call.shown);
        }
        block += call.asObjects ? '}' : ']';
        const bool isDue = block.size() > kBlock || (rows % 16 == 1 && std::chrono::steady_clock::now() - flushed > kPatience);
        if (!isDue)
            continue;
        if (!call.reply.write(block))
            return;
        block.clear();
        flushed = std::chrono::steady_clock::now();
    }
    block += "],\"rows\":" + std::to_string(rows);
    appendTiming(block, call.request.queryValue("timing") == "true", call.start);
    block += '}';
    if (call.reply.write(block))
        call.reply.end();
}

} // namespace tdengine::server
