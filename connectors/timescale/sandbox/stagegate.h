// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/cloud.h"

namespace timescale::server {

// A request to a deployed stage, /STAGE/path of the sandbox's own API or /restapis/API/STAGE/_user_request_/path of any,
// answered by its integration as a gateway does.
void serveStage(Cloud &cloud, const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop);

} // namespace timescale::server
