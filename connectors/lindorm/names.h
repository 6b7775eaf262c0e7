// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"

#include <string>
#include <string_view>
#include <vector>

// How names and values are written in Lindorm's SQL.
namespace lindorm {

// In backticks.
std::string quoted(std::string_view name);
// In backticks only where the name would be read as something else without.
std::string quotedWhereNeeded(std::string_view name, const connector::Language &language);
// The table at a catalogue path (database, table), names in backticks where needed.
std::string quotedTable(const std::vector<std::string> &path, const connector::Language &language);
// A name without the backticks that it may stand in.
std::string unquoted(std::string_view name);
// A text as a string literal.
std::string textLiteral(std::string_view text);
// A name or text of the server in a message.
QString shown(std::string_view text);

} // namespace lindorm
