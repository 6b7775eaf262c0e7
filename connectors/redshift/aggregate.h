// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/pushdown.h"
#include "core/result.h"

namespace redshift {

// The statement that aggregates; isZoned: the time column is a timestamptz.
core::Result<connector::AggregateStatement> aggregateStatement(const connector::AggregateRequest &request, bool isZoned);

} // namespace redshift
