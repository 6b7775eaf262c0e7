// SPDX-License-Identifier: GPL-3.0-or-later
#include "requesttext.h"

#include "decode/memoryjson.h"
#include "http/url.h"
#include "json/writer.h"

#include <QCoreApplication>

#include <algorithm>

namespace timescale {

namespace {

struct RequestTextTr {
    Q_DECLARE_TR_FUNCTIONS(TimescaleRequest)
};

core::Error requestError(const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint.isEmpty() ? RequestTextTr::tr("Values are given as --param NAME=VALUE: {NAME} of the path is filled, other names go into the query.") : hint;
    return error;
}

QString shownName(std::string_view name)
{
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

core::Result<void> checkValue(const connector::Parameter &parameter)
{
    if (!parameter.value)
        return requestError(RequestTextTr::tr("The parameter \"%1\" is NULL, which a path cannot say.").arg(shownName(parameter.name)));
    if (parameter.value->empty())
        return requestError(RequestTextTr::tr("The parameter \"%1\" is empty.").arg(shownName(parameter.name)));
    return {};
}

bool isNameOf(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c == '_' || c == '-' || c == '.' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    });
}

bool queryHas(std::string_view target, const std::string &name)
{
    std::size_t at = target.find('?');
    while (at != std::string_view::npos) {
        const std::string_view pair = target.substr(at + 1);
        if (pair.substr(0, pair.find_first_of("=&")) == http::percentEncoded(name))
            return true;
        at = target.find('&', at + 1);
    }
    return false;
}

std::optional<std::string> unfilledName(std::string_view text)
{
    for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at + 2)) {
        const std::size_t end = text.find("}}", at);
        if (end != std::string_view::npos && isNameOf(text.substr(at + 2, end - at - 2)))
            return std::string(text.substr(at + 2, end - at - 2));
    }
    return std::nullopt;
}

core::Result<void> checkFilled(const connector::RequestText &request)
{
    auto name = unfilledName(request.target);
    for (const http::Header &header : request.headers)
        name = name ? name : unfilledName(header.value);
    name = name ? name : unfilledName(request.body);
    if (!name)
        return {};
    return requestError(RequestTextTr::tr("{{%1}} of the request has no value yet.").arg(shownName(*name)),
        RequestTextTr::tr("Write the value in its place."));
}

void writePairs(json::Writer &writer, std::string_view query)
{
    if (query.empty()) {
        writer.null();
        return;
    }
    writer.beginObject();
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        const std::size_t equals = pair.find('=');
        const auto decoded = [](std::string_view text) {
            std::string plain(text);
            std::replace(plain.begin(), plain.end(), '+', ' ');
            return http::percentDecoded(plain).valueOr(plain);
        };
        if (pair.empty())
            continue;
        writer.key(decoded(pair.substr(0, equals))).string(equals == std::string_view::npos ? std::string() : decoded(pair.substr(equals + 1)));
    }
    writer.endObject();
}

// The records of {"records": […]}; none where the body is anything else.
std::vector<std::string_view> recordsOf(std::string_view padded, std::size_t size)
{
    std::vector<std::string_view> records;
    const char *begin = decode::passBlanks(padded.data());
    const auto before = static_cast<std::size_t>(begin - padded.data());
    if (before >= size || *begin != '{')
        return records;
    const decode::MemoryObject object = decode::membersOf(padded.substr(before, size - before));
    if (!object.end || object.members.size() != 1 || object.members[0].name != "records" || !object.members[0].value.starts_with('['))
        return records;
    const std::string_view array = object.members[0].value;
    const char *end = array.data() + array.size();
    for (const char *at = decode::passBlanks(array.data() + 1); at < end && *at != ']';) {
        const char *behind = decode::passValue(at, end);
        if (!behind)
            return {};
        records.emplace_back(at, static_cast<std::size_t>(behind - at));
        at = decode::passBlanks(behind);
        if (*at == ',')
            at = decode::passBlanks(at + 1);
    }
    return records;
}

std::string paddedCopy(std::string_view text)
{
    std::string padded(text);
    padded.append(decode::kMemoryPadding, '\0');
    return padded;
}

} // namespace

