// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/statement.h"
#include "runner.h"

namespace lindorm {

// Looks the statement up in SHOW PROCESSLIST and kills the one that it can only be.
core::Result<connector::StopReport> stopQuery(
    Runner &runner, const connector::RunningStatement &running, connector::Sink &sink, std::stop_token stop);

} // namespace lindorm
