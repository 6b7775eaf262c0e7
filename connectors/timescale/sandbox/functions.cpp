// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/functions.h"

#include "json/writer.h"
#include "jsonview.h"
#include "sandbox/answerforms.h"
#include "sandbox/pythonjson.h"
#include "sandbox/tables.h"

#include <charconv>

namespace timescale::server {

namespace {

std::string textAt(const JsonView &event, const char *object, const char *name)
{
    return event[object][name].text();
}

// Rows of a statement as json.dumps() of a list of dicts; an error object where the statement fails.
Invocation select(const sandbox::DataFile &data, const std::string &sql, const QStringList &columns, const std::vector<std::string> &values, std::stop_token stop)
{
    std::vector<std::string> names;
    for (const QString &column : columns)
        names.push_back(column.section(QLatin1Char(' '), 0, 0).toStdString());
    const auto database = data.open();
    const std::stop_callback interrupt(stop, [&database] { database->interrupt(); });
    sandbox::sqlite::Statement statement(*database, sql);
    if (!statement.isValid())
        return failure("UndefinedTable", database->lastError());
    for (std::size_t i = 0; i < values.size(); ++i)
        statement.bind(static_cast<int>(i) + 1, std::string_view(values[i]));
    std::string rows;
    const auto end = appendRows(rows, statement, names);
    if (end != sandbox::sqlite::Statement::Step::Done)
        return failure("QueryCanceled", database->lastError());
    return {envelopeOf(rows), false, false, "SELECT\n"};
}

// A WHERE of the parameters that are there; false: one of them is no number.
struct Filter {
    std::string where;
    std::vector<std::string> values;
    std::string limit;
    std::string complaint;

