// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/store.h"
#include "sandbox/timetext.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

struct sqlite3;

namespace tdengine::server {

// A relation as a table of SQLite: columns c0, c1, … (then the tags), and hidden tb (the table's name) and w (the start
// of the window of the row's timestamp, where windows is set). Rows come ordered by w or c0 where SQLite asks for it.
struct RelationModule {
    std::string name; // of the table in SQL
    std::shared_ptr<const Relation> relation;
    std::optional<WindowSpec> windows; // that do not overlap
};

// Makes the relation known to the connection; module outlives it.
void registerRelation(sqlite3 *database, const RelationModule &module);

// td_windows(low, high, i): a row with the start w of each window of windows[i] that holds a tick of [low, high].
void registerWindows(sqlite3 *database, const std::vector<WindowSpec> &windows);

} // namespace tdengine::server
