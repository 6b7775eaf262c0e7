// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/copyjob.h"

#include <QClipboard>
#include <QGuiApplication>

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
        if (auto result = copyText(request, kMostCharsAtOnce, {})) {
            finish(std::move(result));
            return;
        }
    }
    m_thread = std::jthread([this, request = std::move(request)](const std::stop_token &stop) {
        m_done.push(copyText(request, kMostChars, stop));
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
        QGuiApplication::clipboard()->setText(result->text);
        Q_EMIT copied(result->cells);
    } else if (result.error().kind != core::ErrorKind::Cancelled) {
        Q_EMIT failed(result.error());
    }
}

} // namespace grid

#include "moc_copyjob.cpp"
