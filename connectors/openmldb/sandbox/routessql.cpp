// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/routes.h"

#include "json/writer.h"

namespace openmldb::server {

namespace {

// Answers are sent in pieces of this size.
constexpr std::size_t kPiece = 64 * 1024;

struct SqlRequest {
    Failure failure;
    Mode mode = Mode::Online;
    std::string sql;
    Parameters parameters;
    bool isNullForNaN = false;
};

void failParsing(SqlRequest &request, const std::string &what)
{
    request.failure = {kApiError, "Json parse failed, INVALID_ARGUMENT: " + what};
}

void readInput(const JsonValue &input, SqlRequest &request)
{
    const JsonValue *schema = input.member("schema");
    const JsonValue *data = input.member("data");
    if (!input.is(JsonValue::Kind::Object))
        return failParsing(request, "input is not object");
    if (!schema || !data)
        return;
    for (const JsonValue &one : schema->items) {
        const std::string upper = upperCase(one.text);
        const auto type = upper == "VARCHAR" || upper == "INTEGER" ? std::nullopt : typeNamed(upper);
        if (!type)
            return failParsing(request, "invalid type " + upper);
        request.parameters.types.push_back(*type);
    }
    if (data->items.size() != schema->items.size())
        return failParsing(
            request, "data size " + std::to_string(data->items.size()) + " != schema size " + std::to_string(schema->items.size()));
    for (std::size_t i = 0; i < data->items.size(); ++i) {
        const Type type = request.parameters.types[i];
        auto cell = parameterCell(data->items[i], type);
        if (!cell)
            return failParsing(request, "append failed on " + std::to_string(i) + " type " + std::to_string(typeNumber(type)));
        request.parameters.cells.push_back(std::move(*cell));
    }
}

SqlRequest readRequest(const std::string &body)
{
    SqlRequest request;
    const auto json = parseJson(body);
    if (!json || !json->is(JsonValue::Kind::Object)) {
        failParsing(request, "req is not object");
        return request;
    }
    const JsonValue *mode = json->member("mode");
    const JsonValue *sql = json->member("sql");
    const JsonValue *timeout = json->member("timeout");
    const JsonValue *noNaN = json->member("write_nan_and_inf_null");
    if (!mode || !mode->is(JsonValue::Kind::String))
        failParsing(request, "mode parse failed");
    else if (!sql || !sql->is(JsonValue::Kind::String))
        failParsing(request, "sql parse failed");
    else if (timeout && !timeout->is(JsonValue::Kind::Integer))
        failParsing(request, "timeout parse failed");
    else if (noNaN && !noNaN->is(JsonValue::Kind::Bool))
        failParsing(request, "write_nan_and_inf_null parse failed");
    if (request.failure)
        return request;
    request.sql = sql->text;
    request.isNullForNaN = noNaN && noNaN->boolean;
    if (const JsonValue *input = json->member("input"))
        readInput(*input, request);
    const std::string word = lowerCase(mode->text);
    if (word != "online" && word != "onsync" && word != "offsync" && word != "offasync" && !request.failure)
        request.failure = {kApiError, "Invalid mode " + word};
    request.mode = word == "offsync" ? Mode::OfflineSync : word == "offasync" ? Mode::OfflineAsync : Mode::Online;
    return request;
}

// Sends what it can at once where an answer is small, and in pieces where it is not.
class PieceWriter
{
public:
    explicit PieceWriter(sandbox::Reply &reply)
        : m_reply(reply)
    {
    }

    std::string &text() { return m_text; }
    // False: the client has gone.
    bool flush()
    {
        if (m_text.size() < kPiece)
            return true;
        if (!std::exchange(m_hasBegun, true))
            m_reply.begin(200, {{"Content-Type", "application/json"}});
        const bool isThere = m_reply.write(m_text);
        m_text.clear();
        return isThere;
    }
    bool hasBegun() const { return m_hasBegun; }
    void end()
    {
        if (!m_hasBegun)
            return answerJson(m_reply, m_text);
        m_reply.write(m_text);
        m_reply.end();
    }

private:
    sandbox::Reply &m_reply;
    std::string m_text;
    bool m_hasBegun = false;
};

} // namespace

void Routes::sql(Call &call)
{
    const SqlRequest request = readRequest(call.request.body);
    if (request.failure)
        return answerFailure(call.reply, request.failure);
    Execution execution = m_engine.run(call.path[1], request.sql, request.parameters, request.mode, call.stop);
    if (execution.failure)
        return answerFailure(call.reply, execution.failure);
    if (execution.cursor)
        return answerRows(call, *execution.cursor, request.isNullForNaN);
    if (execution.texts)
        return answerTexts(call, *execution.texts, execution.width);
    answerOk(call.reply);
}

void Routes::answerRows(Call &call, Cursor &cursor, bool isNullForNaN)
{
    PieceWriter writer(call.reply);
    std::string &text = writer.text();
    const auto count = static_cast<int>(cursor.columns().size());
    text = "{\"code\":0,\"msg\":\"ok\",\"data\":{\"schema\":[";
    for (int i = 0; i < count; ++i)
        text += (i == 0 ? "\"" : ",\"") + std::string(answerName(cursor.columns()[static_cast<std::size_t>(i)].type)) + "\"";
    text += "],\"data\":[";
    for (bool isFirst = true; cursor.next(); isFirst = false) {
        text += isFirst ? "[" : ",[";
        for (int i = 0; i < count; ++i) {
            if (i != 0)
                text += ',';
            cursor.appendCell(text, i, isNullForNaN);
        }
        text += ']';
        if (!writer.flush())
            return;
    }
    if (cursor.failure() && !writer.hasBegun())
        return answerFailure(call.reply, cursor.failure());
    if (cursor.failure())
        return; // broken off, as its client sees
    text += "]}}";
    writer.end();
}

void Routes::answerTexts(Call &call, const std::vector<std::vector<std::string>> &rows, std::size_t width)
{
    std::string body = "{\"code\":0,\"msg\":\"ok\",\"data\":{\"schema\":[";
    for (std::size_t i = 0; i < width; ++i)
        body += i == 0 ? "\"String\"" : ",\"String\"";
    body += "],\"data\":[";
    for (std::size_t row = 0; row < rows.size(); ++row) {
        body += row == 0 ? "[" : ",[";
        for (std::size_t i = 0; i < rows[row].size(); ++i) {
            if (i != 0)
                body += ',';
            json::appendString(body, rows[row][i]);
        }
        body += ']';
    }
    answerJson(call.reply, body + "]}}");
}

} // namespace openmldb::server
