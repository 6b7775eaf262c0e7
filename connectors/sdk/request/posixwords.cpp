// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/shellreaders.h"

#include <QCoreApplication>

namespace request {

namespace {

struct PosixWordsTr {
    Q_DECLARE_TR_FUNCTIONS(ShellWords)
};

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The words of sh and of bash, whose $'…' browsers write.
class PosixReader
{
public:
    PosixReader(TextCursor &cursor, CommandLine &line)
        : m_cursor(cursor)
        , m_line(line)
    {
    }

    core::Result<void> read()
    {
        while (!m_cursor.atEnd()) {
            const char c = m_cursor.peek();
            if (c == '\n' || c == ';' || c == '&' || c == '|') {
                if (atCommandEnd(c))
                    break;
            } else if (c == '\\' && isLineEnd(1)) {
                m_cursor.take();
                m_cursor.skipLineEnd();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                m_cursor.take();
            } else if (c == '#') {
                skipComment();
            } else if ((c == '<' && placeholderSize() == 0) || c == '>') {
                skipRedirection();
            } else if (auto word = readWord(); !word) {
                return word;
            }
        }
        sayVariables();
        return {};
    }

private:
    bool isLineEnd(std::size_t ahead) const
    {
        return m_cursor.peek(ahead) == '\n' || (m_cursor.peek(ahead) == '\r' && m_cursor.peek(ahead + 1) == '\n');
    }

    // False where the command goes on: empty lines before it.
    bool atCommandEnd(char c)
    {
        if (c == '\n' && m_line.words.empty()) {
            m_cursor.take();
            return false;
        }
        std::string_view rest = m_cursor.rest();
        const std::size_t next = rest.find_first_not_of(" \t\r\n;");
        if (next != std::string_view::npos && rest[next] != '#') {
            m_line.notices << PosixWordsTr::tr("What follows \"%1\" in line %2, column %3 is another command and was left out.")
                                  .arg(c == '\n' ? PosixWordsTr::tr("the line's end") : QString(QLatin1Char(c)))
                                  .arg(m_cursor.line())
                                  .arg(m_cursor.column());
        }
        return true;
    }

    void skipComment()
    {
        while (!m_cursor.atEnd() && m_cursor.peek() != '\n')
            m_cursor.take();
    }

    void skipRedirection()
    {
        const int line = m_cursor.line();
        const int column = m_cursor.column();
        while (m_cursor.peek() == '<' || m_cursor.peek() == '>' || m_cursor.peek() == '&')
            m_cursor.take();
        while (m_cursor.peek() == ' ' || m_cursor.peek() == '\t')
            m_cursor.take();
        const std::size_t count = m_line.words.size();
        if (!m_cursor.atEnd() && m_cursor.peek() != '\n' && readWord())
            m_line.words.resize(count);
        m_line.notices << PosixWordsTr::tr("The redirection in line %1, column %2 was left out; < and > that belong to the text stand in quotes.").arg(line).arg(column);
    }

    core::Result<void> readWord()
    {
        Word word{{}, m_cursor.line(), m_cursor.column()};
        while (!m_cursor.atEnd()) {
            const char c = m_cursor.peek();
            if (const std::size_t size = placeholderSize(); size > 0) {
                takePlaceholder(word, size);
                continue;
            }
            if (std::string_view(" \t\r\n;&|<>").find(c) != std::string_view::npos)
                break;
            core::Result<void> part;
            if (c == '\'')
                part = readSingleQuoted(word);
            else if (c == '"')
                part = readDoubleQuoted(word);
            else if (c == '$' && m_cursor.peek(1) == '\'')
                part = readAnsiQuoted(word);
            else if (c == '$' && m_cursor.peek(1) == '"')
                m_cursor.take();
            else if (c == '\\')
                readEscape(word);
            else
                readPlain(word);
            if (!part)
                return part;
        }
        const bool isDescriptor = word.text.size() == 1 && word.text[0] >= '0' && word.text[0] <= '9';
        if (isDescriptor && (m_cursor.peek() == '>' || m_cursor.peek() == '<'))
            return {};
        m_line.words.push_back(std::move(word));
        return {};
    }

    // "<ID>", which manuals print where a value is to be put in; 0: something else.
    std::size_t placeholderSize() const
    {
        const std::string_view rest = m_cursor.rest();
        const std::size_t end = rest.starts_with('<') ? rest.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.", 1) : 0;
        return end != std::string_view::npos && end > 1 && rest[end] == '>' ? end + 1 : 0;
    }

    void takePlaceholder(Word &word, std::size_t size)
    {
        const std::string_view text = m_cursor.rest().substr(0, size);
        m_variables << QString::fromUtf8(text.data(), static_cast<qsizetype>(size));
        word.text += text;
        m_cursor.skip(size);
    }

    void readEscape(Word &word)
    {
        m_cursor.take();
        if (m_cursor.skipLineEnd())
            return;
        word.text += m_cursor.atEnd() ? '\\' : m_cursor.take();
    }

    void readPlain(Word &word)
    {
        noteVariable();
        word.text += m_cursor.take();
    }

