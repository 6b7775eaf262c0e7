// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/memoryjson.h"

#include "json/number.h"
#include "json/text.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace decode {

namespace {

constexpr std::size_t kMostDepth = 1024; // as json::ReaderOptions

const char *passWord(const char *at, const char *end, std::string_view word)
{
    const auto left = static_cast<std::size_t>(end - at);
    if (left < word.size() || std::memcmp(at, word.data(), word.size()) != 0 || json::isNumberCharacter(at[word.size()]))
        return nullptr;
    return at + word.size();
}

// A value that holds no others.
const char *passPlain(const char *at, const char *end)
{
    switch (*at) {
    case '"': {
        bool hasEscapes = false;
        return passText(at, end, &hasEscapes);
    }
    case 't':
        return passWord(at, end, "true");
    case 'f':
        return passWord(at, end, "false");
    case 'n':
        return passWord(at, end, "null");
    default:
        return passNumber(at, end);
    }
}

const char *passKey(const char *at, const char *end)
{
    bool hasEscapes = false;
    const char *behind = *at == '"' ? passText(at, end, &hasEscapes) : nullptr;
    if (!behind)
        return nullptr;
    behind = passBlanks(behind);
    return *behind == ':' ? passBlanks(behind + 1) : nullptr;
}

// Walks over arrays and objects without recursing. at stands at the bracket.
const char *passNested(const char *at, const char *end)
{
    std::string brackets;
    for (;;) {
        // A value is due.
        if (*at == '[' || *at == '{') {
            const char bracket = *at;
            if (brackets.size() == kMostDepth)
                return nullptr;
            brackets += bracket;
            at = passBlanks(at + 1);
            if (*at != (bracket == '[' ? ']' : '}')) {
                if (bracket == '{' && !(at = passKey(at, end)))
                    return nullptr;
                continue;
            }
        } else if (!(at = passPlain(at, end))) {
            return nullptr;
        } else {
            at = passBlanks(at);
        }
        while (*at == (brackets.back() == '[' ? ']' : '}')) {
            brackets.pop_back();
            if (brackets.empty())
                return at + 1;
            at = passBlanks(at + 1);
        }
        if (*at != ',')
            return nullptr;
        at = passBlanks(at + 1);
        if (brackets.back() == '{' && !(at = passKey(at, end)))
            return nullptr;
    }
}

std::string unescapedToken(std::string_view token)
{
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool isEscape = token[i] == '~' && i + 1 < token.size();
        out += isEscape ? (token[++i] == '1' ? '/' : '~') : token[i];
    }
    return out;
}

std::optional<std::string_view> elementAt(std::string_view array, std::string_view token)
{
    std::size_t index = 0;
    const auto [stop, code] = std::from_chars(token.data(), token.data() + token.size(), index);
    if (code != std::errc() || stop != token.data() + token.size())
        return std::nullopt;
    const char *end = array.data() + array.size();
    const char *at = passBlanks(array.data() + 1);
    if (*at == ']')
        return std::nullopt;
    for (std::size_t i = 0;; ++i) {
        const char *behind = passValue(at, end);
        if (!behind)
            return std::nullopt;
        if (i == index)
            return std::string_view(at, static_cast<std::size_t>(behind - at));
        at = passBlanks(behind);
        if (*at != ',')
            return std::nullopt;
        at = passBlanks(at + 1);
    }
}

} // namespace

const char *passText(const char *at, const char *end, bool *hasEscapes)
{
    *hasEscapes = false;
    const char *text = at + 1;
    for (;;) {
        const char *stop = json::findPlainTextEnd(text, end);
        if (stop >= end)
            return nullptr;
        if (*stop == '"')
            return stop + 1;
        const std::size_t length = *stop == '\\' ? json::escapeLength(stop) : 0;
        if (length == 0 || stop + length > end)
            return nullptr;
        *hasEscapes = true;
        text = stop + length;
    }
}

const char *passNumber(const char *at, const char *end)
{
    const char *behind = at;
    while (json::isNumberCharacter(*behind))
        ++behind;
    if (behind == at || behind > end)
        return nullptr;
    const std::string_view literal(at, static_cast<std::size_t>(behind - at));
    return json::findNumberError(literal) == json::kNumberIsValid ? behind : nullptr;
}

const char *passValue(const char *at, const char *end)
{
    if (at >= end)
        return nullptr;
    return *at == '[' || *at == '{' ? passNested(at, end) : passPlain(at, end);
}

std::string textOf(std::string_view quoted)
{
    const std::string_view inside = quoted.substr(1, quoted.size() - 2);
    std::string text(inside.size(), '\0');
    text.resize(json::unescape(inside, text.data()));
    return text;
}

const MemoryMember *MemoryObject::find(std::string_view name) const
{
    const auto found = std::find_if(members.begin(), members.end(), [name](const MemoryMember &one) { return one.name == name; });
    return found == members.end() ? nullptr : &*found;
}

MemoryObject membersOf(std::string_view text)
{
    MemoryObject object;
    const char *end = text.data() + text.size();
    const char *at = passBlanks(text.data() + 1);
    if (*at == '}') {
        object.end = at + 1;
        return object;
    }
    for (;;) {
        bool hasEscapes = false;
        const char *keyEnd = *at == '"' ? passText(at, end, &hasEscapes) : nullptr;
        const char *value = keyEnd ? passKey(at, end) : nullptr;
        if (!value || value >= end)
            return object;
        MemoryMember member;
        member.name = textOf({at, static_cast<std::size_t>(keyEnd - at)});
        const char *behind = passValue(value, end);
        member.isWhole = behind != nullptr;
        member.value = {value, static_cast<std::size_t>((behind ? behind : end) - value)};
        object.members.push_back(std::move(member));
        if (!behind)
            return object;
        at = passBlanks(behind);
        if (*at == '}' && at < end) {
            object.end = at + 1;
            return object;
        }
        if (*at != ',')
            return object;
        at = passBlanks(at + 1);
    }
}

std::optional<std::string_view> valueAt(std::string_view document, std::string_view pointer)
{
    std::string_view value = document.substr(static_cast<std::size_t>(passBlanks(document.data()) - document.data()));
    while (!pointer.empty()) {
        if (pointer.front() != '/')
            return std::nullopt;
        const std::size_t next = pointer.find('/', 1);
        const std::string token = unescapedToken(pointer.substr(1, next == std::string_view::npos ? next : next - 1));
        pointer = next == std::string_view::npos ? std::string_view() : pointer.substr(next);
        if (value.starts_with('{')) {
            const MemoryObject object = membersOf(value);
            const MemoryMember *member = object.find(token);
            if (!member || !member->isWhole)
                return std::nullopt;
            value = member->value;
        } else if (value.starts_with('[')) {
            const auto element = elementAt(value, token);
            if (!element)
                return std::nullopt;
            value = *element;
        } else {
            return std::nullopt;
        }
    }
    return value;
}

} // namespace decode
