// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/types.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace openmldb::server {

// Statements that run by themselves, as SHOW JOBS lists them. Thread-safe.
class Jobs
{
public:
    using Work = std::function<Failure(std::stop_token)>;

    ~Jobs();

    int start(Work work);
    // Of all jobs, or of one; none if there is no such one.
    std::vector<std::vector<std::string>> rows(int id = 0) const;
    // False: there is no such job, or it has ended.
    bool stop(int id);

private:
    struct Job {
        std::string state = "Submitted";
        std::int64_t startMs = 0;
        std::int64_t endMs = 0;
        std::string error;
        std::jthread thread;
    };

    void run(int id, const Work &work, const std::stop_token &stop);

    mutable std::mutex m_mutex;
    std::map<int, std::unique_ptr<Job>> m_jobs;
};

} // namespace openmldb::server
