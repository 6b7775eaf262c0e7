// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QFontMetricsF>

class QWidget;

namespace grid {

inline constexpr int kCellPadding = 8; // left and right of a cell's text

// Fonts and what follows from them, measured once for each change of font instead of at every paint.
struct Metrics {
    QFont dataFont;
    QFont headerFont;
    QFontMetricsF data{QFont()};
    QFontMetricsF header{QFont()};
    qreal charWidth = 8; // of the data font, in which digits and all of ASCII are equally wide
    bool isFixedPitch = true;
    int rowHeight = 20;
    int headerHeight = 40;
    qreal baseline = 14; // of a row's text, from the row's top

    static Metrics of(const QWidget *widget);

    qreal widthOf(const QString &text, bool isAscii) const
    {
        return isAscii && isFixedPitch ? static_cast<qreal>(text.size()) * charWidth : data.horizontalAdvance(text);
    }
    int gutterWidth(qint64 rows) const;
};

} // namespace grid
