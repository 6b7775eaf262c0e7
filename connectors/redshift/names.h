// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"

#include <string>
#include <string_view>
#include <vector>

namespace redshift {

std::string quoted(std::string_view name);
// As it is where it is a plain lower-case word that means nothing else.
std::string quotedWhereNeeded(std::string_view name, const connector::Language &language);
// All parts in quotes, with points between them.
std::string quotedTable(const std::vector<std::string> &path);

} // namespace redshift
