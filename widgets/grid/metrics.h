// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/asciiglyphs.h"

#include <QFont>
#include <QFontMetricsF>

class QPainter;
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
    AsciiGlyphs glyphs; // of the data font; usable only if it is of fixed pitch
    std::array<qreal, 128> headerWidths{}; // of ASCII in the header font
    int rowHeight = 20;
    int headerHeight = 40;
    qreal baseline = 14; // of a row's text, from the row's top

    static Metrics of(const QWidget *widget);

    qreal widthOf(const QString &text, bool isAscii) const
    {
        return isAscii && isFixedPitch ? static_cast<qreal>(text.size()) * charWidth : data.horizontalAdvance(text);
    }
    // Without shaping, for columns by the thousand: exact for ASCII, and rather too much than too little for the rest.
    qreal roughWidthOf(const QString &text) const;
    qreal roughHeaderWidthOf(const QString &text) const;
    // At the start of a baseline; ASCII without shaping where that can be.
    void drawData(QPainter &painter, QPointF at, const QString &text, bool isAscii) const;
    int gutterWidth(qint64 rows) const;
};

} // namespace grid
