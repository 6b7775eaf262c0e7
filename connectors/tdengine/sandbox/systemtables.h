// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/running.h"
#include "sandbox/store.h"

namespace tdengine::server {

// information_schema and performance_schema as relations, made from the store as it is now. Nothing: no such table.
std::shared_ptr<const Relation> systemRelation(
    std::string_view database, std::string_view table, Store &store, const RunningStatements &running);
bool isSystemDatabase(std::string_view name);

} // namespace tdengine::server
