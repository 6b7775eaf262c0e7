// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <cstdint>
#include <optional>
#include <string>

namespace connector {

// Whether a result holds all that the server had.
enum class Completeness : std::uint8_t {
    Complete,
    Cut,
    Unknown, // the server gives no way to tell
};

enum class Reason : std::uint8_t {
    None,
    RowLimit, // ours: RunOptions::maxRows
    ServerCap, // a known cap of the server's
    Broken, // the answer broke off, or the run was cancelled
    ServerCannotTell,
};

// A statement that may help against an error: offered, never run unasked.
struct Remedy {
    QString label; // "Refresh the server's catalogue"; translated
    std::string statement;
};

// How a statement ended. Rows and an error can both be there: what was delivered before an error stays delivered.
struct Outcome {
    Completeness completeness = Completeness::Complete;
    Reason reason = Reason::None;
    bool hasResultSet = false;
    std::int64_t rows = 0; // delivered to the sink
    std::int64_t columns = 0;
    std::optional<std::int64_t> affectedRows; // statements without a result set, where the server told
    std::int64_t bytes = 0; // bodies of all exchanges of this statement, before decompression
    std::optional<std::int64_t> serverMicroseconds; // the server's own time, where it told
    std::optional<core::Error> error;
    std::optional<Remedy> remedy; // of the error
};

// The stable words of --stats: "complete", "cut", "unknown"; "row_limit", "server_cap", "broken",
// "server_cannot_tell" (nullptr for None).
ONDO_EXPORT const char *word(Completeness completeness);
ONDO_EXPORT const char *word(Reason reason);

} // namespace connector
