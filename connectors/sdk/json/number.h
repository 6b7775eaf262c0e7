// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <cstddef>
#include <string_view>

namespace json {

inline constexpr std::size_t kNumberIsValid = static_cast<std::size_t>(-1);

// Where a number leaves the grammar of RFC 8259, kNumberIsValid if it does not. The bare words NaN, Infinity and
// -Infinity, which databases send, count as numbers.
ONDO_EXPORT std::size_t findNumberError(std::string_view text);

// Characters that a number, or a word in its place, can hold.
constexpr bool isNumberCharacter(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

} // namespace json
