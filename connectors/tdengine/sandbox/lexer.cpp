// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/lexer.h"

#include <array>
#include <charconv>

namespace tdengine::server {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isWordStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool isWordPart(char c) { return isWordStart(c) || isDigit(c) || c == '$'; }

constexpr std::array<std::string_view, 9> kLongSymbols{"<=", ">=", "<>", "!=", "->", "||", "::", "<<", ">>"};

class Lexer
{
public:
    explicit Lexer(std::string_view sql)
        : m_sql(sql)
    {
    }

    std::vector<Token> all()
    {
        std::vector<Token> tokens;
        do {
            skipBlanks();
            Token token;
            token.begin = m_at;
            read(token);
            token.end = m_at;
            tokens.push_back(std::move(token));
        } while (tokens.back().kind != Token::Kind::End && tokens.back().kind != Token::Kind::Bad);
        if (tokens.back().kind == Token::Kind::Bad)
            tokens.push_back({Token::Kind::End, {}, m_sql.size(), m_sql.size()});
        return tokens;
    }

private:
    char at(std::size_t ahead = 0) const { return m_at + ahead < m_sql.size() ? m_sql[m_at + ahead] : '\0'; }

    void skipBlanks()
    {
        for (;;) {
            while (m_at < m_sql.size() && (at() == ' ' || (at() >= '\t' && at() <= '\r')))
                ++m_at;
            if (at() == '-' && at(1) == '-') {
                m_at = std::min(m_sql.find('\n', m_at), m_sql.size());
            } else if (at() == '/' && at(1) == '*') {
                const std::size_t end = m_sql.find("*/", m_at + 2);
                m_at = end == std::string_view::npos ? m_sql.size() : end + 2;
            } else {
                return;
            }
        }
    }

    void read(Token &token)
    {
        const char c = at();
        if (m_at >= m_sql.size())
            return;
        if (c == '\'' || c == '"')
            readString(token, c);
        else if (c == '`')
            readQuoted(token);
        else if (isDigit(c) || (c == '.' && isDigit(at(1))))
            readNumber(token);
        else if (isWordStart(c))
            readWord(token);
        else
            readSymbol(token);
    }

    void readString(Token &token, char quote)
    {
        token.kind = Token::Kind::Bad;
        for (++m_at; m_at < m_sql.size(); ++m_at) {
            if (at() == quote && at(1) != quote) {
                ++m_at;
                token.kind = Token::Kind::String;
                return;
            }
            if (at() == quote)
                ++m_at; // a doubled quote
            else if (at() == '\\' && m_at + 1 < m_sql.size()) {
                readEscape(token);
                continue;
            }
            token.text += at();
        }
    }

    // \n, \r, \t and the quotes; "\x", "\%" and "\_" keep their backslash for binary literals and LIKE.
    void readEscape(Token &token)
    {
        ++m_at;
        switch (at()) {
        case 'n': token.text += '\n'; break;
        case 'r': token.text += '\r'; break;
        case 't': token.text += '\t'; break;
        case 'x':
        case 'X':
        case '%':
        case '_':
            token.text += '\\';
            token.text += at();
            break;
        default: token.text += at();
        }
    }

    void readQuoted(Token &token)
    {
        const std::size_t end = m_sql.find('`', m_at + 1);
        token.kind = end == std::string_view::npos ? Token::Kind::Bad : Token::Kind::Quoted;
        token.text = m_sql.substr(m_at + 1, end == std::string_view::npos ? end : end - m_at - 1);
        m_at = end == std::string_view::npos ? m_sql.size() : end + 1;
    }

    void readNumber(Token &token)
    {
        const std::size_t begin = m_at;
        token.kind = Token::Kind::Integer;
        if (at() == '0' && (at(1) == 'x' || at(1) == 'X' || at(1) == 'b' || at(1) == 'B') && readRadix(token))
            return;
        while (isDigit(at()))
            ++m_at;
        if (at() == '.' && isDigit(at(1))) {
            token.kind = Token::Kind::Float;
            ++m_at;
            while (isDigit(at()))
                ++m_at;
        }
        if ((at() == 'e' || at() == 'E') && (isDigit(at(1)) || ((at(1) == '+' || at(1) == '-') && isDigit(at(2))))) {
            token.kind = Token::Kind::Float;
            m_at += 2;
            while (isDigit(at()))
                ++m_at;
        } else if (token.kind == Token::Kind::Integer && !isWordPart(at(1))
            && std::string_view("buasmhdwnyBUASMHDWNY").find(at()) != std::string_view::npos && at() != '\0') {
            token.kind = Token::Kind::Duration;
            ++m_at;
        }
        if (isWordPart(at()))
            token.kind = Token::Kind::Bad;
        token.text = m_sql.substr(begin, m_at - begin);
    }

