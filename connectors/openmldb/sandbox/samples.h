// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/store.h"

namespace openmldb::server {

// The sample data of all sandboxes, and the tables and deployments of the documents' examples.
void addSamples(Store &store);

} // namespace openmldb::server
