// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message.h"

#include <strings.h>

namespace http {

std::string_view Head::header(std::string_view name) const
{
    for (const Header &candidate : headers) {
        if (candidate.name.size() == name.size() && strncasecmp(candidate.name.data(), name.data(), name.size()) == 0)
            return candidate.value;
    }
    return {};
}

} // namespace http
