// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/finder.h"

namespace grid {

Finder::Finder(State &state, QObject *parent)
    : QObject(parent)
    , m_state(state)
    , m_answers([this] { QMetaObject::invokeMethod(this, &Finder::drain, Qt::QueuedConnection); })
{
    connect(&m_state, &State::tableGrew, this, &Finder::goOn);
    connect(&m_state, &State::wasReset, this, &Finder::restart);
    connect(&m_state, &State::wasRetyped, this, &Finder::restart);
}

Finder::~Finder() = default;

core::Result<void> Finder::find(const QString &text, bool isPattern, bool matchesCase)
{
    std::optional<table::Filter> filter;
    if (!text.isEmpty()) {
        table::Condition condition;
        condition.test = isPattern ? table::Condition::Test::Pattern : table::Condition::Test::Contains;
        condition.text = text.toStdString();
        condition.matchesCase = matchesCase;
        auto compiled = table::Filter::compile(m_state.table().schema(), {condition}, m_state.sharedZone());
        if (!compiled)
            return std::move(compiled).error();
        filter = std::move(*compiled);
    }
    m_filter = std::move(filter);
    restart();
    return {};
}

void Finder::restart()
{
    for (Job &job : m_jobs)
        job.thread.request_stop();
    ++m_run;
    m_isRunning = false;
    m_done = 0;
    m_count = 0;
    m_isMatch.clear();
    Q_EMIT changed();
    goOn();
}

void Finder::goOn()
{
    const qint64 rows = m_state.table().rowCount();
    if (!m_filter || m_isRunning || rows <= m_done)
        return;
    m_isRunning = true;
    const int run = ++m_run;
    m_jobs.push_back({run, std::jthread([this, run, rows, first = m_done, table = m_state.table(), filter = *m_filter](const std::stop_token &stop) {
        m_answers.push({run, rows, filter.rows(table, first, rows, {stop})});
    })});
}

void Finder::drain()
{
    for (Answer &answer : m_answers.takeAll()) {
        m_jobs.remove_if([&](const Job &job) { return job.run == answer.run; });
        if (answer.run != m_run || !answer.found)
            continue;
        m_isRunning = false;
        m_done = answer.rows;
        m_isMatch.resize(static_cast<std::size_t>(m_done));
        for (const std::uint32_t row : *answer.found)
            m_isMatch[row] = true;
        m_count += static_cast<qint64>(answer.found->size());
        Q_EMIT changed();
        goOn();
    }
}

bool Finder::matchesRow(qint64 row) const
{
    const auto source = static_cast<std::size_t>(m_state.rowMap().tableRow(row));
    return source < m_isMatch.size() && m_isMatch[source];
}

bool Finder::marks(Position at) const
{
    if (!m_filter || !matchesRow(at.row))
        return false;
    const Position source = m_state.source(at);
    return m_filter->marks(m_state.table(), source.row, static_cast<std::size_t>(source.column));
}

int Finder::columnOf(qint64 row, int from, bool forward) const
{
    for (int column = from; column >= 0 && column < m_state.columnCount(); column += forward ? 1 : -1) {
        if (marks({row, column}))
            return column;
    }
    return -1;
}

Position Finder::next(Position from, bool forward) const
{
    const qint64 rows = m_state.rowCount();
    const int step = forward ? 1 : -1;
    const int firstColumn = forward ? 0 : m_state.columnCount() - 1;
    if (!m_filter || rows == 0 || m_count == 0)
        return {};
    const Position start = m_state.held(from);
    if (from.isValid() && matchesRow(start.row)) {
        if (const int column = columnOf(start.row, start.column + step, forward); column >= 0)
            return {start.row, column};
    }
    // A row whose match is in a hidden column is passed over. The row that it began in comes again at the end.
    qint64 row = from.isValid() ? start.row : (forward ? -1 : rows);
    for (qint64 i = 0; i < rows; ++i) {
        row = (row + step + rows) % rows;
        if (!matchesRow(row))
            continue;
        if (const int column = columnOf(row, firstColumn, forward); column >= 0)
            return {row, column};
    }
    return {};
}

} // namespace grid

#include "moc_finder.cpp"
