// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/channel.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <list>
#include <memory>
#include <stop_token>
#include <thread>

namespace desktop {

// Threads for blocking work, one each, and the way back to the GUI thread. Belongs to the GUI thread; outlives all
// that uses it. When it goes, every worker is asked to stop and joined; what they still post is dropped.
class Workers : public QObject
{
    Q_OBJECT
public:
    explicit Workers(QObject *parent = nullptr);
    ~Workers() override;

    // Runs work on a thread of its own. The stop source of that thread cancels it.
    std::stop_source start(std::function<void(std::stop_token)> work);

    // Runs work and hands what it returns to done on the GUI thread, unless context is gone by then.
    template <typename T>
    std::stop_source ask(QObject *context, std::function<T(std::stop_token)> work, std::function<void(T)> done)
    {
        return start([this, context = QPointer<QObject>(context), work = std::move(work), done = std::move(done)](
                         std::stop_token stop) {
            auto answer = std::make_shared<T>(work(stop));
            post([context, done, answer] {
                if (context)
                    done(std::move(*answer));
            });
        });
    }

    // Any thread: has task run on the GUI thread, in the order of posting.
    void post(std::function<void()> task);

    // Asks all to stop and joins them.
    void stopAll();

private:
    struct Worker;
    void runPosted();

    std::list<std::unique_ptr<Worker>> m_workers;
    core::Channel<std::function<void()>> m_posted;
};

} // namespace desktop
