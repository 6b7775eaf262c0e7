// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/jobs.h"

#include <algorithm>
#include <cstdio>
#include <random>

namespace redshift::server {

namespace {

constexpr std::size_t kMostJobs = 1000;
constexpr std::int64_t kMostBytes = std::int64_t(500) << 20;

Job withoutPages(const Job &job)
{
    Job copy;
    copy.id = job.id;
    copy.name = job.name;
    copy.database = job.database;
    copy.dbUser = job.dbUser;
    copy.cluster = job.cluster;
    copy.workgroup = job.workgroup;
    copy.secretArn = job.secretArn;
    copy.sessionId = job.sessionId;
    copy.parameters = job.parameters;
    copy.isBatch = job.isBatch;
    copy.isEach = job.isEach;
    copy.status = job.status;
    copy.error = job.error;
    copy.createdAt = job.createdAt;
    copy.updatedAt = job.updatedAt;
    for (const Part &part : job.parts) {
        Part &own = copy.parts.emplace_back();
        own.text = part.text;
        own.status = part.status;
        own.startedAt = part.startedAt;
        own.endedAt = part.endedAt;
        own.execution.hasResultSet = part.execution.hasResultSet;
        own.execution.columns = part.execution.columns;
        own.execution.rows = part.execution.rows;
        own.execution.bytes = part.execution.bytes;
        own.execution.failure = part.execution.failure;
    }
    return copy;
}

std::int64_t bytesOf(const Job &job)
{
    std::int64_t bytes = 0;
    for (const Part &part : job.parts)
        bytes += part.execution.pages.empty() ? 0 : part.execution.bytes;
    return bytes;
}

} // namespace

std::string newId()
{
    static thread_local std::mt19937_64 random{std::random_device()()};
    char text[40];
    const std::uint64_t high = random();
    const std::uint64_t low = random();
    std::snprintf(text, sizeof text, "%08x-%04x-4%03x-%04x-%012llx", static_cast<unsigned>(high >> 32), static_cast<unsigned>(high >> 16 & 0xffff),
        static_cast<unsigned>(high & 0xfff), static_cast<unsigned>((low >> 48 & 0x3fff) | 0x8000), static_cast<unsigned long long>(low & 0xffffffffffff));
    return text;
}

Jobs::~Jobs()
{
    std::vector<std::jthread> threads;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[id, running] : m_jobs) {
            running->stop.request_stop();
            threads.push_back(std::move(running->thread));
        }
    }
    threads.clear(); // joins
}

Jobs::Session *Jobs::sessionOf(const std::string &id, std::string *complaint)
{
    const auto found = m_sessions.find(id);
    const auto now = std::chrono::steady_clock::now();
    if (found != m_sessions.end() && found->second.jobId.empty()
        && now - found->second.usedAt > std::chrono::seconds(found->second.keepAliveSeconds))
        m_sessions.erase(found);
    const auto at = m_sessions.find(id);
    if (at == m_sessions.end()) {
        *complaint = "Session is not available: it does not exist or has expired.";
        return nullptr;
    }
    if (!at->second.jobId.empty()) {
        *complaint = "Session is busy: another statement is running in it.";
        return nullptr;
    }
    return &at->second;
}

std::optional<std::string> Jobs::submit(Job job, std::int64_t keepAliveSeconds, std::string *sessionId, std::string *complaint)
{
    auto connection = job.sessionId.empty() ? m_engine.connect(job.database) : nullptr;
    const std::lock_guard lock(m_mutex);
    for (const auto &[id, running] : m_jobs) {
        if (!job.clientToken.empty() && running->job.clientToken == job.clientToken) {
            *sessionId = running->job.sessionId;
            return id;
        }
    }
    job.id = newId();
    job.createdAt = job.updatedAt = nowMicroseconds();
    Connection *shared = nullptr;
    if (!job.sessionId.empty()) {
        Session *session = sessionOf(job.sessionId, complaint);
        if (!session)
            return std::nullopt;
        session->jobId = job.id;
        session->keepAliveSeconds = keepAliveSeconds > 0 ? keepAliveSeconds : session->keepAliveSeconds;
        job.database = session->database;
        shared = session->connection.get();
    } else if (keepAliveSeconds > 0) {
        job.sessionId = newId();
        shared = connection.get();
        m_sessions[job.sessionId] = {job.database, std::move(connection), keepAliveSeconds, {}, job.id};
    }
    *sessionId = job.sessionId;
    auto running = std::make_unique<Running>();
    running->job = std::move(job);
    Running *raw = running.get();
    const std::string id = raw->job.id;
    raw->thread = std::jthread([this, raw, shared, own = std::move(connection)] { run(*raw, shared ? shared : own.get()); });
    m_jobs[id] = std::move(running);
    m_order.push_back(id);
    dropOldest();
    return id;
}

