// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/service.h"

#include <memory>

namespace timescale {

// The data API's half of the embedded server: a gateway with a stage, the functions behind it on real SQL, and the parts
// of the Lambda and API Gateway interfaces that the tutorial's steps use, signatures verified.
std::unique_ptr<sandbox::Service> createSandboxService();

// What the sandbox takes for a log-in.
inline constexpr const char *kSandboxAccessKey = "ONDOSANDBOXACCESSKEY";
inline constexpr const char *kSandboxSecretKey = "ondograph/sandbox/only/no/real/key";
inline constexpr const char *kSandboxApiKey = "ondograph-sandbox-api-key";
inline constexpr const char *kSandboxRegion = "us-east-1";
inline constexpr const char *kSandboxApi = "sandboxapi";

} // namespace timescale
