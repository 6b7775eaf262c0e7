// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"

#include <cstdint>
#include <optional>
#include <string_view>

// What a statement's text tells without a server.
namespace tdengine {

struct Analysis {
    bool readsOnly = false; // sent twice it changes nothing
    // How many rows the whole result can have at most, where the statement itself says so (LIMIT without partitions,
    // a lone aggregate): once they are there, nothing is missing.
    std::optional<std::int64_t> mostRows;
};

Analysis analyse(std::string_view statement, const connector::Language &language);

// Without blanks around it and without separators at its end.
std::string_view stripped(std::string_view statement, const connector::Language &language);

} // namespace tdengine
