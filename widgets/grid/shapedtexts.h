// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QGlyphRun>
#include <QString>

#include <utility>

class QPainter;

namespace grid {

struct Metrics;

// Texts that need shaping (Chinese, Arabic, emoji), cut to a width and shaped once: tags repeat from row to row, and a
// selection that is dragged draws the same cells again and again.
class ShapedTexts
{
public:
    void clear() { m_cache.clear(); }
    // In the data font; at is the start of the baseline.
    void draw(QPainter &painter, QPointF at, const QString &text, int width, const Metrics &metrics);

private:
    struct Shaped {
        QList<QGlyphRun> runs; // from the top of the line
        qreal ascent = 0;
    };
    static Shaped *shape(const QString &text, int width, const Metrics &metrics);

    QCache<std::pair<QString, int>, Shaped> m_cache{4000};
};

} // namespace grid
