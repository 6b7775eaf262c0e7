// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/connections.h"

namespace workspace {

// The same connection, trusting this one certificate (SHA-256, 64 hex digits). Sends nothing.
core::Result<std::shared_ptr<Connection>> withFingerprint(const Connection &connection, const std::string &fingerprint);

// Puts it into the connection's file.
core::Result<void> keepFingerprint(const ConnectionStore &store, const std::string &name, const std::string &fingerprint);

} // namespace workspace
