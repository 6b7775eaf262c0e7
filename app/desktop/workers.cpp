// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/workers.h"

#include <QMetaObject>

#include <atomic>

namespace desktop {

struct Workers::Worker {
    std::stop_source stop;
    std::atomic<bool> hasEnded = false;
    std::thread thread;
};

Workers::Workers(QObject *parent)
    : QObject(parent)
    , m_posted([this] { QMetaObject::invokeMethod(this, &Workers::runPosted, Qt::QueuedConnection); })
{
}

Workers::~Workers()
{
    stopAll();
}

std::stop_source Workers::start(std::function<void(std::stop_token)> work)
{
    m_workers.remove_if([](const std::unique_ptr<Worker> &worker) {
        if (!worker->hasEnded)
            return false;
        worker->thread.join();
        return true;
    });
    auto worker = std::make_unique<Worker>();
    worker->thread = std::thread([raw = worker.get(), token = worker->stop.get_token(), work = std::move(work)] {
#if defined(__x86_64__)
        // A thread may start with dirty upper halves of the vector registers, which slows all floating point in it.
        asm volatile("vzeroupper" ::: "memory");
#endif
        work(token);
        raw->hasEnded = true;
    });
    const std::stop_source stop = worker->stop;
    m_workers.push_back(std::move(worker));
    return stop;
}

void Workers::post(std::function<void()> task)
{
    m_posted.push(std::move(task));
}

void Workers::runPosted()
{
    for (const std::function<void()> &task : m_posted.takeAll())
        task();
}

void Workers::stopAll()
{
    for (const auto &worker : m_workers)
        worker->stop.request_stop();
    for (const auto &worker : m_workers)
        worker->thread.join();
    m_workers.clear();
}

} // namespace desktop

#include "moc_workers.cpp"
