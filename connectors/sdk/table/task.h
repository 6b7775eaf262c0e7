// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/export.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <stop_token>

namespace table {

// What a long walk over a table is given: when to stop, where to tell how far it is, on how many threads to work.
struct Task {
    std::stop_token stop;
    std::atomic<int> *permille = nullptr; // told now and then, from any thread
    unsigned threads = 2;

    bool isStopped() const { return stop.stop_requested(); }
    void tell(double done) const
    {
        if (permille)
            permille->store(static_cast<int>(done * 1000), std::memory_order_relaxed);
    }
};

ONDO_EXPORT core::Error cancelledError();

// Calls work(first, last, part) for stretches of 0 … count that together are all of it, one a thread; returns when all
// have ended. Stretches begin at multiples of unit. Few elements are not worth a thread.
ONDO_EXPORT void inParallel(std::size_t count, std::size_t unit, const Task &task,
    const std::function<void(std::size_t first, std::size_t last, unsigned part)> &work);

} // namespace table
