// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/jobs.h"

#include <array>
#include <chrono>
#include <ctime>

namespace openmldb::server {

namespace {

std::int64_t nowMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

// In the server's zone, eight hours ahead of UTC.
std::string shownTime(std::int64_t ms)
{
    if (ms == 0)
        return "NULL";
    const auto time = static_cast<std::time_t>(ms / 1000 + 8 * 3600);
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 32> text;
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts);
    return {text.data(), size};
}

} // namespace

Jobs::~Jobs()
{
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[id, job] : m_jobs)
            job->thread.request_stop();
    }
    // Joined without the lock, which they take to say how they ended.
    for (const auto &[id, job] : m_jobs)
        job->thread.join();
}

int Jobs::start(Work work)
{
    const std::lock_guard lock(m_mutex);
    const int id = m_jobs.empty() ? 1 : m_jobs.rbegin()->first + 1;
    auto &job = m_jobs[id] = std::make_unique<Job>();
    job->startMs = nowMs();
    job->thread = std::jthread([this, id, work = std::move(work)](std::stop_token stop) { run(id, work, stop); });
    return id;
}

void Jobs::run(int id, const Work &work, const std::stop_token &stop)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs[id]->state = "Running";
    }
    const Failure failure = work(stop);
    const std::lock_guard lock(m_mutex);
    Job &job = *m_jobs[id];
    job.state = stop.stop_requested() ? "KILLED" : failure ? "FAILED" : "FINISHED";
    job.error = failure.msg;
    job.endMs = nowMs();
}

std::vector<std::vector<std::string>> Jobs::rows(int only) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::vector<std::string>> rows;
    for (const auto &[id, job] : m_jobs) {
        if (only != 0 && id != only)
            continue;
        rows.push_back({std::to_string(id), "ExportOfflineData", job->state, shownTime(job->startMs), shownTime(job->endMs), "", "local",
            "sandbox_" + std::to_string(id), job->error});
    }
    return rows;
}

bool Jobs::stop(int id)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end() || found->second->endMs != 0)
        return false;
    found->second->thread.request_stop();
    return true;
}

} // namespace openmldb::server
