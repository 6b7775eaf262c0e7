// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/service.h"

#include <memory>

namespace lindorm {

// Lindorm's half of the embedded server: SQL over HTTP and line protocol, on SQLite, with synthetic sample data.
// Account root with password root_tsdb.
std::unique_ptr<sandbox::Service> createSandboxService();

} // namespace lindorm
