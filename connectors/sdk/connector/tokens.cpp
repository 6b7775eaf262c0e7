// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/tokens.h"

#include <algorithm>

namespace connector {

namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

constexpr bool isBlankByte(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
constexpr bool isDigitByte(char c)
{
    return c >= '0' && c <= '9';
}
constexpr bool isWordStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
}
constexpr char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

bool sameWord(std::string_view left, std::string_view right)
{
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
        [](char a, char b) { return lowered(a) == lowered(b); });
}

Scanner::Scanner(std::string_view text, const Language &language, std::size_t begin)
    : m_text(text)
    , m_language(language)
    , m_at(begin)
{
}

Token Scanner::take(Token::Kind kind, std::size_t end)
{
    const Token token{kind, m_at, end};
    m_at = end;
    return token;
}

std::size_t Scanner::endOfBlank() const
{
    std::size_t end = m_at;
    if (end == 0 && m_text.starts_with(kByteOrderMark))
        end = kByteOrderMark.size();
    while (end < m_text.size() && isBlankByte(m_text[end]))
        ++end;
    return end;
}

std::size_t Scanner::endOfComment() const
{
    const std::string_view rest = m_text.substr(m_at);
    for (const std::string &start : m_language.lineComments) {
        if (!start.empty() && rest.starts_with(start))
            return std::min(m_text.find('\n', m_at), m_text.size());
    }
    if (m_language.blockComments && rest.starts_with("/*")) {
        const std::size_t close = m_text.find("*/", m_at + 2);
        return close == std::string_view::npos ? m_text.size() : close + 2;
    }
    return m_at;
}

std::size_t Scanner::endOfQuoted(char quote, bool backslash) const
{
    for (std::size_t i = m_at + 1; i < m_text.size(); ++i) {
        if (backslash && m_text[i] == '\\') {
            ++i;
        } else if (m_text[i] == quote) {
            if (i + 1 < m_text.size() && m_text[i + 1] == quote)
                ++i;
            else
                return i + 1;
        }
    }
    return m_text.size();
}

// A string between two equal tags; m_at if none begins here.
std::size_t Scanner::endOfDollarQuoted() const
{
    if (!m_language.dollarQuotes || m_text[m_at] != '$')
        return m_at;
    std::size_t tag = m_at + 1;
    while (tag < m_text.size() && m_text[tag] != '$' && (isWordStart(m_text[tag]) || (tag > m_at + 1 && isDigitByte(m_text[tag]))))
        ++tag;
    if (tag >= m_text.size() || m_text[tag] != '$')
        return m_at;
    const std::string_view quote = m_text.substr(m_at, tag + 1 - m_at);
    const std::size_t close = m_text.find(quote, tag + 1);
    return close == std::string_view::npos ? m_text.size() : close + quote.size();
}

std::size_t Scanner::endOfWord() const
{
    std::size_t end = m_at + 1;
    while (end < m_text.size() && (isWordStart(m_text[end]) || isDigitByte(m_text[end])))
        ++end;
    return end;
}

Token Scanner::next()
{
    if (m_at >= m_text.size())
        return take(Token::Kind::End, m_text.size());
    if (const std::size_t end = endOfBlank(); end != m_at)
        return take(Token::Kind::Blank, end);
    if (const std::size_t end = endOfComment(); end != m_at)
        return take(Token::Kind::Comment, end);
    const char c = m_text[m_at];
    if (m_language.stringQuotes.find(c) != std::string::npos)
        return take(Token::Kind::String, endOfQuoted(c, m_language.backslashEscapes));
    if (m_language.identifierQuote.find(c) != std::string::npos)
        return take(Token::Kind::QuotedName, endOfQuoted(c, false));
    if (const std::size_t end = endOfDollarQuoted(); end != m_at)
        return take(Token::Kind::String, end);
    if (c == m_language.separator)
        return take(Token::Kind::Separator, m_at + 1);
    if (isWordStart(c))
        return take(Token::Kind::Word, endOfWord());
    if (isDigitByte(c))
        return take(Token::Kind::Number, endOfWord());
    const bool isCast = m_text.substr(m_at).starts_with("::");
    return take(Token::Kind::Symbol, m_at + (isCast ? 2 : 1));
}

Token Scanner::nextMeaning()
{
    Token token = next();
    while (token.kind == Token::Kind::Blank || token.kind == Token::Kind::Comment)
        token = next();
    return token;
}

} // namespace connector
