// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/engine.h"

namespace chart {

namespace {

table::SeriesSpec specOf(const Roles &roles)
{
    table::SeriesSpec spec;
    spec.x = roles.x.column;
    spec.ys = roles.ys;
    spec.by = roles.by;
    return spec;
}

} // namespace

LatestWorker::~LatestWorker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_pending = {};
        m_running.request_stop();
    }
    m_thread.request_stop();
}

void LatestWorker::submit(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_pending = std::move(job);
        m_running.request_stop();
    }
    if (!m_thread.joinable())
        m_thread = std::jthread([this](std::stop_token stop) { run(stop); });
    m_filled.notify_one();
}

void LatestWorker::run(std::stop_token stop)
{
    while (true) {
        Job job;
        std::stop_token jobStop;
        {
            std::unique_lock lock(m_mutex);
            if (!m_filled.wait(lock, stop, [this] { return static_cast<bool>(m_pending); }))
                return;
            job = std::exchange(m_pending, {});
            m_running = std::stop_source();
            jobStop = m_running.get_token();
        }
        job(jobStop);
    }
}

// Touched by the index worker's thread only, job after job.
struct Engine::IndexState {
    std::unique_ptr<table::SeriesIndexer> indexer;
    Roles roles;
    RoleChoices choices;
    std::int64_t rolesRows = -1;

    std::shared_ptr<const Indexed> update(table::Table snapshot, const std::optional<Roles> &given, std::stop_token stop)
    {
        if (rolesRows < std::min(snapshot.rowCount(), kRoleRows)) {
            roles = findRoles(snapshot);
            choices = roleChoices(snapshot);
            rolesRows = snapshot.rowCount();
        }
        const Roles wanted = given.value_or(roles);
        const table::SeriesSpec spec = specOf(wanted);
        if (!indexer || indexer->spec() != spec)
            indexer = std::make_unique<table::SeriesIndexer>(spec);
        auto set = indexer->update(snapshot, stop);
        if (!set) {
            indexer.reset();
            return nullptr;
        }
        if (wanted.x.kind == XRole::Kind::Epoch)
            set->unitDigits = wanted.x.digits;
        return std::make_shared<const Indexed>(Indexed{std::move(snapshot), wanted, choices, std::move(*set)});
    }
};

std::shared_ptr<const Indexed> indexTable(const table::Table &table, const std::optional<Roles> &roles)
{
    const Roles wanted = roles ? *roles : findRoles(table);
    table::SeriesIndexer indexer(specOf(wanted));
    auto set = indexer.update(table, {});
    if (wanted.x.kind == XRole::Kind::Epoch)
        set->unitDigits = wanted.x.digits;
    return std::make_shared<const Indexed>(Indexed{table, wanted, roleChoices(table), std::move(*set)});
}

Engine::Engine(QObject *parent)
    : QObject(parent)
    , m_state(std::make_shared<IndexState>())
    , m_indexed([this] { post(); })
    , m_reduced([this] { post(); })
{
}

Engine::~Engine() = default;

// Runs on a worker's thread.
void Engine::post()
{
    QMetaObject::invokeMethod(this, &Engine::deliver, Qt::QueuedConnection);
}

void Engine::startOver()
{
    ++m_generation;
    m_isIndexing = false;
    m_state = std::make_shared<IndexState>();
}

void Engine::index(table::Table snapshot, const std::optional<Roles> &roles)
{
    m_isIndexing = true;
    m_indexer.submit([this, state = m_state, generation = ++m_generation, snapshot = std::move(snapshot), roles](
                         std::stop_token stop) { m_indexed.push({generation, state->update(snapshot, roles, stop)}); });
}

void Engine::reduce(std::shared_ptr<const Indexed> indexed, std::vector<std::size_t> lines, const XRange &range, int columns)
{
    m_reducer.submit([this, indexed = std::move(indexed), lines = std::move(lines), range, columns](std::stop_token stop) {
        if (auto reduction = reduceLines(indexed->set, lines, range, columns, stop))
            m_reduced.push(std::make_shared<const Reduction>(std::move(*reduction)));
    });
}

void Engine::deliver()
{
    for (auto &[generation, indexed] : m_indexed.takeAll()) {
        if (generation != m_generation)
            continue;
        m_isIndexing = false;
        if (indexed)
            Q_EMIT this->indexed(indexed);
    }
    const auto reductions = m_reduced.takeAll();
    if (!reductions.empty())
        Q_EMIT reduced(reductions.back());
}

} // namespace chart

#include "moc_engine.cpp"
