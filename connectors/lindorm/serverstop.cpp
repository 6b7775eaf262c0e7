// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverstop.h"

#include "connector/tokens.h"
#include "decode/time.h"
#include "names.h"
#include "rows.h"

#include <QCoreApplication>

#include <algorithm>

namespace lindorm {

namespace {

struct StopTr {
    Q_DECLARE_TR_FUNCTIONS(LindormStop)
};

using std::chrono::milliseconds;
using std::chrono::system_clock;

// How far the list's idea of the start may be from ours, clocks compared by a header that tells whole seconds.
constexpr milliseconds kTolerance{3000};

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

// ID comes first; which column holds the text depends on the engine.
bool holdsText(const Rows &rows, std::int64_t row, std::string_view text)
{
    for (std::size_t column = 1; column < rows.columnCount(); ++column) {
        if (trimmed(rows.at(row, column)) == text)
            return true;
    }
    return false;
}

bool isUser(const Rows &rows, std::int64_t row, const std::string &user)
{
    for (std::size_t column = 1; column < rows.columnCount(); ++column) {
        if (connector::sameWord(rows.name(column), "USER"))
            return user.empty() || rows.at(row, column).empty() || rows.at(row, column) == user;
    }
    return true;
}

// How long the statement has been running by the server's own clock, where the list tells its start with a zone.
std::optional<milliseconds> runningFor(const Rows &rows, std::int64_t row)
{
    for (std::size_t column = 1; column < rows.columnCount(); ++column) {
        decode::DateCache cache;
        const auto created = decode::parseWholeTime(rows.at(row, column), true, cache);
        if (!created)
            continue;
        std::int64_t value = created->value;
        int digits = created->digits == 0 ? 0 : (created->digits + 2) / 3 * 3;
        for (; digits > 3; digits -= 3)
            value /= 1000;
        if (digits == 0)
            value *= 1000;
        const auto now = rows.serverTime().value_or(system_clock::now());
        return std::chrono::duration_cast<milliseconds>(now.time_since_epoch()) - milliseconds(value);
    }
    return std::nullopt;
}

bool isSameStart(const Rows &rows, std::int64_t row, const connector::RunningStatement &running)
{
    const auto listed = runningFor(rows, row);
    if (!listed)
        return true;
    const auto ours = std::chrono::duration_cast<milliseconds>(system_clock::now() - running.startedAt);
    const milliseconds difference = *listed - ours;
    return difference <= kTolerance && -difference <= kTolerance;
}

std::vector<std::string> killIds(const Rows &rows, const Runner &runner, const connector::RunningStatement &running)
{
    std::vector<std::string> ids;
    const std::string_view text = trimmed(running.text);
    for (std::int64_t row = 0; row < rows.count(); ++row) {
        if (holdsText(rows, row, text) && isUser(rows, row, runner.settings().user) && isSameStart(rows, row, running))
            ids.push_back(rows.at(row, 0));
    }
    return ids;
}

} // namespace

core::Result<connector::StopReport> stopQuery(
    Runner &runner, const connector::RunningStatement &running, connector::Sink &sink, std::stop_token stop)
{
    const QString purpose = StopTr::tr("stop on the server");
    auto rows = fetchRows(runner, "SHOW PROCESSLIST", {}, purpose, sink, stop);
    if (!rows)
        return std::move(rows).error();
    const std::vector<std::string> ids = killIds(*rows, runner, running);
    if (ids.empty())
        return connector::StopReport{false, StopTr::tr("The server no longer lists the statement: it has ended.")};
    if (ids.size() > 1)
        return connector::StopReport{
            false, StopTr::tr("%1 equal statements are running on the server; none was stopped.").arg(ids.size())};
    auto killed = fetchRows(runner, "KILL QUERY " + textLiteral(ids[0]), {}, purpose, sink, stop);
    if (killed)
        return connector::StopReport{true, StopTr::tr("Stopped on the server (%1).").arg(QString::fromStdString(ids[0]))};
    if (killed.error().kind != core::ErrorKind::Statement && killed.error().kind != core::ErrorKind::Server)
        return std::move(killed).error();
    return connector::StopReport{false,
        StopTr::tr("The server did not stop the statement: %1").arg(QString::fromStdString(killed.error().serverText))};
}

} // namespace lindorm
