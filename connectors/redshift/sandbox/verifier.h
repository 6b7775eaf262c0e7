// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/service.h"

#include <chrono>
#include <optional>
#include <string>

namespace redshift::server {

// The one key that the sandbox knows. Whoever sees this program knows it too: it guards nothing.
inline constexpr const char *kAccessKeyId = "AKIASANDBOXSANDBOX00";
inline constexpr const char *kSecretAccessKey = "sandboxSecretSandboxSecretSandboxSecret0";

struct Complaint {
    int status = 400;
    std::string name;
    std::string message;
};

// Checks a request's Signature Version 4 as the service does; nothing: it is right. now: the server's clock.
std::optional<Complaint> verify(const sandbox::Request &request, std::chrono::system_clock::time_point now);

} // namespace redshift::server
