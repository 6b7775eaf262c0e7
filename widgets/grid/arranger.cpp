// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/arranger.h"

#include <algorithm>
#include <numeric>

namespace grid {

namespace {
constexpr int kTickMs = 100; // at least this long between two runs while rows arrive
constexpr int kLongMs = 150; // from here on a run shows its progress
}

Arranger::Arranger(State &state, QObject *parent)
    : QObject(parent)
    , m_state(state)
    , m_answers([this] { QMetaObject::invokeMethod(this, &Arranger::drain, Qt::QueuedConnection); })
{
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (m_isRunning)
            Q_EMIT progressed();
        else
            onGrew();
    });
    connect(&m_state, &State::wasReset, this, &Arranger::onReset);
    connect(&m_state, &State::tableGrew, this, &Arranger::onGrew);
    connect(&m_state, &State::wasRetyped, this, &Arranger::restart);
}

Arranger::~Arranger() = default;

int Arranger::permille() const
{
    return m_isRunning && m_clock.elapsed() > kLongMs ? m_permille.load(std::memory_order_relaxed) : -1;
}

void Arranger::setKeys(std::vector<table::OrderKey> keys)
{
    m_keys = std::move(keys);
    restart();
    Q_EMIT changed();
}

void Arranger::setKey(const table::OrderKey &key, bool keepsOthers)
{
    std::vector<table::OrderKey> keys = keepsOthers ? m_keys : std::vector<table::OrderKey>();
    const auto it = std::find_if(keys.begin(), keys.end(), [&](const auto &each) { return each.column == key.column; });
    if (it == keys.end())
        keys.push_back(key);
    else
        *it = key;
    setKeys(std::move(keys));
}

void Arranger::cycleKey(std::size_t column, bool keepsOthers)
{
    const int rank = rankOf(column);
    if (rank == 0) {
        setKey({column}, keepsOthers);
        return;
    }
    table::OrderKey key = m_keys[static_cast<std::size_t>(rank) - 1];
    if (!key.isDescending) {
        key.isDescending = true;
        setKey(key, keepsOthers);
        return;
    }
    std::vector<table::OrderKey> keys = keepsOthers ? m_keys : std::vector<table::OrderKey>();
    std::erase_if(keys, [&](const auto &each) { return each.column == column; });
    setKeys(std::move(keys));
}

core::Result<void> Arranger::setCondition(std::size_t column, std::optional<table::Condition> condition)
{
    std::vector<table::Condition> conditions = m_conditions;
    std::erase_if(conditions, [&](const auto &each) { return each.column == column; });
    if (condition) {
        condition->column = column;
        if (auto compiled = table::Filter::compile(m_state.table().schema(), {*condition}, m_state.sharedZone()); !compiled)
            return std::move(compiled).error();
        conditions.push_back(std::move(*condition));
    }
    m_conditions = std::move(conditions);
    restart();
    Q_EMIT changed();
    return {};
}

const table::Condition *Arranger::conditionOf(std::size_t column) const
{
    const auto it = std::find_if(m_conditions.begin(), m_conditions.end(), [&](const auto &each) { return each.column == column; });
    return it == m_conditions.end() ? nullptr : &*it;
}

int Arranger::rankOf(std::size_t column) const
{
    const auto it = std::find_if(m_keys.begin(), m_keys.end(), [&](const auto &each) { return each.column == column; });
    return it == m_keys.end() ? 0 : static_cast<int>(it - m_keys.begin()) + 1;
}

void Arranger::clear()
{
    m_keys.clear();
    m_conditions.clear();
    restart();
    Q_EMIT changed();
}

void Arranger::cancel()
{
    if (!m_isRunning)
        return;
    stop();
    m_keys = m_shown.keys;
    m_conditions = m_shown.conditions;
    m_tick.stop();
    Q_EMIT changed();
    Q_EMIT progressed();
}

void Arranger::stop()
{
    // Nobody waits for it: it is joined when its answer is there.
    for (Job &job : m_jobs)
        job.thread.request_stop();
    m_isRunning = false;
    ++m_run;
}

void Arranger::restart()
{
    stop();
    if (isActive()) {
        start({});
        return;
    }
    m_tick.stop();
    m_done = {};
    m_shown = {};
    m_state.setRowMap(std::nullopt);
    Q_EMIT progressed();
}

void Arranger::start(const Done &before)
{
    m_isRunning = true;
    m_permille = 0;
    m_clock.start();
    m_tick.start();
    const int run = ++m_run;
    m_jobs.push_back({run, std::jthread([this, run, table = m_state.table(), wanted = Wanted{m_keys, m_conditions},
                                zone = m_state.sharedZone(), before](const std::stop_token &stop) {
        m_answers.push({run, arrange(table, wanted, zone, before, {stop, &m_permille})});
    })});
    Q_EMIT progressed();
}

core::Result<Arranger::Done> Arranger::arrange(const table::Table &table, const Wanted &wanted,
    const std::optional<table::Zone> &zone, const Done &before, const table::Task &task)
{
    const qint64 rows = table.rowCount();
    table::Rows fresh;
    if (wanted.conditions.empty()) {
        fresh.resize(static_cast<std::size_t>(rows - before.rows));
        std::iota(fresh.begin(), fresh.end(), static_cast<std::uint32_t>(before.rows));
    } else {
        auto filter = table::Filter::compile(table.schema(), wanted.conditions, zone);
        if (!filter)
            return std::move(filter).error();
        auto found = filter->rows(table, before.rows, rows, task);
        if (!found)
            return std::move(found).error();
        fresh = std::move(*found);
    }
    static const table::Rows kNone;
    const table::Rows &shown = before.shown ? *before.shown : kNone;
    if (fresh.empty() && before.shown)
        return Done{rows, before.shown};
    core::Result<table::Rows> merged = shown.empty() ? table::sortedRows(table, wanted.keys, std::move(fresh), task)
                                                     : table::mergedRows(table, wanted.keys, shown, std::move(fresh), task);
    if (!merged)
        return std::move(merged).error();
    return Done{rows, std::make_shared<const table::Rows>(std::move(*merged))};
}

void Arranger::onGrew()
{
    if (!isActive() || m_isRunning)
        return;
    // Not run by run with each arrival: some of them together cost hardly more.
    const bool isDue = m_clock.hasExpired(kTickMs);
    if (m_state.table().rowCount() > m_done.rows && isDue)
        start(m_done);
    else if (m_state.table().rowCount() > m_done.rows)
        m_tick.start();
    else
        m_tick.stop();
}

// Other columns: what was asked of the old ones means nothing for them.
void Arranger::onReset()
{
    stop();
    m_tick.stop();
    m_done = {};
    m_shown = {};
    if (!isActive())
        return;
    m_keys.clear();
    m_conditions.clear();
    Q_EMIT changed();
    Q_EMIT progressed();
}

void Arranger::drain()
{
    for (Answer &answer : m_answers.takeAll()) {
        m_jobs.remove_if([&](const Job &job) { return job.run == answer.run; });
        if (answer.run != m_run || !answer.done)
            continue; // another one is wanted by now
        take(std::move(*answer.done));
    }
}

void Arranger::take(Done done)
{
    m_isRunning = false;
    m_clock.start();
    const bool isNew = done.shown != m_done.shown;
    m_done = std::move(done);
    m_shown = {m_keys, m_conditions};
    if (isNew)
        m_state.setRowMap(table::RowMap(m_done.shown));
    Q_EMIT progressed();
    onGrew();
}

} // namespace grid

#include "moc_arranger.cpp"
