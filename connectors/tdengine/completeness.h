// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis.h"
#include "answer.h"
#include "connector/outcome.h"

namespace tdengine {

// Fills completeness and reason. The server ends a failed fetch and a result over its row limit like a whole one, so
// that rows are proved to be all only by the statement itself.
void judgeCompleteness(const AnswerSummary &summary, const Analysis &analysis, connector::Outcome &outcome);

} // namespace tdengine
