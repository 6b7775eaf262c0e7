// SPDX-License-Identifier: GPL-3.0-or-later
#include "json/writer.h"

#include <algorithm>
#include <cstring>

namespace json {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr char kHexDigits[] = "0123456789abcdef";

struct Sequence {
    std::size_t length = 0; // bytes of it, or of the malformed part that one U+FFFD stands for
    bool isValid = false;
};

bool isContinuation(std::string_view bytes, std::size_t at, unsigned char low, unsigned char high)
{
    if (at >= bytes.size())
        return false;
    const auto byte = static_cast<unsigned char>(bytes[at]);
    return byte >= low && byte <= high;
}

// The sequence at the front of bytes (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing over U+10FFFF.
Sequence sequenceAt(std::string_view bytes)
{
    const auto lead = static_cast<unsigned char>(bytes[0]);
    if (lead < 0x80)
        return {1, true};
    if (lead < 0xC2 || lead > 0xF4)
        return {1, false};
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (!isContinuation(bytes, 1, low, high))
        return {1, false};
    for (std::size_t i = 2; i < length; ++i) {
        if (!isContinuation(bytes, i, 0x80, 0xBF))
            return {i, false};
    }
    return {length, true};
}

// Appends the sequence at the front of bytes and takes it off. False where it had to be replaced.
bool takeSequence(std::string &out, std::string_view &bytes)
{
    const Sequence sequence = sequenceAt(bytes);
    out.append(sequence.isValid ? bytes.substr(0, sequence.length) : kReplacement);
    bytes.remove_prefix(sequence.length);
    return sequence.isValid;
}

// How many of the first bytes a JSON string may hold as they are: ASCII but controls, quote and backslash.
std::size_t plainLength(std::string_view bytes)
{
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    constexpr std::uint64_t kHigh = 0x8080808080808080;
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, 8);
        const std::uint64_t quote = word ^ (kOnes * '"');
        const std::uint64_t backslash = word ^ (kOnes * '\\');
        const std::uint64_t special = ((word - kOnes * 0x20) | (quote - kOnes) | (backslash - kOnes) | word) & kHigh;
        if (special != 0)
            break;
    }
    for (; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\')
            break;
    }
    return i;
}

void appendEscape(std::string &out, unsigned char byte)
{
    switch (byte) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    case '\b':
        out += "\\b";
        return;
    case '\f':
        out += "\\f";
        return;
    default:
        out += "\\u00";
        out += kHexDigits[byte >> 4];
        out += kHexDigits[byte & 15];
    }
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The length of the string literal at the front of value, its quotes included.
std::size_t stringLength(std::string_view value)
{
    std::size_t i = 1;
    while (i < value.size() && value[i] != '"')
        i += value[i] == '\\' ? 2 : 1;
    return std::min(i + 1, value.size());
}

} // namespace

bool appendUtf8(std::string &out, std::string_view bytes)
{
    bool isValid = true;
    while (!bytes.empty()) {
        std::size_t ascii = 0;
        while (ascii < bytes.size() && static_cast<unsigned char>(bytes[ascii]) < 0x80)
            ++ascii;
        out.append(bytes.substr(0, ascii));
        bytes.remove_prefix(ascii);
        if (!bytes.empty())
            isValid = takeSequence(out, bytes) && isValid;
    }
    return isValid;
}

bool appendString(std::string &out, std::string_view bytes)
{
    bool isValid = true;
    out += '"';
    while (true) {
        const std::size_t plain = plainLength(bytes);
        out.append(bytes.substr(0, plain));
        bytes.remove_prefix(plain);
        if (bytes.empty())
            break;
        if (static_cast<unsigned char>(bytes[0]) < 0x80) {
            appendEscape(out, static_cast<unsigned char>(bytes[0]));
            bytes.remove_prefix(1);
        } else {
            isValid = takeSequence(out, bytes) && isValid;
        }
    }
    out += '"';
    return isValid;
}

void appendCompact(std::string &out, std::string_view value)
{
    while (!value.empty()) {
        if (value[0] == '"') {
            const std::size_t length = stringLength(value);
            out.append(value.substr(0, length));
            value.remove_prefix(length);
            continue;
        }
        if (!isBlank(value[0]))
            out += value[0];
        value.remove_prefix(1);
    }
}

bool appendStrict(std::string &out, std::string_view value)
{
    bool isValid = true;
    while (!value.empty()) {
        if (value[0] == '"') {
            const std::size_t length = stringLength(value);
            isValid = appendUtf8(out, value.substr(0, length)) && isValid;
            value.remove_prefix(length);
            continue;
        }
        bool isWord = false;
        for (const std::string_view word : {std::string_view("NaN"), std::string_view("Infinity"), std::string_view("-Infinity")}) {
            if (value.starts_with(word)) {
                out.append("\"").append(word).append("\"");
                value.remove_prefix(word.size());
                isWord = true;
                break;
            }
        }
        if (isWord)
            continue;
        if (!isBlank(value[0]))
            out += value[0];
        value.remove_prefix(1);
    }
    return isValid;
}

bool isNumber(std::string_view text)
{
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t begin = i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9')
            ++i;
        return i - begin;
    };
    if (i < text.size() && text[i] == '-')
        ++i;
    const bool startsWithZero = i < text.size() && text[i] == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (startsWithZero && whole > 1))
        return false;
    if (i < text.size() && text[i] == '.') {
        ++i;
        if (digits() == 0)
            return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-'))
            ++i;
        if (digits() == 0)
            return false;
    }
    return i == text.size();
}

void Writer::separate()
{
    if (m_needsComma)
        m_text += ',';
    m_needsComma = true;
}

Writer &Writer::beginObject()
{
    separate();
    m_text += '{';
    m_needsComma = false;
    return *this;
}

Writer &Writer::endObject()
{
    m_text += '}';
    m_needsComma = true;
    return *this;
}

Writer &Writer::beginArray()
{
    separate();
    m_text += '[';
    m_needsComma = false;
    return *this;
}

Writer &Writer::endArray()
{
    m_text += ']';
    m_needsComma = true;
    return *this;
}

Writer &Writer::key(std::string_view name)
{
    separate();
    appendString(m_text, name);
    m_text += ':';
    m_needsComma = false;
    return *this;
}

Writer &Writer::string(std::string_view text)
{
    separate();
    appendString(m_text, text);
    return *this;
}

Writer &Writer::integer(std::int64_t value)
{
    separate();
    m_text += std::to_string(value);
    return *this;
}

Writer &Writer::boolean(bool value)
{
    separate();
    m_text += value ? "true" : "false";
    return *this;
}

Writer &Writer::null()
{
    separate();
    m_text += "null";
    return *this;
}

} // namespace json
