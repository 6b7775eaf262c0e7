// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <string>
#include <utility>
#include <vector>

namespace request {

struct NamedValue {
    std::string name;
    std::string value;
    bool isSecret = false; // of the private file
};

// The values of an environment out of http-client.env.json and its twin http-client.private.env.json, which wins; the
// nearest ones, from the folder upwards. What "$shared" holds belongs to every environment; an empty name asks for that
// alone. Usage errors: no such environment (with the names that there are), no files, a file that is not of that form.
ONDO_EXPORT core::Result<std::vector<NamedValue>> loadEnvironment(const std::string &folder, const std::string &name);

} // namespace request
