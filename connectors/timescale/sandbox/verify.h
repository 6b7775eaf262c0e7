// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/service.h"

#include <optional>
#include <string>

namespace timescale::server {

struct Refusal {
    int status = 403;
    std::string type; // of x-amzn-ErrorType
    std::string message;
};

// None: the request is signed with the sandbox's keys for this service, not more than five minutes ago or ahead.
std::optional<Refusal> refusalOf(const sandbox::Request &request, std::string_view service);

} // namespace timescale::server
