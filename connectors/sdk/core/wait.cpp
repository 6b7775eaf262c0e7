// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wait.h"

#include <condition_variable>
#include <mutex>

namespace core {

bool waitFor(std::chrono::milliseconds duration, const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    changed.wait_for(lock, stop, duration, [] { return false; });
    return !stop.stop_requested();
}

} // namespace core
