// SPDX-License-Identifier: GPL-3.0-or-later
#include "packedtext.h"

#include "base64.h"
#include "decode/memoryjson.h"
#include "json/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

namespace timescale {

namespace {

struct PackedTextTr {
    Q_DECLARE_TR_FUNCTIONS(TimescalePackedText)
};

constexpr std::size_t kRawBlock = std::size_t(64) << 10;
constexpr std::size_t kLongestEscape = 12; // a surrogate pair
constexpr std::size_t kMostTail = std::size_t(1) << 20;

bool isHighSurrogate(const char *escape)
{
    return escape[1] == 'u' && (escape[2] == 'd' || escape[2] == 'D') && std::strchr("89abAB", escape[3]) && escape[3] != '\0';
}

} // namespace

PackedText::PackedText(json::Source &document, std::int64_t firstByte, bool isBase64, bool isInObject)
    : m_document(document)
    , m_offset(firstByte)
    , m_isBase64(isBase64)
    , m_isInObject(isInObject)
{
}

core::Result<json::Source::ReadResult> PackedText::read(std::span<char> into, std::chrono::steady_clock::time_point deadline)
{
    for (;;) {
        if (m_taken < m_ready.size()) {
            const std::size_t size = std::min(into.size(), m_ready.size() - m_taken);
            std::memcpy(into.data(), m_ready.data() + m_taken, size);
            m_taken += size;
            return ReadResult{Read::Data, size};
        }
        if (m_error)
            return *m_error;
        if (m_isOver)
            return ReadResult{Read::End, 0};
        const std::size_t size = m_raw.size();
        m_raw.resize(size + kRawBlock);
        auto result = m_document.read({m_raw.data() + size, kRawBlock}, deadline);
        m_raw.resize(size + (result ? result->size : 0));
        if (!result)
            m_error = std::move(result).error();
        else if (result->state == Read::Waiting)
            return ReadResult{Read::Waiting, 0};
        else
            m_isOver = result->state == Read::End;
        if (!m_isClosed)
            undo();
        if (m_isClosed)
            readTail();
    }
}

void PackedText::fail(const QString &message, std::size_t place)
{
    core::Error error;
    error.kind = core::ErrorKind::Decode;
    error.message = message;
    error.position.byte = m_offset + static_cast<std::int64_t>(place);
    m_error = std::move(error);
}

// How many bytes from there on can be undone now: up to the closing quote, or to an escape of which more is to come.
std::size_t PackedText::passable(std::size_t from)
{
    const std::size_t size = m_raw.size();
    m_raw.append(decode::kMemoryPadding, '\0');
    const char *end = m_raw.data() + size;
    const char *at = m_raw.data() + from;
    while (at < end) {
        at = json::findPlainTextEnd(at, end);
        if (at == end)
            break;
        const auto place = static_cast<std::size_t>(at - m_raw.data());
        if (*at == '"') {
            m_isClosed = true;
            break;
        }
        const bool mayGoOn = static_cast<std::size_t>(end - at) < kLongestEscape && !m_isOver && !m_error;
        if (*at == '\\' && mayGoOn && (end - at < 2 || (at[1] == 'u' && (end - at < 6 || isHighSurrogate(at)))))
            break;
        const std::size_t length = *at == '\\' ? json::escapeLength(at) : 0;
        if (length == 0 || at + length > end) {
            if (!m_isOver && !m_error)
                fail(PackedTextTr::tr("The text holds what is no escape, or a control character."), place);
            break;
        }
        const bool isPair = isHighSurrogate(at) && end - at >= 12 && at[6] == '\\' && json::escapeLength(at + 6) == 6;
        at += isPair ? 12 : length;
    }
    const auto passed = static_cast<std::size_t>(at - m_raw.data());
    m_raw.resize(size);
    return passed - from;
}

void PackedText::undo()
{
    const std::size_t size = passable(0);
    std::string &into = m_isBase64 ? m_packed : m_ready;
    const std::size_t before = m_isBase64 ? m_packed.size() : 0;
    m_taken = 0;
    into.resize(before + size);
    into.resize(before + json::unescape(std::string_view(m_raw).substr(0, size), into.data() + before));
    const std::size_t passed = size + (m_isClosed ? 1 : 0);
    m_raw.erase(0, passed);
    m_offset += static_cast<std::int64_t>(passed);
    if (m_isBase64)
        unpackBase64();
    if (m_isOver && !m_isClosed && !m_error)
        fail(PackedTextTr::tr("The answer ends within a text."), m_raw.size());
}

// Four characters are three bytes; the last ones wait for what follows.
void PackedText::unpackBase64()
{
    std::erase_if(m_packed, [](char c) { return c == '\r' || c == '\n' || c == ' '; });
    const std::size_t size = m_isClosed ? m_packed.size() : m_packed.size() / 4 * 4;
    auto bytes = fromBase64(std::string_view(m_packed).substr(0, size));
    m_ready.clear();
    if (bytes)
        m_ready = std::move(*bytes);
    else if (!m_error)
        fail(PackedTextTr::tr("The text is said to be base64, and is not."), 0);
    m_packed.erase(0, size);
}

void PackedText::readTail()
{
    if (m_raw.size() > kMostTail)
        m_raw.resize(kMostTail);
    if (m_isOver && !m_error && !isGoodTail())
        fail(PackedTextTr::tr("The answer is not JSON behind the text that it holds, or ends early."), m_raw.size());
}

bool PackedText::isGoodTail() const
{
    if (m_raw.size() == kMostTail)
        return true;
    std::string text = (m_isInObject ? "{\"\":\"\"" : "\"\"") + m_raw;
    const std::size_t size = text.find_last_not_of(" \t\r\n") + 1;
    text.resize(size);
    text.append(decode::kMemoryPadding, '\0');
    return decode::passValue(text.data(), text.data() + size) == text.data() + size;
}

} // namespace timescale
