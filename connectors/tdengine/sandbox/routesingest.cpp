// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/routes.h"

#include "sandbox/jsontext.h"

namespace tdengine::server {

namespace {

std::string nameQuoted(std::string_view name)
{
    std::string quoted = "`";
    for (const char c : name) {
        if (c != '`')
            quoted += c;
    }
    return quoted + '`';
}

std::string stringLiteral(std::string_view text)
{
    std::string literal = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\')
            literal += '\\';
        literal += c;
    }
    return literal + '\'';
}

} // namespace

// The vgroup of each named table, in the order of the names.
void Routes::vgroups(Call &call, const std::string &databaseName)
{
    if (!isLoggedIn(call))
        return;
    std::vector<std::string> names;
    const std::string &body = call.request.body;
    for (std::size_t at = body.find('"'); at != std::string::npos; at = body.find('"', at + 1)) {
        const std::size_t end = body.find('"', at + 1);
        if (end == std::string::npos)
            break;
        names.push_back(body.substr(at + 1, end - at - 1));
        at = end;
    }
    if (names.empty()) {
        refuse(call, 400, code::kOther, "illegal param, tables is empty");
        return;
    }
    std::string ids;
    const auto lock = m_engine.store().lock();
    const Database *database = m_engine.store().database(databaseName);
    if (!database) {
        refuse(call, 200, code::kDatabaseNotExist, "Database not exist");
        return;
    }
    for (const std::string &name : names) {
        const auto found = database->tables.find(name);
        const int group = found != database->tables.end() ? found->second.table->vgroup : 2 + static_cast<int>(std::hash<std::string>()(name) % 2);
        ids += (ids.empty() ? "" : ",") + std::to_string(group);
    }
    call.reply.answer(200, {{"Content-Type", "application/json; charset=utf-8"}}, "{\"code\":0,\"vgIDs\":[" + ids + "]}");
}

void Routes::upload(Call &call)
{
    if (!isLoggedIn(call))
        return;
    const std::string database(call.request.queryValue("db"));
    const std::string table(call.request.queryValue("table"));
    if (database.empty() || table.empty()) {
        refuse(call, 400, code::kOther, database.empty() ? "db required" : "table required");
        return;
    }
    Failure failure;
    const FoundRelation found = m_engine.find(database, table, failure);
    if (!found.relation) {
        refuse(call, 200, failure.code, failure.desc);
        return;
    }
    const auto data = multipartData(call.request.header("Content-Type"), call.request.body);
    if (!data) {
        refuse(call, 200, code::kOther, "request Content-Type isn't multipart/form-data");
        return;
    }
    const std::vector<Column> &columns = found.relation->columns;
    std::string sql = "insert into " + nameQuoted(database) + '.' + nameQuoted(table) + " values";
    std::int64_t rows = 0;
    for (const auto &record : csvRows(*data)) {
        if (record.size() < columns.size()) {
            refuse(call, 200, code::kOther, "column count not enough");
            return;
        }
        sql += '(';
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const DataType &type = columns[i].type;
            const bool isQuoted = type.isText() || type.isBytes() || type.type == Type::Timestamp;
            sql += (i ? "," : "") + (!record[i] ? std::string("null") : isQuoted ? stringLiteral(*record[i]) : *record[i]);
        }
        sql += ')';
        ++rows;
    }
    call.context.nowNs = nowTicks(Precision::Nano);
    if (rows > 0) {
        const Execution execution = m_engine.run(sql, call.context, call.stop);
        if (execution.failure.code != 0) {
            refuse(call, 200, execution.failure.code, execution.failure.desc);
            return;
        }
    }
    answerAffected(call, rows, "text/plain; charset=utf-8");
}

std::optional<std::string> multipartData(std::string_view contentType, std::string_view body)
{
    const std::size_t at = contentType.find("boundary=");
    if (!contentType.starts_with("multipart/form-data") || at == std::string_view::npos)
        return std::nullopt;
    std::string_view boundary = contentType.substr(at + 9);
    boundary = boundary.substr(0, boundary.find(';'));
    if (boundary.starts_with('"') && boundary.size() >= 2)
        boundary = boundary.substr(1, boundary.size() - 2);
    const std::string mark = "--" + std::string(boundary);
    for (std::size_t part = body.find(mark); part != std::string_view::npos;) {
        const std::size_t next = body.find("\r\n" + mark, part + mark.size());
        const std::size_t head = body.find("\r\n\r\n", part);
        if (next == std::string_view::npos || head == std::string_view::npos || head > next)
            break;
        if (body.substr(part, head - part).find("name=\"data\"") != std::string_view::npos)
            return std::string(body.substr(head + 4, next - head - 4));
        part = next + 2;
    }
    return std::nullopt;
}

std::vector<std::vector<std::optional<std::string>>> csvRows(std::string_view text)
{
    std::vector<std::vector<std::optional<std::string>>> rows;
    std::size_t i = 0;
    while (i < text.size()) {
        if (text[i] == '\n' || text[i] == '\r') {
            ++i;
            continue;
        }
        auto &row = rows.emplace_back();
        for (bool more = true; more;) {
            std::string cell;
            const bool isQuoted = i < text.size() && text[i] == '"';
            if (isQuoted) {
                for (++i; i < text.size() && (text[i] != '"' || (i + 1 < text.size() && text[i + 1] == '"')); ++i) {
                    cell += text[i];
                    i += text[i] == '"';
                }
                ++i;
            }
            for (; i < text.size() && text[i] != ',' && text[i] != '\n' && text[i] != '\r'; ++i)
                cell += text[i];
            row.push_back(cell.empty() && !isQuoted ? std::nullopt : std::optional(cell));
            more = i < text.size() && text[i] == ',';
            i += more;
        }
    }
    return rows;
}

} // namespace tdengine::server
