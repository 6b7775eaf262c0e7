// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace request {

// A place in a text that knows its line and column (in characters, both from 1).
class TextCursor
{
public:
    explicit TextCursor(std::string_view text)
        : m_text(text)
    {
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    bool startsWith(std::string_view wanted) const { return m_text.substr(std::min(m_at, m_text.size())).starts_with(wanted); }
    std::size_t offset() const { return m_at; }
    std::string_view rest() const { return m_text.substr(std::min(m_at, m_text.size())); }
    int line() const { return m_line; }
    int column() const { return m_column; }

    // The next character; '\0' at the end.
    char take()
    {
        if (atEnd())
            return '\0';
        const char c = m_text[m_at++];
        if (c == '\n') {
            ++m_line;
            m_column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
            ++m_column;
        }
        return c;
    }
    void skip(std::size_t count)
    {
        for (; count > 0 && !atEnd(); --count)
            take();
    }
    // An end of line, of either kind.
    bool skipLineEnd()
    {
        if (peek() == '\r' && peek(1) == '\n')
            take();
        if (peek() != '\n')
            return false;
        take();
        return true;
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
    int m_column = 1;
};

} // namespace request
