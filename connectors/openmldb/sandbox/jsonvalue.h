// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace openmldb::server {

// A JSON document in memory, with what the server takes besides: NaN, Inf, Infinity, -Inf and -Infinity.
struct JsonValue {
    enum class Kind { Null, Bool, Integer, Real, String, Array, Object };
    Kind kind = Kind::Null;
    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0; // of integers too
    std::string text;
    std::vector<JsonValue> items;
    std::vector<std::pair<std::string, JsonValue>> members;

    const JsonValue *member(std::string_view name) const;
    bool is(Kind other) const { return kind == other; }
    bool isNumber() const { return kind == Kind::Integer || kind == Kind::Real; }
};

std::optional<JsonValue> parseJson(std::string_view text);

} // namespace openmldb::server
