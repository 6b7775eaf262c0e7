// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/cloud.h"

namespace timescale::server {

// Lambda's own interface: functions, their code, configuration and invocation, and layers. Signed requests only.
void serveLambdaApi(Cloud &cloud, const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop);

} // namespace timescale::server