    core::Result<void> readSingleQuoted(Word &word)
    {
        const Word start{{}, m_cursor.line(), m_cursor.column()};
        m_cursor.take();
        while (m_cursor.peek() != '\'') {
            if (m_cursor.atEnd())
                return unclosedQuote(start, '\'');
            word.text += m_cursor.take();
        }
        m_cursor.take();
        return {};
    }

    core::Result<void> readDoubleQuoted(Word &word)
    {
        const Word start{{}, m_cursor.line(), m_cursor.column()};
        m_cursor.take();
        while (m_cursor.peek() != '"' || m_cursor.atEnd()) {
            if (m_cursor.atEnd())
                return unclosedQuote(start, '"');
            if (m_cursor.peek() == '\\') {
                m_cursor.take();
                const char next = m_cursor.peek();
                if (m_cursor.skipLineEnd())
                    continue;
                if (std::string_view("$`\"\\").find(next) == std::string_view::npos || m_cursor.atEnd())
                    word.text += '\\';
                if (!m_cursor.atEnd())
                    word.text += m_cursor.take();
                continue;
            }
            readPlain(word);
        }
        m_cursor.take();
        return {};
    }

    core::Result<void> readAnsiQuoted(Word &word)
    {
        const Word start{{}, m_cursor.line(), m_cursor.column()};
        m_cursor.skip(2);
        while (m_cursor.peek() != '\'' || m_cursor.atEnd()) {
            if (m_cursor.atEnd())
                return unclosedQuote(start, '\'');
            const char c = m_cursor.take();
            if (c == '\\' && !m_cursor.atEnd())
                readAnsiEscape(word);
            else
                word.text += c;
        }
        m_cursor.take();
        return {};
    }

    // Digits of a base, at most so many; -1: none.
    long takeNumber(int base, int most)
    {
        long value = -1;
        for (int count = 0; count < most; ++count) {
            const int digit = hexDigit(m_cursor.peek());
            if (digit < 0 || digit >= base)
                break;
            value = std::max(0L, value) * base + digit;
            m_cursor.take();
        }
        return value;
    }

    void readAnsiEscape(Word &word)
    {
        constexpr std::string_view kLetters = "abefnrtvE";
        constexpr std::string_view kBytes = "\a\b\x1b\f\n\r\t\v\x1b";
        if (m_cursor.peek() >= '0' && m_cursor.peek() <= '7') {
            word.text += static_cast<char>(takeNumber(8, 3) & 0xff);
            return;
        }
        const char c = m_cursor.take();
        if (const std::size_t letter = kLetters.find(c); letter != std::string_view::npos) {
            word.text += kBytes[letter];
        } else if (c == 'x' || c == 'u' || c == 'U') {
            const long value = takeNumber(16, c == 'x' ? 2 : c == 'u' ? 4 : 8);
            if (value < 0)
                word.text += {'\\', c};
            else if (c == 'x')
                word.text += static_cast<char>(value);
            else
                appendCodePoint(word.text, static_cast<char32_t>(value));
        } else if (c == 'c' && !m_cursor.atEnd()) {
            word.text += static_cast<char>(m_cursor.take() & 0x1f);
        } else if (c == '\\' || c == '\'' || c == '"' || c == '?') {
            word.text += c;
        } else {
            word.text += {'\\', c};
        }
    }

    // $NAME, ${NAME}, $(command) and `command` stay as they are written.
    void noteVariable()
    {
        const char c = m_cursor.peek();
        const char next = m_cursor.peek(1);
        const bool isName = next == '_' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '{' || next == '(';
        if ((c != '$' || !isName) && c != '`')
            return;
        std::string_view text = m_cursor.rest();
        const std::size_t end = text.find_first_not_of("_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 1);
        text = next == '{' ? text.substr(0, text.find('}') + 1) : next == '(' ? text.substr(0, text.find(')') + 1) : text.substr(0, end);
        const QString shown = c == '`' ? QStringLiteral("`…`") : QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        if (!m_variables.contains(shown))
            m_variables << shown;
    }

    void sayVariables()
    {
        if (!m_variables.isEmpty())
            m_line.notices << PosixWordsTr::tr("Left as text, because no shell reads this: %1").arg(m_variables.join(QStringLiteral(", ")));
    }

    TextCursor &m_cursor;
    CommandLine &m_line;
    QStringList m_variables;
};

} // namespace

void appendCodePoint(std::string &out, char32_t codePoint)
{
    const auto byte = [&out](char32_t value) { out += static_cast<char>(value); };
    if (codePoint < 0x80) {
        byte(codePoint);
    } else if (codePoint < 0x800) {
        byte(0xC0 | codePoint >> 6);
        byte(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        byte(0xE0 | codePoint >> 12);
        byte(0x80 | (codePoint >> 6 & 0x3F));
        byte(0x80 | (codePoint & 0x3F));
    } else {
        byte(0xF0 | (codePoint >> 18 & 0x07));
        byte(0x80 | (codePoint >> 12 & 0x3F));
        byte(0x80 | (codePoint >> 6 & 0x3F));
        byte(0x80 | (codePoint & 0x3F));
    }
}

core::Result<void> readPosixWords(TextCursor &cursor, CommandLine &line)
{
    return PosixReader(cursor, line).read();
}

} // namespace request
