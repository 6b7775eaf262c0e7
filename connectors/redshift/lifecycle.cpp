// SPDX-License-Identifier: GPL-3.0-or-later
#include "lifecycle.h"

#include "connector/sessionparts.h"
#include "core/wait.h"
#include "decode/answersource.h"
#include "resultreader.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>

namespace redshift {

namespace {

struct LifecycleTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftLifecycle)
};

constexpr std::chrono::milliseconds kFirstPause(100);
constexpr std::chrono::milliseconds kLongestPause(2000);

std::string textOf(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString().toStdString();
}

// Epoch seconds with a fraction, or ISO text as an emulator sends it.
double timeOf(const QJsonValue &value)
{
    if (!value.isString())
        return value.toDouble();
    QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    if (!time.isValid())
        return 0;
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return static_cast<double>(time.toMSecsSinceEpoch()) / 1000;
}

Call pageCall(const std::string &id, const std::string &token)
{
    json::Writer body;
    body.beginObject().key("Id").string(id);
    if (!token.empty())
        body.key("NextToken").string(token);
    body.endObject();
    return {"GetStatementResult", body.text(), LifecycleTr::tr("result")};
}

void judge(const ResultReader &reader, connector::Outcome &outcome)
{
    using connector::Completeness;
    using connector::Reason;
    outcome.hasResultSet = reader.hasColumns();
    outcome.rows = reader.rows();
    outcome.columns = reader.columns();
    if (outcome.error) {
        outcome.completeness = Completeness::Cut;
        outcome.reason = Reason::Broken;
    } else if (reader.isCutByLimit()) {
        outcome.completeness = Completeness::Cut;
        outcome.reason = Reason::RowLimit;
    } else if (reader.isCutBySink()) {
        outcome.completeness = Completeness::Cut;
        outcome.reason = Reason::Broken;
    } else if (!reader.totalRows()) {
        outcome.completeness = Completeness::Unknown;
        outcome.reason = Reason::ServerCannotTell;
    }
}

} // namespace

StatementState stateOf(const QJsonObject &object)
{
    StatementState state;
    state.id = textOf(object, "Id");
    state.status = textOf(object, "Status");
    state.error = textOf(object, "Error");
    state.text = textOf(object, "QueryString");
    state.name = textOf(object, "StatementName");
    const QJsonArray texts = object.value(QStringLiteral("QueryStrings")).toArray();
    for (const QJsonValue &text : texts)
        state.text += (state.text.empty() ? "" : "; ") + text.toString().toStdString();
    state.hasResultSet = object.value(QStringLiteral("HasResultSet")).toBool();
    state.isBatch = object.value(QStringLiteral("IsBatchStatement")).toBool();
    state.rows = object.value(QStringLiteral("ResultRows")).toInteger(-1);
    if (const qint64 nanoseconds = object.value(QStringLiteral("Duration")).toInteger(-1); nanoseconds >= 0)
        state.nanoseconds = nanoseconds;
    state.createdAt = timeOf(object.value(QStringLiteral("CreatedAt")));
    const QJsonArray parts = object.value(QStringLiteral("SubStatements")).toArray();
    for (const QJsonValue &part : parts)
        state.parts.push_back(stateOf(part.toObject()));
    return state;
}

core::Result<StatementState> describe(Caller &caller, const std::string &id, const QString &purpose, Trip &trip)
{
    json::Writer body;
    body.beginObject().key("Id").string(id).endObject();
    auto answer = caller.ask({"DescribeStatement", body.text(), purpose}, trip);
    if (!answer)
        return std::move(answer).error();
    StatementState state = stateOf(*answer);
    if (state.status.empty())
        return formError(LifecycleTr::tr("The answer to DescribeStatement has no Status."), {});
    return state;
}

core::Result<StatementState> waitForEnd(
    Caller &caller, const std::string &id, const QString &purpose, Trip &trip, std::chrono::milliseconds limit)
{
    const auto deadline = std::chrono::steady_clock::now() + limit;
    for (std::chrono::milliseconds pause = kFirstPause;;) {
        auto state = describe(caller, id, purpose, trip);
        if (!state)
            return state;
        trip.sink.status(QString::fromStdString(state->status));
        if (state->hasEnded() || (limit.count() > 0 && std::chrono::steady_clock::now() + pause > deadline))
            return state;
        if (!core::waitFor(pause, trip.stop)) {
            core::Error error;
            error.kind = core::ErrorKind::Cancelled;
            error.message = LifecycleTr::tr("Cancelled while the statement was %1.").arg(QString::fromStdString(state->status));
            return error;
        }
        pause = std::min(pause * 3 / 2, kLongestPause);
    }
}

connector::Outcome fetchResult(Caller &caller, const std::string &id, std::int64_t maxRows, Trip &trip)
{
    auto first = caller.open(pageCall(id, {}), trip);
    if (!first)
        return connector::failedOutcome(std::move(first).error());
    return readResult(caller, std::move(first).value(), id, maxRows, trip);
}

connector::Outcome readResult(Caller &caller, OpenAnswer first, const std::string &id, std::int64_t maxRows, Trip &trip)
{
    ResultReader reader(trip.sink, maxRows);
    connector::Outcome outcome;
    std::optional<OpenAnswer> page(std::move(first));
    std::string token;
    for (;;) {
        decode::AnswerSource source(page->answer());
        const bool goesOn = reader.readPage(source);
        page.reset();
        if (!goesOn || reader.nextToken().empty())
            break;
        if (reader.nextToken() == token) {
            outcome.error = formError(LifecycleTr::tr("The service gives the same page of the result again and again."), {});
            break;
        }
        token = reader.nextToken();
        auto next = caller.open(pageCall(id, token), trip);
        if (!next) {
            outcome.error = std::move(next).error();
            break;
        }
        page.emplace(std::move(next).value());
    }
    reader.finish();
    if (!outcome.error)
        outcome.error = reader.error();
    if (outcome.error && outcome.error->kind == core::ErrorKind::Decode && !reader.hasPageForm() && outcome.error->serverText.empty()) {
        const core::Error form = formError({}, reader.bodyStart());
        outcome.error->serverText = form.serverText;
        outcome.error->hint = form.hint;
    }
    if (outcome.error && outcome.error->kind == core::ErrorKind::Network) {
        outcome.error->message
            = LifecycleTr::tr("Connection lost after %1 rows: %2").arg(reader.rows()).arg(outcome.error->message);
    }
    if (outcome.error)
        outcome.error = caller.redacted(std::move(*outcome.error));
    judge(reader, outcome);
    return outcome;
}

} // namespace redshift
