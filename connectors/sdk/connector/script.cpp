// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/script.h"

#include "connector/request.h"
#include "connector/tokens.h"

#include <algorithm>

namespace connector {

namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";
constexpr std::string_view kRequestEnd = "###";

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

// Walks over a script once, statement by statement.
class Splitter
{
public:
    Splitter(std::string_view script, const Language &language)
        : m_script(script)
        , m_language(language)
    {
    }

    std::vector<Statement> split()
    {
        while (m_at < m_script.size())
            splitOne();
        return std::move(m_statements);
    }

private:
    void splitOne();
    std::size_t skipLead();
    void takeRequest(std::size_t begin, std::size_t verb);
    void takeSql(std::size_t begin);
    void add(std::size_t begin, std::size_t end, bool isRequest);
    std::size_t lineEnd(std::size_t from) const
    {
        const std::size_t end = m_script.find('\n', from);
        return end == std::string_view::npos ? m_script.size() : end + 1;
    }

    std::string_view m_script;
    const Language &m_language;
    std::size_t m_at = 0;
    std::size_t m_lineAt = 0; // how far lines have been counted
    int m_line = 1;
    std::vector<Statement> m_statements;
};

// From m_at over blanks, comments and "###" lines to the first word; m_at is left at the first comment that belongs to
// it. Lines that start with "#" or "//" are comments of .http files; no SQL statement starts so.
std::size_t Splitter::skipLead()
{
    std::size_t lead = std::string_view::npos;
    std::size_t at = m_at;
    while (at < m_script.size()) {
        const std::string_view rest = m_script.substr(at);
        if (rest.starts_with(kRequestEnd)) {
            at = lineEnd(at);
            lead = std::string_view::npos;
        } else if (rest.starts_with('#') || rest.starts_with("//")) {
            lead = std::min(lead, at);
            at = lineEnd(at);
        } else {
            Scanner scanner(m_script, m_language, at);
            const Token token = scanner.next();
            if (token.kind == Token::Kind::Comment)
                lead = std::min(lead, at);
            else if (token.kind != Token::Kind::Blank)
                break;
            at = token.end;
        }
    }
    m_at = std::min(lead, at);
    return at;
}

void Splitter::splitOne()
{
    const std::size_t word = skipLead();
    const std::size_t begin = m_at;
    if (word >= m_script.size())
        m_at = m_script.size();
    else if (startsRequest(m_script.substr(word)))
        takeRequest(begin, word);
    else
        takeSql(begin);
}

void Splitter::takeRequest(std::size_t begin, std::size_t verb)
{
    std::size_t end = lineEnd(verb);
    while (end < m_script.size() && !m_script.substr(end).starts_with(kRequestEnd))
        end = lineEnd(end);
    m_at = end;
    add(begin, end, true);
}

void Splitter::takeSql(std::size_t begin)
{
    Scanner scanner(m_script, m_language, begin);
    bool hasMeaning = false;
    for (;;) {
        const Token token = scanner.next();
        if (token.kind == Token::Kind::End || token.kind == Token::Kind::Separator) {
            if (hasMeaning)
                add(begin, token.begin, false);
            m_at = token.end;
            return;
        }
        hasMeaning = hasMeaning || (token.kind != Token::Kind::Blank && token.kind != Token::Kind::Comment);
    }
}

void Splitter::add(std::size_t begin, std::size_t end, bool isRequest)
{
    m_line += static_cast<int>(std::count(m_script.begin() + static_cast<std::ptrdiff_t>(m_lineAt),
        m_script.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
    m_lineAt = begin;
    Statement statement;
    statement.text = trimmed(m_script.substr(begin, end - begin));
    statement.begin = begin;
    statement.end = end;
    statement.line = m_line;
    statement.isRequest = isRequest;
    m_statements.push_back(std::move(statement));
}

} // namespace

std::vector<Statement> splitScript(std::string_view script, const Language &language)
{
    return Splitter(script, language).split();
}

const Statement *statementAt(const std::vector<Statement> &statements, std::size_t offset)
{
    const auto after = std::upper_bound(statements.begin(), statements.end(), offset,
        [](std::size_t at, const Statement &statement) { return at < statement.begin; });
    if (after == statements.begin())
        return nullptr;
    const Statement &statement = *(after - 1);
    // Behind the separator a caret still means the statement that it has just ended.
    const std::size_t last = statement.isRequest ? statement.end : statement.end + 1;
    return offset <= last ? &statement : nullptr;
}

} // namespace connector
