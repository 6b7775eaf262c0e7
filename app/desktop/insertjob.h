// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/insert.h"
#include "desktop/workers.h"
#include "workspace/connections.h"

#include <QObject>

#include <memory>
#include <optional>

namespace desktop {

// Rows that are ready to be sent: values in the order of the form's fields.
struct InsertRows {
    std::vector<std::string> path;
    connector::CallForm form;
    std::vector<connector::InsertRow> rows;
};

// What became of the rows of an insert: exactly one of these for each.
struct InsertAccount {
    qint64 written = 0; // the server took them
    qint64 unknown = 0; // the connection was lost after their batch went out: they may have been written
    qint64 refused = 0; // of the batch that failed: the server's error is in error
    qint64 unsent = 0;
    qint64 batches = 0; // sent
    std::optional<core::Error> error;
};

// Sends rows batch by batch, each exactly once, and stops at the first that fails. Lives on the GUI thread.
class InsertJob : public QObject
{
    Q_OBJECT
public:
    explicit InsertJob(Workers &workers, QObject *parent = nullptr);
    ~InsertJob() override;

    void start(std::shared_ptr<workspace::Connection> connection, std::shared_ptr<const InsertRows> rows);
    // The batch that is on its way is waited for no longer; finished() tells what is known.
    void cancel() { m_stop.request_stop(); }
    bool isRunning() const { return m_isRunning; }

    // Blocking, any thread: what start() does. told is called after each batch.
    static InsertAccount send(connector::Session &session, const InsertRows &rows,
        const std::function<void(const InsertAccount &)> &told, const std::stop_token &stop);

Q_SIGNALS:
    void progressed(qint64 written, qint64 batches);
    void finished(const desktop::InsertAccount &account);

private:
    Workers &m_workers;
    std::stop_source m_stop;
    bool m_isRunning = false;
};

} // namespace desktop
