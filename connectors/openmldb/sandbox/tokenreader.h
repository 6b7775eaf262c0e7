// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/lexer.h"

#include <initializer_list>

namespace openmldb::server {

// Walks over the words of a statement. The first failure counts and leads to the end, so that callers go on without
// asking.
class TokenReader
{
public:
    explicit TokenReader(std::string_view sql)
        : m_sql(sql)
        , m_tokens(tokensOf(sql, m_failure))
    {
        if (m_failure)
            m_at = m_tokens.size() - 1;
    }

    const Token &token(std::size_t ahead = 0) const { return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)]; }
    bool atEnd() const { return token().kind == Token::Kind::End; }
    bool is(std::string_view upper, std::size_t ahead = 0) const
    {
        const Token &one = token(ahead);
        return (one.kind == Token::Kind::Word || one.kind == Token::Kind::Symbol) && one.upper == upper;
    }
    bool isAny(std::initializer_list<const char *> words) const
    {
        for (const char *word : words) {
            if (is(word))
                return true;
        }
        return false;
    }
    bool take(std::string_view upper)
    {
        const bool found = is(upper);
        m_at += found ? 1 : 0;
        return found;
    }
    bool take(std::string_view first, std::string_view second)
    {
        const bool found = is(first) && is(second, 1);
        m_at += found ? 2 : 0;
        return found;
    }
    void expect(std::string_view upper)
    {
        if (!take(upper))
            failHere("Expected \"" + std::string(upper) + "\" but got " + shown());
    }
    // A word or a quoted name.
    std::string name()
    {
        const Token &one = token();
        if (one.kind != Token::Kind::Word && one.kind != Token::Kind::Name) {
            failHere("Unexpected " + shown());
            return {};
        }
        ++m_at;
        return one.text;
    }
    std::string string()
    {
        if (token().kind != Token::Kind::String)
            failHere("Expected string literal but got " + shown());
        return atEnd() ? std::string() : m_tokens[m_at++].text;
    }
    bool isName(std::size_t ahead = 0) const
    {
        return token(ahead).kind == Token::Kind::Word || token(ahead).kind == Token::Kind::Name;
    }
    Token next()
    {
        const Token one = token();
        m_at += atEnd() ? 0 : 1;
        return one;
    }
    void skipParentheses()
    {
        int depth = 0;
        do {
            depth += is("(") ? 1 : is(")") ? -1 : 0;
            next();
        } while (depth > 0 && !atEnd());
    }
    // Nothing but separators may follow.
    void expectEnd()
    {
        while (take(";")) {
        }
        if (!atEnd())
            failHere("Expected end of input but got " + shown());
    }

    std::size_t place() const { return m_at; }
    void goTo(std::size_t place)
    {
        if (!m_failure)
            m_at = place;
    }
    std::string_view textBetween(std::size_t beginPlace, std::size_t endPlace) const
    {
        if (beginPlace >= endPlace)
            return {};
        return m_sql.substr(m_tokens[beginPlace].begin, m_tokens[endPlace - 1].end - m_tokens[beginPlace].begin);
    }
    std::string_view sql() const { return m_sql; }
    int parameterCount() const
    {
        int count = 0;
        for (const Token &one : m_tokens)
            count += one.kind == Token::Kind::Parameter ? 1 : 0;
        return count;
    }

    const Failure &failure() const { return m_failure; }
    void fail(int code, std::string msg)
    {
        if (!m_failure)
            m_failure = {code, std::move(msg)};
        m_at = m_tokens.size() - 1;
    }
    void failHere(const std::string &what) { fail(kSyntaxError, "Syntax error: " + what + " " + placeOf(m_sql, token().begin)); }
    std::string shown() const
    {
        const Token &one = token();
        if (one.kind == Token::Kind::End)
            return "end of statement";
        return (one.kind == Token::Kind::Word ? "identifier \"" : "\"") + one.text + "\"";
    }

private:
    std::string_view m_sql;
    Failure m_failure;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
};

} // namespace openmldb::server
