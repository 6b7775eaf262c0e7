// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/options.h"

#include <string>
#include <string_view>
#include <vector>

namespace cli {

// PATH of "catalog": names joined by "/". In a name a slash is %2F; so that every name can be written, a "%" that would
// be read as part of such an escape is %25.
struct CatalogPath {
    std::vector<std::string> names;
    bool hasTrailingSlash = false;
};
CatalogPath catalogPath(std::string_view text);
std::string pathSegment(std::string_view name);

CommandSpec catalogSpec();

} // namespace cli
