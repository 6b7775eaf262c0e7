// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/request.h"

#include "connector/tokens.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>

namespace connector {

namespace {

struct RequestTr {
    Q_DECLARE_TR_FUNCTIONS(RequestTr)
};

constexpr std::array<std::string_view, 7> kVerbs{"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"};
constexpr std::string_view kLineBlanks = " \t";

std::string_view verbOf(std::string_view text)
{
    const std::string_view word = text.substr(0, text.find_first_of(kLineBlanks));
    const bool known = std::any_of(kVerbs.begin(), kVerbs.end(), [word](std::string_view verb) { return sameWord(verb, word); });
    return known ? word : std::string_view();
}

bool hasHttpScheme(std::string_view text)
{
    return sameWord(text.substr(0, 7), "http://") || sameWord(text.substr(0, 8), "https://");
}

std::string_view trimmedLine(std::string_view line)
{
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos)
        return {};
    return line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
}

std::string_view takeLine(std::string_view &rest)
{
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return line;
}

// The request line: target up to a closing HTTP version.
void readRequestLine(std::string_view line, RequestText &request)
{
    const std::string_view verb = verbOf(line);
    for (const char c : verb)
        request.method += c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    std::string_view target = trimmedLine(line.substr(verb.size()));
    const std::size_t blank = target.find_last_of(kLineBlanks);
    if (blank != std::string_view::npos && sameWord(target.substr(blank + 1).substr(0, 5), "HTTP/"))
        target = trimmedLine(target.substr(0, blank));
    request.target = target;
}

core::Error headerError(int line)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = RequestTr::tr("Line %1 of the request is not a header.").arg(line);
    error.hint = RequestTr::tr("A header reads \"Name: value\"; an empty line separates headers and body.");
    error.position.line = line;
    return error;
}

std::string_view originOf(std::string_view url)
{
    const std::size_t authority = url.find("://");
    return authority == std::string_view::npos ? url : url.substr(0, url.find_first_of("/?#", authority + 3));
}

} // namespace

bool startsRequest(std::string_view text)
{
    const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
    const std::string_view verb = verbOf(line);
    if (verb.empty())
        return false;
    const std::string_view target = trimmedLine(line.substr(verb.size()));
    return (target.starts_with('/') && !target.starts_with("/*")) || target.starts_with("{{") || hasHttpScheme(target);
}

core::Result<RequestText> parseRequest(std::string_view text)
{
    RequestText request;
    std::string_view rest = text;
    std::string_view line = takeLine(rest);
    int number = 1;
    for (; !startsRequest(trimmedLine(line)) && !rest.empty(); ++number)
        line = takeLine(rest); // comments before the request
    readRequestLine(trimmedLine(line), request);
    while (!rest.empty()) {
        line = trimmedLine(takeLine(rest));
        ++number;
        if (line.empty())
            break;
        if (line.starts_with('#') || line.starts_with("//"))
            continue;
        if (request.headers.empty() && (line.starts_with('?') || line.starts_with('&'))) {
            request.target += line;
            continue;
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0 || line.substr(0, colon).find_first_of(kLineBlanks) != std::string_view::npos)
            return headerError(number);
        request.headers.push_back({std::string(line.substr(0, colon)), std::string(trimmedLine(line.substr(colon + 1)))});
    }
    request.body = rest;
    return request;
}

bool hasHeader(const std::vector<http::Header> &headers, std::string_view name)
{
    return std::any_of(headers.begin(), headers.end(), [name](const http::Header &header) { return sameWord(header.name, name); });
}

http::Request requestOf(const RequestText &text, const std::string &url)
{
    http::Request request;
    request.method = text.method;
    request.url = url;
    request.headers = text.headers;
    for (http::Header &header : request.headers)
        header.secret = sameWord(header.name, "Authorization") || sameWord(header.name, "Cookie") || sameWord(header.name, "x-api-key");
    request.body = text.body;
    request.safeToRepeat = text.method == "GET" || text.method == "HEAD" || text.method == "OPTIONS";
    return request;
}

namespace {

struct Variable {
    std::size_t begin = 0;
    std::size_t end = 0; // behind the braces
    std::string_view name;
};

// The first variable from a place on.
std::optional<Variable> nextVariable(std::string_view text, std::size_t from)
{
    for (std::size_t begin = text.find("{{", from); begin != std::string_view::npos; begin = text.find("{{", begin + 2)) {
        const std::size_t end = text.find("}}", begin);
        if (end == std::string_view::npos)
            return std::nullopt;
        const std::string_view name = trimmedLine(text.substr(begin + 2, end - begin - 2));
        const bool isName = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return c == '_' || c == '-' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        });
        if (isName)
            return Variable{begin, end + 2, name};
    }
    return std::nullopt;
}

} // namespace

std::vector<std::string> variablesOf(std::string_view text)
{
    std::vector<std::string> names;
    for (auto variable = nextVariable(text, 0); variable; variable = nextVariable(text, variable->end)) {
        if (std::find(names.begin(), names.end(), variable->name) == names.end())
            names.emplace_back(variable->name);
    }
    return names;
}

std::string withVariables(std::string_view text, const std::vector<std::pair<std::string, std::string>> &values)
{
    std::string filled;
    std::size_t at = 0;
    for (auto variable = nextVariable(text, 0); variable; variable = nextVariable(text, variable->end)) {
        const auto value = std::find_if(values.begin(), values.end(), [&](const auto &entry) { return entry.first == variable->name; });
        filled += text.substr(at, variable->begin - at);
        filled += value == values.end() ? text.substr(variable->begin, variable->end - variable->begin) : std::string_view(value->second);
        at = variable->end;
    }
    return filled.append(text.substr(at));
}

http::Request requestOf(const RequestText &text, const RequestTarget &target)
{
    http::Request request = requestOf(text, target.url);
    request.isElsewhere = !target.isOwnOrigin;
    return request;
}

RequestTarget resolveTarget(std::string_view baseUrl, std::string_view target)
{
    if (hasHttpScheme(target))
        return {std::string(target), sameWord(originOf(baseUrl), originOf(target))};
    const bool slashes = baseUrl.ends_with('/') && target.starts_with('/');
    return {std::string(baseUrl.substr(0, baseUrl.size() - (slashes ? 1 : 0))) + std::string(target), true};
}

} // namespace connector
