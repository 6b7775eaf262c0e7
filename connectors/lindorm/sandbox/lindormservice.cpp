// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/lindormservice.h"

namespace lindorm {

std::unique_ptr<sandbox::Service> createSandboxService()
{
    return nullptr;
}

} // namespace lindorm
