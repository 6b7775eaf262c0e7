// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"
#include "core/error.h"
#include "http/message.h"

#include <optional>

// From what an answer says to the Error that stands for it.
namespace timescale {

struct Stated {
    const http::Head *head = nullptr;
    const AnswerSummary *summary = nullptr;
    std::string method;
    bool isSigned = false;
    bool hasApiKey = false;
};

// Nothing if the answer states success. Status and x-amzn-ErrorType count first, the text second: owners of an API can
// change all of its bodies.
std::optional<core::Error> statedError(const Stated &stated);

// Whether an error means that the answer did not come to its end, or not in its form.
bool breaksOff(core::ErrorKind kind);

} // namespace timescale
