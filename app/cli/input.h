// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/interrupt.h"
#include "core/result.h"
#include "core/secret.h"

#include <string>

namespace cli {

// All of standard input. Cancelled when interrupted.
core::Result<std::string> readStandardInput(Interrupt &interrupt);

// All of a file, a byte order mark at its start left out. Usage error: cannot be read.
core::Result<std::string> readFile(const std::string &path);

// The first line of standard input, and no byte more of it.
core::Result<core::Secret> readPassword(Interrupt &interrupt);

} // namespace cli
