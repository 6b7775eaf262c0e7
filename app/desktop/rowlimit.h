// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>

namespace desktop {

// How many results of one connection are held at their row limit. Shared by the runs of that connection.
class HeldResults
{
public:
    static constexpr int kMost = 2;

    bool tryHold()
    {
        const std::lock_guard lock(m_mutex);
        return m_held < kMost && (++m_held, true);
    }
    void release()
    {
        const std::lock_guard lock(m_mutex);
        --m_held;
    }

private:
    std::mutex m_mutex;
    int m_held = 0;
};

// What a worker waits for when a result has reached its limit: somebody's decision, for a while.
class LimitDecision
{
public:
    static constexpr std::chrono::seconds kHoldTime{60};

    // The new limit (0: none), or nothing when the time is over, the run was stopped or it was decided to end.
    std::optional<std::int64_t> wait(std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        m_decided.wait_for(lock, stop, kHoldTime, [this] { return m_isDecided; });
        const auto limit = m_isDecided ? m_limit : std::nullopt;
        m_isDecided = false;
        return limit;
    }
    void decide(std::optional<std::int64_t> limit)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_limit = limit;
            m_isDecided = true;
        }
        m_decided.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_decided;
    bool m_isDecided = false;
    std::optional<std::int64_t> m_limit;
};

} // namespace desktop
