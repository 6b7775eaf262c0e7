// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sqlwords.h"

#include <algorithm>

namespace connector {

SqlWords::SqlWords(std::string_view text, const Language &language)
    : m_text(text)
{
    Scanner scanner(text, language);
    for (Token token = scanner.next(); token.kind != Token::Kind::End; token = scanner.next()) {
        lookForDoubt(token, language);
        if (token.kind != Token::Kind::Blank && token.kind != Token::Kind::Comment)
            m_tokens.push_back(token);
    }
}

void SqlWords::lookForDoubt(const Token &token, const Language &language)
{
    const std::string_view word = m_text.substr(token.begin, token.end - token.begin);
    const bool isBlock = token.kind == Token::Kind::Comment && word.starts_with("/*");
    if (isBlock && (word.substr(2).starts_with('!') || word.find("/*", 2) != std::string_view::npos))
        m_isDoubtful = true;
    if (token.kind == Token::Kind::Symbol && word.find_first_of("'\"`\\") != std::string_view::npos)
        m_isDoubtful = true;
    if (token.end != m_text.size() || !(isBlock || token.kind == Token::Kind::String || token.kind == Token::Kind::QuotedName))
        return;
    // What is not closed would take in whatever follows.
    const std::string longer = std::string(word) + ' ';
    if (Scanner(longer, language).next().end != word.size())
        m_isDoubtful = true;
}

std::string_view SqlWords::text(std::size_t at) const
{
    return at < m_tokens.size() ? m_text.substr(m_tokens[at].begin, m_tokens[at].end - m_tokens[at].begin) : std::string_view();
}

Token::Kind SqlWords::kind(std::size_t at) const
{
    return at < m_tokens.size() ? m_tokens[at].kind : Token::Kind::End;
}

bool SqlWords::isWord(std::size_t at, std::string_view word) const
{
    return kind(at) == Token::Kind::Word && sameWord(text(at), word);
}

bool SqlWords::isAnyOf(std::size_t at, std::initializer_list<std::string_view> words) const
{
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return isWord(at, word); });
}

bool SqlWords::isSymbol(std::size_t at, std::string_view symbol) const
{
    return kind(at) == Token::Kind::Symbol && text(at) == symbol;
}

bool SqlWords::isName(std::size_t at) const
{
    return kind(at) == Token::Kind::Word || kind(at) == Token::Kind::QuotedName;
}

std::size_t SqlWords::endOfStatement(std::size_t at) const
{
    while (at < m_tokens.size() && m_tokens[at].kind != Token::Kind::Separator)
        ++at;
    return at;
}

std::size_t SqlWords::behindParenthesis(std::size_t at) const
{
    int depth = 0;
    for (; at < m_tokens.size(); ++at) {
        if (isSymbol(at, "("))
            ++depth;
        else if (isSymbol(at, ")") && --depth == 0)
            return at + 1;
    }
    return m_tokens.size();
}

std::string_view SqlWords::takeQualifiedName(std::size_t &at) const
{
    const auto isPart = [this](std::size_t place) {
        return isName(place) || kind(place) == Token::Kind::String || kind(place) == Token::Kind::Number;
    };
    if (!isPart(at))
        return {};
    const std::size_t begin = m_tokens[at].begin;
    std::size_t last = at;
    while (isSymbol(last + 1, ".") && isPart(last + 2))
        last += 2;
    at = last + 1;
    return m_text.substr(begin, m_tokens[last].end - begin);
}

} // namespace connector
