// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/copyjob.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <algorithm>

namespace grid {

namespace {

constexpr qint64 kMostChars = 250'000'000;
constexpr qint64 kMostCharsAtOnce = 100'000; // well under a frame
constexpr qint64 kMostRowsAtOnce = 5'000;

bool isQuick(const CopyRequest &request)
{
    qint64 rows = 0;
    for (const Range &range : request.ranges)
        rows += std::min<qint64>(range.bottom, request.view.rowCount() - 1) - range.top + 1;
    return rows <= kMostRowsAtOnce && request.ranges.size() <= 50;
}

// The selected part of what is seen.
CopyCells cellsOf(const CopyRequest &request)
{
    CopyCells cells;
    cells.schema = &request.view.table.schema();
    cells.rowCount = request.view.rowCount();
    cells.zone = request.zone;
    cells.ranges = request.ranges;
    for (std::size_t i = 0; i < request.view.columnCount(); ++i) {
        const int place = static_cast<int>(i);
        const bool isTouched = std::any_of(request.ranges.begin(), request.ranges.end(),
            [&](const Range &range) { return place >= range.left && place <= range.right; });
        if (!isTouched)
            continue;
        cells.columns.push_back(request.view.columns[i]);
        cells.places.push_back(place);
    }
    cells.cellAt = [&view = request.view](qint64 row, std::size_t column) { return view.table.cell(view.rows.tableRow(row), column); };
    return cells;
}

core::Result<CopiedText> makeCopy(const CopyRequest &request, qint64 mostChars, const std::stop_token &stop)
{
    const CopyCells cells = cellsOf(request);
    CopyStyle style = request.style;
    style.withHeaders = request.withHeaders;
    CopiedText copied;
    if (style.format == CopyFormat::Tsv && !style.decimalComma) {
        auto text = copyText(request, mostChars, stop);
        if (!text)
            return text;
        copied = std::move(text).value();
    } else {
        auto made = copyFormatted(cells, style, mostChars, stop);
        if (!made)
            return std::move(made).error();
        copied.text = QString::fromUtf8(made->text.data(), static_cast<qsizetype>(made->text.size()));
        copied.cells = made->cells;
    }
    if (style.format == CopyFormat::Html)
        copied.html = copied.text.toUtf8();
    if (style.format != CopyFormat::Tsv || copied.cells < 2 || !wantsSpreadsheetFlavour(cells))
        return copied;
    style.format = CopyFormat::Html;
    constexpr qint64 kMarkup = 8; // around short values
    if (auto flavour = copyFormatted(cells, style, kMarkup * mostChars, stop))
        copied.html = QByteArray::fromStdString(flavour->text);
    return copied;
}

} // namespace

CopyJob::CopyJob(QObject *parent)
    : QObject(parent)
    , m_done([this] { QMetaObject::invokeMethod(this, &CopyJob::drain, Qt::QueuedConnection); })
{
}

void CopyJob::cancel()
{
    m_thread = {};
    static_cast<void>(m_done.takeAll());
}

void CopyJob::start(CopyRequest request)
{
    cancel();
    if (isQuick(request)) {
        if (auto result = makeCopy(request, kMostCharsAtOnce, {})) {
            finish(std::move(result));
            return;
        }
    }
    m_thread = std::jthread([this, request = std::move(request)](const std::stop_token &stop) {
        m_done.push(makeCopy(request, kMostChars, stop));
    });
}

void CopyJob::drain()
{
    for (core::Result<CopiedText> &result : m_done.takeAll())
        finish(std::move(result));
}

void CopyJob::finish(core::Result<CopiedText> result)
{
    if (result) {
        auto *data = new QMimeData;
        data->setText(result->text);
        if (!result->html.isEmpty())
            data->setData(QStringLiteral("text/html"), result->html);
        QGuiApplication::clipboard()->setMimeData(data);
        Q_EMIT copied(result->cells);
    } else if (result.error().kind != core::ErrorKind::Cancelled) {
        Q_EMIT failed(result.error());
    }
}

} // namespace grid

#include "moc_copyjob.cpp"
