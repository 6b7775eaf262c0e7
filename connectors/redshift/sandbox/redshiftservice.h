// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/service.h"

#include <memory>

namespace redshift {

std::unique_ptr<sandbox::Service> createSandboxService();

} // namespace redshift
