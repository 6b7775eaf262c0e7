// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/metrics.h"

#include "common/theme.h"

#include <QPainter>
#include <QWidget>

#include <cmath>

namespace grid {

Metrics Metrics::of(const QWidget *widget)
{
    Metrics metrics;
    metrics.headerFont = widget->font();
    metrics.dataFont = common::dataFont();
    metrics.data = QFontMetricsF(metrics.dataFont, widget);
    metrics.header = QFontMetricsF(metrics.headerFont, widget);
    metrics.charWidth = metrics.data.horizontalAdvance(u'0');
    metrics.isFixedPitch = qFuzzyCompare(metrics.charWidth, metrics.data.horizontalAdvance(u'i'))
        && qFuzzyCompare(metrics.charWidth, metrics.data.horizontalAdvance(u'W'));
    if (metrics.isFixedPitch)
        metrics.glyphs = AsciiGlyphs(metrics.dataFont, metrics.charWidth);
    for (char16_t c = 0x20; c < 0x7f; ++c)
        metrics.headerWidths[c] = metrics.header.horizontalAdvance(QChar(c));
    metrics.rowHeight = static_cast<int>(std::ceil(metrics.data.height())) + common::kStep + 2;
    metrics.baseline = std::round((metrics.rowHeight - metrics.data.height()) / 2 + metrics.data.ascent());
    metrics.headerHeight = 2 * static_cast<int>(std::ceil(metrics.header.height())) + 2 * common::kStep;
    return metrics;
}

namespace {
constexpr char16_t kFirstWide = 0x1100; // from here on most scripts are drawn about as wide as high
}

qreal Metrics::roughWidthOf(const QString &text) const
{
    qreal width = 0;
    for (const QChar c : text)
        width += c.unicode() >= kFirstWide ? 2 * charWidth : charWidth;
    return width;
}

qreal Metrics::roughHeaderWidthOf(const QString &text) const
{
    qreal width = 0;
    for (const QChar c : text)
        width += c.unicode() < headerWidths.size() ? headerWidths[c.unicode()] : header.height();
    return width;
}

void Metrics::drawData(QPainter &painter, QPointF at, const QString &text, bool isAscii) const
{
    if (isAscii && glyphs.isUsable())
        glyphs.draw(painter, at, text);
    else
        painter.drawText(at, text);
}

// Wide enough for a million from the start: rows that arrive must not push the columns to the right.
int Metrics::gutterWidth(qint64 rows) const
{
    int digits = 7;
    for (qint64 most = 9999999; rows > most; most = most * 10 + 9)
        ++digits;
    return static_cast<int>(std::ceil(digits * charWidth)) + 2 * kCellPadding;
}

} // namespace grid
