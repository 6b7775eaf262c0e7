// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"
#include "core/error.h"

#include <optional>
#include <string>

// From what an answer says to the Error that stands for it.
namespace lindorm {

// An answer without its rows.
struct AnswerFacts {
    int httpStatus = 0;
    bool hasDialectForm = false; // blocks; or an error in one of the server's two forms
    std::optional<StatedError> stated;
    std::string bodyStart; // of what has not that form
    std::string location; // of a redirect
};

bool isLoginCode(const std::string &code);

// Nothing if the answer states success. A body without the dialect's form at a status below 300 is a Decode error.
std::optional<core::Error> statedError(const AnswerFacts &facts);

// "at line 1, column 8", however it is written.
core::Position positionIn(const std::string &message);

} // namespace lindorm
