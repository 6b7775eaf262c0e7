// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace timescale {

// The bytes that base64 text stands for, blanks and line ends passed over; none if it is no base64.
std::optional<std::string> fromBase64(std::string_view text);

} // namespace timescale
