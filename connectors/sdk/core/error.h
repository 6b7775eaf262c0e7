// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>

namespace core {

// What went wrong, in the one way that callers act on. The order is that of the exit codes' table, not of severity.
enum class ErrorKind : std::uint8_t {
    Cancelled, // by the user or a signal
    Usage, // the caller's own words: option, name, file, parameter
    Unsupported, // asked of something that cannot do it; nothing was sent
    Network, // name, connect, proxy, connection lost, 502/503/504 of something that is not the server
    Tls,
    Timeout,
    Login, // the server refuses who asks
    Server, // the server states an error that is not about the statement
    Statement, // the server states an error about the statement
    Decode, // a complete answer that is not in the form that the dialect promises
    Limit, // a limit of ours was reached and the rest was not read
    Internal,
};

// Where in the input or the answer. Each part is there only if known; all count from 1 but byte, which counts from 0.
struct Position {
    std::optional<std::int64_t> byte; // of the decoded answer body
    std::optional<std::int64_t> row; // of the result
    std::optional<int> line; // of the statement or file
    std::optional<int> column;
};

// An error as a value. message says what was tried and what was seen, hint what to do next; both are translated and
// never hold a secret. serverCode and serverText are the server's own, unchanged (the text may not be UTF-8).
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    QString message;
    QString hint;
    QString serverCode;
    std::string serverText;
    int httpStatus = 0; // 0: no status line was read
    Position position;
    bool mayHaveRun = false; // the connection was lost after the request went out: the statement may have run
};

// The process exit code of the command line's contract: 130, 2, 3, 4, 1 or 5.
ONDO_EXPORT int exitCode(ErrorKind kind);

// "network", "log-in", …: the stable English word used in logs and in machine-readable output.
ONDO_EXPORT const char *kindName(ErrorKind kind);

// message, the server's code and text, position and hint on as many lines as there are parts; plain text.
ONDO_EXPORT QString toText(const Error &error);

} // namespace core
