// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverstop.h"

#include "connector/tokens.h"
#include "names.h"
#include "rows.h"

#include <QCoreApplication>

#include <cstdlib>

namespace tdengine {

namespace {

struct StopTr {
    Q_DECLARE_TR_FUNCTIONS(TDengineStop)
};

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::nanoseconds;

// How far the server's idea of the start may be from ours: it starts a little later than the request went out.
constexpr microseconds kTolerance = std::chrono::seconds(2);

constexpr int kNoSuchQuery = 0x030C;

// Servers before 3.3.5 list the adapter instead of the name that the request gave.
bool isSameApplication(const Rows &rows, std::int64_t row, const connector::RunningStatement &running)
{
    if (const auto own = rows.column("user_app"); own && !rows.text(row, own).empty())
        return rows.text(row, own) == running.application;
    const auto app = rows.column("app");
    if (!app)
        return true;
    const std::string name = rows.text(row, app);
    return name.empty() || name == running.application || name == "taosadapter";
}

// By how long it has been running, or by when it was started; clocks of two machines may differ, so either will do.
bool isSameStart(const Rows &rows, std::int64_t row, const connector::RunningStatement &running)
{
    const auto isNear = [](std::int64_t difference) { return std::abs(difference) <= kTolerance.count(); };
    const auto now = std::chrono::system_clock::now();
    const auto runningFor = rows.integer(row, rows.column("exec_usec"));
    const auto createdNs = rows.instantNs(row, "create_time");
    if (!runningFor && !createdNs)
        return true;
    if (runningFor && isNear(duration_cast<microseconds>(now - running.startedAt).count() - *runningFor))
        return true;
    const auto startedNs = duration_cast<nanoseconds>(running.startedAt.time_since_epoch()).count();
    return createdNs && isNear((*createdNs - startedNs) / 1000);
}

std::vector<std::string> killIds(const Rows &rows, const Runner &runner, const connector::RunningStatement &running)
{
    std::vector<std::string> ids;
    const auto user = rows.column("user");
    for (std::int64_t row = 0; row < rows.count(); ++row) {
        const bool isUser = !user || runner.user().empty() || rows.text(row, user) == runner.user();
        if (isUser && rows.text(row, "sql") == running.text && isSameApplication(rows, row, running)
            && isSameStart(rows, row, running))
            ids.push_back(rows.at(row, 0));
    }
    return ids;
}

} // namespace

core::Result<connector::StopReport> stopQuery(
    Runner &runner, const connector::RunningStatement &running, connector::Sink &sink, std::stop_token stop)
{
    const QString purpose = StopTr::tr("stop on the server");
    auto rows = fetchRows(runner, "SHOW QUERIES", purpose, sink, stop);
    if (!rows)
        return std::move(rows).error();
    const std::vector<std::string> ids = killIds(*rows, runner, running);
    if (ids.empty())
        return connector::StopReport{false, StopTr::tr("The server no longer lists the statement: it has ended.")};
    if (ids.size() > 1)
        return connector::StopReport{
            false, StopTr::tr("%1 equal statements are running on the server; none was stopped.").arg(ids.size())};
    auto killed = fetchRows(runner, "KILL QUERY " + textLiteral(ids[0]), purpose, sink, stop);
    if (killed)
        return connector::StopReport{true, StopTr::tr("Stopped on the server (%1).").arg(QString::fromStdString(ids[0]))};
    if (killed.error().kind != core::ErrorKind::Statement && killed.error().kind != core::ErrorKind::Server)
        return std::move(killed).error();
    if (killed.error().serverCode == QString::number(kNoSuchQuery))
        return connector::StopReport{false, StopTr::tr("The statement ended before the server could stop it.")};
    return connector::StopReport{false,
        StopTr::tr("The server did not stop the statement: %1").arg(QString::fromStdString(killed.error().serverText))};
}

} // namespace tdengine
