// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sqlite.h"

namespace lindorm::server {

// What SQLite lacks: FIRST and LAST by time (also over windows), PERCENTILE, divisions and casts that fail as the server's
// do. Their names begin with "l_".
void addFunctions(sandbox::sqlite::Database &database);

} // namespace lindorm::server
