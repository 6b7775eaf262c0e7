// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/redaction.h"

#include "http/url.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>

namespace http {

namespace {

// Shorter texts occur by chance, and blanking them would damage what is shown without hiding anything.
constexpr std::size_t kShortestSecret = 4;

std::string withLowerEscapes(std::string text)
{
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        if (text[i] != '%')
            continue;
        for (std::size_t k = i + 1; k <= i + 2; ++k) {
            if (text[k] >= 'A' && text[k] <= 'F')
                text[k] = static_cast<char>(text[k] + 'a' - 'A');
        }
    }
    return text;
}

std::string withPlusForBlank(std::string text)
{
    for (std::size_t at = 0; (at = text.find("%20", at)) != std::string::npos; ++at) {
        text.erase(at, 2);
        text[at] = '+';
    }
    return text;
}

// Reads one character of UTF-8; a byte that is none stands for itself.
char32_t nextCharacter(std::string_view text, std::size_t &at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    const std::size_t size = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t code = size == 1 ? first : first & (0xFFU >> (size + 1));
    if (at + size > text.size()) {
        ++at;
        return first;
    }
    for (std::size_t k = 1; k < size; ++k)
        code = code << 6 | (byte(at + k) & 0x3FU);
    at += size;
    return code;
}

void appendUnicodeEscape(std::string &out, char32_t unit, bool upper)
{
    char buffer[8];
    std::snprintf(buffer, sizeof buffer, upper ? "\\u%04X" : "\\u%04x", static_cast<unsigned>(unit));
    out += buffer;
}

struct JsonStyle {
    bool slash = false; // "/" as "\/"
    bool ascii = false; // everything beyond ASCII as \uXXXX
    bool upper = false; // hex digits
};

std::string jsonEscaped(std::string_view text, JsonStyle style)
{
    constexpr std::string_view kPlain = "\"\\\b\f\n\r\t";
    constexpr std::string_view kLetters = "\"\\bfnrt";
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (const std::size_t letter = kPlain.find(c); letter != std::string_view::npos || (c == '/' && style.slash)) {
            out += '\\';
            out += c == '/' ? '/' : kLetters[letter];
            ++at;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            appendUnicodeEscape(out, static_cast<unsigned char>(c), style.upper);
            ++at;
        } else if (static_cast<unsigned char>(c) < 0x80 || !style.ascii) {
            out += c;
            ++at;
        } else if (const char32_t code = nextCharacter(text, at); code < 0x10000) {
            appendUnicodeEscape(out, code, style.upper);
        } else {
            appendUnicodeEscape(out, 0xD800 + ((code - 0x10000) >> 10), style.upper);
            appendUnicodeEscape(out, 0xDC00 + ((code - 0x10000) & 0x3FF), style.upper);
        }
    }
    return out;
}

// The characters of a Base64 text that the secret alone decides when it stands shift bytes after a group's start: a
// password inside "user:password" is found without knowing the user.
std::string base64Core(std::string_view secret, std::size_t shift)
{
    std::string padded(shift, '\0');
    padded += secret;
    std::string encoded = base64(padded);
    core::wipe(padded);
    const std::size_t first = (shift * 8 + 5) / 6;
    const std::size_t last = (shift + secret.size()) * 8 / 6;
    return encoded.substr(first, last - first);
}

std::string inUrlAlphabet(std::string text)
{
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

std::vector<std::string> formsOf(std::string_view secret)
{
    std::vector<std::string> forms { std::string(secret) };
    for (const std::string &encoded : { percentEncoded(secret), percentEncodedSegment(secret) }) {
        forms.push_back(encoded);
        forms.push_back(withLowerEscapes(encoded));
        forms.push_back(withPlusForBlank(encoded));
        forms.push_back(withPlusForBlank(withLowerEscapes(encoded)));
    }
    for (std::size_t shift = 0; shift < 3; ++shift) {
        forms.push_back(base64Core(secret, shift));
        forms.push_back(inUrlAlphabet(forms.back()));
    }
    for (const std::string &whole : { base64(secret) }) {
        forms.push_back(whole);
        forms.push_back(inUrlAlphabet(whole));
        forms.push_back(percentEncoded(whole));
        forms.push_back(withLowerEscapes(percentEncoded(whole)));
    }
    for (const bool slash : { false, true }) {
        forms.push_back(jsonEscaped(secret, { .slash = slash }));
        forms.push_back(jsonEscaped(secret, { .slash = slash, .ascii = true }));
        forms.push_back(jsonEscaped(secret, { .slash = slash, .ascii = true, .upper = true }));
    }
    return forms;
}

struct Stretch {
    std::size_t begin;
    std::size_t end;
};

} // namespace

void Redactor::add(const core::Secret &secret)
{
    if (secret.reveal().size() < kShortestSecret)
        return;
    std::vector<std::string> forms = formsOf(secret.reveal());
    for (std::string &form : forms) {
        const bool known = std::ranges::any_of(m_forms, [&](const core::Secret &other) { return other.reveal() == form; });
        if (!known && form.size() >= kShortestSecret)
            m_forms.emplace_back(form);
        core::wipe(form);
    }
}

std::string Redactor::redacted(std::string_view text) const
{
    std::vector<Stretch> found;
    for (const core::Secret &form : m_forms) {
        const std::string_view needle = form.reveal();
        for (std::size_t at = 0; (at = text.find(needle, at)) != std::string_view::npos; ++at)
            found.push_back({ at, at + needle.size() });
    }
    if (found.empty())
        return std::string(text);
    std::ranges::sort(found, {}, &Stretch::begin);

    // Forms overlap (the raw text is often its own JSON form): what belongs together is blanked once.
    std::string out;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < found.size();) {
        std::size_t end = found[i].end;
        out += text.substr(shown, found[i].begin - shown);
        out += kBlank;
        for (++i; i < found.size() && found[i].begin <= end; ++i)
            end = std::max(end, found[i].end);
        shown = end;
    }
    out += text.substr(shown);
    return out;
}

} // namespace http
