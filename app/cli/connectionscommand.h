// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/options.h"

namespace cli {

// connections list | show NAME | add NAME URL | secret NAME | allow NAME | test NAME | remove NAME | export [NAME…] | import FILE
CommandSpec connectionsSpec();

} // namespace cli
