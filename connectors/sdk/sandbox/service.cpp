// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/service.h"

#include <strings.h>

namespace sandbox {

std::string_view Request::header(std::string_view name) const
{
    for (const auto &[key, value] : headers) {
        if (key.size() == name.size() && strncasecmp(key.data(), name.data(), name.size()) == 0)
            return value;
    }
    return {};
}

std::string_view Request::queryValue(std::string_view name) const
{
    for (const auto &[key, value] : query) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace sandbox
