// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/shellreaders.h"

#include <QCoreApplication>

namespace request {

namespace {

struct WindowsWordsTr {
    Q_DECLARE_TR_FUNCTIONS(ShellWords)
};

// A character of the line that cmd hands to the program, with its place in the text.
struct PlacedChar {
    char c = 0;
    int line = 1;
    int column = 1;
};

// What cmd makes of its carets: outside quotes one takes the meaning from the next character, and an end of line behind
// it away.
std::vector<PlacedChar> withoutCarets(TextCursor &cursor, QStringList &notices)
{
    std::vector<PlacedChar> out;
    bool isQuoted = false;
    while (!cursor.atEnd()) {
        PlacedChar placed{cursor.peek(), cursor.line(), cursor.column()};
        if (!isQuoted && placed.c == '^') {
            cursor.take();
            const bool wasLineEnd = cursor.skipLineEnd();
            if (cursor.atEnd())
                break;
            if (wasLineEnd && cursor.peek() == '\r' && cursor.peek(1) == '\n')
                cursor.take();
            // Behind a line's end the next character stands for itself; only a blank begins a new word as ever.
            out.push_back({cursor.peek(), cursor.line(), cursor.column()});
            cursor.take();
            continue;
        }
        if (!isQuoted && (placed.c == '\n' || placed.c == '|' || placed.c == '&' || placed.c == '>' || placed.c == '<')) {
            if (placed.c == '\n' && out.empty()) {
                cursor.take();
                continue;
            }
            const std::size_t next = cursor.rest().find_first_not_of(" \t\r\n");
            if (next != std::string_view::npos)
                notices << WindowsWordsTr::tr("What begins in line %1, column %2 is another command and was left out.").arg(placed.line).arg(placed.column);
            break;
        }
        if (placed.c == '"')
            isQuoted = !isQuoted;
        if (placed.c != '\r' || cursor.peek(1) != '\n')
            out.push_back(placed);
        cursor.take();
    }
    return out;
}

// How Windows programs take their line apart: backslashes count only before a quote, "" within quotes is a quote.
class ArgumentSplitter
{
public:
    ArgumentSplitter(const std::vector<PlacedChar> &chars, std::vector<Word> &words)
        : m_chars(chars)
        , m_words(words)
    {
    }

    core::Result<void> split()
    {
        while (m_at < m_chars.size()) {
            if (isBlank(at(0))) {
                ++m_at;
                continue;
            }
            if (auto word = readOne(); !word)
                return word;
        }
        return {};
    }

private:
    static bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }
    char at(std::size_t ahead) const { return m_at + ahead < m_chars.size() ? m_chars[m_at + ahead].c : '\0'; }

    core::Result<void> readOne()
    {
        Word word{{}, m_chars[m_at].line, m_chars[m_at].column};
        Word quote = word;
        bool isQuoted = false;
        for (; m_at < m_chars.size() && (isQuoted || !isBlank(at(0))); ++m_at) {
            if (at(0) == '\\') {
                readBackslashes(word);
            } else if (at(0) == '"' && isQuoted && at(1) == '"') {
                word.text += '"';
                ++m_at;
            } else if (at(0) == '"') {
                isQuoted = !isQuoted;
                quote = {{}, m_chars[m_at].line, m_chars[m_at].column};
            } else {
                word.text += at(0);
            }
        }
        if (isQuoted)
            return unclosedQuote(quote, '"');
        m_words.push_back(std::move(word));
        return {};
    }

    // Leaves m_at at the last character that it has read.
    void readBackslashes(Word &word)
    {
        std::size_t count = 0;
        while (at(count) == '\\')
            ++count;
        const bool isBeforeQuote = at(count) == '"';
        word.text.append(isBeforeQuote ? count / 2 : count, '\\');
        m_at += count - 1;
        if (isBeforeQuote && count % 2 == 1) {
            word.text += '"';
            ++m_at;
        }
    }

