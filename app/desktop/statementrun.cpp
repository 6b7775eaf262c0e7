// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/statementrun.h"

#include "connector/script.h"
#include "desktop/backpressure.h"
#include "desktop/silentsink.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

namespace desktop {

namespace {

constexpr int kDrainIntervalMs = 50;
constexpr qint64 kDrainBudgetMs = 8; // of one frame, so that painting and input have the rest
constexpr int kChunksOnTheWay = 192; // about 1.5 million rows: enough for two intervals at the fastest server

struct RunTr {
    Q_DECLARE_TR_FUNCTIONS(StatementRun)
};

} // namespace

struct StatementRun::Link {
    core::Channel<Message> channel;
    Backpressure chunks{kChunksOnTheWay};
    LimitDecision limit;

    explicit Link(std::function<void()> waker)
        : channel(std::move(waker))
    {
    }
};

class StatementRun::WorkerSink : public connector::Sink
{
public:
    WorkerSink(std::shared_ptr<Link> link, std::shared_ptr<HeldResults> held, std::stop_token stop)
        : m_link(std::move(link))
        , m_held(std::move(held))
        , m_stop(std::move(stop))
    {
    }

    void exchange(const http::Exchange &exchange) override { m_link->channel.push(exchange); }
    void started(const connector::RunningStatement &running) override { m_link->channel.push(Started{running}); }
    void notice(const QString &text) override { m_link->channel.push(Notice{text}); }
    void status(const QString &text) override { m_link->channel.push(Status{text}); }
    bool schema(std::shared_ptr<const table::Schema> schema) override
    {
        m_link->channel.push(std::move(schema));
        return !m_stop.stop_requested();
    }
    bool showsUntyped() const override { return true; }
    bool retyped(table::Table typed) override
    {
        m_link->channel.push(std::move(typed));
        return !m_stop.stop_requested();
    }
    bool chunk(std::shared_ptr<const table::Chunk> chunk) override
    {
        if (!m_link->chunks.acquire(m_stop))
            return false;
        m_link->channel.push(std::move(chunk));
        return true;
    }
    std::optional<std::int64_t> limitReached(std::int64_t rows) override
    {
        if (!m_held->tryHold())
            return std::nullopt;
        m_link->channel.push(AtLimit{rows});
        const auto limit = m_link->limit.wait(m_stop);
        m_held->release();
        return limit;
    }

private:
    std::shared_ptr<Link> m_link;
    std::shared_ptr<HeldResults> m_held;
    std::stop_token m_stop;
};

StatementRun::StatementRun(
    ConnectionService &connections, Workers &workers, common::ResultTable &table, QObject *parent)
    : QObject(parent)
    , m_connections(connections)
    , m_workers(workers)
    , m_table(table)
    , m_drainTimer(new QTimer(this))
{
    m_drainTimer->setSingleShot(true);
    m_drainTimer->setTimerType(Qt::PreciseTimer);
    connect(m_drainTimer, &QTimer::timeout, this, &StatementRun::drain);
}

StatementRun::~StatementRun()
{
    m_stop.request_stop();
}

void StatementRun::begin(const QString &connection, const connector::Statement &statement, const RunRequest &request)
{
    m_connectionName = connection;
    m_statement = statement;
    m_request = request;
    m_state = {};
    m_state.phase = RunState::Phase::Connecting;
    m_clock.start();
}

void StatementRun::start(const QString &connection, const connector::Statement &statement, const RunRequest &request)
{
    begin(connection, statement, request);
    m_connections.open(connection, this, [this](const ConnectionResult &result) {
        if (m_state.phase != RunState::Phase::Connecting)
            return;
        if (result)
            run(result.value());
        else
            fail(result.error());
    });
    if (isRunning())
        Q_EMIT stateChanged();
}

void StatementRun::startBatch(const QString &connection, const std::vector<StatementRun *> &runs,
    const std::vector<connector::Statement> &statements, const RunRequest &request)
{
    for (std::size_t i = 0; i < runs.size(); ++i)
        runs[i]->begin(connection, statements[i], request);
    const std::vector<QPointer<StatementRun>> all(runs.begin(), runs.end());
    runs[0]->m_connections.open(connection, runs[0], [all](const ConnectionResult &result) {
        if (result) {
            runBatch(result.value(), all);
            return;
        }
        for (const QPointer<StatementRun> &one : all) {
            if (one && one->m_state.phase == RunState::Phase::Connecting)
                one->fail(result.error());
        }
    });
}

void StatementRun::fail(const core::Error &error)
{
    connector::Outcome outcome;
    outcome.completeness = connector::Completeness::Cut;
    outcome.reason = connector::Reason::Broken;
    outcome.error = error;
    finish(std::move(outcome));
}

void StatementRun::openLink(std::shared_ptr<workspace::Connection> connection)
{
    m_connection = std::move(connection);
    m_state.phase = RunState::Phase::Running;
    const QPointer<StatementRun> self(this);
    m_link = std::make_shared<Link>([workers = &m_workers, self] {
        workers->post([self] {
            if (self)
                self->scheduleDrain();
        });
    });
}

// The parameters that this statement uses; in a batch all, which its statements share.
connector::RunOptions StatementRun::options() const
{
    connector::RunOptions options;
    options.maxRows = m_request.rowLimit;
    options.batch = m_request.batch;
    if (!options.batch.empty()) {
        options.parameters = m_request.parameters;
        return options;
    }
    const connector::Manifest *manifest = m_connections.manifestOf(m_connectionName);
    const auto used = manifest ? connector::parametersOf(m_statement, manifest->language) : std::vector<std::string>();
    for (const connector::Parameter &parameter : m_request.parameters) {
        if (std::find(used.begin(), used.end(), parameter.name) != used.end())
            options.parameters.push_back(parameter);
    }
    return options;
}

void StatementRun::run(std::shared_ptr<workspace::Connection> connection)
{
    openLink(std::move(connection));
    m_stop = m_workers.start([link = m_link, open = m_connection, held = m_connections.heldResults(m_connectionName),
                                 statement = m_statement, options = options()](std::stop_token stop) {
        WorkerSink sink(link, held, stop);
        link->channel.push(open->session->run(statement, options, sink, stop));
    });
    Q_EMIT stateChanged();
}

void StatementRun::runBatch(std::shared_ptr<workspace::Connection> connection, const std::vector<QPointer<StatementRun>> &runs)
{
    std::vector<std::shared_ptr<Link>> links;
    std::vector<connector::Statement> statements;
    for (const QPointer<StatementRun> &one : runs) {
        if (!one || one->m_state.phase != RunState::Phase::Connecting)
            return; // stopped meanwhile, and with it all
        one->openLink(connection);
        links.push_back(one->m_link);
        statements.push_back(one->m_statement);
    }
    StatementRun &first = *runs[0];
    const std::stop_source stop = first.m_workers.start([links, connection, statements, options = first.options(),
                                                            held = first.m_connections.heldResults(first.m_connectionName)](std::stop_token token) {
        std::vector<std::unique_ptr<WorkerSink>> sinks;
        for (const std::shared_ptr<Link> &link : links)
            sinks.push_back(std::make_unique<WorkerSink>(link, held, token));
        const auto sinkOf = [&](std::size_t index) -> connector::Sink & { return *sinks[index]; };
        std::vector<connector::Outcome> outcomes = connection->session->runBatch(statements, options, sinkOf, token);
        outcomes.resize(std::max<std::size_t>(outcomes.size(), 1));
        for (std::size_t i = 0; i < links.size(); ++i) // where the batch failed as a whole, each statement did
            links[i]->channel.push(outcomes[std::min(i, outcomes.size() - 1)]);
    });
    for (const QPointer<StatementRun> &one : runs) {
        one->m_stop = stop;
        Q_EMIT one->stateChanged();
    }
}

void StatementRun::scheduleDrain()
{
    if (m_drainTimer->isActive() || !isRunning())
        return;
    const qint64 interval = m_state.firstRowMs < 0 ? 0 : kDrainIntervalMs; // nobody is to wait for the first rows
    m_drainTimer->start(static_cast<int>(qBound(qint64(0), m_lastDrainMs + interval - m_clock.elapsed(), interval)));
}

void StatementRun::drain()
{
    if (!isRunning() || !m_link)
        return;
    m_lastDrainMs = m_clock.elapsed();
    for (Message &message : m_link->channel.takeAll())
        m_pending.push_back(std::move(message));
    std::vector<std::shared_ptr<const table::Chunk>> chunks;
    while (!m_pending.empty() && isRunning() && m_clock.elapsed() - m_lastDrainMs < kDrainBudgetMs) {
        Message message = std::move(m_pending.front());
        m_pending.pop_front();
        take(message, chunks);
    }
    appendChunks(chunks);
    m_state.elapsedMs = isRunning() ? m_clock.elapsed() : m_state.elapsedMs;
    if (isRunning()) {
        Q_EMIT stateChanged();
        if (!m_pending.empty())
            scheduleDrain();
    }
}

void StatementRun::take(Message &message, std::vector<std::shared_ptr<const table::Chunk>> &chunks)
{
    if (auto *chunk = std::get_if<std::shared_ptr<const table::Chunk>>(&message)) {
        chunks.push_back(std::move(*chunk));
    } else if (auto *schema = std::get_if<std::shared_ptr<const table::Schema>>(&message)) {
        m_state.isResultSet = true;
        m_table.reset(std::move(*schema));
    } else if (auto *typed = std::get_if<table::Table>(&message)) {
        m_link->chunks.release(static_cast<int>(chunks.size()));
        chunks.clear(); // they are among the typed ones
        m_table.retype(std::move(*typed));
        m_state.rows = m_table.table().rowCount();
    } else if (const auto *exchange = std::get_if<http::Exchange>(&message)) {
        takeExchange(*exchange);
    } else if (auto *started = std::get_if<Started>(&message)) {
        m_running = std::move(started->running);
    } else if (const auto *notice = std::get_if<Notice>(&message)) {
        Q_EMIT noticed(notice->text);
    } else if (const auto *status = std::get_if<Status>(&message)) {
        m_state.serverState = status->text;
    } else if (const auto *limit = std::get_if<AtLimit>(&message)) {
        appendChunks(chunks);
        m_state.phase = RunState::Phase::Held;
        Q_EMIT limitReached(limit->rows);
    } else if (auto *outcome = std::get_if<connector::Outcome>(&message)) {
        appendChunks(chunks);
        finish(std::move(*outcome));
    }
}

void StatementRun::appendChunks(std::vector<std::shared_ptr<const table::Chunk>> &chunks)
{
    if (chunks.empty())
        return;
    m_link->chunks.release(static_cast<int>(chunks.size()));
    if (m_state.firstRowMs < 0)
        m_state.firstRowMs = m_clock.elapsed();
    m_table.append(std::exchange(chunks, {}));
    m_state.rows = m_table.table().rowCount();
}

void StatementRun::takeExchange(const http::Exchange &exchange)
{
    m_bytes[exchange.id] = exchange.wireBytes;
    m_state.wireBytes = 0;
    for (const auto &[id, bytes] : m_bytes)
        m_state.wireBytes += bytes;
    Q_EMIT exchangeChanged(exchange);
}

void StatementRun::decideLimit(std::optional<qint64> limit)
{
    if (m_state.phase != RunState::Phase::Held)
        return;
    m_state.phase = RunState::Phase::Running;
    m_link->limit.decide(limit);
    Q_EMIT stateChanged();
}

void StatementRun::cancel()
{
    if (!isRunning())
        return;
    m_stop.request_stop();
    if (m_link)
        m_link->limit.decide(std::nullopt);
    m_pending.clear();
    connector::Outcome outcome;
    outcome.completeness = connector::Completeness::Cut;
    outcome.reason = connector::Reason::Broken;
    outcome.hasResultSet = m_state.isResultSet;
    outcome.rows = m_state.rows;
    outcome.bytes = m_state.wireBytes;
    core::Error error;
    error.kind = core::ErrorKind::Cancelled;
    error.message = RunTr::tr("The statement was stopped. What had come until then is shown.");
    outcome.error = std::move(error);
    if (m_running)
        stopOnServer();
    finish(std::move(outcome));
}

void StatementRun::stopOnServer()
{
    using Report = core::Result<connector::StopReport>;
    m_workers.ask<Report>(
        this,
        [open = m_connection, running = *m_running](std::stop_token stop) {
            SilentSink sink;
            return open->session->stopOnServer(running, sink, stop);
        },
        [this](const Report &report) {
            if (report)
                Q_EMIT stopReported(report->message, report->stopped);
            else
                Q_EMIT stopReported(core::toText(report.error()), false);
        });
}

void StatementRun::finish(connector::Outcome outcome)
{
    m_state.phase = RunState::Phase::Finished;
    m_state.elapsedMs = m_clock.elapsed();
    m_state.isResultSet = m_state.isResultSet || outcome.hasResultSet;
    if (outcome.bytes > 0)
        m_state.wireBytes = outcome.bytes;
    m_state.outcome = std::move(outcome);
    Q_EMIT stateChanged();
    Q_EMIT finished();
}

} // namespace desktop

#include "moc_statementrun.cpp"
