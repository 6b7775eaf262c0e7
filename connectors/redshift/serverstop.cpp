// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverstop.h"

#include "core/wait.h"
#include "lifecycle.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace redshift {

namespace {

struct StopTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftStop)
};

constexpr std::chrono::seconds kPatience(10);
constexpr int kMoreTries = 3;
constexpr std::chrono::milliseconds kPauseBetween(300);

QString stopPurpose()
{
    return StopTr::tr("stop on the server");
}

// The statements of exactly this name that have not ended.
core::Result<std::vector<std::string>> idsByName(Caller &caller, const std::string &name, Trip &trip)
{
    json::Writer body;
    body.beginObject().key("StatementName").string(name).key("Status").string("ALL").endObject();
    auto answer = caller.ask({"ListStatements", body.text(), stopPurpose()}, trip);
    if (!answer)
        return std::move(answer).error();
    std::vector<std::string> ids;
    const QJsonArray list = answer->value(QStringLiteral("Statements")).toArray();
    for (const QJsonValue &item : list) {
        const StatementState state = stateOf(item.toObject());
        if (state.name == name && !state.hasEnded())
            ids.push_back(state.id);
    }
    return ids;
}

connector::StopReport ended(const StatementState &state)
{
    if (state.status == "ABORTED")
        return {true, StopTr::tr("Stopped on the server.")};
    if (state.status == "FINISHED")
        return {false, StopTr::tr("The statement had finished before the server could stop it.")};
    if (state.status == "FAILED")
        return {false, StopTr::tr("The statement had failed before the server could stop it.")};
    return {false, StopTr::tr("The server took the request to stop; the statement is still %1.").arg(QString::fromStdString(state.status))};
}

} // namespace

core::Result<connector::StopReport> stopStatement(Caller &caller, const connector::RunningStatement &running, Trip &trip)
{
    std::string id = running.requestId;
    if (id.empty()) {
        // The call may just be on its way: asked again before giving up.
        auto ids = idsByName(caller, running.application, trip);
        for (int tries = 0; ids && ids->empty() && tries < kMoreTries && core::waitFor(kPauseBetween, trip.stop); ++tries)
            ids = idsByName(caller, running.application, trip);
        if (!ids)
            return std::move(ids).error();
        if (ids->empty())
            return connector::StopReport{false, StopTr::tr("The server does not list the statement as running.")};
        if (ids->size() > 1)
            return connector::StopReport{false, StopTr::tr("%1 equal statements are running on the server; none was stopped.").arg(ids->size())};
        id = ids->front();
    }
    json::Writer body;
    body.beginObject().key("Id").string(id).endObject();
    auto answer = caller.ask({"CancelStatement", body.text(), stopPurpose(), false}, trip);
    const bool isRefused = !answer && answer.error().kind == core::ErrorKind::Server;
    if (!answer && !isRefused)
        return std::move(answer).error();
    auto state = isRefused ? describe(caller, id, stopPurpose(), trip) : waitForEnd(caller, id, stopPurpose(), trip, kPatience);
    if (!state && isRefused)
        return connector::StopReport{false,
            StopTr::tr("The server did not stop the statement: %1").arg(QString::fromStdString(answer.error().serverText))};
    if (!state)
        return std::move(state).error();
    if (isRefused && !state->hasEnded())
        return connector::StopReport{false,
            StopTr::tr("The server did not stop the statement: %1").arg(QString::fromStdString(answer.error().serverText))};
    return ended(*state);
}

} // namespace redshift
