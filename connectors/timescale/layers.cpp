// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers.h"

#include "base64.h"
#include "decode/memoryjson.h"
#include "packedtext.h"

#include <charconv>
#include <cstring>
#include <optional>

namespace timescale {

namespace {

constexpr std::size_t kStart = std::size_t(64) << 10; // an envelope says what it is before its body
constexpr std::size_t kMostLayers = 16;
constexpr std::size_t kBase64Start = 64;
constexpr std::chrono::milliseconds kPeekPatience{50};

// A source whose first bytes were looked at.
class PeekedSource final : public json::Source
{
public:
    explicit PeekedSource(json::Source &source)
        : m_source(source)
    {
    }

    // False: there is no more to look at.
    bool peek(const std::function<bool()> &idle)
    {
        if (m_isOver || !idle())
            return false;
        const std::size_t size = m_start.size();
        m_start.resize(kStart);
        auto result = m_source.read({m_start.data() + size, kStart - size}, std::chrono::steady_clock::now() + kPeekPatience);
        m_start.resize(size + (result ? result->size : 0));
        m_isOver = !result || result->state == Read::End;
        if (!result)
            m_error = std::move(result).error();
        return !m_isOver;
    }
    const std::string &start() const { return m_start; }
    void dropStart(std::size_t size) { m_passed = size; }

    core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point deadline) override
    {
        if (m_passed < m_start.size()) {
            const std::size_t size = std::min(into.size(), m_start.size() - m_passed);
            std::memcpy(into.data(), m_start.data() + m_passed, size);
            m_passed += size;
            return ReadResult{Read::Data, size};
        }
        if (m_error)
            return *m_error;
        if (m_isOver)
            return ReadResult{Read::End, 0};
        return m_source.read(into, deadline);
    }

private:
    json::Source &m_source;
    std::string m_start;
    std::size_t m_passed = 0;
    bool m_isOver = false;
    std::optional<core::Error> m_error;
};

// Where a text begins that is a layer, and what is known of it.
struct FoundText {
    std::size_t begin = 0; // behind its opening quote
    int status = 0;
    bool isBase64 = false;
    bool isInObject = false;
};

enum class Look { Undecided, Plain, Layer };

// Whether a text (as sent, without its quotes) begins as rows do, or as what may hold them.
Look lookAtInside(std::string_view inside)
{
    const std::size_t first = inside.find_first_not_of(" \t");
    if (first == std::string_view::npos || first + 1 >= inside.size())
        return Look::Undecided;
    inside.remove_prefix(first);
    const bool isArray = inside[0] == '[';
    const bool isOther = inside[0] == '{' || inside.starts_with("\\\"");
    if (!isArray && !isOther)
        return Look::Plain;
    inside.remove_prefix(isArray || inside[0] == '{' ? 1 : 2);
    const std::size_t second = inside.find_first_not_of(" \t");
    if (second == std::string_view::npos)
        return Look::Undecided;
    const char next = inside[second];
    if (isArray)
        return next == '{' || next == '[' ? Look::Layer : Look::Plain;
    return next == '\\' || next == '{' || next == '[' ? Look::Layer : Look::Plain;
}

Look lookAtBase64(std::string_view inside)
{
    if (inside.size() < kBase64Start)
        return Look::Undecided;
    const auto bytes = fromBase64(inside.substr(0, kBase64Start));
    const std::size_t first = bytes ? bytes->find_first_not_of(" \t\r\n") : std::string::npos;
    return first != std::string::npos && ((*bytes)[first] == '[' || (*bytes)[first] == '{') ? Look::Layer : Look::Plain;
}

std::optional<int> statusIn(std::string_view value)
{
    if (value.size() > 2 && value.front() == '"')
        value = value.substr(1, value.size() - 2);
    int status = 0;
    const auto [stop, code] = std::from_chars(value.data(), value.data() + value.size(), status);
    return code == std::errc() && stop == value.data() + value.size() ? std::optional(status) : std::nullopt;
}

Look lookAtEnvelope(std::string_view text, std::size_t first, FoundText *found)
{
    const decode::MemoryObject object = decode::membersOf(text.substr(first));
    if (object.end || object.members.empty())
        return object.end ? Look::Plain : Look::Undecided;
    const decode::MemoryMember &last = object.members.back();
    if (last.name != "body" || last.isWhole)
        return last.name == "body" || object.find("body") ? Look::Plain : Look::Undecided;
    const decode::MemoryMember *status = object.find("statusCode");
    const decode::MemoryMember *packed = object.find("isBase64Encoded");
    if (last.value.empty())
        return Look::Undecided;
    const auto number = status ? statusIn(status->value) : std::nullopt;
    if (!number || *number >= 400 || last.value.front() != '"')
        return Look::Plain; // what is refused is short, and said as a whole
    found->status = *number;
    found->isInObject = true;
    found->isBase64 = packed && packed->value == "true";
    found->begin = static_cast<std::size_t>(last.value.data() - text.data()) + 1;
    const std::string_view inside = text.substr(found->begin);
    return found->isBase64 ? lookAtBase64(inside) : lookAtInside(inside);
}

Look lookAt(const std::string &start, FoundText *found)
{
    std::string padded = start;
    padded.append(decode::kMemoryPadding, '\0');
    const std::string_view text(padded.data(), start.size());
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return Look::Undecided;
    if (text[first] == '{')
        return lookAtEnvelope(text, first, found);
    bool hasEscapes = false;
    if (text[first] != '"' || decode::passText(text.data() + first, text.data() + text.size(), &hasEscapes))
        return Look::Plain;
    found->begin = first + 1;
    return lookAtInside(text.substr(found->begin));
}

} // namespace

Layers::Layers(json::Source &source, std::function<bool()> idle)
    : m_idle(std::move(idle))
    , m_top(&source)
{
}

Layers::~Layers() = default;

void Layers::open()
{
    for (std::size_t i = 0; i < kMostLayers && openNext(); ++i) { }
}

bool Layers::openNext()
{
    auto peeked = std::make_unique<PeekedSource>(*m_top);
    FoundText found;
    Look look = Look::Undecided;
    while (look == Look::Undecided && peeked->start().size() < kStart && peeked->peek(m_idle))
        look = lookAt(peeked->start(), &found);
    if (look == Look::Undecided)
        look = lookAt(peeked->start(), &found);
    if (m_parts.empty())
        m_start = peeked->start();
    m_top = peeked.get();
    if (look == Look::Layer)
        peeked->dropStart(found.begin);
    m_parts.push_back(std::move(peeked));
    if (look != Look::Layer)
        return false;
    m_innerStatus = found.status != 0 ? found.status : m_innerStatus;
    m_parts.push_back(std::make_unique<PackedText>(*m_top, static_cast<std::int64_t>(found.begin), found.isBase64, found.isInObject));
    m_top = m_parts.back().get();
    return true;
}

} // namespace timescale
