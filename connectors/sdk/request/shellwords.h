// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QStringList>

#include <string>
#include <string_view>
#include <vector>

// Requests as text: .http documents, command lines of other programs, code in other languages.
namespace request {

enum class Shell { Posix, Cmd, PowerShell };

// One argument as the shell would hand it over; line and column, both from 1, tell where it begins.
struct Word {
    std::string text;
    int line = 1;
    int column = 1;
};

struct CommandLine {
    Shell shell = Shell::Posix;
    std::vector<Word> words;
    QStringList notices; // what a shell would have done besides and was left out: variables, pipes, redirections; translated
};

// The shell that a command line was written for, told by its quoting: carets are those of cmd, backquotes at the end of
// a line those of PowerShell.
ONDO_EXPORT Shell shellOf(std::string_view text);

// The words of the first command in the text, read by the rules of the shell. A prompt before it ("$ ", "> ",
// "PS C:\>") is passed over. Nothing is run and no variable is looked up: "$NAME" stays as it is, with a notice.
// Usage error, with line and column: a quote that is not closed.
ONDO_EXPORT core::Result<CommandLine> readCommandLine(std::string_view text, Shell shell);
inline core::Result<CommandLine> readCommandLine(std::string_view text)
{
    return readCommandLine(text, shellOf(text));
}

// A Usage error at a place of a text that somebody wrote.
core::Error errorAt(int line, int column, const QString &message, const QString &hint = {});

} // namespace request
