// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sqlite.h"

namespace redshift::server {

// Gives a connection the functions that translated statements call (their names begin with "rs_").
void addFunctions(sandbox::sqlite::Database &database);

} // namespace redshift::server
