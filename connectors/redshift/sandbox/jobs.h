// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/engine.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace redshift::server {

// One statement, or one of a batch.
struct Part {
    std::string text;
    std::string status = "SUBMITTED";
    Execution execution;
    std::int64_t startedAt = 0; // microseconds since 1970
    std::int64_t endedAt = 0;
};

// What was submitted by one call. Everything but the parts' texts is guarded by Jobs' mutex.
struct Job {
    std::string id;
    std::string name;
    std::string database;
    std::string dbUser;
    std::string cluster;
    std::string workgroup;
    std::string secretArn;
    std::string sessionId;
    std::string clientToken;
    Parameters parameters;
    bool isBatch = false;
    bool isEach = false;
    std::string status = "SUBMITTED";
    std::string error;
    std::vector<Part> parts;
    std::int64_t createdAt = 0;
    std::int64_t updatedAt = 0;
    bool hasEnded() const { return status == "FINISHED" || status == "FAILED" || status == "ABORTED"; }
};

struct SessionInfo {
    std::string id;
    std::string status; // AVAILABLE, BUSY, CLOSED
    std::string database;
    std::int64_t keepAliveSeconds = 0;
    std::string jobId;
};

// Statements that run, each on a thread of its own, and what came of those that ran. Thread-safe.
class Jobs
{
public:
    ~Jobs();

    // Fills in id and times, and starts it. Of a ClientToken that was given before: that job's id. Nothing: the session
    // is not there (complaint says why).
    std::optional<std::string> submit(Job job, std::int64_t keepAliveSeconds, std::string *sessionId, std::string *complaint);

    std::optional<Job> find(const std::string &id) const; // without pages
    // Waits for its end for at most so long.
    void waitForEnd(const std::string &id, std::chrono::seconds limit, const std::stop_token &stop) const;
    // Of part index (0 for a lone statement), page number; more: there are others behind it.
    std::optional<std::string> page(const std::string &id, std::size_t part, std::size_t number, bool *more) const;
    // False: it has ended already.
    bool cancel(const std::string &id);
    std::vector<Job> list() const; // newest first, without pages
    std::vector<SessionInfo> sessions() const;

    Engine &engine() { return m_engine; }

private:
    struct Running {
        Job job;
        std::stop_source stop;
        std::jthread thread;
    };
    struct Session {
        std::string database;
        std::unique_ptr<Connection> connection;
        std::int64_t keepAliveSeconds = 0;
        std::chrono::steady_clock::time_point usedAt;
        std::string jobId; // running in it
    };

    void run(Running &running, Connection *connection);
    void runParts(Running &running, Connection &connection);
    void setStatus(Job &job, const std::string &status);
    Session *sessionOf(const std::string &id, std::string *complaint);
    void dropOldest();

    Engine m_engine;
    mutable std::mutex m_mutex;
    mutable std::condition_variable_any m_changed;
    std::map<std::string, std::unique_ptr<Running>> m_jobs;
    std::deque<std::string> m_order; // oldest first
    std::map<std::string, Session> m_sessions;
};

std::string newId();

} // namespace redshift::server
