// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace request {

// The value of the header Cookie for a URL out of a file of cookies: Netscape's form, or lines of Set-Cookie headers.
// Empty: none fits.
std::string cookiesFor(std::string_view file, std::string_view url);

} // namespace request
