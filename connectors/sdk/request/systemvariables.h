// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <string>
#include <string_view>

namespace request {

struct SystemValue {
    std::string text;
    bool isSecret = false; // from the environment or a file of settings
};

// The value of "$name arguments". Usage errors: an unknown name, arguments that do not fit, a variable that is not set.
core::Result<SystemValue> systemVariable(std::string_view text, const std::string &folder);

} // namespace request
