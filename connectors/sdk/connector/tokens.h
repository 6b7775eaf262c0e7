// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"

#include <cstddef>
#include <string_view>

namespace connector {

struct Token {
    enum class Kind {
        End,
        Blank, // also a byte order mark at the start
        Comment,
        String,
        QuotedName,
        Word, // letters, digits, "_", "$" and bytes above 0x7f, not starting with a digit
        Number,
        Separator,
        Symbol, // one byte, or "::"
    };
    Kind kind = Kind::End;
    std::size_t begin = 0;
    std::size_t end = 0;
};

// Cuts a text into the words of the dialect, one pass, nothing copied. An unclosed quote or comment reaches to the end.
class ONDO_EXPORT Scanner
{
public:
    Scanner(std::string_view text, const Language &language, std::size_t begin = 0);

    Token next();
    // Passes over blanks and comments.
    Token nextMeaning();
    std::string_view text(const Token &token) const { return m_text.substr(token.begin, token.end - token.begin); }

private:
    std::size_t endOfBlank() const;
    std::size_t endOfComment() const; // m_at if there is none here
    std::size_t endOfQuoted(char quote, bool backslash) const;
    std::size_t endOfDollarQuoted() const;
    std::size_t endOfWord() const;
    Token take(Token::Kind kind, std::size_t end);

    std::string_view m_text;
    const Language &m_language;
    std::size_t m_at;
};

// Compares ASCII letters without their case.
ONDO_EXPORT bool sameWord(std::string_view left, std::string_view right);

} // namespace connector
