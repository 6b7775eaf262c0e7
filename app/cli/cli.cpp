// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

namespace cli {
bool isCommand(std::string_view word) { return word == "--version"; }
int run(int, char **) { return 0; }
}
