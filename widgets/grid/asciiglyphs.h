// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRawFont>
#include <QStringView>

#include <array>

class QPainter;

namespace grid {

// Draws ASCII in a font whose characters are all equally wide, without shaping: the glyphs are looked up once, their
// places are multiples of the width. Most cells of most results are such text, and shaping is most of what they cost.
class AsciiGlyphs
{
public:
    AsciiGlyphs() = default;
    AsciiGlyphs(const QFont &font, qreal charWidth);

    // False: the font lacks some of them; draw as any other text.
    bool isUsable() const { return m_isUsable; }
    // ASCII without control characters, and the ellipsis; at is the start of the baseline.
    void draw(QPainter &painter, QPointF at, QStringView text) const;

private:
    static constexpr char16_t kEllipsis = 0x2026;

    QRawFont m_font;
    std::array<quint32, 128> m_glyphs{}; // 0x7f: the ellipsis
    qreal m_charWidth = 0;
    bool m_isUsable = false;
};

} // namespace grid
