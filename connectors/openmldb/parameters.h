// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "connector/statement.h"
#include "core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace openmldb {

// {"schema":[…],"data":[…]} for the "?" of the statement; empty where it has none. Usage errors: what is missing, unused,
// NULL, of an unknown type, or no value of its type.
core::Result<std::string> inputOf(
    std::string_view statement, const connector::Language &language, const std::vector<connector::Parameter> &parameters);

} // namespace openmldb
