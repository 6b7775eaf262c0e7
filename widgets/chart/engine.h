// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/reduction.h"
#include "chart/roles.h"

#include "core/channel.h"

#include <QObject>

#include <memory>
#include <thread>

namespace chart {

// A table made ready to be drawn. Immutable; shared by the view and the workers.
struct Indexed {
    table::Table table; // the snapshot that the points' rows belong to
    Roles roles;
    RoleChoices choices;
    table::SeriesSet set;
};

// Reads roles (unless they are given) and indexes from nothing, on the calling thread.
std::shared_ptr<const Indexed> indexTable(const table::Table &table, const std::optional<Roles> &roles);

// One thread that does the last thing asked for: a job that has not begun gives way to a newer one, and is asked to stop
// where it has.
class LatestWorker
{
public:
    using Job = std::function<void(std::stop_token)>;

    LatestWorker() = default;
    ~LatestWorker(); // asks the running job to stop and waits for it
    void submit(Job job);

private:
    void run(std::stop_token stop);

    std::mutex m_mutex;
    std::condition_variable_any m_filled;
    Job m_pending;
    std::stop_source m_running;
    std::jthread m_thread; // started by the first job
};

// The workers behind a chart: one reads roles and indexes what a result has grown by, one reduces the visible range.
// Lives on the GUI thread and answers there; nothing here waits.
class Engine : public QObject
{
    Q_OBJECT
public:
    explicit Engine(QObject *parent = nullptr);
    ~Engine() override;

    // Indexes the snapshot, which continues the last one unless startOver was called in between. Roles found by the
    // engine where none are given.
    void index(table::Table snapshot, const std::optional<Roles> &roles);
    void startOver();
    bool isIndexing() const { return m_isIndexing; }
    void reduce(std::shared_ptr<const Indexed> indexed, std::vector<std::size_t> lines, const XRange &range, int columns);

Q_SIGNALS:
    void indexed(std::shared_ptr<const chart::Indexed> indexed);
    void reduced(std::shared_ptr<const chart::Reduction> reduction);

private:
    struct IndexState;
    void deliver();
    void post();

    std::uint64_t m_generation = 0;
    bool m_isIndexing = false;
    std::shared_ptr<IndexState> m_state;
    core::Channel<std::pair<std::uint64_t, std::shared_ptr<const Indexed>>> m_indexed;
    core::Channel<std::shared_ptr<const Reduction>> m_reduced;
    LatestWorker m_indexer; // the last members: joined before what they write to goes
    LatestWorker m_reducer;
};

} // namespace chart
