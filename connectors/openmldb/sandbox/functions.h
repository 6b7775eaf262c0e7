// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sqlite.h"

namespace openmldb::server {

// The dialect's functions that SQLite has not: see where QueryTranslator writes om_….
void addFunctions(sandbox::sqlite::Database &database);

} // namespace openmldb::server
