// SPDX-License-Identifier: GPL-3.0-or-later
#include "completeness.h"

#include "connector/sessionparts.h"

namespace tdengine {

namespace {

// restfulRowLimit of 2.x unless somebody has set it.
constexpr std::int64_t k2xRowLimit = 10240;

struct Judgement {
    connector::Completeness completeness;
    connector::Reason reason;
};

bool isBroken(const AnswerSummary &summary, const connector::Outcome &outcome)
{
    if (summary.cutBySink)
        return true;
    if (outcome.error)
        return summary.rows > 0 || connector::breaksOff(outcome.error->kind);
    return summary.hasResultSet && summary.declaredRows && *summary.declaredRows != summary.rows;
}

Judgement judged(const AnswerSummary &summary, const Analysis &analysis, const connector::Outcome &outcome)
{
    using connector::Completeness;
    using connector::Reason;
    if (summary.cutByLimit)
        return {Completeness::Cut, Reason::RowLimit};
    if (isBroken(summary, outcome))
        return {Completeness::Cut, Reason::Broken};
    if (!summary.hasResultSet || summary.rows == 0)
        return {Completeness::Complete, Reason::None};
    if (summary.is2x && summary.rows == k2xRowLimit)
        return {Completeness::Unknown, Reason::ServerCap};
    // Fewer rows than LIMIT prove nothing: a cut result ends so too.
    if (analysis.mostRows && summary.rows >= *analysis.mostRows)
        return {Completeness::Complete, Reason::None};
    return {Completeness::Unknown, Reason::ServerCannotTell};
}

} // namespace

void judgeCompleteness(const AnswerSummary &summary, const Analysis &analysis, connector::Outcome &outcome)
{
    const Judgement judgement = judged(summary, analysis, outcome);
    outcome.completeness = judgement.completeness;
    outcome.reason = judgement.reason;
}

} // namespace tdengine
