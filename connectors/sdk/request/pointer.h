// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace request {

// A value within a JSON text.
struct JsonValue {
    std::string raw; // as it stands there: digits, quotes and order of keys kept
    bool isText = false;
    std::string text; // of a text its content, escapes undone; else raw
};

// Steps down into a value: keys of objects, indexes of arrays (from 0).
using JsonPath = std::vector<std::string>;

// RFC 6901: "/a/0/b~1c"; "" is the whole. None: it does not begin with a slash, or a "~" is followed by neither 0 nor 1.
ONDO_EXPORT std::optional<JsonPath> parsePointer(std::string_view pointer);
// "$.a.b[0]['c']", the part of JSONPath that names one value. None: anything else.
ONDO_EXPORT std::optional<JsonPath> parseJsonPath(std::string_view path);

// None: there is no such value, or the text is not JSON up to there. Of a repeated key the last counts.
ONDO_EXPORT std::optional<JsonValue> valueAt(std::string_view json, const JsonPath &path);

} // namespace request
