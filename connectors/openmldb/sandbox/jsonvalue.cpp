// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/jsonvalue.h"

#include "json/memorysource.h"
#include "json/reader.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace openmldb::server {

namespace {

// The short words, of which the reader knows none, as the long ones.
std::string withLongWords(std::string_view text)
{
    std::string all;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            inString = !inString;
        all += text[i];
        if (inString && text[i] == '\\' && i + 1 < text.size()) {
            all += text[++i];
        } else if (!inString && text.substr(i).starts_with("Inf") && !text.substr(i).starts_with("Infinity")) {
            all += "nfinity";
            i += 2;
        }
    }
    return all;
}

bool readNumber(std::string_view text, JsonValue &value)
{
    const char *end = text.data() + text.size();
    const auto whole = std::from_chars(text.data(), end, value.integer);
    if (whole.ec == std::errc() && whole.ptr == end) {
        value.kind = JsonValue::Kind::Integer;
        value.real = static_cast<double>(value.integer);
        return true;
    }
    value.kind = JsonValue::Kind::Real;
    if (text == "NaN") {
        value.real = std::numeric_limits<double>::quiet_NaN();
        return true;
    }
    const auto real = std::from_chars(text.data(), end, value.real);
    return real.ptr == end && real.ec == std::errc();
}

class JsonParser
{
public:
    explicit JsonParser(std::string_view text)
        : m_source(text)
        , m_reader(m_source, json::ReaderOptions{.maxDepth = 64})
    {
    }

    std::optional<JsonValue> parse()
    {
        JsonValue value;
        if (!read(m_reader.next(), value) || m_reader.next() != json::Token::End)
            return std::nullopt;
        return value;
    }

private:
    bool read(json::Token token, JsonValue &value)
    {
        switch (token) {
        case json::Token::BeginArray:
            return readArray(value);
        case json::Token::BeginObject:
            return readObject(value);
        case json::Token::String:
            value.kind = JsonValue::Kind::String;
            value.text = m_reader.text();
            return true;
        case json::Token::Number:
            return readNumber(m_reader.text(), value);
        case json::Token::True:
        case json::Token::False:
            value.kind = JsonValue::Kind::Bool;
            value.boolean = token == json::Token::True;
            return true;
        case json::Token::Null:
            return true;
        default:
            return false;
        }
    }

    bool readArray(JsonValue &value)
    {
        value.kind = JsonValue::Kind::Array;
        for (json::Token token = m_reader.next(); token != json::Token::EndArray; token = m_reader.next()) {
            if (!read(token, value.items.emplace_back()))
                return false;
        }
        return true;
    }

    bool readObject(JsonValue &value)
    {
        value.kind = JsonValue::Kind::Object;
        for (json::Token token = m_reader.next(); token != json::Token::EndObject; token = m_reader.next()) {
            if (token != json::Token::Key)
                return false;
            auto &member = value.members.emplace_back(std::string(m_reader.text()), JsonValue());
            if (!read(m_reader.next(), member.second))
                return false;
        }
        return true;
    }

    json::MemorySource m_source;
    json::Reader m_reader;
};

} // namespace

const JsonValue *JsonValue::member(std::string_view name) const
{
    for (const auto &[key, value] : members) {
        if (key == name)
            return &value;
    }
    return nullptr;
}

std::optional<JsonValue> parseJson(std::string_view text)
{
    const std::string plain = withLongWords(text);
    return JsonParser(plain).parse();
}

} // namespace openmldb::server
