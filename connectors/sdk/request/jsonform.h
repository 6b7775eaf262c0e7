// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "request/curlcommand.h"

namespace request {

// {"method","url","headers":[[name,value]…],"body":text|{"base64":…}|null} on one line, every header that would be sent;
// secrets as *** unless they are shown.
ONDO_EXPORT std::string toJson(const Ready &ready, bool showsSecrets);

// The URL with its secret parts as ***.
ONDO_EXPORT std::string shownUrl(const http::Request &request);

// The body, values that are known as secrets (of a private environment, say) as *** unless they are shown.
ONDO_EXPORT std::string shownBody(const http::Request &request, bool showsSecrets);

// Whether the bytes are UTF-8 without NUL and other control characters than tabs and ends of lines.
ONDO_EXPORT bool isPlainText(std::string_view bytes);

} // namespace request
