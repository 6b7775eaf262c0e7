// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "core/result.h"

#include <string>
#include <string_view>
#include <vector>

// Names as the dialect and its paths write them.
namespace openmldb {

// In backticks where it is not a plain name or is a reserved word; case counts either way.
std::string quotedWhereNeeded(std::string_view name, const connector::Language &language);
// Of a quoted name or word, what it names.
std::string unquoted(std::string_view name);

// A segment of a path. The server's pattern takes neither percent-encoding nor dots nor anything beyond ASCII: a Usage
// error for a name that it would refuse.
core::Result<std::string> pathSegment(const std::string &name);

} // namespace openmldb
