// SPDX-License-Identifier: GPL-3.0-or-later
#include "answer.h"

#include "answerreader.h"

namespace timescale {

namespace {
constexpr std::size_t kStartKept = std::size_t(64) << 10;
}

AnswerSummary decodeAnswer(json::Source &source, const AnswerOptions &options, connector::Sink &sink)
{
    return AnswerReader(source, options, sink).read();
}

AnswerSummary readErrorAnswer(json::Source &source)
{
    AnswerSummary summary;
    Body body(source, [] { return true; });
    body.fill(kStartKept);
    summary.bodyStart = body.text().substr(0, kStartKept);
    summary.error = body.error();
    return summary;
}

} // namespace timescale
