// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <string>

namespace timescale {

// One YAML document as JSON: keys in their order, aliases written out, plain words that JSON knows (true, 12, null) as
// those and all else as texts. Usage error with the line where it is no YAML.
core::Result<std::string> jsonOfYaml(const std::string &text);

} // namespace timescale
