// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/tokens.h"

#include <initializer_list>
#include <string_view>
#include <vector>

namespace connector {

// A text of SQL cut into what has a meaning: no blanks, no comments. Refers to the text and the language.
class SqlWords
{
public:
    SqlWords(std::string_view text, const Language &language);

    std::size_t size() const { return m_tokens.size(); }
    // Behind the last one: empty text and the kind End.
    std::string_view text(std::size_t at) const;
    Token::Kind kind(std::size_t at) const;

    bool isWord(std::size_t at, std::string_view word) const;
    bool isAnyOf(std::size_t at, std::initializer_list<std::string_view> words) const;
    bool isSymbol(std::size_t at, std::string_view symbol) const;
    bool isName(std::size_t at) const; // a word or a quoted name
    // The end of the statement that at is in: its separator, or size().
    std::size_t endOfStatement(std::size_t at) const;
    // Behind the parenthesis that closes the one at at; size() if none does.
    std::size_t behindParenthesis(std::size_t at) const;
    // A name with what qualifies it, as written; at is moved behind it. Empty if none is there.
    std::string_view takeQualifiedName(std::size_t &at) const;

    // Whether servers may cut the text otherwise than this: an unclosed quote or comment, a comment within one, a
    // comment that some run, a quote that the dialect does not have.
    bool isDoubtful() const { return m_isDoubtful; }

private:
    void lookForDoubt(const Token &token, const Language &language);

    std::string_view m_text;
    std::vector<Token> m_tokens;
    bool m_isDoubtful = false;
};

} // namespace connector
