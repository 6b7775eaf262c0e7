// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/lexer.h"

#include <algorithm>
#include <array>

namespace openmldb::server {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isDigit(c) || static_cast<unsigned char>(c) >= 0x80;
}

class Lexer
{
public:
    Lexer(std::string_view sql, Failure &failure)
        : m_sql(sql)
        , m_failure(failure)
    {
    }

    std::vector<Token> run()
    {
        while (skipBlanks())
            next();
        m_tokens.push_back({Token::Kind::End, {}, {}, m_sql.size(), m_sql.size(), 0});
        return std::move(m_tokens);
    }

private:
    char at(std::size_t ahead = 0) const { return m_at + ahead < m_sql.size() ? m_sql[m_at + ahead] : '\0'; }

    bool skipBlanks()
    {
        while (!m_failure && m_at < m_sql.size()) {
            const std::string_view rest = m_sql.substr(m_at);
            if (rest.starts_with("--") || rest.starts_with('#')) {
                m_at = std::min(m_sql.find('\n', m_at), m_sql.size());
            } else if (rest.starts_with("/*")) {
                const std::size_t end = m_sql.find("*/", m_at + 2);
                if (end == std::string_view::npos)
                    fail("Unclosed comment");
                m_at = end == std::string_view::npos ? m_sql.size() : end + 2;
            } else if (at() == ' ' || (at() >= '\t' && at() <= '\r')) {
                ++m_at;
            } else {
                return true;
            }
        }
        return false;
    }

    void next()
    {
        Token token;
        token.begin = m_at;
        if (at() == '\'' || at() == '"' || at() == '`') {
            quotedToken(token);
        } else if (isDigit(at()) || (at() == '.' && isDigit(at(1)))) {
            numberToken(token);
        } else if (isWordByte(at())) {
            while (isWordByte(at()))
                ++m_at;
            token.kind = Token::Kind::Word;
            token.text = m_sql.substr(token.begin, m_at - token.begin);
            token.upper = upperCase(token.text);
        } else if (at() == '?') {
            ++m_at;
            token.kind = Token::Kind::Parameter;
            token.parameter = ++m_parameters;
            token.text = "?";
        } else {
            symbolToken(token);
        }
        token.end = m_at;
        m_tokens.push_back(std::move(token));
    }

    void quotedToken(Token &token)
    {
        const char quote = at();
        token.kind = quote == '`' ? Token::Kind::Name : Token::Kind::String;
        for (++m_at; m_at < m_sql.size(); ++m_at) {
            if (at() == quote && at(1) != quote) {
                ++m_at;
                return;
            }
            if (at() == quote) {
                ++m_at;
            } else if (at() == '\\' && quote != '`' && m_at + 1 < m_sql.size()) {
                ++m_at;
                token.text += at() == 'n' ? '\n' : at() == 't' ? '\t' : at() == 'r' ? '\r' : at();
                continue;
            }
            token.text += at();
        }
        fail(quote == '`' ? "Unclosed identifier literal" : "Unclosed string literal", token.begin);
    }

    // 12, 1.5, 1e9, and with a unit of time 10m.
    void numberToken(Token &token)
    {
        while (isDigit(at()) || at() == '.')
            ++m_at;
        if ((at() == 'e' || at() == 'E') && (isDigit(at(1)) || ((at(1) == '+' || at(1) == '-') && isDigit(at(2))))) {
            m_at += 2;
            while (isDigit(at()))
                ++m_at;
        }
        token.kind = Token::Kind::Number;
        constexpr std::string_view kUnits = "smhdSMHD";
        if (kUnits.find(at()) != std::string_view::npos && at() != '\0' && !isWordByte(at(1))) {
            ++m_at;
            token.kind = Token::Kind::Interval;
        } else if ((at() == 'l' || at() == 'L') && !isWordByte(at(1))) {
            token.text = m_sql.substr(token.begin, m_at - token.begin);
            token.upper = "L";
            ++m_at;
            return;
        } else if (isWordByte(at())) {
            fail("Missing whitespace between literal and alias", m_at);
        }
        token.text = m_sql.substr(token.begin, m_at - token.begin);
    }

    void symbolToken(Token &token)
    {
        static constexpr std::array<std::string_view, 6> kLong{"<=", ">=", "<>", "!=", "==", "||"};
        static constexpr std::string_view kShort = "+-*/%=<>(),.;!&|^~[]{}:";
        token.kind = Token::Kind::Symbol;
        for (const std::string_view symbol : kLong) {
            if (m_sql.substr(m_at).starts_with(symbol))
                token.text = symbol;
        }
        if (token.text.empty())
            token.text = std::string(1, at());
        if (token.text.size() == 1 && kShort.find(at()) == std::string_view::npos)
            fail("Illegal input character \"" + token.text + "\"");
        token.upper = token.text;
        m_at += token.text.size();
    }

    void fail(const std::string &what) { fail(what, m_at); }
    void fail(const std::string &what, std::size_t place)
    {
        m_failure = {kSyntaxError, "Syntax error: " + what + " " + placeOf(m_sql, place)};
    }

    std::string_view m_sql;
    Failure &m_failure;
    std::size_t m_at = 0;
    int m_parameters = 0;
    std::vector<Token> m_tokens;
};

} // namespace

std::vector<Token> tokensOf(std::string_view sql, Failure &failure)
{
    return Lexer(sql, failure).run();
}

std::string placeOf(std::string_view sql, std::size_t at)
{
    const std::string_view before = sql.substr(0, at);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t start = before.rfind('\n');
    const std::size_t column = start == std::string_view::npos ? at + 1 : at - start;
    return "[at " + std::to_string(line) + ":" + std::to_string(column) + "]";
}

} // namespace openmldb::server
