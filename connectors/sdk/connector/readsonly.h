// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "connector/statement.h"

namespace connector {

// Whether a statement changes nothing for sure: affectedObject() finds nothing.
ONDO_EXPORT bool readsOnly(const Statement &statement, const Manifest &manifest);
// The same where the dialect's templates are not at hand: of requests only GET, HEAD and OPTIONS read.
ONDO_EXPORT bool readsOnly(const Statement &statement, const Language &language);

} // namespace connector
