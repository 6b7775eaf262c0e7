// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/task.h"

#include <QCoreApplication>

#include <algorithm>
#include <thread>
#include <vector>

namespace table {

namespace {
constexpr std::size_t kLeastForThread = 50'000;

struct TaskTr {
    Q_DECLARE_TR_FUNCTIONS(table::Task)
};
}

core::Error cancelledError()
{
    return {.kind = core::ErrorKind::Cancelled, .message = TaskTr::tr("Stopped.")};
}

void inParallel(std::size_t count, std::size_t unit, const Task &task,
    const std::function<void(std::size_t first, std::size_t last, unsigned part)> &work)
{
    const std::size_t parts = std::clamp<std::size_t>(count / kLeastForThread, 1, std::max(1U, task.threads));
    const auto begin = [&](std::size_t part) { return part == parts ? count : count * part / parts / unit * unit; };
    std::vector<std::jthread> threads;
    for (std::size_t part = 1; part < parts; ++part) {
        threads.emplace_back([&, part] {
#if defined(__x86_64__)
            // See where workers are started: dirty upper halves of the vector registers slow a thread for good.
            asm volatile("vzeroupper" ::: "memory");
#endif
            work(begin(part), begin(part + 1), static_cast<unsigned>(part));
        });
    }
    work(begin(0), begin(1), 0);
}

} // namespace table
