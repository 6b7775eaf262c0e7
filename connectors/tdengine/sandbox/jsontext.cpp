// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/jsontext.h"

#include <charconv>
#include <cmath>

namespace tdengine::server {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

template <typename Number>
void appendShortest(std::string &out, Number value)
{
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    const Number size = std::abs(value);
    const bool hasExponent = size != 0 && (size < static_cast<Number>(1e-6) || size >= static_cast<Number>(1e21));
    char text[64];
    const auto [end, error] = std::to_chars(
        text, text + sizeof text, value, hasExponent ? std::chars_format::scientific : std::chars_format::fixed);
    out.append(text, end);
}

} // namespace

void appendJsonString(std::string &out, std::string_view text)
{
    out += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        out.append(text, plain, i - plain);
        plain = i + 1;
        switch (byte) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            out += "\\u00";
            out += kHexDigits[byte >> 4];
            out += kHexDigits[byte & 15];
        }
    }
    out.append(text, plain, std::string_view::npos);
    out += '"';
}

void appendDouble(std::string &out, double value)
{
    appendShortest(out, value);
}

void appendFloat(std::string &out, float value)
{
    appendShortest(out, value);
}

void appendHex(std::string &out, std::string_view bytes)
{
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += kHexDigits[byte >> 4];
        out += kHexDigits[byte & 15];
    }
}

} // namespace tdengine::server
