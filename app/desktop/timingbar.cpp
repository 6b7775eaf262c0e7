// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/timingbar.h"

#include "common/theme.h"

#include <QLocale>
#include <QPainter>

namespace desktop {

namespace {
constexpr int kBarHeight = 6;
}

TimingBar::TimingBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TimingBar::setTimings(const http::Timings &timings, bool keptConnection)
{
    const std::pair<QString, qint64> ends[] = {{tr("name"), timings.name}, {tr("connect"), timings.connect},
        {tr("TLS"), timings.tls}, {tr("send"), timings.sent}, {tr("wait"), timings.firstByte}, {tr("receive"), timings.end}};
    m_steps.clear();
    qint64 before = 0;
    int series = 0;
    for (const auto &[name, end] : ends) {
        if (end >= 0) {
            m_steps.push_back({name, qMax<qint64>(0, end - before), series});
            before = qMax(before, end);
        }
        ++series;
    }
    m_note = keptConnection ? tr("on a kept connection") : tr("on a new connection");
    QStringList words;
    for (const Step &step : m_steps)
        words << QStringLiteral("%1 %2 ms").arg(step.name, QLocale().toString(static_cast<double>(step.microseconds) / 1000, 'f', 1));
    setAccessibleName(words.join(QStringLiteral(", ")));
    update();
}

QSize TimingBar::sizeHint() const
{
    return {60 * common::kStep, fontMetrics().height() + kBarHeight + 4 * common::kStep};
}

void TimingBar::paintEvent(QPaintEvent *)
{
    const common::Theme &theme = common::Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    const QRect area = rect().adjusted(2 * common::kStep, common::kStep, -2 * common::kStep, -common::kStep);
    qint64 total = 0;
    for (const Step &step : m_steps)
        total += step.microseconds;
    painter.fillRect(QRect(area.left(), area.top(), area.width(), kBarHeight), theme.raised);
    if (total == 0)
        return;
    double x = area.left();
    int textX = area.left();
    const int baseline = area.top() + kBarHeight + common::kStep + fontMetrics().ascent();
    for (const Step &step : m_steps) {
        const double width = static_cast<double>(area.width()) * static_cast<double>(step.microseconds) / static_cast<double>(total);
        const QColor color = theme.series[static_cast<std::size_t>(step.series)];
        painter.fillRect(QRectF(x, area.top(), qMax(1.0, width), kBarHeight), color);
        x += width;
        painter.fillRect(QRect(textX, baseline - 7, 8, 8), color);
        const QString text = QStringLiteral("%1 %2 ms").arg(step.name, QLocale().toString(static_cast<double>(step.microseconds) / 1000, 'f', 1));
        painter.setPen(theme.text);
        painter.drawText(textX + 3 * common::kStep, baseline, text);
        textX += 3 * common::kStep + fontMetrics().horizontalAdvance(text) + 4 * common::kStep;
    }
    painter.setPen(theme.muted);
    painter.drawText(textX, baseline, m_note);
}

} // namespace desktop

#include "moc_timingbar.cpp"
