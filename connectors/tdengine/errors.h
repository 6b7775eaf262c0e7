// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <cstdint>
#include <optional>
#include <string>

// From what an answer says to the Error that stands for it.
namespace tdengine {

struct Stated {
    int httpStatus = 0;
    bool hasDialectForm = false; // an object with code or status
    std::optional<std::int64_t> code;
    std::string desc;
    std::string bodyStart; // of what has not that form
    std::string contentType;
    std::string location; // of a redirect
};

bool isLoginCode(std::int64_t code);

// Nothing if the answer states success. An answer without the dialect's form at a status below 300 is a Decode error.
std::optional<core::Error> statedError(const Stated &stated);

} // namespace tdengine
