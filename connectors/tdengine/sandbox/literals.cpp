// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/functions.h"

#include <bit>
#include <charconv>
#include <cstring>

namespace tdengine::server {

namespace {

// Reads well-known text; blanks between its parts do not matter.
class WktReader
{
public:
    explicit WktReader(std::string_view text)
        : m_text(text)
    {
    }

    std::optional<std::string> geometry()
    {
        std::string wkb(1, '\1'); // little-endian
        const std::string kind = word();
        bool ok = false;
        if (kind == "point") {
            putInteger(wkb, 1);
            ok = skip('(') && point(wkb) && skip(')');
        } else if (kind == "linestring") {
            putInteger(wkb, 2);
            ok = points(wkb);
        } else if (kind == "polygon") {
            putInteger(wkb, 3);
            ok = rings(wkb);
        }
        skipBlanks();
        return ok && m_text.empty() ? std::optional(wkb) : std::nullopt;
    }

private:
    static void putInteger(std::string &out, std::uint32_t value)
    {
        for (int shift = 0; shift < 32; shift += 8)
            out += static_cast<char>(value >> shift & 255);
    }
    static void putDouble(std::string &out, double value)
    {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        for (int shift = 0; shift < 64; shift += 8)
            out += static_cast<char>(bits >> shift & 255);
    }
    void skipBlanks()
    {
        while (!m_text.empty() && (m_text.front() == ' ' || m_text.front() == '\t' || m_text.front() == '\n'))
            m_text.remove_prefix(1);
    }
    bool skip(char c)
    {
        skipBlanks();
        if (m_text.empty() || m_text.front() != c)
            return false;
        m_text.remove_prefix(1);
        return true;
    }
    std::string word()
    {
        std::string read;
        skipBlanks();
        for (; !m_text.empty() && std::isalpha(static_cast<unsigned char>(m_text.front())); m_text.remove_prefix(1))
            read += static_cast<char>(m_text.front() | 0x20);
        return read;
    }
    bool number(std::string &out)
    {
        skipBlanks();
        double value = 0;
        const auto [end, error] = std::from_chars(m_text.data(), m_text.data() + m_text.size(), value);
        if (error != std::errc())
            return false;
        m_text.remove_prefix(static_cast<std::size_t>(end - m_text.data()));
        putDouble(out, value);
        return true;
    }
    bool point(std::string &out) { return number(out) && number(out); }
    bool points(std::string &out)
    {
        std::string all;
        std::uint32_t count = 0;
        if (!skip('('))
            return false;
        do {
            if (!point(all))
                return false;
            ++count;
        } while (skip(','));
        putInteger(out, count);
        out += all;
        return skip(')');
    }
    bool rings(std::string &out)
    {
        std::string all;
        std::uint32_t count = 0;
        if (!skip('('))
            return false;
        do {
            if (!points(all))
                return false;
            ++count;
        } while (skip(','));
        putInteger(out, count);
        out += all;
        return skip(')');
    }

    std::string_view m_text;
};

} // namespace

std::optional<std::string> wkbOfText(std::string_view text)
{
    return WktReader(text).geometry();
}

std::optional<std::string> decimalText(std::string_view text, int scale)
{
    bool isNegative = false;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        isNegative = text.front() == '-';
        text.remove_prefix(1);
    }
    std::string digits; // without the point
    std::ptrdiff_t point = -1;
    std::size_t i = 0;
    for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
        if (text[i] == '.' && point < 0)
            point = static_cast<std::ptrdiff_t>(digits.size());
        else if (text[i] >= '0' && text[i] <= '9')
            digits += text[i];
        else
            return std::nullopt;
    }
    if (digits.empty())
        return std::nullopt;
    if (point < 0)
        point = static_cast<std::ptrdiff_t>(digits.size());
    if (i < text.size()) {
        int exponent = 0;
        const char *first = text.data() + i + 1 + (i + 1 < text.size() && text[i + 1] == '+' ? 1 : 0);
        const auto [end, error] = std::from_chars(first, text.data() + text.size(), exponent);
        if (error != std::errc() || end != text.data() + text.size() || exponent > 400 || exponent < -400)
            return std::nullopt;
        point += exponent;
    }
    if (point < 0)
        digits.insert(0, static_cast<std::size_t>(-point), '0');
    point = std::max<std::ptrdiff_t>(point, 0);
    const std::size_t wanted = static_cast<std::size_t>(point) + static_cast<std::size_t>(scale);
    const bool roundsUp = digits.size() > wanted && digits[wanted] >= '5';
    digits.resize(wanted, '0');
    if (roundsUp) {
        std::size_t at = digits.size();
        while (at > 0 && digits[at - 1] == '9')
            digits[--at] = '0';
        if (at > 0) {
            ++digits[at - 1];
        } else {
            digits.insert(0, 1, '1');
            ++point;
        }
    }
    std::string whole = digits.substr(0, static_cast<std::size_t>(point));
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
    std::string result = whole.empty() ? "0" : whole;
    if (scale > 0)
        result += '.' + digits.substr(static_cast<std::size_t>(point));
    if (isNegative && result.find_first_not_of("0.") != std::string::npos)
        result.insert(0, 1, '-');
    return result;
}

} // namespace tdengine::server
