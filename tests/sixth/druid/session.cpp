// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include "decode/answersource.h"
#include "decode/rowdecoder.h"
#include "json/writer.h"

namespace druid {

namespace {

core::Error decodeError(const QString &message)
{
    core::Error error;
    error.kind = core::ErrorKind::Decode;
    error.message = message;
    return error;
}

core::Error unsupported()
{
    core::Error error;
    error.kind = core::ErrorKind::Unsupported;
    error.message = QStringLiteral("The example does not go that far.");
    return error;
}

table::Kind kindOf(std::string_view type)
{
    if (type == "BIGINT" || type == "INTEGER")
        return table::Kind::Int;
    if (type == "DOUBLE" || type == "FLOAT")
        return table::Kind::Double;
    return type == "TIMESTAMP" ? table::Kind::Instant : table::Kind::Text;
}

// A header row: an array of strings.
std::optional<std::vector<std::string>> readTexts(json::Reader &reader)
{
    if (reader.next() != json::Token::BeginArray)
        return std::nullopt;
    std::vector<std::string> texts;
    for (json::Token token = reader.next(); token != json::Token::EndArray; token = reader.next()) {
        if (token != json::Token::String)
            return std::nullopt;
        texts.emplace_back(reader.text());
    }
    return texts;
}

core::Result<std::shared_ptr<const table::Schema>> readSchema(json::Reader &reader)
{
    if (reader.next() != json::Token::BeginArray)
        return reader.error().value_or(decodeError(QStringLiteral("The answer is no list of rows.")));
    const auto names = readTexts(reader);
    const auto types = names ? readTexts(reader) : std::nullopt;
    if (!types || types->size() != names->size())
        return reader.error().value_or(decodeError(QStringLiteral("The answer does not begin with names and types.")));
    table::Schema schema;
    for (std::size_t i = 0; i < names->size(); ++i)
        schema.columns.push_back({.name = (*names)[i], .kind = kindOf((*types)[i]), .serverType = (*types)[i]});
    return std::make_shared<const table::Schema>(std::move(schema));
}

http::Request requestOf(const std::string &baseUrl, const std::string &sql, std::chrono::milliseconds idleTimeout)
{
    http::Request request;
    request.method = "POST";
    request.url = baseUrl + "/druid/v2/sql";
    request.headers.push_back({"Content-Type", "application/json"});
    json::Writer body;
    body.beginObject().key("query").string(sql).key("resultFormat").string("array").key("header").boolean(true);
    body.key("sqlTypesHeader").boolean(true).endObject();
    request.body = body.text();
    request.idleTimeout = idleTimeout;
    return request;
}

} // namespace

Session::Session(std::string baseUrl, http::Client &client)
    : m_baseUrl(std::move(baseUrl))
    , m_client(client)
{
}

connector::Outcome Session::run(const connector::Statement &statement, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    connector::Outcome outcome;
    outcome.completeness = connector::Completeness::Cut;
    outcome.reason = connector::Reason::Broken;
    sink.started({statement.text, "ondograph", {}, std::chrono::system_clock::now()});
    auto answer = m_client.send(requestOf(m_baseUrl, statement.text, options.idleTimeout), stop);
    if (!answer) {
        outcome.error = answer.error();
        return outcome;
    }
    decode::AnswerSource source(**answer);
    decode::RowFeeder *feeding = nullptr;
    json::ReaderOptions reading;
    reading.idle = [&feeding] { return !feeding || feeding->idle(); };
    json::Reader reader(source, reading);
    auto schema = readSchema(reader);
    if (!schema) {
        outcome.error = schema.error();
        return outcome;
    }
    decode::RowFeeder feeder(sink, *schema, options.maxRows);
    std::vector<decode::CellDecoder> cells;
    for (const table::ColumnInfo &column : (*schema)->columns)
        cells.emplace_back(column);
    decode::RowDecoder decoder(reader, feeder, *schema, std::move(cells));
    outcome.hasResultSet = feeder.begin();
    feeding = &feeder;
    const auto end = decoder.run();
    feeder.finish();
    outcome.rows = feeder.deliveredRows();
    outcome.columns = static_cast<std::int64_t>((*schema)->columns.size());
    outcome.error = decoder.error();
    if (end == decode::RowDecoder::End::Complete && !outcome.error) {
        outcome.completeness = connector::Completeness::Complete;
        outcome.reason = connector::Reason::None;
    } else if (feeder.isCutByLimit()) {
        outcome.reason = connector::Reason::RowLimit;
    }
    return outcome;
}

core::Result<connector::StopReport> Session::stopOnServer(const connector::RunningStatement &, connector::Sink &, std::stop_token)
{
    return connector::StopReport();
}

core::Result<connector::CatalogPage> Session::children(const connector::CatalogRequest &, connector::Sink &, std::stop_token)
{
    return unsupported();
}

core::Result<connector::AggregateStatement> Session::aggregate(const connector::AggregateRequest &, connector::Sink &, std::stop_token)
{
    return unsupported();
}

std::string Session::quotedPath(const std::vector<std::string> &path) const
{
    return path.empty() ? std::string() : '"' + path.back() + '"';
}

std::string Session::selectStatement(const std::vector<std::string> &path, std::int64_t limit) const
{
    return "SELECT * FROM " + quotedPath(path) + " LIMIT " + std::to_string(limit);
}

} // namespace druid
