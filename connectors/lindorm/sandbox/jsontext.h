// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace lindorm::server {

// A JSON string; bytes that are not UTF-8 stay as they are.
void appendText(std::string &out, std::string_view text);
// The shortest number that reads back equal; bare NaN and Infinity.
void appendReal(std::string &out, double value);

} // namespace lindorm::server
