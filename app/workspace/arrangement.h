// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/savedconnection.h"

#include <string>
#include <vector>

namespace workspace {

// The connections whose files change when some (moved, in this order) are put into a group, before another one or, with
// before empty, behind the last of the group (behind all where it is new). all: in the order that they are shown in.
// Places are numbered with room between them, so that mostly only the files of what was moved change.
std::vector<SavedConnection> arranged(std::vector<SavedConnection> all, const std::vector<std::string> &moved, const std::string &group, const std::string &before);

// The place of a new connection: behind all where somebody has arranged them, else none.
int nextOrder(const std::vector<SavedConnection> &all);

} // namespace workspace
