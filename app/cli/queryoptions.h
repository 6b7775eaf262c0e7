// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/resultoptions.h"
#include "connector/script.h"

namespace cli {

// What "query" is to do, read from its arguments.
struct QueryOptions {
    ResultOptions results;
    connector::RunOptions run; // parameters of the whole script
    bool isTracing = false;
    bool hasStats = false;
};

CommandSpec querySpec();

core::Result<QueryOptions> queryOptionsFrom(const ParsedArguments &arguments);

// The text of the statements: an argument, standard input or a file. Usage error: none or several of them.
core::Result<std::string> scriptFrom(const ParsedArguments &arguments, Interrupt &interrupt);

// Each statement's own parameters out of those of the script, in the order of the statements. Usage error: one that no
// statement has, or a statement that lacks one; found here so that nothing is sent before.
core::Result<std::vector<std::vector<connector::Parameter>>> parametersByStatement(
    const std::vector<connector::Statement> &statements, const connector::Language &language,
    const std::vector<connector::Parameter> &parameters);

} // namespace cli
