// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/channel.h"

#include <QMetaObject>
#include <QObject>

#include <functional>
#include <list>
#include <thread>
#include <utility>

namespace grid {

// Work on a thread of its own whose answer comes back to the GUI thread. A new start stops the one before, whose answer
// is dropped; nobody waits for it until the job goes. GUI thread; the context outlives the job.
template <typename T>
class Job
{
public:
    Job(QObject *context, std::function<void(T)> done)
        : m_done(std::move(done))
        , m_answers([this, context] { QMetaObject::invokeMethod(context, [this] { drain(); }, Qt::QueuedConnection); })
    {
    }

    void start(std::function<T(const std::stop_token &)> work)
    {
        stop();
        const int run = m_run;
        m_isRunning = true;
        m_threads.push_back({run, std::jthread([this, run, work = std::move(work)](const std::stop_token &stop) {
            m_answers.push({run, work(stop)});
        })});
    }
    void stop()
    {
        for (auto &[run, thread] : m_threads)
            thread.request_stop();
        ++m_run;
        m_isRunning = false;
    }
    bool isRunning() const { return m_isRunning; }

private:
    void drain()
    {
        for (auto &[run, answer] : m_answers.takeAll()) {
            m_threads.remove_if([&, ended = run](const auto &each) { return each.first == ended; });
            if (run != m_run)
                continue;
            m_isRunning = false;
            m_done(std::move(answer));
        }
    }

    std::function<void(T)> m_done;
    int m_run = 0;
    bool m_isRunning = false;
    core::Channel<std::pair<int, T>> m_answers;
    std::list<std::pair<int, std::jthread>> m_threads; // last: they end before the channel does
};

} // namespace grid
