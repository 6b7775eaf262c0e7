// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/parser.h"

#include <charconv>

namespace redshift::server {

namespace {

using TokenKind = connector::Token::Kind;

std::string lowerCase(std::string_view text)
{
    std::string out(text);
    for (char &c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return out;
}

// Without the quotes, doubled ones as one.
std::string unquoted(std::string_view text)
{
    const char quote = text[0];
    std::string out;
    text.remove_prefix(1);
    if (text.ends_with(quote))
        text.remove_suffix(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += text[i];
        if (text[i] == quote)
            ++i;
    }
    return out;
}

} // namespace

std::string SqlFailure::text() const
{
    const std::string whole = "ERROR: " + message;
    return position == 0 ? whole : whole + "\n  Position: " + std::to_string(position);
}

Parser::Parser(std::string_view text, Warehouse &warehouse, std::string database, const Parameters &parameters)
    : m_text(text)
    , m_warehouse(warehouse)
    , m_database(std::move(database))
    , m_parameters(parameters)
{
    static const connector::Language language;
    connector::Scanner scanner(m_text, language);
    for (;;) {
        const connector::Token token = scanner.nextMeaning();
        Word word{token.kind, std::string(scanner.text(token)), token.begin, token.end};
        if (token.kind == TokenKind::Word)
            word.text = lowerCase(word.text);
        else if (token.kind == TokenKind::String)
            word.text = unquoted(word.text);
        else if (token.kind == TokenKind::QuotedName)
            word.text = lowerCase(unquoted(word.text)); // identifiers are not case-sensitive, quoted or not
        m_tokens.push_back(std::move(word));
        if (token.kind == TokenKind::End)
            break;
    }
    if (m_tokens.size() > 1 && m_tokens[m_tokens.size() - 2].kind == TokenKind::Separator)
        m_tokens.erase(m_tokens.end() - 2); // at the very end it says nothing
    // "1.5", ".5", "1e3": the scanner cuts numbers at the point.
    for (std::size_t i = 0; i + 1 < m_tokens.size(); ++i) {
        const auto joins = [&](std::size_t left) { return m_tokens[left].end == m_tokens[left + 1].begin; };
        if (m_tokens[i].kind == TokenKind::Number && m_tokens[i + 1].text == "." && joins(i)) {
            m_tokens[i].text += '.';
            m_tokens[i].end = m_tokens[i + 1].end;
            m_tokens.erase(m_tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            if (m_tokens[i + 1].kind == TokenKind::Number && joins(i)) {
                m_tokens[i].text += m_tokens[i + 1].text;
                m_tokens[i].end = m_tokens[i + 1].end;
                m_tokens.erase(m_tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            }
        }
    }
}

void Parser::advance()
{
    if (m_at + 1 < m_tokens.size())
        ++m_at;
}

bool Parser::isWord(std::string_view lower, std::size_t ahead) const
{
    return token(ahead).kind == TokenKind::Word && token(ahead).text == lower;
}

bool Parser::isSymbol(std::string_view symbol, std::size_t ahead) const
{
    // Symbols come byte by byte: "<=" is two that touch.
    if (token(ahead).kind != TokenKind::Symbol)
        return false;
    if (token(ahead).text == symbol)
        return true;
    return symbol.size() == 2 && token(ahead).text == symbol.substr(0, 1) && token(ahead + 1).kind == TokenKind::Symbol
        && token(ahead + 1).text == symbol.substr(1) && token(ahead).end == token(ahead + 1).begin;
}

bool Parser::takeWord(std::string_view lower)
{
    const bool is = isWord(lower);
    if (is)
        advance();
    return is;
}

bool Parser::takeWords(std::initializer_list<std::string_view> lower)
{
    std::size_t ahead = 0;
    for (const std::string_view word : lower) {
        if (!isWord(word, ahead++))
            return false;
    }
    for (std::size_t i = 0; i < ahead; ++i)
        advance();
    return true;
}

bool Parser::takeSymbol(std::string_view symbol)
{
    const bool is = isSymbol(symbol);
    if (is && token().text != symbol)
        advance();
    if (is)
        advance();
    return is;
}

void Parser::expectWord(std::string_view lower)
{
    if (!takeWord(lower))
        failHere();
}

void Parser::expectSymbol(std::string_view symbol)
{
    if (!takeSymbol(symbol))
        failHere();
}

std::size_t Parser::characterOf(std::size_t byte) const
{
    std::size_t count = 1;
    for (std::size_t i = 0; i < byte && i < m_text.size(); ++i)
        count += (static_cast<unsigned char>(m_text[i]) & 0xc0) != 0x80 ? 1 : 0;
    return count;
}

void Parser::fail(const std::string &message, bool hasPosition)
{
    if (!m_failure)
        m_failure = SqlFailure{message, hasPosition ? characterOf(token().begin) : 0};
    m_at = m_tokens.size() - 1;
}

void Parser::failAt(const std::string &message, std::size_t index)
{
    if (!m_failure)
        m_failure = SqlFailure{message, characterOf(m_tokens[index].begin)};
    m_at = m_tokens.size() - 1;
}

void Parser::failHere()
{
    if (isAtEnd())
        fail("syntax error at end of input");
    else
        fail("syntax error at or near \"" + m_text.substr(token().begin, token().end - token().begin) + '"');
}

bool Parser::isName() const
{
    return token().kind == TokenKind::Word || token().kind == TokenKind::QuotedName;
}

std::string Parser::name()
{
    if (!isName()) {
        failHere();
        return {};
    }
    std::string text = token().text;
    advance();
    return text;
}

std::vector<std::string> Parser::nameParts()
{
    std::vector<std::string> parts{name()};
    while (parts.size() < 3 && takeSymbol("."))
        parts.push_back(name());
    return parts;
}

std::optional<std::int64_t> Parser::takeInteger()
{
    std::int64_t value = 0;
    const std::string &text = token().text;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (token().kind != TokenKind::Number || problem != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    advance();
    return value;
}

std::string Parser::takeText()
{
    if (token().kind != TokenKind::String) {
        failHere();
        return {};
    }
    std::string text = token().text;
    advance();
    return text;
}

void Parser::skipBrackets()
{
    int depth = 0;
    do {
        depth += isSymbol("(") ? 1 : isSymbol(")") ? -1 : 0;
        advance();
    } while (depth > 0 && !isAtEnd());
    if (depth > 0)
        failHere();
}

// A type's name with what stands behind it: varchar(10), numeric(8,2), timestamp with time zone.
SqlType Parser::type()
{
    const std::size_t start = m_at;
    std::string text = name();
    if (text == "double" && takeWord("precision"))
        text = "double precision";
    else if (text == "character" && takeWord("varying"))
        text = "character varying";
    else if (text == "binary" && takeWord("varying"))
        text = "binary varying";
    SqlType out;
    const bool hasBrackets = takeSymbol("(");
    if (hasBrackets) {
        out.precision = static_cast<int>(takeWord("max") ? 65535 : takeInteger().value_or(0));
        out.scale = takeSymbol(",") ? static_cast<int>(takeInteger().value_or(0)) : 0;
        expectSymbol(")");
    }
    if ((text == "timestamp" || text == "time") && takeWords({"with", "time", "zone"}))
        text += " with time zone";
    else if (text == "timestamp" || text == "time")
        takeWords({"without", "time", "zone"});
    const auto kind = kindByName(text);
    if (!kind) {
        failAt("type \"" + text + "\" does not exist", start);
        return {};
    }
    out.kind = *kind;
    if (out.kind == SqlType::Kind::Numeric && !hasBrackets)
        out.precision = 18;
    if (out.kind == SqlType::Kind::Varchar && !hasBrackets)
        out.precision = 256;
    if (out.kind == SqlType::Kind::Bpchar && !hasBrackets)
        out.precision = 1;
    return out;
}

} // namespace redshift::server
