// SPDX-License-Identifier: GPL-3.0-or-later
#include "json/text.h"

#include <cstring>

namespace json {

namespace {

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::uint32_t codeUnit(const char *digits)
{
    std::uint32_t unit = 0;
    for (int i = 0; i < 4; ++i)
        unit = unit << 4 | static_cast<std::uint32_t>(hexValue(digits[i]));
    return unit;
}

char *encode(std::uint32_t code, char *out)
{
    const auto put = [&out](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xc0 | code >> 6);
        put(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        put(0xe0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    } else {
        put(0xf0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3f));
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    }
    return out;
}

char plainEscape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

} // namespace

std::size_t escapeLength(const char *text)
{
    switch (text[1]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return 2;
    case 'u':
        for (int i = 2; i < 6; ++i) {
            if (hexValue(text[i]) < 0)
                return 0;
        }
        return 6;
    default:
        return 0;
    }
}

std::size_t unescape(std::string_view escaped, char *into)
{
    char *out = into;
    const char *at = escaped.data();
    const char *end = at + escaped.size();
    while (at < end) {
        const auto *escape = static_cast<const char *>(std::memchr(at, '\\', static_cast<std::size_t>(end - at)));
        const auto plain = static_cast<std::size_t>((escape ? escape : end) - at);
        std::memmove(out, at, plain);
        out += plain;
        if (!escape)
            break;
        at = escape + 2;
        if (escape[1] != 'u') {
            *out++ = plainEscape(escape[1]);
            continue;
        }
        std::uint32_t code = codeUnit(at);
        at += 4;
        const bool isHigh = code >= 0xd800 && code < 0xdc00;
        if (isHigh && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
            const std::uint32_t low = codeUnit(at + 2);
            if (low >= 0xdc00 && low < 0xe000) {
                code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                at += 6;
            }
        }
        out = encode(code, out);
    }
    return static_cast<std::size_t>(out - into);
}

} // namespace json
