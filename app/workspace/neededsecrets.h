// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/savedconnection.h"

#include <vector>

namespace workspace {

// Whether a field of the form is there with the values that the connection has; a field that depends on one that is not
// there is not there either.
bool isShown(const connector::Field &field, const SavedConnection &connection, const connector::Manifest &manifest);

// The value that a field has: the connection's own, or the one that it has by default.
std::string valueOf(const connector::Field &field, const SavedConnection &connection);

// Secret fields without which the connection cannot log in: those that are required, the password of a user who is
// named, and what the chosen log-in is made of, unless another field of that log-in says where it is found.
std::vector<connector::Field> neededSecrets(const SavedConnection &connection, const connector::Manifest &manifest);

} // namespace workspace
