// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/interrupt.h"

#include "core/error.h"

#include <csignal>
#include <ctime>

#include <unistd.h>

namespace cli {

namespace {

constexpr int kEndWatcher = SIGUSR1;
constexpr int kInterruptCall = SIGUSR2;

sigset_t watchedSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, kEndWatcher);
    return signals;
}

} // namespace

Interrupt::Interrupt()
    : m_mainThread(pthread_self())
{
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, nullptr);
    // A handler, for a signal that is ignored does not interrupt; without SA_RESTART, for the call must return.
    struct sigaction interrupt {};
    interrupt.sa_handler = [](int) {};
    sigaction(kInterruptCall, &interrupt, nullptr);
    const sigset_t signals = watchedSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_watcher = std::thread([this] { watch(); });
}

Interrupt::~Interrupt()
{
    m_isEnding = true;
    pthread_kill(m_watcher.native_handle(), kEndWatcher);
    m_watcher.join();
}

void Interrupt::watch()
{
    const sigset_t signals = watchedSignals();
    while (!m_isEnding) {
        const timespec interval{0, 50 * 1000 * 1000};
        // Without a request there is nothing to repeat, hence no wake-ups.
        const int signal = isRequested() ? sigtimedwait(&signals, nullptr, &interval) : sigwaitinfo(&signals, nullptr);
        if (signal == SIGINT || signal == SIGTERM) {
            if (isRequested())
                _exit(core::exitCode(core::ErrorKind::Cancelled));
            {
                const std::lock_guard lock(m_mutex);
                m_stop.request_stop();
            }
            m_requested.notify_all();
        }
        if (isRequested() && m_isBlocking)
            pthread_kill(m_mainThread, kInterruptCall);
    }
}

void Interrupt::wait()
{
    std::unique_lock lock(m_mutex);
    m_requested.wait(lock, [this] { return isRequested(); });
}

} // namespace cli
