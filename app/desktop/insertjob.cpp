// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/insertjob.h"

#include "connector/request.h"
#include "desktop/silentsink.h"

#include <QPointer>

namespace desktop {

namespace {

constexpr std::size_t kRowsAtOnce = 20000; // whose statements are in memory together

// Files what came of one batch; false: no more are sent.
bool account(InsertAccount &account, const connector::InsertBatch &batch, const connector::Outcome &outcome)
{
    const auto rows = static_cast<qint64>(batch.rows);
    ++account.batches;
    if (!outcome.error) {
        account.written += rows;
        return true;
    }
    account.error = outcome.error;
    const core::ErrorKind kind = outcome.error->kind;
    const bool isRefused = kind == core::ErrorKind::Statement || kind == core::ErrorKind::Server || kind == core::ErrorKind::Login
        || kind == core::ErrorKind::Usage || kind == core::ErrorKind::Unsupported;
    const bool isUnknown = outcome.error->mayHaveRun || !isRefused;
    (isUnknown ? account.unknown : account.refused) += rows;
    return false;
}

} // namespace

InsertJob::InsertJob(Workers &workers, QObject *parent)
    : QObject(parent)
    , m_workers(workers)
{
}

InsertJob::~InsertJob()
{
    m_stop.request_stop();
}

InsertAccount InsertJob::send(connector::Session &session, const InsertRows &rows,
    const std::function<void(const InsertAccount &)> &told, const std::stop_token &stop)
{
    InsertAccount result;
    const std::span<const connector::InsertRow> all(rows.rows);
    bool goesOn = true;
    for (std::size_t first = 0; goesOn && first < all.size(); first += kRowsAtOnce) {
        const auto part = all.subspan(first, std::min(kRowsAtOnce, all.size() - first));
        const auto batches = session.insertStatements(rows.path, rows.form, part);
        if (!batches) {
            result.error = batches.error();
            break;
        }
        for (const connector::InsertBatch &batch : *batches) {
            goesOn = !stop.stop_requested();
            if (!goesOn)
                break;
            connector::Statement statement;
            statement.text = batch.statement;
            statement.isRequest = connector::startsRequest(batch.statement);
            SilentSink sink;
            goesOn = account(result, batch, session.run(statement, {}, sink, stop));
            if (told)
                told(result);
            if (!goesOn)
                break;
        }
    }
    result.unsent = static_cast<qint64>(all.size()) - result.written - result.unknown - result.refused;
    return result;
}

void InsertJob::start(std::shared_ptr<workspace::Connection> connection, std::shared_ptr<const InsertRows> rows)
{
    m_isRunning = true;
    m_stop = m_workers.ask<InsertAccount>(
        this,
        [this, guard = QPointer<InsertJob>(this), connection = std::move(connection), rows = std::move(rows), &workers = m_workers](
            const std::stop_token &stop) {
            return send(*connection->session, *rows,
                [&](const InsertAccount &now) {
                    workers.post([this, guard, now] {
                        if (guard)
                            Q_EMIT progressed(now.written, now.batches);
                    });
                },
                stop);
        },
        [this](const InsertAccount &account) {
            m_isRunning = false;
            Q_EMIT finished(account);
        });
}

} // namespace desktop

#include "moc_insertjob.cpp"
