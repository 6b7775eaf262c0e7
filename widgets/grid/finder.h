// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/channel.h"
#include "grid/state.h"
#include "table/filter.h"

#include <QTimer>

#include <list>
#include <optional>
#include <thread>

namespace grid {

// Looks for a text in all columns, on a thread of its own, and goes on while rows arrive. GUI thread.
class Finder : public QObject
{
    Q_OBJECT
public:
    Finder(State &state, QObject *parent);
    ~Finder() override;

    // Empty: nothing is looked for. Usage error: the pattern is none.
    core::Result<void> find(const QString &text, bool isPattern, bool matchesCase);
    bool isActive() const { return m_filter.has_value(); }
    bool isRunning() const { return m_isRunning; }
    qint64 matchingRows() const { return m_count; } // of the table, so far

    // Whether the cell is one that was looked for; position of the view.
    bool marks(Position at) const;
    // The next matching cell of the view behind (or before) a place, around the ends; invalid: there is none.
    Position next(Position from, bool forward) const;

Q_SIGNALS:
    void changed();

private:
    struct Answer {
        int run = 0;
        qint64 rows = 0;
        core::Result<table::Rows> found;
    };
    void restart();
    void goOn();
    void drain();
    bool matchesRow(qint64 row) const;
    int columnOf(qint64 row, int from, bool forward) const;

    State &m_state;
    std::optional<table::Filter> m_filter;
    qint64 m_count = 0;
    std::vector<bool> m_isMatch; // of each row looked at
    qint64 m_done = 0;
    int m_run = 0;
    bool m_isRunning = false;
    core::Channel<Answer> m_answers;
    struct Job {
        int run;
        std::jthread thread;
    };
    std::list<Job> m_jobs; // last: they end before the channel does
};

} // namespace grid
