// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/services.h"

namespace cli {

// The options that say which connection a command works on.
std::vector<OptionSpec> targetOptions();

// The connection that they name; sends nothing. Usage errors: none or two named, a password that cannot be had.
core::Result<std::shared_ptr<workspace::Connection>> openTarget(Services &services, const ParsedArguments &arguments);

} // namespace cli
