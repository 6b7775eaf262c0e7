// SPDX-License-Identifier: GPL-3.0-or-later
#include "requests.h"

#include "connector/request.h"
#include "connector/tokens.h"
#include "description.h"
#include "json/memorysource.h"
#include "json/reader.h"
#include "listing.h"
#include "sqlrequest.h"
#include "statementtext.h"

#include <QCoreApplication>

namespace openmldb {

namespace {

struct RequestsTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDB)
};

std::vector<std::string> segments(std::string_view path)
{
    std::vector<std::string> all;
    for (const char c : path.substr(0, path.find_first_of("?#"))) {
        if (c == '/')
            all.emplace_back();
        else if (!all.empty())
            all.back() += c;
    }
    return all;
}

// Path of an absolute URL.
std::string_view pathOf(std::string_view url)
{
    const std::size_t authority = url.find("://");
    const std::size_t slash = authority == std::string_view::npos ? authority : url.find('/', authority + 3);
    return slash == std::string_view::npos ? std::string_view() : url.substr(slash);
}

struct SqlBody {
    std::string mode;
    std::string sql;
};

// The members of the body of POST /dbs/{db}, as far as it can be read; of repeated ones all texts count.
SqlBody sqlBody(const std::string &body)
{
    SqlBody found;
    json::MemorySource source(body);
    json::Reader reader(source);
    if (reader.next() != json::Token::BeginObject)
        return found;
    for (json::Token token = reader.next(); token == json::Token::Key; token = reader.next()) {
        const std::string key(reader.text());
        token = reader.next();
        if (token == json::Token::String && key == "sql")
            found.sql += (found.sql.empty() ? "" : ";") + std::string(reader.text());
        else if (token == json::Token::String && key == "mode")
            found.mode = reader.text();
        if (token == json::Token::Failed || !reader.skipValue())
            break;
    }
    return found;
}

core::Result<void> readSqlRequest(RequestSending &sending, const std::string &database, const Runner &runner, TableCache &cache,
    connector::Sink &sink, const std::stop_token &stop)
{
    const SqlBody body = sqlBody(sending.request.body);
    const connector::Language &language = runner.settings().language;
    if (auto checked = checkStatement(body.sql, language); !checked)
        return checked;
    const bool isOnline = connector::sameWord(body.mode, "online");
    const bool isSynchronous = connector::sameWord(body.mode, "offsync") || connector::sameWord(body.mode, "onsync");
    sending.request.safeToRepeat = isOnline && readsOnly(body.sql, language);
    sending.isOfflineJob = isSynchronous;
    if (!readsOnly(body.sql, language))
        cache.clear();
    const Mode mode = isOnline ? Mode::Online : isSynchronous ? Mode::OfflineSync : Mode::OfflineAsync;
    sending.reading.answer.namesOf = namingOf(body.sql, database, mode, runner, cache, sink, stop, sending.bytes);
    return {};
}

// The columns that a procedure gives once for all rows stand in its description alone.
void readProcedureRequest(RequestSending &sending, const std::string &path, const Runner &runner, connector::Sink &sink, const std::stop_token &stop)
{
    sending.reading.answer.isProcedure = true;
    auto description = runner.fetch(path, RequestsTr::tr("the procedure's columns"), sink, stop, &sending.bytes);
    if (description)
        sending.reading.answer.commonColumns = callDescription(description->value(QStringLiteral("data")).toObject()).outputCommon;
}

} // namespace

core::Result<RequestSending> requestSending(
    const std::string &text, const Runner &runner, TableCache &cache, connector::Sink &sink, const std::stop_token &stop)
{
    auto parsed = connector::parseRequest(text);
    if (!parsed)
        return std::move(parsed).error();
    const connector::RequestTarget target = connector::resolveTarget(runner.settings().baseUrl, parsed->target);
    RequestSending sending;
    sending.request = connector::requestOf(*parsed, target);
    sending.request.purpose = RequestsTr::tr("request");
    sending.hasLogin = target.isOwnOrigin && !connector::hasHeader(parsed->headers, "Authorization");
    sending.reading.isWhole = true;
    if (!target.isOwnOrigin)
        return sending;
    const std::string path(pathOf(target.url));
    const std::vector<std::string> parts = segments(path);
    const std::string &method = parsed->method;
    const bool isDatabase = parts.size() >= 2 && parts[0] == "dbs";
    if (isDatabase && parts.size() == 2 && method == "POST") {
        sending.reading.isWhole = false;
        if (auto read = readSqlRequest(sending, parts[1], runner, cache, sink, stop); !read)
            return std::move(read).error();
    } else if (isDatabase && parts.size() == 4 && method == "POST" && (parts[2] == "deployments" || parts[2] == "procedures")) {
        sending.reading.isWhole = false;
        if (parts[2] == "procedures")
            readProcedureRequest(sending, path, runner, sink, stop);
    } else if (isDatabase && parts.size() == 4 && method == "PUT" && parts[2] == "tables") {
        sending.reading.affectedRows = 1;
    } else if (method == "GET") {
        sending.reading.deliver = deliverListing;
    } else if (method == "POST" && parts.size() == 1 && parts[0] == "refresh") {
        cache.clear();
    }
    return sending;
}

} // namespace openmldb
