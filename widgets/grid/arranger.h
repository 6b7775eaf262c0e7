// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/channel.h"
#include "grid/state.h"
#include "table/filter.h"
#include "table/order.h"

#include <QElapsedTimer>
#include <QTimer>

#include <list>
#include <thread>

namespace grid {

// Sorts and filters what a state shows, on a thread of its own, and goes on while rows arrive: what is new is filtered
// and merged in. GUI thread.
class Arranger : public QObject
{
    Q_OBJECT
public:
    Arranger(State &state, QObject *parent);
    ~Arranger() override;

    const std::vector<table::OrderKey> &keys() const { return m_keys; }
    const std::vector<table::Condition> &conditions() const { return m_conditions; }
    bool isActive() const { return !m_keys.empty() || !m_conditions.empty(); }
    // How far a run is that takes longer, in thousandths; -1 while none does.
    int permille() const;
    // The rows of the table that what is shown was made from.
    qint64 rowsArranged() const { return m_done.rows; }

    void setKeys(std::vector<table::OrderKey> keys);
    // Sorts by one column (of the table): ascending, descending, then not at all. With others kept, it joins behind them.
    void cycleKey(std::size_t column, bool keepsOthers);
    void setKey(const table::OrderKey &key, bool keepsOthers);
    // Replaces what is asked of the column; none asks nothing. Usage error: the condition makes no sense, and nothing changed.
    core::Result<void> setCondition(std::size_t column, std::optional<table::Condition> condition);
    const table::Condition *conditionOf(std::size_t column) const;
    // The place of the column among the keys, from 1; 0: not sorted by it.
    int rankOf(std::size_t column) const;
    void clear();
    // Stops a run. What was asked for last is taken back: the view stays as it is.
    void cancel();

Q_SIGNALS:
    void changed(); // what is asked for
    void progressed(); // a run began, went on or ended

private:
    struct Done {
        qint64 rows = 0; // of the table
        std::shared_ptr<const table::Rows> shown; // filtered, sorted
    };
    struct Wanted {
        std::vector<table::OrderKey> keys;
        std::vector<table::Condition> conditions;
    };
    struct Answer {
        int run = 0;
        core::Result<Done> done;
    };
    static core::Result<Done> arrange(const table::Table &table, const Wanted &wanted, const std::optional<table::Zone> &zone,
        const Done &before, const table::Task &task);

    void restart();
    void start(const Done &before);
    void stop();
    void onGrew();
    void onReset();
    void drain();
    void take(Done done);

    State &m_state;
    QMetaObject::Connection m_grew;
    std::vector<table::OrderKey> m_keys;
    std::vector<table::Condition> m_conditions;
    Wanted m_shown; // what the view was made with
    Done m_done;
    int m_run = 0;
    bool m_isRunning = false;
    std::atomic<int> m_permille = 0;
    QElapsedTimer m_clock;
    QTimer m_tick; // for the progress of what takes long, and between runs while rows arrive
    core::Channel<Answer> m_answers;
    struct Job {
        int run;
        std::jthread thread;
    };
    std::list<Job> m_jobs; // stopped ones too, until they answer; last: they end before the channel does
};

} // namespace grid
