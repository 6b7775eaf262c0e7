// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/lexer.h"

#include <algorithm>

namespace lindorm::server {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || isDigit(c) || static_cast<unsigned char>(c) >= 0x80;
}

char escaped(char c)
{
    switch (c) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case '0': return '\0';
    default: return c;
    }
}

class Cutter
{
public:
    explicit Cutter(std::string_view text)
        : m_text(text)
    {
    }

    std::vector<Token> all()
    {
        std::vector<Token> tokens;
        for (passBlanks(); m_at < m_text.size(); passBlanks())
            tokens.push_back(next());
        Token end;
        end.begin = end.end = m_text.size();
        tokens.push_back(end);
        return tokens;
    }

private:
    char at(std::size_t offset) const { return m_at + offset < m_text.size() ? m_text[m_at + offset] : '\0'; }

    void passBlanks()
    {
        for (;;) {
            while (m_at < m_text.size() && std::string_view(" \t\r\n\f\v").find(m_text[m_at]) != std::string_view::npos)
                ++m_at;
            if (at(0) == '-' && at(1) == '-')
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
            else if (at(0) == '/' && at(1) == '*')
                m_at = std::min(m_text.find("*/", m_at + 2), m_text.size() - 2) + 2;
            else
                return;
        }
    }

    Token next()
    {
        Token token;
        token.begin = m_at;
        const char c = at(0);
        if (c == '\'' || c == '`')
            quoted(token, c);
        else if (isDigit(c) || (c == '.' && isDigit(at(1))))
            number(token);
        else if (isNameByte(c))
            word(token);
        else
            symbol(token);
        token.end = m_at;
        return token;
    }

    void quoted(Token &token, char quote)
    {
        token.kind = quote == '`' ? Token::Kind::QuotedName : Token::Kind::String;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == quote && at(1) != quote) {
                ++m_at;
                return;
            }
            if (c == quote || (c == '\\' && quote == '\'' && m_at + 1 < m_text.size())) {
                ++m_at;
                token.text += c == quote ? quote : escaped(m_text[m_at]);
            } else {
                token.text += c;
            }
        }
        refuse(code::kSyntax, "42000", "Lexical error at " + placeText(m_text, token.begin) + ".  Encountered: <EOF> after : \"\"");
    }

    void number(Token &token)
    {
        token.kind = Token::Kind::Number;
        while (isDigit(at(0)))
            ++m_at;
        if (at(0) == '.' && isDigit(at(1))) {
            ++m_at;
            while (isDigit(at(0)))
                ++m_at;
        }
        const std::size_t sign = at(1) == '+' || at(1) == '-' ? 1 : 0;
        if ((at(0) == 'e' || at(0) == 'E') && isDigit(at(1 + sign))) {
            m_at += 2 + sign;
            while (isDigit(at(0)))
                ++m_at;
        }
        token.text = m_text.substr(token.begin, m_at - token.begin);
    }

    void word(Token &token)
    {
        token.kind = Token::Kind::Word;
        while (m_at < m_text.size() && isNameByte(m_text[m_at]))
            ++m_at;
        token.text = m_text.substr(token.begin, m_at - token.begin);
    }

    void symbol(Token &token)
    {
        token.kind = Token::Kind::Symbol;
        for (const char *two : {"<=", ">=", "<>", "!=", "||"}) {
            if (m_text.substr(m_at).starts_with(two)) {
                token.text = two;
                m_at += 2;
                return;
            }
        }
        token.text = m_text.substr(m_at++, 1);
        if (std::string_view("(),.=<>+-*/%;").find(token.text) == std::string_view::npos)
            refuse(code::kSyntax, "42000", "Lexical error at " + placeText(m_text, token.begin) + ".  Encountered: \"" + token.text + "\"");
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

std::vector<Token> tokensOf(std::string_view statement)
{
    return Cutter(statement).all();
}

std::string placeText(std::string_view statement, std::size_t offset)
{
    const std::string_view before = statement.substr(0, offset);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(offset - start + 1);
}

} // namespace lindorm::server
