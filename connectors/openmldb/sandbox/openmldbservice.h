// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/service.h"

#include <memory>

namespace openmldb {

// OpenMLDB's half of the embedded server: the API server's endpoints, on real SQL, with synthetic sample data and the
// objects of the documents' examples. Without log-in.
std::unique_ptr<sandbox::Service> createSandboxService();

} // namespace openmldb