    bool readRadix(Token &token)
    {
        const bool isHex = at(1) == 'x' || at(1) == 'X';
        std::uint64_t value = 0;
        const char *first = m_sql.data() + m_at + 2;
        const auto [end, error] = std::from_chars(first, m_sql.data() + m_sql.size(), value, isHex ? 16 : 2);
        if (end == first || error != std::errc())
            return false;
        m_at = static_cast<std::size_t>(end - m_sql.data());
        token.text = std::to_string(value);
        return true;
    }

    void readWord(Token &token)
    {
        token.kind = Token::Kind::Word;
        for (; isWordPart(at()); ++m_at)
            token.text += at() >= 'A' && at() <= 'Z' ? static_cast<char>(at() + 32) : at();
    }

    void readSymbol(Token &token)
    {
        token.kind = Token::Kind::Symbol;
        std::size_t size = 1;
        for (const std::string_view symbol : kLongSymbols) {
            if (m_sql.substr(m_at, 2) == symbol)
                size = 2;
        }
        token.text = m_sql.substr(m_at, size);
        m_at += size;
        if (std::string_view("()+-*/%,.;=<>&|").find(token.text.front()) == std::string_view::npos && size == 1)
            token.kind = Token::Kind::Bad;
    }

    std::string_view m_sql;
    std::size_t m_at = 0;
};

} // namespace

std::vector<Token> tokenized(std::string_view sql)
{
    return Lexer(sql).all();
}

Token TokenReader::take()
{
    const Token &token = peek();
    if (m_at + 1 < m_tokens.size())
        ++m_at;
    return token;
}

bool TokenReader::atWord(std::string_view word, std::size_t ahead) const
{
    return peek(ahead).kind == Token::Kind::Word && peek(ahead).text == word;
}

bool TokenReader::atSymbol(std::string_view symbol, std::size_t ahead) const
{
    return peek(ahead).kind == Token::Kind::Symbol && peek(ahead).text == symbol;
}

bool TokenReader::takeWord(std::string_view word)
{
    if (!atWord(word))
        return false;
    take();
    return true;
}

bool TokenReader::takeWords(std::string_view first, std::string_view second)
{
    if (!atWord(first) || !atWord(second, 1))
        return false;
    take();
    take();
    return true;
}

bool TokenReader::takeSymbol(std::string_view symbol)
{
    if (!atSymbol(symbol))
        return false;
    take();
    return true;
}

void TokenReader::expectWord(std::string_view word)
{
    if (!takeWord(word))
        failHere();
}

void TokenReader::expectSymbol(std::string_view symbol)
{
    if (!takeSymbol(symbol))
        failHere();
}

std::string TokenReader::expectName()
{
    if (peek().kind == Token::Kind::Word || peek().kind == Token::Kind::Quoted)
        return take().text;
    failHere();
    return {};
}

std::string TokenReader::expectString()
{
    if (peek().kind == Token::Kind::String)
        return take().text;
    failHere();
    return {};
}

std::int64_t TokenReader::expectInteger()
{
    std::int64_t value = 0;
    const bool isNegative = takeSymbol("-");
    if (peek().kind != Token::Kind::Integer) {
        failHere();
        return 0;
    }
    const Token token = take();
    std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
    return isNegative ? -value : value;
}

void TokenReader::expectEnd()
{
    takeSymbol(";");
    if (peek().kind != Token::Kind::End)
        failHere();
}

void TokenReader::fail(int code, std::string desc)
{
    if (!failed())
        m_failure = {code, std::move(desc)};
}

void TokenReader::failHere()
{
    const Token &token = peek();
    if (token.kind == Token::Kind::End)
        fail(code::kIncomplete, "Incomplete SQL statement");
    else
        fail(code::kSyntax, "syntax error near \"" + std::string(m_sql.substr(token.begin)) + '"');
}

} // namespace tdengine::server
