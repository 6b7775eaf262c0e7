// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/options.h"

namespace cli {

CommandSpec sandboxSpec();

} // namespace cli
