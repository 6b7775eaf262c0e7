// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

namespace auth {

struct ProcessOutput {
    int exitCode = 0; // -1: ended by a signal
    std::string output;
    std::string errors;
};

// Runs a program, found by PATH and without a shell, to its end. It and what it started is ended when stop is
// requested (Cancelled), after the limit (Timeout), or when it prints more than 1 MB (Limit). Internal: it cannot start.
ONDO_EXPORT core::Result<ProcessOutput> outputOf(
    const std::vector<std::string> &words, std::chrono::milliseconds limit, std::stop_token stop);

} // namespace auth