core::Result<connector::RequestText> withParameters(
    connector::RequestText request, const std::vector<connector::Parameter> &parameters)
{
    if (auto filled = checkFilled(request); !filled)
        return std::move(filled).error();
    std::vector<bool> isUsed(parameters.size(), false);
    const std::size_t question = std::min(request.target.find_first_of("?#"), request.target.size());
    std::string path;
    for (std::size_t at = 0; at < question;) {
        const std::size_t end = request.target[at] == '{' ? request.target.find('}', at) : std::string::npos;
        const bool isParameter = end != std::string::npos && end < question && isNameOf(std::string_view(request.target).substr(at + 1, end - at - 1))
            && (at == 0 || request.target[at - 1] != '$');
        if (!isParameter) {
            path += request.target[at++];
            continue;
        }
        const std::string name = request.target.substr(at + 1, end - at - 1);
        const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const connector::Parameter &one) { return one.name == name; });
        if (found == parameters.end())
            return requestError(RequestTextTr::tr("The parameter {%1} of the path has no value.").arg(shownName(name)));
        if (auto checked = checkValue(*found); !checked)
            return std::move(checked).error();
        path += http::percentEncoded(*found->value);
        isUsed[static_cast<std::size_t>(found - parameters.begin())] = true;
        at = end + 1;
    }
    request.target.replace(0, question, path);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (isUsed[i])
            continue;
        if (auto checked = checkValue(parameters[i]); !checked)
            return std::move(checked).error();
        if (queryHas(request.target, parameters[i].name))
            return requestError(RequestTextTr::tr("The query has \"%1\" already.").arg(shownName(parameters[i].name)));
        request.target += request.target.find('?') == std::string::npos ? '?' : '&';
        request.target += http::percentEncoded(parameters[i].name) + "=" + http::percentEncoded(*parameters[i].value);
    }
    return request;
}

std::string resourceOf(const connector::RequestText &request)
{
    const std::string_view target = request.target;
    const std::string_view path = target.starts_with('/') ? target : pathOf(target);
    return std::string(path.substr(0, path.find_first_of("?#")));
}

std::string proxyEvent(const connector::RequestText &request)
{
    const std::string path = resourceOf(request);
    const std::size_t question = request.target.find('?');
    const std::string_view query = question == std::string::npos ? std::string_view()
                                                                 : std::string_view(request.target).substr(question + 1);
    json::Writer writer;
    writer.beginObject().key("resource").string(path).key("path").string(path).key("httpMethod").string(request.method);
    writer.key("headers").beginObject();
    for (const http::Header &header : request.headers)
        writer.key(header.name).string(header.value);
    writer.endObject().key("queryStringParameters");
    writePairs(writer, query.substr(0, query.find('#')));
    writer.key("pathParameters").null().key("stageVariables").null();
    writer.key("requestContext").beginObject().key("resourcePath").string(path).key("httpMethod").string(request.method).endObject();
    writer.key("body");
    if (request.body.empty())
        writer.null();
    else
        writer.string(request.body);
    writer.key("isBase64Encoded").boolean(false).endObject();
    return writer.text();
}

QString recordOrderWarning(const std::string &body, const std::vector<RecordColumn> &columns)
{
    const std::string padded = paddedCopy(body);
    std::vector<std::string_view> records = recordsOf(padded, body.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (!records[i].starts_with('{'))
            continue;
        const decode::MemoryObject record = decode::membersOf(records[i]);
        const bool isSame = std::equal(record.members.begin(), record.members.end(), columns.begin(), columns.end(),
            [](const decode::MemoryMember &member, const RecordColumn &column) { return member.name == column.name; });
        if (isSame)
            continue;
        QStringList order;
        for (const RecordColumn &column : columns)
            order << QString::fromStdString(column.name);
        return RequestTextTr::tr("Record %1 has not the keys of this resource in their order (%2): a function that inserts by position writes its values into other columns.")
            .arg(i + 1)
            .arg(order.join(QStringLiteral(", ")));
    }
    return {};
}

std::vector<RecordPart> recordParts(const std::string &body, std::size_t mostRecords, std::size_t mostBytes)
{
    const std::string padded = paddedCopy(body);
    const std::vector<std::string_view> records = recordsOf(padded, body.size());
    std::vector<RecordPart> parts;
    if (records.size() <= mostRecords && body.size() <= mostBytes) {
        parts.push_back({body, records.size()});
        return parts;
    }
    constexpr std::string_view kHead = "{\"records\":[";
    constexpr std::string_view kTail = "]}";
    for (const std::string_view record : records) {
        const bool fits = !parts.empty() && parts.back().records < mostRecords
            && parts.back().body.size() + record.size() + 1 + kTail.size() <= mostBytes;
        if (!fits) {
            if (!parts.empty())
                parts.back().body += kTail;
            parts.push_back({std::string(kHead), 0});
        }
        parts.back().body += parts.back().records++ == 0 ? "" : ",";
        parts.back().body += record;
    }
    if (parts.empty())
        parts.push_back({body, 0});
    else
        parts.back().body += kTail;
    return parts;
}

void appendRecordValue(std::string &out, const RecordColumn &column, const std::optional<std::string> &value)
{
    if (!value)
        out += "null";
    else if (!column.isText && (json::isNumber(*value) || *value == "true" || *value == "false"))
        out += *value;
    else
        json::appendString(out, *value);
}

} // namespace timescale
