// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/service.h"

#include <memory>

namespace redshift {

// The sandbox's Data API: signed calls, statements that run on threads of their own, real SQL, synthetic data.
std::unique_ptr<sandbox::Service> createSandboxService();

} // namespace redshift
