// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverstop.h"

#include "connector/tokens.h"
#include "decode/time.h"
#include "rows.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <charconv>

namespace openmldb {

namespace {

struct StopTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDB)
};

constexpr std::size_t kJobColumns = 9;
constexpr std::size_t kState = 2;
constexpr std::size_t kStart = 3;
// The clocks of two machines, and what a job needs to be listed.
constexpr std::int64_t kToleranceMs = 120000;
// Times that the server prints are in its own zone.
constexpr std::int64_t kServerZoneMs = 8 * 3600 * 1000;

bool isRunning(const std::string &state)
{
    constexpr std::array<const char *, 6> kEnded{"FINISHED", "FAILED", "KILLED", "LOST", "STOPPED", "UNKNOWN"};
    return std::none_of(kEnded.begin(), kEnded.end(), [&state](const char *ended) { return connector::sameWord(ended, state); });
}

std::optional<std::int64_t> epochMilliseconds(const std::string &text)
{
    std::int64_t count = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (code == std::errc() && end == text.data() + text.size())
        return count;
    decode::DateCache dates;
    const auto time = decode::parseWholeTime(text, false, dates);
    if (!time || time->digits > 3)
        return std::nullopt;
    return (time->digits == 0 ? time->value * 1000 : time->value) - kServerZoneMs;
}

// A job without a time that can be read may be the one.
bool isSameStart(const std::string &start, const connector::RunningStatement &running)
{
    const auto started = epochMilliseconds(start);
    const auto sent = std::chrono::duration_cast<std::chrono::milliseconds>(running.startedAt.time_since_epoch()).count();
    return !started || (*started - sent >= -kToleranceMs && *started - sent <= kToleranceMs);
}

} // namespace

core::Result<connector::StopReport> stopJob(
    const Runner &runner, const connector::RunningStatement &running, connector::Sink &sink, std::stop_token stop)
{
    const Runner::Settings &settings = runner.settings();
    if (settings.mode == Mode::Online)
        return connector::StopReport{
            false, StopTr::tr("OpenMLDB cannot stop an online query; its connection is closed, and the server ends it by itself.")};
    const QString purpose = StopTr::tr("stop on the server");
    auto jobs = fetchRows(runner, settings.database, "SHOW JOBS", purpose, sink, stop);
    if (!jobs)
        return std::move(jobs).error();
    std::vector<std::string> ids;
    for (const std::vector<std::string> &job : *jobs) {
        if (job.size() == kJobColumns && isRunning(job[kState]) && isSameStart(job[kStart], running))
            ids.push_back(job[0]);
    }
    if (ids.empty())
        return connector::StopReport{false, StopTr::tr("The server lists no running job of that time: it has ended, or not begun.")};
    if (ids.size() > 1)
        return connector::StopReport{false, StopTr::tr("%1 jobs of that time are running on the server; none was stopped.").arg(ids.size())};
    auto stopped = fetchRows(runner, settings.database, "STOP JOB " + ids[0], purpose, sink, stop);
    if (stopped)
        return connector::StopReport{true, StopTr::tr("Job %1 was stopped on the server.").arg(QString::fromStdString(ids[0]))};
    if (stopped.error().kind != core::ErrorKind::Statement && stopped.error().kind != core::ErrorKind::Server)
        return std::move(stopped).error();
    return connector::StopReport{
        false, StopTr::tr("The server did not stop the job: %1").arg(QString::fromStdString(stopped.error().serverText))};
}

} // namespace openmldb
