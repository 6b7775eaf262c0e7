// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

namespace core {

// Many writers, one reader. Messages cross under a mutex of our own, so that the thread sanitizer sees the hand-over;
// the waker only says "look": it is called without the lock, on the writer's thread, once for each time the channel
// turns from empty to filled, and must not block (posting an event is what it is for).
template <typename T>
class Channel
{
public:
    explicit Channel(std::function<void()> waker = {})
        : m_waker(std::move(waker))
    {
    }
    Channel(const Channel &) = delete;
    Channel &operator=(const Channel &) = delete;

    void push(T message)
    {
        bool wasEmpty = false;
        {
            const std::lock_guard lock(m_mutex);
            wasEmpty = m_messages.empty();
            m_messages.push_back(std::move(message));
        }
        m_filled.notify_one();
        if (wasEmpty && m_waker)
            m_waker();
    }

    // All that has come, oldest first; empty if nothing has. Never waits.
    std::vector<T> takeAll()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_messages, {});
    }

    // Waits until something has come or stop is requested (then the answer may be empty).
    std::vector<T> waitForAll(std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        m_filled.wait(lock, stop, [this] { return !m_messages.empty(); });
        return std::exchange(m_messages, {});
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_filled;
    std::vector<T> m_messages;
    const std::function<void()> m_waker;
};

} // namespace core
