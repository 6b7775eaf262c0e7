// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/statement.h"
#include "runner.h"

namespace openmldb {

// A statement on its way to /dbs/{db}.
struct SqlCall {
    std::string sql; // stripped
    std::string database; // empty: none is meant
    Mode mode = Mode::Online;
    std::vector<connector::Parameter> parameters;
    std::chrono::milliseconds idleTimeout{300000};
    QString purpose;
};

// Usage errors: nothing to send, a command that must not be sent, a database that no path can name, parameters.
core::Result<http::Request> sqlRequest(const SqlCall &call, const Runner &runner);

// Whether the statement may be sent at all: EXIT and QUIT end the API server's process.
core::Result<void> checkStatement(std::string_view sql, const connector::Language &language);

// A synchronous offline job keeps the connection silent until it ends.
std::chrono::milliseconds offlineIdleTimeout(std::chrono::milliseconds idleTimeout);

} // namespace openmldb
