// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"

#include <string>
#include <string_view>
#include <vector>

// How names and values are written in TDengine's SQL.
namespace tdengine {

// In backticks: the server then takes the name as it is, without folding it to lower case.
std::string quoted(std::string_view name);
// In backticks only where the name would be read as something else without.
std::string quotedWhereNeeded(std::string_view name, const connector::Language &language);
// The table at a catalogue path (database, [super table,] table), each name in backticks.
std::string quotedTable(const std::vector<std::string> &path);
// A text as a string literal.
std::string textLiteral(std::string_view text);

} // namespace tdengine
