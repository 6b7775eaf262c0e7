// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "connector/statement.h"

namespace connector {

// Whether a statement changes nothing for sure, by its words: it begins as one that reads, no word in it is one that
// writes (WITH … INSERT, EXPLAIN ANALYZE DELETE, SELECT … INTO), and no second statement follows. Of requests only GET,
// HEAD and OPTIONS. What is not understood counts as writing.
ONDO_EXPORT bool readsOnly(const Statement &statement, const Language &language);

} // namespace connector
