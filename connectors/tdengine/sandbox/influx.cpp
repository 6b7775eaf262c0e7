// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/routes.h"

#include "sandbox/jsontext.h"

namespace tdengine::server {

namespace {

// One line: measurement[,tag=value…] field=value[,…] [time]
struct LineRecord {
    std::string measurement;
    std::vector<std::pair<std::string, std::string>> tags;
    std::vector<std::pair<std::string, std::string>> fields; // values as SQL literals
    std::vector<std::string> fieldTypes;
    std::optional<std::int64_t> time;
};

class LineReader
{
public:
    explicit LineReader(std::string_view line)
        : m_line(line)
    {
    }

    std::optional<LineRecord> record()
    {
        LineRecord record;
        record.measurement = part(", ");
        while (skip(',')) {
            std::string key = part("=");
            if (!skip('='))
                return std::nullopt;
            record.tags.emplace_back(std::move(key), part(", "));
        }
        if (record.measurement.empty() || !skip(' '))
            return std::nullopt;
        do {
            if (!field(record))
                return std::nullopt;
        } while (skip(','));
        if (skip(' ') && !m_line.empty()) {
            char *end = nullptr;
            const std::string digits(m_line);
            record.time = std::strtoll(digits.c_str(), &end, 10);
            if (*end != '\0')
                return std::nullopt;
        }
        return m_line.empty() || record.time ? std::optional(record) : std::nullopt;
    }

private:
    bool skip(char c)
    {
        if (m_line.empty() || m_line.front() != c)
            return false;
        m_line.remove_prefix(1);
        return true;
    }
    std::string part(std::string_view ends)
    {
        std::string read;
        while (!m_line.empty() && ends.find(m_line.front()) == std::string_view::npos) {
            if (m_line.front() == '\\' && m_line.size() > 1)
                m_line.remove_prefix(1);
            read += m_line.front();
            m_line.remove_prefix(1);
        }
        return read;
    }
    bool field(LineRecord &record)
    {
        std::string key = part("=");
        if (!skip('=') || m_line.empty())
            return false;
        std::string value;
        std::string type = "DOUBLE";
        if (m_line.front() == '"') {
            m_line.remove_prefix(1);
            std::string text = part("\"");
            if (!skip('"'))
                return false;
            for (const char c : text)
                value += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
            value = '\'' + value + '\'';
            type = "NCHAR(256)";
        } else {
            value = part(", ");
            if (value.ends_with('i') || value.ends_with('u')) {
                type = value.ends_with('u') ? "BIGINT UNSIGNED" : "BIGINT";
                value.pop_back();
            } else if (value == "t" || value == "T" || value == "true" || value == "f" || value == "F" || value == "false") {
                type = "BOOL";
                value = value.front() == 't' || value.front() == 'T' ? "true" : "false";
            }
        }
        record.fields.emplace_back(std::move(key), std::move(value));
        record.fieldTypes.push_back(std::move(type));
        return !record.fields.back().second.empty();
    }

    std::string_view m_line;
};

Precision precisionOfWord(std::string_view word, std::int64_t &factor)
{
    factor = 1;
    if (word == "ms")
        return Precision::Milli;
    if (word == "u" || word == "us")
        return Precision::Micro;
    if (word == "s" || word == "m" || word == "h") {
        factor = word == "s" ? 1000 : word == "m" ? 60'000 : 3'600'000;
        return Precision::Milli;
    }
    return Precision::Nano;
}

// The statements that make the super table where it is missing and put the row into the child table of its tags.
std::vector<std::string> statementsOf(const LineRecord &record, std::int64_t ticks)
{
    std::string columns, names, values, tagColumns, tagNames, tagValues, child = "t_" + record.measurement;
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        columns += ", `" + record.fields[i].first + "` " + record.fieldTypes[i];
        names += ", `" + record.fields[i].first + '`';
        values += ", " + record.fields[i].second;
    }
    for (const auto &[key, value] : record.tags) {
        const std::string comma = tagNames.empty() ? "" : ", ";
        tagColumns += comma + '`' + key + "` NCHAR(256)";
        tagNames += comma + '`' + key + '`';
        std::string literal;
        for (const char c : value)
            literal += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        tagValues += comma + '\'' + literal + '\'';
        child += '_' + value;
    }
    if (tagNames.empty()) {
        tagColumns = "`_tag_null` NCHAR(256)";
        tagNames = "`_tag_null`";
        tagValues = "null";
    }
    for (char &c : child)
        c = c == '`' || c == '.' ? '_' : c;
    return {"create stable if not exists `" + record.measurement + "` (`_ts` TIMESTAMP" + columns + ") tags (" + tagColumns + ')',
        "insert into `" + child + "` using `" + record.measurement + "` (" + tagNames + ") tags (" + tagValues + ") (`_ts`" + names
            + ") values (" + std::to_string(ticks) + values + ')'};
}

} // namespace

void Routes::influx(Call &call)
{
    const sandbox::Request &request = call.request;
    const std::string user(request.queryValue("u"));
    if (request.header("Authorization").empty() && !user.empty()) {
        if (!m_engine.store().isPassword(user, std::string(request.queryValue("p")))) {
            refuse(call, 401, code::kAuthentication, "Authentication failure");
            return;
        }
        call.context.user = user;
    } else if (!isLoggedIn(call)) {
        return;
    }
    call.context.database = request.queryValue("db");
    if (call.context.database.empty()) {
        refuse(call, 400, code::kOther, "db required");
        return;
    }
    call.context.nowNs = nowTicks(Precision::Nano);
    // The adapter makes the database where it is missing.
    m_engine.run("create database if not exists `" + call.context.database + "` precision 'ns'", call.context, call.stop);
    Precision stored = Precision::Nano;
    {
        const auto lock = m_engine.store().lock();
        if (const Database *database = m_engine.store().database(call.context.database))
            stored = database->precision;
    }
    std::int64_t factor = 1;
    const Precision sent = precisionOfWord(request.queryValue("precision"), factor);
    std::string_view lines = request.body;
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        std::string_view line = lines.substr(0, end);
        lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty() || line.front() == '#')
            continue;
        const auto record = LineReader(line).record();
        if (!record) {
            refuse(call, 500, 0x021B, "Invalid line protocol: " + std::string(line));
            return;
        }
        const std::int64_t ticks
            = record->time ? scaled(*record->time * factor, sent, stored) : scaled(call.context.nowNs, Precision::Nano, stored);
        for (const std::string &sql : statementsOf(*record, ticks)) {
            const Execution execution = m_engine.run(sql, call.context, call.stop);
            if (execution.failure.code != 0) {
                refuse(call, 500, execution.failure.code, execution.failure.desc);
                return;
            }
        }
    }
    call.reply.answer(204, {}, {});
}

} // namespace tdengine::server
