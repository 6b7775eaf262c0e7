// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/services.h"
#include "request/assemble.h"
#include "request/writers.h"

#include <optional>

namespace cli {

// What "request" is to do, read from its arguments. Exactly one of curl, documentPath and direct is set.
struct RequestOptions {
    std::string curl; // a command line
    std::string documentPath;
    std::string documentName; // of the one request that is to run
    bool runsAll = false; // -F
    std::optional<request::Assembled> direct; // METHOD, URL, -H and -d
    std::string environment;
    bool hasTarget = false;
    bool showsHead = false;
    bool failsOnStatus = false;
    bool isDry = false;
    bool isTracing = false;
    bool showsSecrets = false;
    std::optional<request::Language> language; // --as
    std::optional<std::chrono::milliseconds> idleTimeout;
};

CommandSpec requestSpec();

core::Result<RequestOptions> requestOptionsFrom(const ParsedArguments &arguments, const request::ReadFile &readFile);

} // namespace cli
