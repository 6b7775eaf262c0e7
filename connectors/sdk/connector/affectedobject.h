// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "connector/statement.h"

#include <optional>
#include <string>

namespace connector {

// What a statement may change, in words to ask somebody with.
struct AffectedObject {
    std::string verb; // upper case: "DELETE", "EXPLAIN ANALYZE DELETE", "POST"; empty if the text could not be read
    std::string name; // as written, quotes and schema too; of a request its path without the query; empty if not found
};

// What the statement may change; none if it changes nothing for sure. SQL is read by the dialect's rules: the words that
// write, also in a later part (WITH … INSERT, SELECT … INTO, EXPLAIN ANALYZE DELETE, after a separator), and calls of
// functions that are known to change something. What cannot be understood may change anything. Of requests GET, HEAD
// and OPTIONS read, and those that fit a template of the manifest that is marked as reading or names where its SQL is.
ONDO_EXPORT std::optional<AffectedObject> affectedObject(const Statement &statement, const Manifest &manifest);

} // namespace connector
