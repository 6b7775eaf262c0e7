// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/pushdown.h"
#include "core/result.h"

#include <string>

namespace tdengine {

// The INTERVAL statement for a database of this precision ("ms", "us" or "ns").
core::Result<connector::AggregateStatement> aggregateStatement(
    const connector::AggregateRequest &request, const std::string &precision);

} // namespace tdengine
