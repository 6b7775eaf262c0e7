// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/requestmatch.h"

#include "connector/tokens.h"
#include "json/memorysource.h"
#include "json/reader.h"

#include <algorithm>

namespace connector {

namespace {

std::string_view withoutQuery(std::string_view target)
{
    return target.substr(0, target.find_first_of("?#"));
}

// A path that a server may read as another one.
bool isTwisted(std::string_view path)
{
    const std::size_t authority = path.find("://");
    const std::string_view rest = authority == std::string_view::npos ? path : path.substr(authority + 3);
    std::string lower(rest);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const std::string_view sign : {"//", "/.", "\\", ";", "%2f", "%2e", "%5c", "%25", "%00", "%3b"}) {
        if (lower.find(sign) != std::string::npos)
            return true;
    }
    return false;
}

bool fits(std::string_view text, std::string_view pattern)
{
    const std::size_t open = pattern.find("{{");
    const std::size_t close = open == std::string_view::npos ? open : pattern.find("}}", open);
    if (close == std::string_view::npos)
        return text == pattern;
    if (text.substr(0, open) != pattern.substr(0, open))
        return false;
    const std::string_view rest = pattern.substr(close + 2);
    const std::size_t most = std::min(text.find('/', open), text.size());
    for (std::size_t end = open + 1; end <= most; ++end) {
        if (fits(text.substr(end), rest))
            return true;
    }
    return false;
}

bool choosesOperation(const http::Header &header)
{
    return header.name.size() > 2 && sameWord(std::string_view(header.name).substr(0, 2), "X-") && header.value.find("{{") == std::string::npos;
}

// How many headers tell that this request is the template's operation; none if it is another.
std::optional<std::size_t> sharedHeaders(const RequestText &request, const RequestText &pattern)
{
    std::size_t shared = 0;
    for (const http::Header &header : pattern.headers) {
        if (!choosesOperation(header))
            continue;
        const auto isThis = [&](const http::Header &other) { return sameWord(other.name, header.name); };
        const auto found = std::find_if(request.headers.begin(), request.headers.end(), isThis);
        if (found == request.headers.end() || found->value != header.value || std::count_if(request.headers.begin(), request.headers.end(), isThis) != 1)
            return std::nullopt;
        ++shared;
    }
    return shared;
}

std::optional<std::vector<std::string>> textsOfValue(json::Reader &reader, json::Token token)
{
    std::vector<std::string> texts;
    if (token == json::Token::String)
        return std::vector<std::string>{std::string(reader.text())};
    if (token != json::Token::BeginArray)
        return std::nullopt;
    for (token = reader.next(); token == json::Token::String; token = reader.next())
        texts.emplace_back(reader.text());
    return token == json::Token::EndArray ? std::optional(texts) : std::nullopt;
}

// The value that the rest of the pointer names; token is its first. What is not read there is skipped.
std::optional<std::vector<std::string>> descend(json::Reader &reader, json::Token token, std::string_view pointer)
{
    if (pointer.empty())
        return textsOfValue(reader, token);
    if (token != json::Token::BeginObject)
        return std::nullopt;
    const std::string_view key = pointer.substr(1, pointer.find('/', 1) - 1);
    const std::string_view rest = pointer.substr(key.size() + 1);
    std::optional<std::vector<std::string>> found;
    for (token = reader.next(); token == json::Token::Key; token = reader.next()) {
        const bool isMeant = sameWord(reader.text(), key);
        if (isMeant && (found || reader.text() != key))
            return std::nullopt;
        const json::Token value = reader.next();
        if (isMeant)
            found = descend(reader, value, rest);
        else
            reader.skipValue();
        if (isMeant && !found)
            return std::nullopt;
    }
    return token == json::Token::EndObject ? found : std::nullopt;
}

} // namespace

std::vector<const RequestTemplate *> templatesOf(const RequestText &request, const Manifest &manifest)
{
    std::vector<const RequestTemplate *> best;
    std::size_t most = 0;
    const std::string_view path = withoutQuery(request.target);
    if (isTwisted(path))
        return best;
    for (const RequestTemplate &candidate : manifest.templates) {
        const auto pattern = parseRequest(candidate.text);
        if (!pattern || pattern->method != request.method || !fits(path, withoutQuery(pattern->target)))
            continue;
        const auto shared = sharedHeaders(request, *pattern);
        if (!shared || *shared < most)
            continue;
        if (*shared > most)
            best.clear();
        most = *shared;
        best.push_back(&candidate);
    }
    return best;
}

std::optional<std::vector<std::string>> textsAt(std::string_view json, std::string_view pointer)
{
    json::MemorySource source(json);
    json::Reader reader(source);
    auto texts = descend(reader, reader.next(), pointer);
    return texts && reader.next() == json::Token::End ? texts : std::nullopt;
}

} // namespace connector
