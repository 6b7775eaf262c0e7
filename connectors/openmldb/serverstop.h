// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runner.h"

namespace openmldb {

// Stops the offline job that the statement started, if exactly one that runs can be it. Online nothing can be stopped.
core::Result<connector::StopReport> stopJob(
    const Runner &runner, const connector::RunningStatement &running, connector::Sink &sink, std::stop_token stop);

} // namespace openmldb
