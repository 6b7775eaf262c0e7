// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/resulttable.h"
#include "connector/connector.h"
#include "desktop/connectionservice.h"
#include "desktop/rowlimit.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>

#include <deque>
#include <variant>

class QTimer;

namespace desktop {

// How a run stands, for the message line.
struct RunState {
    enum class Phase { Idle, Connecting, Running, Held, Finished };

    Phase phase = Phase::Idle;
    qint64 rows = 0;
    qint64 firstRowMs = -1; // from the start; -1: no row yet
    qint64 elapsedMs = 0;
    qint64 wireBytes = 0;
    QString serverState; // what the server says that it is doing; may be empty
    bool isResultSet = false;
    connector::Outcome outcome; // once finished
};

// How statements are to be run.
struct RunRequest {
    qint64 rowLimit = 0; // 0: none
    std::vector<connector::Parameter> parameters; // all that are known: each statement takes those that it uses
    std::string batch; // as connector::RunOptions::batch; empty: one after another
};

// One run of one statement. The session works on a thread of its own; what it delivers crosses a channel that the GUI
// thread empties about 20 times a second with bounded work, and holds the worker back when it lags. Cancelling frees
// the caller at once: what the worker still sends goes nowhere. Lives on the GUI thread.
class StatementRun : public QObject
{
    Q_OBJECT
public:
    // table receives the rows. All three outlive the run.
    StatementRun(ConnectionService &connections, Workers &workers, common::ResultTable &table, QObject *parent = nullptr);
    ~StatementRun() override;

    // Once for each object.
    void start(const QString &connection, const connector::Statement &statement, const RunRequest &request);
    // The runs of one batch, each of its statement: the server gets all of them as one. Stopping one stops all.
    static void startBatch(const QString &connection, const std::vector<StatementRun *> &runs,
        const std::vector<connector::Statement> &statements, const RunRequest &request);
    // Ends the run as cancelled now; asks the server to stop as well, where it can be told.
    void cancel();
    // A held result goes on with a new limit (0: none), or ends.
    void decideLimit(std::optional<qint64> limit);

    bool isRunning() const { return m_state.phase != RunState::Phase::Idle && m_state.phase != RunState::Phase::Finished; }
    const RunState &state() const { return m_state; }
    const connector::Statement &statement() const { return m_statement; }
    const QString &connection() const { return m_connectionName; }
    qint64 rowLimit() const { return m_request.rowLimit; }
    const RunRequest &request() const { return m_request; }

Q_SIGNALS:
    void stateChanged();
    void exchangeChanged(const http::Exchange &exchange);
    // The result stands at its limit and waits for decideLimit.
    void limitReached(qint64 rows);
    // What the session wants the user to know although nothing failed.
    void noticed(const QString &text);
    // Exactly once for each start, after all that was delivered.
    void finished();
    // What came of asking the server to stop; may come after finished.
    void stopReported(const QString &text, bool stopped);

private:
    struct Link; // what the worker and the GUI share
    struct Started {
        connector::RunningStatement running;
    };
    struct Notice {
        QString text;
    };
    struct Status {
        QString text;
    };
    struct AtLimit {
        qint64 rows;
    };
    using Message = std::variant<http::Exchange, Started, std::shared_ptr<const table::Schema>,
        std::shared_ptr<const table::Chunk>, table::Table, AtLimit, Notice, Status, connector::Outcome>;
    class WorkerSink;

    void begin(const QString &connection, const connector::Statement &statement, const RunRequest &request);
    void openLink(std::shared_ptr<workspace::Connection> connection);
    void run(std::shared_ptr<workspace::Connection> connection);
    static void runBatch(std::shared_ptr<workspace::Connection> connection, const std::vector<QPointer<StatementRun>> &runs);
    connector::RunOptions options() const;
    void fail(const core::Error &error);
    void scheduleDrain();
    void drain();
    void take(Message &message, std::vector<std::shared_ptr<const table::Chunk>> &chunks);
    void appendChunks(std::vector<std::shared_ptr<const table::Chunk>> &chunks);
    void takeExchange(const http::Exchange &exchange);
    void finish(connector::Outcome outcome);
    void stopOnServer();

    ConnectionService &m_connections;
    Workers &m_workers;
    common::ResultTable &m_table;
    QString m_connectionName;
    connector::Statement m_statement;
    RunRequest m_request;
    std::shared_ptr<workspace::Connection> m_connection;
    std::optional<connector::RunningStatement> m_running;
    std::shared_ptr<Link> m_link;
    std::stop_source m_stop;
    std::deque<Message> m_pending; // taken from the channel, not worked on yet
    std::map<quint64, qint64> m_bytes; // by exchange
    RunState m_state;
    QElapsedTimer m_clock;
    qint64 m_lastDrainMs = -1000;
    QTimer *m_drainTimer;
};

} // namespace desktop
