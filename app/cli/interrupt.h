// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include <pthread.h>

namespace cli {

// SIGINT and SIGTERM as a stop request. A thread waits for them, so that what reacts may do anything. To be made first
// of all, on the main thread: threads that start later inherit the blocked signals. A second signal ends the process
// at once. SIGPIPE is ignored from here on: a closed output is an error of write().
class Interrupt
{
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;

    std::stop_token token() const { return m_stop.get_token(); }
    bool isRequested() const { return m_stop.stop_requested(); }
    void wait();

    // Around a system call of the main thread that may block for long: while it is set, a request interrupts the call
    // (EINTR), again and again until it is cleared.
    void setBlocking(bool isBlocking) { m_isBlocking = isBlocking; }

private:
    void watch();

    std::stop_source m_stop;
    std::atomic<bool> m_isBlocking = false;
    std::atomic<bool> m_isEnding = false;
    std::mutex m_mutex;
    std::condition_variable m_requested;
    pthread_t m_mainThread;
    std::thread m_watcher;
};

} // namespace cli
