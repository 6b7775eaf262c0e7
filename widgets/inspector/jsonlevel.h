// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace inspector {

// A value within a JSON text that is not copied: where it stands.
struct JsonPlace {
    enum class Kind : std::uint8_t { Object, Array, String, Number, Word };

    std::string key; // of a member; empty for elements and the whole
    std::size_t begin = 0;
    std::size_t end = 0; // one past the last byte
    Kind kind = Kind::Word;

    bool isContainer() const { return kind == Kind::Object || kind == Kind::Array; }
};

// The whole text as one value. Decode errors say at which byte.
core::Result<JsonPlace> wholeJson(std::string_view text, std::stop_token stop);
// What stands in an object or array, one level deep. The place was found by one of these two in the same text.
core::Result<std::vector<JsonPlace>> childrenOf(std::string_view text, const JsonPlace &place, std::stop_token stop);

} // namespace inspector
