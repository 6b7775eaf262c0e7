// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "request/shellwords.h"
#include "request/textcursor.h"

namespace request {

// One shell's way each; the cursor stands at the first word.
core::Result<void> readPosixWords(TextCursor &cursor, CommandLine &line);
core::Result<void> readCmdWords(TextCursor &cursor, CommandLine &line);
core::Result<void> readPowerShellWords(TextCursor &cursor, CommandLine &line);

core::Error unclosedQuote(const Word &word, char quote);

// Appends a code point as UTF-8.
void appendCodePoint(std::string &out, char32_t codePoint);

} // namespace request
