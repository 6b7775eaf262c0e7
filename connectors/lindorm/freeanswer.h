// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"
#include "connector/outcome.h"
#include "http/client.h"

namespace lindorm {

// The answer of an endpoint whose form is its own: shown as a table of one row (status, content type, body).
struct FreeAnswer {
    bool isDelivered = false;
    connector::Outcome outcome;
};

// Reads an answer that may be in /api/v2/sql's form or in any other. In that form it is delivered and summed up as
// decodeAnswer does; otherwise as a row, and freeAnswer holds the outcome.
AnswerSummary readFreeAnswer(http::Answer &answer, const AnswerOptions &options, connector::Sink &sink, FreeAnswer &freeAnswer);

} // namespace lindorm
