// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/options.h"
#include "cli/services.h"

namespace cli {

// Tries a connection step by step and prints step, status, ms, detail. The exit code is that of the step that fails.
core::Result<int> testConnection(Services &services, const ParsedArguments &arguments, const std::string &name);

} // namespace cli