    void add(const std::string &condition, const std::string &value)
    {
        if (value.empty())
            return;
        where += (where.empty() ? " WHERE " : " AND ") + condition;
        values.push_back(value);
    }
};

Filter filterOf(const JsonView &event, const char *name, const std::string &nameColumn, const std::string &timeColumn)
{
    Filter filter;
    filter.add(nameColumn + " = ?", textAt(event, "queryStringParameters", name));
    filter.add(timeColumn + " >= unixepoch(?)*1000", textAt(event, "queryStringParameters", "from"));
    filter.add(timeColumn + " < unixepoch(?)*1000", textAt(event, "queryStringParameters", "to"));
    const std::string limit = textAt(event, "queryStringParameters", "limit");
    std::int64_t count = 0;
    const auto [end, code] = std::from_chars(limit.data(), limit.data() + limit.size(), count);
    if (!limit.empty() && (code != std::errc() || end != limit.data() + limit.size() || count < 0))
        filter.complaint = "limit is not a whole number: " + limit;
    else if (!limit.empty())
        filter.limit = " LIMIT " + limit;
    return filter;
}

Invocation stocks(Cloud &cloud, const JsonView &event, std::stop_token stop)
{
    const Filter filter = filterOf(event, "symbol", "symbol", "time");
    if (!filter.complaint.empty())
        return {envelopeOf("{\"message\": \"" + filter.complaint + "\"}", 400), false, false, {}};
    const std::string sql = "SELECT strftime('%Y-%m-%d %H:%M:%S',time/1000,'unixepoch') AS time, symbol, price_open, price_close, price_low, price_high, "
                            "trading_volume FROM stocks" + filter.where + " ORDER BY stocks.time, symbol" + filter.limit;
    return select(cloud.data(), sql, stockColumns(), filter.values, std::move(stop));
}

Invocation meters(Cloud &cloud, const JsonView &event, std::stop_token stop)
{
    const Filter filter = filterOf(event, "name", "name", "ts");
    if (!filter.complaint.empty())
        return {envelopeOf("{\"message\": \"" + filter.complaint + "\"}", 400), false, false, {}};
    const std::string sql = "SELECT strftime('%Y-%m-%d %H:%M:%S',ts/1000,'unixepoch') || '+00:00' AS time, name, location, groupid, current, voltage, phase "
                            "FROM meters" + filter.where + " ORDER BY ts, name" + filter.limit;
    return select(cloud.dataWithMeters(), sql, meterColumns(), filter.values, std::move(stop));
}

void bindValue(sandbox::sqlite::Statement &statement, int place, const JsonView &value)
{
    const std::string_view raw = value.raw();
    std::int64_t integer = 0;
    double real = 0;
    const char *end = raw.data() + raw.size();
    if (raw == "null")
        statement.bindNull(place);
    else if (raw == "true" || raw == "false")
        statement.bind(place, static_cast<std::int64_t>(raw == "true"));
    else if (std::from_chars(raw.data(), end, integer).ptr == end)
        statement.bind(place, integer);
    else if (std::from_chars(raw.data(), end, real).ptr == end)
        statement.bind(place, real);
    else
        statement.bind(place, std::string_view(value.text()));
}

// By position, as the tutorial's function does: the names of the keys count for nothing.
Invocation insertRecord(sandbox::sqlite::Database &database, const JsonView &record)
{
    const auto members = record.members();
    std::string sql = "INSERT INTO stocks_intraday VALUES(";
    for (std::size_t i = 0; i < members.size(); ++i)
        sql += i == 0 ? "?" : ",?";
    sandbox::sqlite::Statement statement(database, sql + ")");
    if (!statement.isValid())
        return failure("SyntaxError", database.lastError());
    for (std::size_t i = 0; i < members.size(); ++i)
        bindValue(statement, static_cast<int>(i) + 1, members[i].second);
    if (statement.step() != sandbox::sqlite::Statement::Step::Done)
        return failure("DatatypeMismatch", database.lastError());
    return {};
}

Invocation insert(Cloud &cloud, const JsonView &event)
{
    const JsonView body = event["body"];
    if (body.raw().empty())
        return failure("KeyError", "'body'");
    if (!body.raw().starts_with('"'))
        return failure("TypeError", "the JSON object must be str, bytes or bytearray, not " + std::string(body.exists() ? "dict" : "NoneType"));
    const JsonDocument document(body.text());
    if (!document.isValid())
        return failure("JSONDecodeError", "Expecting value: line 1 column 1 (char 0)");
    const JsonView records = document.root()["records"];
    if (!records.exists())
        return failure("TypeError", "'NoneType' object is not iterable");
    const auto database = cloud.data().open();
    const auto writing = cloud.data().lockWriting();
    database->execute("BEGIN");
    for (const JsonView &record : records.items()) {
        const Invocation done = insertRecord(*database, record);
        if (done.isError) {
            database->execute("ROLLBACK");
            return done;
        }
    }
    database->execute("COMMIT");
    return {envelopeOf(std::string(event.raw())), false, false, "INSERT\n"};
}

} // namespace

std::string envelopeOf(const std::string &body, int status)
{
    std::string json = "{\"statusCode\": " + std::to_string(status) + ", \"body\": ";
    json::appendString(json, body);
    return json + ", \"headers\": {\"Content-Type\": \"application/json\"}}";
}

Invocation failure(const std::string &type, const std::string &message)
{
    Invocation invocation;
    invocation.json = "{\"errorMessage\": ";
    json::appendString(invocation.json, message);
    invocation.json += ", \"errorType\": ";
    json::appendString(invocation.json, type);
    invocation.json += ", \"stackTrace\": [\"  File \\\"/var/task/function.py\\\", line 1, in lambda_handler\\n\"]}";
    invocation.isError = true;
    invocation.log = "[ERROR] " + type + ": " + message + "\n";
    return invocation;
}

Invocation invoke(Cloud &cloud, const QString &function, const std::string &event, std::stop_token stop)
{
    const JsonDocument document(event.empty() ? "{}" : event);
    if (!document.isValid())
        return failure("Runtime.UnmarshalError", "Unable to unmarshal input: Expecting value");
    const JsonView root = document.root();
    Invocation invocation;
    if (function == QStringLiteral("simple_api_function"))
        invocation = select(cloud.data(), "SELECT * FROM stocks_intraday", stockColumns(), {}, std::move(stop));
    else if (function == QStringLiteral("insert_function"))
        invocation = insert(cloud, root);
    else if (function == QStringLiteral("stocks_function"))
        invocation = stocks(cloud, root, std::move(stop));
    else if (function == QStringLiteral("meters_function"))
        invocation = meters(cloud, root, std::move(stop));
    else if (function == QStringLiteral("forms_function"))
        invocation = answerInForm(textAt(root, "pathParameters", "form").empty() ? root["form"].text() : textAt(root, "pathParameters", "form"));
    else
        invocation = failure("Sandbox.NoRuntime", "The sandbox keeps what is uploaded and runs no Python: only simple_api_function and insert_function do here what the tutorial's code does.");
    if (invocation.json.size() > kMostAnswer)
        return failure("Function.ResponseSizeTooLarge", "Response payload size exceeded maximum allowed payload size (6291556 bytes).");
    return invocation;
}

} // namespace timescale::server
