// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/service.h"

#include <memory>

namespace tdengine {

// TDengine's half of the embedded server: the REST interface of its adapter, on real SQL, with synthetic sample data.
// Account root with password taosdata.
std::unique_ptr<sandbox::Service> createSandboxService();

} // namespace tdengine
