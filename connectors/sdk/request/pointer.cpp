// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/pointer.h"

#include "json/memorysource.h"
#include "json/reader.h"

#include <charconv>

namespace request {

namespace {

std::optional<std::size_t> indexOf(std::string_view step)
{
    std::size_t index = 0;
    const auto [end, problem] = std::from_chars(step.data(), step.data() + step.size(), index);
    const bool isIndex = problem == std::errc() && end == step.data() + step.size() && (step.size() == 1 || step[0] != '0');
    return isIndex ? std::optional(index) : std::nullopt;
}

std::optional<std::string> childOf(std::string_view json, const std::string &step)
{
    json::MemorySource source(json);
    json::Reader reader(source);
    const json::Token first = reader.next();
    if (first == json::Token::BeginArray) {
        const auto wanted = indexOf(step);
        for (std::size_t index = 0; wanted; ++index) {
            const json::Token token = reader.next();
            if (token == json::Token::EndArray || token == json::Token::Failed || token == json::Token::End)
                return std::nullopt;
            const auto raw = reader.rawValue();
            if (!raw)
                return std::nullopt;
            if (index == *wanted)
                return std::string(*raw);
        }
        return std::nullopt;
    }
    if (first != json::Token::BeginObject)
        return std::nullopt;
    std::optional<std::string> found;
    while (reader.next() == json::Token::Key) {
        const bool isWanted = reader.text() == step;
        if (reader.next() == json::Token::Failed)
            return found;
        const auto raw = reader.rawValue();
        if (!raw)
            return found;
        if (isWanted)
            found = *raw;
    }
    return found;
}

} // namespace

std::optional<JsonPath> parsePointer(std::string_view pointer)
{
    JsonPath path;
    if (!pointer.empty() && pointer[0] != '/')
        return std::nullopt;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/') {
            path.emplace_back();
        } else if (pointer[i] != '~') {
            path.back() += pointer[i];
        } else {
            const char next = i + 1 < pointer.size() ? pointer[++i] : '\0';
            if (next != '0' && next != '1')
                return std::nullopt;
            path.back() += next == '0' ? '~' : '/';
        }
    }
    return path;
}

std::optional<JsonPath> parseJsonPath(std::string_view path)
{
    if (!path.starts_with('$'))
        return std::nullopt;
    JsonPath steps;
    path.remove_prefix(1);
    while (!path.empty()) {
        if (path[0] == '.') {
            const std::size_t end = std::min(path.find_first_of(".[", 1), path.size());
            if (end == 1)
                return std::nullopt;
            steps.emplace_back(path.substr(1, end - 1));
            path.remove_prefix(end);
            continue;
        }
        const std::size_t close = path.find(']');
        if (path[0] != '[' || close == std::string_view::npos || close == 1)
            return std::nullopt;
        std::string_view step = path.substr(1, close - 1);
        if (step.size() >= 2 && (step[0] == '\'' || step[0] == '"') && step.back() == step[0])
            step = step.substr(1, step.size() - 2);
        else if (!indexOf(step))
            return std::nullopt;
        steps.emplace_back(step);
        path.remove_prefix(close + 1);
    }
    return steps;
}

std::optional<JsonValue> valueAt(std::string_view json, const JsonPath &path)
{
    std::string current(json);
    for (const std::string &step : path) {
        auto child = childOf(current, step);
        if (!child)
            return std::nullopt;
        current = std::move(*child);
    }
    json::MemorySource source(current);
    json::Reader reader(source);
    const json::Token token = reader.next();
    if (token == json::Token::Failed || token == json::Token::End)
        return std::nullopt;
    JsonValue value;
    value.isText = token == json::Token::String;
    value.text = reader.text();
    const auto raw = reader.rawValue();
    if (!raw)
        return std::nullopt;
    value.raw = *raw;
    if (!value.isText)
        value.text = value.raw;
    return value;
}

} // namespace request
