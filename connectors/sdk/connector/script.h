// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "connector/statement.h"

#include <string_view>
#include <vector>

namespace connector {

// Splits a script by the dialect's rules: separators outside strings, quoted identifiers and comments. A statement
// whose first word is an HTTP verb followed by a path or URL is a request and ends only at a line that starts with
// "###" or at the end. Empty statements (also those of comments only) are dropped; comments before the first word are
// kept in the text. Never fails: an unclosed quote reaches to the end.
ONDO_EXPORT std::vector<Statement> splitScript(std::string_view script, const Language &language);

// The statement that holds byte offset (at its separator: the one before it); nullptr if none does.
ONDO_EXPORT const Statement *statementAt(const std::vector<Statement> &statements, std::size_t offset);

// The parameters that a statement uses, each once, in order: names of :name, or with numbered ones "1", "2", … for its
// "?". Not those in strings and comments; "::" is a cast.
ONDO_EXPORT std::vector<std::string> parametersOf(std::string_view statement, const Language &language);

// The same of a statement that may be a request: names of {name} in its target, which "{{" and "${" do not begin.
ONDO_EXPORT std::vector<std::string> parametersOf(const Statement &statement, const Language &language);

// Usage error for a used parameter without a value, a value that nothing uses, an empty one, or a NULL where the server
// has none.
ONDO_EXPORT core::Result<void> checkParameters(
    const std::vector<std::string> &used, const std::vector<Parameter> &given, bool takesNull, bool takesEmpty);

// Replaces :name outside strings, comments and "::" by literals quoted for the dialect. Usage error for a missing, an
// unused or an empty parameter.
ONDO_EXPORT core::Result<std::string> withLiterals(
    std::string_view statement, const Language &language, const std::vector<Parameter> &parameters);

} // namespace connector
