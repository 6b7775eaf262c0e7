// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connector {

// One statement of a script: SQL, or an HTTP request in .http syntax ("GET /dbs", "POST /insert" + headers + body).
struct Statement {
    std::string text; // without the separator, trimmed
    std::size_t begin = 0; // byte range in the script that it was cut from, separator excluded
    std::size_t end = 0;
    int line = 1; // of its first character in the script
    bool isRequest = false;
};

// A value for a parameter of the statement. How it is sent is the dialect's: see COMMAND-LINE "Statements".
struct Parameter {
    std::string name; // of "?" parameters "1", "2", …
    std::string type; // empty: found from the text
    std::optional<std::string> value; // none: SQL NULL
};

struct RunOptions {
    std::string database; // empty: the profile's
    std::vector<Parameter> parameters;
    std::int64_t maxRows = 0; // 0: no limit
    std::chrono::milliseconds idleTimeout{300000};
    std::string batch; // "", "transaction" or "each"
};

// A statement on its way, as the server's list of running statements would show it.
struct RunningStatement {
    std::string text; // exactly as sent
    std::string application; // the name under which the connection is listed
    std::string requestId;
    std::chrono::system_clock::time_point startedAt;
};

// What came of asking the server to stop a statement. Not being able to is an answer, not an error.
struct StopReport {
    bool stopped = false;
    QString message; // translated: "stopped on the server", "2 equal statements are running, none was stopped", …
};

} // namespace connector
