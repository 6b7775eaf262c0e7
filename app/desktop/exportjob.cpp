// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/exportjob.h"

#include <QCoreApplication>
#include <QFile>

namespace desktop {

namespace {

constexpr int kTickMs = 100;
constexpr std::size_t kPreviewBytes = 20000;

core::Error cancelledExport()
{
    core::Error error;
    error.kind = core::ErrorKind::Cancelled;
    error.message = ExportJob::tr("The export was cancelled; nothing was written.");
    return error;
}

// Keeps the first bytes.
class PreviewOutput : public table::ByteOutput
{
public:
    core::Result<void> write(std::string_view bytes) override
    {
        text.append(bytes.substr(0, kPreviewBytes - std::min(kPreviewBytes, text.size())));
        return text.size() < kPreviewBytes ? core::Result<void>() : core::Result<void>(cancelledExport());
    }
    std::string text;
};

} // namespace

ExportJob::ExportJob(Workers &workers, QObject *parent)
    : QObject(parent)
    , m_workers(workers)
{
    m_ticker.setInterval(kTickMs);
    connect(&m_ticker, &QTimer::timeout, this, [this] { Q_EMIT progressed(rowsWritten()); });
}

ExportJob::~ExportJob()
{
    m_stop.request_stop();
}

qint64 ExportJob::rowsWritten() const
{
    return m_shared ? m_shared->rows.load() : 0;
}

void ExportJob::start(ExportRequest request)
{
    cancel();
    m_shared = std::make_shared<Shared>();
    m_ticker.start();
    using Answer = core::Result<Result>;
    m_stop = m_workers.ask<Answer>(
        this, [request = std::move(request), shared = m_shared](std::stop_token stop) { return write(request, *shared, stop); },
        [this, shared = m_shared](const Answer &answer) {
            if (m_shared == shared)
                end(answer);
        });
}

void ExportJob::update(const table::Table &table, bool isLast)
{
    if (m_shared)
        m_shared->updates.push({table, isLast});
}

void ExportJob::cancel()
{
    if (!m_shared)
        return;
    m_stop.request_stop();
    end(cancelledExport());
}

void ExportJob::end(const core::Result<Result> &result)
{
    m_ticker.stop();
    m_shared.reset();
    Q_EMIT finished(result);
}

core::Result<std::int64_t> ExportJob::writeAll(
    table::Writer &writer, const ExportRequest &request, Shared &shared, const std::stop_token &stop)
{
    const auto progress = [&shared](std::int64_t rows) { shared.rows = rows; };
    table::Table table = request.table;
    table::RowOrder order = request.order;
    bool isLast = !request.follows;
    if (!request.hasOrder)
        order = {{}, table.rowCount()};
    std::int64_t written = 0;
    while (true) {
        if (auto done = table::writeRows(writer, table, order, written, order.rows, progress, stop); !done)
            return std::move(done).error();
        written = order.rows;
        if (isLast)
            return written;
        for (Update &update : shared.updates.waitForAll(stop)) {
            table = std::move(update.table);
            isLast = update.isLast;
        }
        order.rows = table.rowCount();
        if (stop.stop_requested())
            return cancelledExport();
    }
}

core::Result<ExportJob::Result> ExportJob::write(const ExportRequest &request, Shared &shared, const std::stop_token &stop)
{
    Result result;
    auto file = table::FileOutput::create(QFile::encodeName(request.path).toStdString());
    if (!file)
        return std::move(file).error();
    std::optional<table::GzipOutput> gzip;
    if (request.isCompressed)
        gzip.emplace(**file);
    table::ByteOutput &output = gzip ? static_cast<table::ByteOutput &>(*gzip) : **file;
    table::WriterOptions options = request.options;
    options.warn = [&result](const QString &text) { result.warnings << text; };
    const auto writer = table::createWriter(request.format, output, std::move(options));
    if (auto begun = writer->begin(request.table.sharedSchema()); !begun)
        return std::move(begun).error();
    const auto rows = writeAll(*writer, request, shared, stop);
    if (!rows)
        return rows.error();
    if (auto ended = writer->end(); !ended)
        return std::move(ended).error();
    if (auto closed = writer->finish(); !closed)
        return std::move(closed).error();
    if (gzip) {
        if (auto packed = gzip->finish(); !packed)
            return std::move(packed).error();
    }
    if (stop.stop_requested())
        return cancelledExport();
    if (auto placed = (*file)->commit(); !placed)
        return std::move(placed).error();
    result.rows = *rows;
    result.bytes = (*file)->size();
    return result;
}

QString exportPreview(const ExportRequest &request, qint64 rows)
{
    PreviewOutput output;
    const bool isSheet = request.format == table::FileFormat::Xlsx;
    const auto writer = table::createWriter(isSheet ? table::FileFormat::Table : request.format, output, request.options);
    table::RowOrder order = request.order;
    if (!request.hasOrder)
        order = {{}, request.table.rowCount()};
    order.rows = std::min<std::int64_t>(order.rows, rows);
    core::Result<void> written = writer->begin(request.table.sharedSchema());
    if (written)
        written = table::writeRows(*writer, request.table, order, 0, order.rows, {}, {});
    if (written)
        written = writer->end();
    return QString::fromUtf8(output.text.data(), static_cast<qsizetype>(output.text.size()));
}

} // namespace desktop

#include "moc_exportjob.cpp"
