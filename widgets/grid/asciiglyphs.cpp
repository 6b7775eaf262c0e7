// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/asciiglyphs.h"

#include <QGlyphRun>
#include <QPainter>
#include <QVarLengthArray>

namespace grid {

AsciiGlyphs::AsciiGlyphs(const QFont &font, qreal charWidth)
    : m_font(QRawFont::fromFont(font))
    , m_charWidth(charWidth)
{
    QString all;
    for (char16_t c = 0x20; c < 0x7f; ++c)
        all.append(QChar(c));
    all.append(QChar(kEllipsis));
    const QList<quint32> glyphs = m_font.glyphIndexesForString(all);
    m_isUsable = m_font.isValid() && glyphs.size() == all.size() && !glyphs.contains(0U);
    if (m_isUsable)
        std::copy(glyphs.begin(), glyphs.end(), m_glyphs.begin() + 0x20);
}

void AsciiGlyphs::draw(QPainter &painter, QPointF at, QStringView text) const
{
    QVarLengthArray<quint32, 64> glyphs;
    QVarLengthArray<QPointF, 64> places;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        glyphs.append(m_glyphs[c == kEllipsis ? 0x7f : c & 0x7f]);
        places.append(QPointF(static_cast<qreal>(i) * m_charWidth, 0));
    }
    QGlyphRun run;
    run.setRawFont(m_font);
    run.setRawData(glyphs.constData(), places.constData(), static_cast<int>(glyphs.size()));
    painter.drawGlyphRun(at, run);
}

} // namespace grid
