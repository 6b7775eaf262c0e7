// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "caller.h"
#include "connector/statement.h"

namespace redshift {

// Cancels a running statement by its Id, or by its name while the Id is not known, and waits until the service says how
// it ended.
core::Result<connector::StopReport> stopStatement(Caller &caller, const connector::RunningStatement &running, Trip &trip);

} // namespace redshift
