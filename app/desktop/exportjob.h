// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/channel.h"
#include "desktop/workers.h"
#include "table/export.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>

namespace desktop {

// What to write, and where to.
struct ExportRequest {
    table::Table table; // a snapshot
    table::RowOrder order; // rows 0: the table's own
    bool hasOrder = false;
    bool follows = false; // rows still arrive: update() brings them until it says that it was the last
    table::FileFormat format = table::FileFormat::Csv;
    table::WriterOptions options;
    bool isCompressed = false;
    QString path;
};

// Writes a result to a file on a worker, never running its statement again. The file is put in place when it is whole;
// after a failure or a cancel it is as it was. Lives on the GUI thread; its end cancels what runs.
class ExportJob : public QObject
{
    Q_OBJECT
public:
    struct Result {
        qint64 rows = 0;
        qint64 bytes = 0;
        QStringList warnings;
    };

    explicit ExportJob(Workers &workers, QObject *parent = nullptr);
    ~ExportJob() override;

    void start(ExportRequest request);
    // What has come since, of the same result.
    void update(const table::Table &table, bool isLast);
    // At once: finished() follows before this returns.
    void cancel();

    bool isRunning() const { return m_shared != nullptr; }
    qint64 rowsWritten() const;

Q_SIGNALS:
    void progressed(qint64 rows);
    // Exactly once for each start.
    void finished(const core::Result<desktop::ExportJob::Result> &result);

private:
    struct Update {
        table::Table table;
        bool isLast = false;
    };
    struct Shared {
        core::Channel<Update> updates;
        std::atomic<std::int64_t> rows = 0;
    };
    static core::Result<Result> write(const ExportRequest &request, Shared &shared, const std::stop_token &stop);
    static core::Result<std::int64_t> writeAll(table::Writer &writer, const ExportRequest &request, Shared &shared, const std::stop_token &stop);
    void end(const core::Result<Result> &result);

    Workers &m_workers;
    std::shared_ptr<Shared> m_shared; // of the export that runs
    std::stop_source m_stop;
    QTimer m_ticker;
};

// The bytes that the first rows would have, as text; a workbook shows as a table. Any thread.
QString exportPreview(const ExportRequest &request, qint64 rows);

} // namespace desktop
