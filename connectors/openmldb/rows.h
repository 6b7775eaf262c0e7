// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"
#include "core/result.h"
#include "runner.h"

#include <string>
#include <vector>

namespace openmldb {

// Runs a small statement of our own that answers with texts, online, and gives its rows; its exchanges go on to the sink.
core::Result<std::vector<std::vector<std::string>>> fetchRows(const Runner &runner, const std::string &database, const std::string &sql,
    const QString &purpose, connector::Sink &sink, std::stop_token stop);

} // namespace openmldb
