// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "columntype.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Texts that people write as values of a type, as the JSON that the server takes for it. Nothing: it is no such value.
namespace openmldb {

// For PUT and for calls of deployments and procedures.
std::optional<std::string> jsonValue(Type type, std::string_view text);

// For "?": dates are integers there.
std::optional<std::string> inputValue(Type type, std::string_view text);

// The type that a text looks like: true and false, integers, numbers with a point or exponent, YYYY-MM-DD, text.
Type inferredType(std::string_view text);

struct Date {
    int year = 0;
    int month = 0;
    int day = 0;
};
// Year-month-day that exists, of the years 1900 to 9999; leading zeros may be left out.
std::optional<Date> dateOf(std::string_view text);

} // namespace openmldb
