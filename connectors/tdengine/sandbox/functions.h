// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/timetext.h"

#include <vector>

struct sqlite3;

namespace tdengine::server {

// What the dialect's functions need to know of the statement that they run in.
struct FunctionContext {
    Zone zone;
    const std::vector<WindowSpec> *windows = nullptr;
};

// Adds the functions that the translator writes (td_…) to the connection; context outlives it.
void registerScalarFunctions(sqlite3 *database, const FunctionContext &context);
void registerAggregates(sqlite3 *database);

// "point(1 2)", "linestring(…)", "polygon((…))" as little-endian WKB; nothing if it is none of them.
std::optional<std::string> wkbOfText(std::string_view text);
// Digits with exactly that many decimals; nothing if the text is no number.
std::optional<std::string> decimalText(std::string_view text, int scale);

} // namespace tdengine::server
