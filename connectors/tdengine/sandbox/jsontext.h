// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace tdengine::server {

// As the adapter writes JSON: only quotes, backslashes and control characters are escaped, all other bytes go through.
void appendJsonString(std::string &out, std::string_view text);
// The shortest form that reads back equal, with an exponent below 1e-6 and from 1e21; NaN and infinities are null.
void appendDouble(std::string &out, double value);
void appendFloat(std::string &out, float value);
void appendHex(std::string &out, std::string_view bytes);

} // namespace tdengine::server
