// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/channel.h"
#include "grid/copytext.h"

#include <QObject>

#include <thread>

namespace grid {

// Puts selections on the clipboard. What is small is there when start() returns; what is large is made by a thread of
// its own while the view goes on. A new start, and the end of the job, stop the one before.
class CopyJob : public QObject
{
    Q_OBJECT
public:
    explicit CopyJob(QObject *parent);

    void start(CopyRequest request);
    void cancel();

Q_SIGNALS:
    void copied(qint64 cells);
    void failed(const core::Error &error); // never Cancelled

private:
    void finish(core::Result<CopiedText> result);
    void drain();

    core::Channel<core::Result<CopiedText>> m_done;
    std::jthread m_thread; // last: it ends before the channel does
};

} // namespace grid