    const std::vector<PlacedChar> &m_chars;
    std::vector<Word> &m_words;
    std::size_t m_at = 0;
};

class PowerShellReader
{
public:
    PowerShellReader(TextCursor &cursor, CommandLine &line)
        : m_cursor(cursor)
        , m_line(line)
    {
    }

    core::Result<void> read()
    {
        if (m_cursor.peek() == '&')
            m_cursor.take(); // calls what follows
        while (!m_cursor.atEnd()) {
            const char c = m_cursor.peek();
            if (c == '`' && (m_cursor.peek(1) == '\n' || m_cursor.peek(1) == '\r')) {
                m_cursor.take();
                m_cursor.skipLineEnd();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                m_cursor.take();
            } else if (c == '\n' || c == ';' || c == '|') {
                if (m_cursor.rest().find_first_not_of(" \t\r\n;") != std::string_view::npos)
                    m_line.notices << WindowsWordsTr::tr("What begins in line %1, column %2 is another command and was left out.").arg(m_cursor.line()).arg(m_cursor.column());
                break;
            } else if (auto word = readWord(); !word) {
                return word;
            }
        }
        return {};
    }

private:
    core::Result<void> readWord()
    {
        Word word{{}, m_cursor.line(), m_cursor.column()};
        while (!m_cursor.atEnd() && std::string_view(" \t\r\n;|").find(m_cursor.peek()) == std::string_view::npos) {
            const char c = m_cursor.peek();
            if (c == '\'' || c == '"') {
                if (auto quoted = readQuoted(word, c); !quoted)
                    return quoted;
            } else if (c == '`') {
                m_cursor.take();
                readEscape(word);
            } else {
                word.text += m_cursor.take();
            }
        }
        unescapeQuotes(word.text);
        m_line.words.push_back(std::move(word));
        return {};
    }

    core::Result<void> readQuoted(Word &word, char quote)
    {
        const Word start{{}, m_cursor.line(), m_cursor.column()};
        m_cursor.take();
        while (true) {
            if (m_cursor.atEnd())
                return unclosedQuote(start, quote);
            const char c = m_cursor.take();
            if (c == quote && m_cursor.peek() != quote)
                return {};
            if (c == quote)
                m_cursor.take();
            if (c == '`' && quote == '"')
                readEscape(word);
            else
                word.text += c;
        }
    }

    void readEscape(Word &word)
    {
        constexpr std::string_view kLetters = "0abefnrtv";
        constexpr std::string_view kBytes("\0\a\b\x1b\f\n\r\t\v", 9);
        if (m_cursor.skipLineEnd() || m_cursor.atEnd())
            return;
        const char c = m_cursor.take();
        const std::size_t letter = kLetters.find(c);
        word.text += letter == std::string_view::npos ? c : kBytes[letter];
    }

    // Before its version 7.3 PowerShell handed quotes on unprotected, so that people write \" for a quote.
    static void unescapeQuotes(std::string &text)
    {
        const std::size_t last = text.find_last_not_of('\\');
        const std::size_t trailing = text.size() - (last == std::string::npos ? 0 : last + 1);
        if (text.find_first_of(" \t\n") != std::string::npos)
            text.erase(text.size() - trailing / 2);
        for (std::size_t quote = text.find('"'); quote != std::string::npos; quote = text.find('"', quote + 1)) {
            std::size_t count = 0;
            while (count < quote && text[quote - count - 1] == '\\')
                ++count;
            const std::size_t lost = count % 2 == 1 ? count / 2 + 1 : 0;
            text.erase(quote - lost, lost);
            quote -= lost;
        }
    }

    TextCursor &m_cursor;
    CommandLine &m_line;
};

} // namespace

core::Result<void> readCmdWords(TextCursor &cursor, CommandLine &line)
{
    const std::vector<PlacedChar> chars = withoutCarets(cursor, line.notices);
    return ArgumentSplitter(chars, line.words).split();
}

core::Result<void> readPowerShellWords(TextCursor &cursor, CommandLine &line)
{
    return PowerShellReader(cursor, line).read();
}

} // namespace request
