// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/redshiftservice.h"

namespace redshift {

std::unique_ptr<sandbox::Service> createSandboxService()
{
    return nullptr;
}

} // namespace redshift
