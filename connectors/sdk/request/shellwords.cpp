// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/shellwords.h"

#include "request/shellreaders.h"

#include <QCoreApplication>

namespace request {

namespace {

struct ShellWordsTr {
    Q_DECLARE_TR_FUNCTIONS(ShellWords)
};

bool isBlankOrLineEnd(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Whether a mark stands at the end of a line, blanks behind it allowed.
bool endsALine(std::string_view text, char mark)
{
    for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
        const std::size_t next = text.find_first_not_of(" \t\r", at + 1);
        if (next != std::string_view::npos && text[next] == '\n')
            return true;
    }
    return false;
}

void skipBlanks(TextCursor &cursor)
{
    while (!cursor.atEnd() && isBlankOrLineEnd(cursor.peek()))
        cursor.take();
}

// What a terminal prints before what is typed.
void skipPrompt(TextCursor &cursor)
{
    skipBlanks(cursor);
    if (cursor.startsWith("PS ")) {
        const std::size_t end = cursor.rest().find("> ");
        if (end != std::string_view::npos && end < cursor.rest().find('\n'))
            cursor.skip(end + 2);
    }
    for (const std::string_view prompt : {"$ ", "# ", "% ", "> "}) {
        if (cursor.startsWith(prompt))
            cursor.skip(prompt.size());
    }
    skipBlanks(cursor);
}

} // namespace

core::Error errorAt(int line, int column, const QString &message, const QString &hint)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    error.position.line = line;
    error.position.column = column;
    return error;
}

core::Error unclosedQuote(const Word &word, char quote)
{
    return errorAt(word.line, word.column, ShellWordsTr::tr("The quote %1 is not closed.").arg(QLatin1Char(quote)),
        ShellWordsTr::tr("A quote inside a quoted text is written as the shell wants it: '\\'' in sh, ^\" in cmd, '' in PowerShell."));
}

Shell shellOf(std::string_view text)
{
    if (text.find("^\"") != std::string_view::npos || endsALine(text, '^'))
        return Shell::Cmd;
    const std::size_t escaped = text.find("`\""); // in sh a backquote within double quotes stands behind a backslash
    const bool hasEscapedQuote = escaped != std::string_view::npos && (escaped == 0 || text[escaped - 1] != '\\');
    const bool isPowerShell = endsALine(text, '`') || hasEscapedQuote || text.starts_with("PS ");
    if (isPowerShell)
        return Shell::PowerShell;
    // A quote doubled within quotes joins two texts in sh, which nobody writes: {""key"": 1}.
    const bool hasDoubledQuotes = text.find("{\"\"") != std::string_view::npos || text.find("\"\":") != std::string_view::npos;
    return hasDoubledQuotes && text.find('\'') == std::string_view::npos ? Shell::Cmd : Shell::Posix;
}

core::Result<CommandLine> readCommandLine(std::string_view text, Shell shell)
{
    TextCursor cursor(text);
    skipPrompt(cursor);
    CommandLine line;
    line.shell = shell;
    auto done = shell == Shell::Posix ? readPosixWords(cursor, line) : shell == Shell::Cmd ? readCmdWords(cursor, line) : readPowerShellWords(cursor, line);
    if (!done)
        return std::move(done).error();
    return line;
}

} // namespace request
