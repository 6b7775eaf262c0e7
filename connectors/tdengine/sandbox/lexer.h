// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/types.h"

#include <string>
#include <string_view>
#include <vector>

namespace tdengine::server {

struct Token {
    enum class Kind { Word, Quoted, String, Integer, Float, Duration, Symbol, End, Bad };
    Kind kind = Kind::End;
    std::string text; // of words in lower case, of quoted names and strings without quotes and escapes
    std::size_t begin = 0; // byte range in the statement
    std::size_t end = 0;
};

// Splits a statement into tokens, an End last. A Bad token stands where text cannot be read; comments are skipped.
std::vector<Token> tokenized(std::string_view sql);

// Reads tokens front to back; what all parsers of the dialect share.
class TokenReader
{
public:
    TokenReader(std::string_view sql, const std::vector<Token> &tokens)
        : m_sql(sql)
        , m_tokens(tokens)
    {
    }

    const Token &peek(std::size_t ahead = 0) const
    {
        return m_tokens[m_at + ahead < m_tokens.size() ? m_at + ahead : m_tokens.size() - 1];
    }
    Token take();
    std::size_t position() const { return m_at; }
    void goTo(std::size_t position) { m_at = position; }
    std::string_view sql() const { return m_sql; }
    std::size_t lastEnd() const { return m_at == 0 ? 0 : m_tokens[m_at - 1].end; }

    bool atWord(std::string_view word, std::size_t ahead = 0) const;
    bool atSymbol(std::string_view symbol, std::size_t ahead = 0) const;
    bool atEnd() const { return peek().kind == Token::Kind::End || (atSymbol(";") && peek(1).kind == Token::Kind::End); }
    bool takeWord(std::string_view word);
    bool takeWords(std::string_view first, std::string_view second);
    bool takeSymbol(std::string_view symbol);
    // Each sets the failure where the token is another one.
    void expectWord(std::string_view word);
    void expectSymbol(std::string_view symbol);
    std::string expectName(); // a word or a quoted name
    std::string expectString();
    std::int64_t expectInteger();
    void expectEnd();

    // The first failure stays.
    void fail(int code, std::string desc);
    void failHere(); // syntax error near the current token
    bool failed() const { return m_failure.code != 0; }
    const Failure &failure() const { return m_failure; }

private:
    std::string_view m_sql;
    const std::vector<Token> &m_tokens;
    std::size_t m_at = 0;
    Failure m_failure;
};

} // namespace tdengine::server
