// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/shapedtexts.h"

#include "grid/metrics.h"

#include <QPainter>
#include <QTextLayout>

namespace grid {

ShapedTexts::Shaped *ShapedTexts::shape(const QString &text, int width, const Metrics &metrics)
{
    const bool mayBeTooWide = metrics.roughWidthOf(text) > width;
    QTextLayout layout(mayBeTooWide ? metrics.data.elidedText(text, Qt::ElideRight, width) : text, metrics.dataFont);
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    return new Shaped{layout.glyphRuns(), line.isValid() ? line.ascent() : 0};
}

void ShapedTexts::draw(QPainter &painter, QPointF at, const QString &text, int width, const Metrics &metrics)
{
    const std::pair key(text, width);
    Shaped *shaped = m_cache.object(key);
    if (!shaped) {
        shaped = shape(text, width, metrics);
        m_cache.insert(key, shaped);
    }
    for (const QGlyphRun &run : std::as_const(shaped->runs))
        painter.drawGlyphRun(at - QPointF(0, shaped->ascent), run);
}

} // namespace grid
