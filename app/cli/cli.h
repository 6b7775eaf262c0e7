// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace cli {

// Whether the program's first argument is a command (or --help, --version) rather than the desktop's.
bool isCommand(std::string_view word);

// Runs the command line and returns the process's exit code. Makes its own QCoreApplication. Secrets in argv are
// overwritten before anything else happens.
int run(int argc, char **argv);

} // namespace cli
