// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace request {

// Below, equal to or above 0 as the number left is below, equal to or above right; exact for any count of digits. None
// where one of them is not a number of JSON.
std::optional<int> compareDecimals(std::string_view left, std::string_view right);

} // namespace request