// Results are kept as long as there is room, as the service keeps them for a day.
void Jobs::dropOldest()
{
    std::int64_t bytes = 0;
    for (const auto &[id, running] : m_jobs)
        bytes += running->job.hasEnded() ? bytesOf(running->job) : 0;
    while (m_order.size() > kMostJobs || bytes > kMostBytes) {
        const auto oldest = std::find_if(m_order.begin(), m_order.end(), [this](const std::string &id) { return m_jobs[id]->job.hasEnded(); });
        if (oldest == m_order.end())
            return;
        bytes -= bytesOf(m_jobs[*oldest]->job);
        m_jobs[*oldest]->thread.join(); // has ended, or is about to: it needs the lock no more
        m_jobs.erase(*oldest);
        m_order.erase(oldest);
    }
}

void Jobs::setStatus(Job &job, const std::string &status)
{
    {
        const std::lock_guard lock(m_mutex);
        job.status = status;
        job.updatedAt = nowMicroseconds();
        if (job.hasEnded()) {
            if (const auto session = m_sessions.find(job.sessionId); session != m_sessions.end()) {
                session->second.jobId.clear();
                session->second.usedAt = std::chrono::steady_clock::now();
            }
        }
    }
    m_changed.notify_all();
}

void Jobs::run(Running &running, Connection *connection)
{
    setStatus(running.job, "PICKED");
    setStatus(running.job, "STARTED");
    runParts(running, *connection);
    std::string status = "FINISHED";
    {
        const std::lock_guard lock(m_mutex);
        for (const Part &part : running.job.parts) {
            if (part.status == "ABORTED" && running.stop.stop_requested())
                status = "ABORTED";
            else if (part.status == "FAILED" && status == "FINISHED")
                status = "FAILED";
            if (part.execution.failure && running.job.error.empty())
                running.job.error = part.execution.failure->text();
        }
    }
    setStatus(running.job, status);
}

// A batch is one transaction, or each of its statements commits alone; what comes behind a failure in the first case
// does not run.
void Jobs::runParts(Running &running, Connection &connection)
{
    const std::stop_token stop = running.stop.get_token();
    const bool isTransaction = running.job.isBatch && !running.job.isEach;
    const Parameters none;
    if (isTransaction)
        connection.run("BEGIN", none, {});
    bool isBroken = false;
    for (Part &part : running.job.parts) {
        Execution execution;
        if (isBroken || stop.stop_requested()) {
            const std::lock_guard lock(m_mutex);
            part.status = "ABORTED";
            continue;
        }
        {
            const std::lock_guard lock(m_mutex);
            part.status = "STARTED";
            part.startedAt = nowMicroseconds();
        }
        execution = connection.run(part.text, running.job.parameters, stop);
        const std::lock_guard lock(m_mutex);
        part.endedAt = nowMicroseconds();
        part.status = execution.isAborted ? "ABORTED" : execution.failure ? "FAILED" : "FINISHED";
        if (execution.isAborted)
            execution.failure.reset();
        isBroken = part.status != "FINISHED" && (isTransaction || part.status == "ABORTED");
        part.execution = std::move(execution);
    }
    if (isTransaction)
        connection.run(isBroken ? "ROLLBACK" : "COMMIT", none, {});
}

std::optional<Job> Jobs::find(const std::string &id) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_jobs.find(id);
    return found == m_jobs.end() ? std::nullopt : std::optional(withoutPages(found->second->job));
}

void Jobs::waitForEnd(const std::string &id, std::chrono::seconds limit, const std::stop_token &stop) const
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, stop, limit, [&] {
        const auto found = m_jobs.find(id);
        return found == m_jobs.end() || found->second->job.hasEnded();
    });
}

std::optional<std::string> Jobs::page(const std::string &id, std::size_t part, std::size_t number, bool *more) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end() || part >= found->second->job.parts.size())
        return std::nullopt;
    const std::vector<std::string> &pages = found->second->job.parts[part].execution.pages;
    if (number >= pages.size())
        return std::nullopt;
    *more = number + 1 < pages.size();
    return pages[number];
}

bool Jobs::cancel(const std::string &id)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end() || found->second->job.hasEnded())
        return false;
    found->second->stop.request_stop();
    return true;
}

std::vector<Job> Jobs::list() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Job> all;
    for (auto id = m_order.rbegin(); id != m_order.rend(); ++id)
        all.push_back(withoutPages(m_jobs.at(*id)->job));
    return all;
}

std::vector<SessionInfo> Jobs::sessions() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<SessionInfo> all;
    for (const auto &[id, session] : m_sessions)
        all.push_back({id, session.jobId.empty() ? "AVAILABLE" : "BUSY", session.database, session.keepAliveSeconds, session.jobId});
    return all;
}

} // namespace redshift::server
