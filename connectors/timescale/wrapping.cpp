// SPDX-License-Identifier: GPL-3.0-or-later
#include "wrapping.h"

#include "base64.h"
#include "decode/memoryjson.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace timescale {

namespace {

using decode::MemoryMember;
using decode::MemoryObject;
using Form = Wrapping::Form;

constexpr std::array<std::string_view, 7> kRowMembers{"records", "data", "rows", "items", "Items", "result", "results"};
constexpr std::array<std::string_view, 3> kAwsLists{"item", "Functions", "Layers"}; // with a mark of the next page at most
constexpr std::array<std::string_view, 4> kColumnMembers{"columns", "fields", "columnNames", "names"};
constexpr std::array<std::string_view, 9> kNextMarks{
    "next", "nextToken", "NextToken", "next_token", "NextMarker", "position", "cursor", "nextPage", "LastEvaluatedKey"};
constexpr int kMostLayers = 16;

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

bool isText(std::string_view value)
{
    return value.size() >= 2 && value.front() == '"';
}

std::optional<int> integerIn(std::string_view value)
{
    const std::string text = isText(value) ? decode::textOf(value) : std::string(value);
    int number = 0;
    const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc() && stop == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::string textIn(const MemoryMember *member)
{
    if (!member || !member->isWhole)
        return {};
    return isText(member->value) ? decode::textOf(member->value) : std::string(member->value);
}

bool hasOnly(const MemoryObject &object, std::initializer_list<std::string_view> names)
{
    return std::all_of(object.members.begin(), object.members.end(), [&](const MemoryMember &member) {
        return std::find(names.begin(), names.end(), member.name) != names.end();
    });
}

bool isFunctionError(const MemoryObject &object)
{
    const MemoryMember *message = object.find("errorMessage");
    return message && object.end && hasOnly(object, {"errorMessage", "errorType", "stackTrace", "trace", "cause", "requestId"});
}

bool isEnvelope(const MemoryObject &object)
{
    const MemoryMember *status = object.find("statusCode");
    if (!status || !status->isWhole || !integerIn(status->value))
        return false;
    return object.find("body") || hasOnly(object, {"statusCode", "headers", "multiValueHeaders", "isBase64Encoded", "cookies"});
}

std::vector<std::string> columnsIn(const MemoryObject &object)
{
    for (const std::string_view name : kColumnMembers) {
        const MemoryMember *list = object.find(name);
        if (!list || !list->isWhole || !list->value.starts_with('['))
            continue;
        std::vector<std::string> columns;
        const char *end = list->value.data() + list->value.size();
        const char *at = decode::passBlanks(list->value.data() + 1);
        while (at < end && *at != ']') {
            const char *behind = decode::passValue(at, end);
            const std::string_view value(at, static_cast<std::size_t>(behind - at));
            if (isText(value)) {
                columns.push_back(decode::textOf(value));
            } else if (value.starts_with('{')) {
                const MemoryObject column = decode::membersOf(value);
                columns.push_back(textIn(column.find("name")));
            } else {
                columns.emplace_back(value);
            }
            at = decode::passBlanks(behind);
            if (*at == ',')
                at = decode::passBlanks(at + 1);
        }
        return columns;
    }
    return {};
}

// Whether an array is one of rows: it is empty, or begins with an object or an array.
bool holdsRows(const MemoryMember &member)
{
    if (!member.value.starts_with('['))
        return false;
    const char first = *decode::passBlanks(member.value.data() + 1);
    return first == '{' || first == '[' || first == ']' || first == '\0';
}

bool saysMore(const MemoryObject &object)
{
    return std::any_of(kNextMarks.begin(), kNextMarks.end(), [&](std::string_view name) {
        const MemoryMember *mark = object.find(name);
        return mark && mark->value != "null" && mark->value != "\"\"" && mark->value != "false";
    });
}

// The work of unwrapped(), one layer after another.
class Unwrapper
{
public:
    Unwrapper(std::string_view body, const WrappingOptions &options)
        : m_options(options)
        , m_layer(body)
        , m_isInText(options.isInText)
    {
    }

    Wrapping run()
    {
        for (int layer = 0; layer < kMostLayers && look(); ++layer) { }
        return std::move(m_result);
    }

private:
    // Each of these: true if there is a layer below to be looked at.
    bool look();
    bool lookAtText(std::string_view value);
    bool lookAtObject(std::string_view value);
    bool enterEnvelope(const MemoryObject &envelope);
    bool enterText(std::string text);
    bool settle(Form form, std::string_view text)
    {
        m_result.form = form;
        m_result.text = text;
        return false;
    }
    bool settleRows(std::string_view array) { return settle(Form::Rows, array.substr(1)); }
    bool settleMember(const MemoryObject &object);
    bool settlePointed(std::string_view document);

    const WrappingOptions &m_options;
    std::string_view m_layer;
    bool m_isPointed = false;
    bool m_isInText; // below a text: what is no JSON is a text for people
    Wrapping m_result;
};

bool Unwrapper::look()
{
    std::string_view value = trimmed(m_layer);
    if (value.empty()) {
        if (!m_options.pointer.empty() && !m_isPointed && !m_layer.empty())
            return settle(Form::Missing, m_layer);
        return settle(Form::Nothing, {});
    }
    if (!m_options.pointer.empty() && !m_isPointed) {
        if (settlePointed(value))
            return true;
        if (m_isPointed)
            return false;
    }
    const bool isUnfound = !m_options.pointer.empty() && !m_isPointed;
    if (value.front() == '[')
        return isUnfound ? settle(Form::Missing, value) : settleRows(value);
    if (value.front() == '{')
        return lookAtObject(value);
    const char *end = value.data() + value.size();
    const char *behind = decode::passValue(value.data(), end);
    if (behind != end || (!m_options.isWhole && !m_isInText))
        return settle(m_isInText || !m_options.isJsonDue ? Form::Text : Form::Malformed, m_layer);
    if (isText(value))
        return lookAtText(value);
    return settle(isUnfound ? Form::Missing : Form::Single, value);
}

// The pointer holds in the first layer where it leads to something. True: go on into a text that stands there.
bool Unwrapper::settlePointed(std::string_view document)
{
    const auto value = decode::valueAt(document, m_options.pointer);
    if (!value || value->empty())
        return false;
    m_isPointed = true;
    if (value->front() == '[') {
        if (document.front() == '{') {
            m_result.columns = columnsIn(decode::membersOf(document));
        }
        return settleRows(*value);
    }
    if (isText(*value))
        return enterText(decode::textOf(*value));
    return settle(Form::Single, *value);
}

// A text may be JSON once more; otherwise it is a cell.
bool Unwrapper::lookAtText(std::string_view value)
{
    std::string text = decode::textOf(value);
    const std::string_view inside = trimmed(text);
    if (inside.starts_with('{') || inside.starts_with('[')) {
        std::string padded(inside);
        const std::size_t size = padded.size();
        padded.append(decode::kMemoryPadding, '\0');
        if (decode::passValue(padded.data(), padded.data() + size) == padded.data() + size)
            return enterText(std::move(text));
    }
    if (!m_options.pointer.empty() && !m_isPointed)
        return settle(Form::Missing, value);
    return settle(Form::Single, value);
}

bool Unwrapper::enterText(std::string text)
{
    const std::size_t size = text.size();
    text.append(decode::kMemoryPadding, '\0');
    m_result.unpacked.push_back(std::move(text));
    m_layer = std::string_view(m_result.unpacked.back()).substr(0, size);
    m_result.isInBody = false;
    m_isInText = true;
    return true;
}

bool Unwrapper::lookAtObject(std::string_view value)
{
    const MemoryObject object = decode::membersOf(value);
    const bool isWhole = object.end && trimmed({object.end, static_cast<std::size_t>(value.data() + value.size() - object.end)}).empty();
    if (!isWhole) {
        if (settleMember(object))
            return false;
        return settle(Form::Malformed, m_layer);
    }
    if (isFunctionError(object)) {
        m_result.isFunctionError = true;
        m_result.errorType = textIn(object.find("errorType"));
        m_result.message = textIn(object.find("errorMessage"));
        return settle(Form::Refused, value);
    }
    if (isEnvelope(object))
        return enterEnvelope(object);
    if (!m_options.pointer.empty() && !m_isPointed)
        return settle(Form::Missing, value);
    if (settleMember(object))
        return false;
    return settle(Form::Single, value);
}

// Rows under one of the usual names; one level deeper where the member is an object that holds them.
bool Unwrapper::settleMember(const MemoryObject &object)
{
    if (!m_options.pointer.empty())
        return false;
    for (const std::string_view name : kAwsLists) {
        const MemoryMember *list = object.members.size() <= 2 ? object.find(name) : nullptr;
        if (list && holdsRows(*list)) {
            m_result.saysMore = saysMore(object);
            settleRows(list->value);
            return true;
        }
    }
    for (const std::string_view name : kRowMembers) {
        const MemoryMember *member = object.find(name);
        if (!member)
            continue;
        if (holdsRows(*member)) {
            m_result.columns = columnsIn(object);
            m_result.saysMore = saysMore(object);
            settleRows(member->value);
            return true;
        }
        if (object.members.size() > 1 || !member->value.starts_with('{'))
            continue;
        const MemoryObject inner = decode::membersOf(member->value);
        if (settleMember(inner))
            return true;
    }
    return false;
}

bool Unwrapper::enterEnvelope(const MemoryObject &envelope)
{
    const int status = integerIn(envelope.find("statusCode")->value).value_or(0);
    m_result.innerStatus = status;
    const MemoryMember *body = envelope.find("body");
    const MemoryMember *packed = envelope.find("isBase64Encoded");
    std::string text = textIn(body);
    if (body && packed && packed->value == "true") {
        if (auto bytes = fromBase64(text))
            text = std::move(*bytes);
    }
    if (status >= 400) {
        const StatedText stated = statedIn(text);
        m_result.message = stated.message;
        m_result.errorType = stated.type;
        return settle(Form::Refused, m_layer);
    }
    if (!body || body->value == "null")
        return settle(Form::Nothing, {});
    if (isText(body->value))
        return enterText(std::move(text));
    m_layer = body->value;
    return true;
}

} // namespace

Wrapping unwrapped(std::string_view body, const WrappingOptions &options)
{
    return Unwrapper(body, options).run();
}

StatedText statedIn(std::string_view body)
{
    StatedText stated;
    std::string padded(trimmed(body));
    const std::size_t size = padded.size();
    padded.append(decode::kMemoryPadding, '\0');
    const std::string_view text(padded.data(), size);
    stated.message = text;
    if (text.empty() || decode::passValue(text.data(), text.data() + size) != text.data() + size)
        return stated;
    stated.isJson = true;
    if (isText(text)) {
        stated.message = decode::textOf(text);
        return stated;
    }
    if (text.front() != '{')
        return stated;
    const MemoryObject object = decode::membersOf(text);
    for (const std::string_view name : {"errorMessage", "message", "Message", "error", "detail"}) {
        if (const MemoryMember *member = object.find(name)) {
            stated.message = textIn(member);
            stated.hasForm = true;
            break;
        }
    }
    for (const std::string_view name : {"errorType", "__type", "Type", "code"}) {
        if (const MemoryMember *member = object.find(name); member && stated.type.empty())
            stated.type = textIn(member);
    }
    return stated;
}

} // namespace timescale
