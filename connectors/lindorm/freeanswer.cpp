// SPDX-License-Identifier: GPL-3.0-or-later
#include "freeanswer.h"

#include "connector/freeanswer.h"
#include "connector/sessionparts.h"
#include "errors.h"
#include "json/memorysource.h"

namespace lindorm {

namespace {

constexpr std::size_t kBodyLimit = 64 * 1024 * 1024;

connector::Outcome outcomeOfRow(const http::Head &head, const std::string &body)
{
    connector::Outcome outcome;
    outcome.hasResultSet = true;
    outcome.rows = 1;
    outcome.columns = 3;
    if (head.status >= 400)
        outcome.error = statedError({.httpStatus = head.status, .bodyStart = body});
    return outcome;
}

} // namespace

AnswerSummary readFreeAnswer(http::Answer &answer, const AnswerOptions &options, connector::Sink &sink, FreeAnswer &freeAnswer)
{
    AnswerSummary summary;
    auto body = http::readAll(answer, kBodyLimit);
    if (!body) {
        summary.error = std::move(body).error();
        return summary;
    }
    connector::NoSink nowhere;
    json::MemorySource trial(*body);
    summary = decodeAnswer(trial, options, nowhere);
    if (summary.hasDialectForm && (summary.hasResultSet || summary.stated)) {
        json::MemorySource source(*body);
        return decodeAnswer(source, options, sink);
    }
    freeAnswer.isDelivered = connector::deliverFreeAnswer(answer.head(), *body, sink);
    freeAnswer.outcome = outcomeOfRow(answer.head(), *body);
    summary.cutBySink = !freeAnswer.isDelivered;
    return summary;
}

} // namespace lindorm
