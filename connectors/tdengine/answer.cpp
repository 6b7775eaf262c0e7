// SPDX-License-Identifier: GPL-3.0-or-later
#include "answer.h"

#include "answerreader.h"

namespace tdengine {

AnswerSummary decodeAnswer(json::Source &source, const AnswerOptions &options, connector::Sink &sink)
{
    return AnswerReader(source, options, sink).read();
}

} // namespace tdengine
