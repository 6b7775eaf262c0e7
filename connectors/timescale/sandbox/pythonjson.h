// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sqlite.h"

#include <string>
#include <vector>

namespace timescale::server {

// As Python's json.dumps() prints: ", " and ": " between things, floats by repr(), all but ASCII escaped.
void appendPythonText(std::string &out, std::string_view text);
void appendPythonFloat(std::string &out, double value);

// All rows of a statement with these columns as a list of dicts. Done, or what ended it.
sandbox::sqlite::Statement::Step appendRows(
    std::string &out, sandbox::sqlite::Statement &statement, const std::vector<std::string> &columns);

} // namespace timescale::server
