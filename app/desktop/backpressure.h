// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace desktop {

// Bounds what a worker has posted and the GUI has not taken yet: acquire waits while too much is on its way.
class Backpressure
{
public:
    explicit Backpressure(int most)
        : m_free(most)
    {
    }

    // False if stop was requested while waiting.
    bool acquire(std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        if (!m_released.wait(lock, stop, [this] { return m_free > 0; }))
            return false;
        --m_free;
        return true;
    }
    void release(int count)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_free += count;
        }
        m_released.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_released;
    int m_free;
};

} // namespace desktop
