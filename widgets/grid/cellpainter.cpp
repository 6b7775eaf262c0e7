// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/celltext.h"
#include "grid/doubletext.h"
#include "grid/painter.h"

#include <QPainter>

#include <cmath>

namespace grid {

namespace {

class CellPainter
{
public:
    CellPainter(QPainter &painter, const Scene &scene)
        : m_painter(painter)
        , m_scene(scene)
        , m_metrics(scene.state.metrics())
    {
        painter.setFont(m_metrics.dataFont);
    }

    void paint(Position at)
    {
        const QRect rect = m_scene.state.geometry().cell(at);
        const table::Kind kind = m_scene.state.info(at.column).kind;
        const Position source = m_scene.state.source(at);
        if (m_scene.finder.isActive() && m_scene.finder.marks(at)) {
            QColor found = m_scene.theme.warning;
            found.setAlphaF(0.28F);
            m_painter.fillRect(rect.adjusted(1, 1, -2, -2), found);
        }
        if (isRoundedByDouble(m_scene.state.table(), source))
            m_painter.fillRect(rect.right() - 5, rect.top() + 1, 4, 4, m_scene.theme.muted);
        CellText text = cellText(m_scene.state.table(), source, m_scene.state.zone());
        const QRect inner = rect.adjusted(kCellPadding, 0, -kCellPadding, 0);
        if (text.isAscii) {
            const qreal width = fit(&text, inner.width());
            const bool isRight = isRightAligned(kind) && text.look != CellText::Look::Literal;
            const qreal x = isRight ? std::max<qreal>(inner.left(), inner.right() + 1 - width) : inner.left();
            draw(text, QPointF(x, rect.top() + m_metrics.baseline));
            return;
        }
        // Marks above and below letters may be higher than the row.
        m_painter.setClipRect(rect);
        const QPointF start(inner.left(), rect.top() + m_metrics.baseline);
        if (text.muted.empty()) {
            setPen(colour(text.look));
            m_scene.shapedTexts.draw(m_painter, start, text.text, inner.width(), m_metrics);
        } else {
            text.text = m_metrics.data.elidedText(text.text, Qt::ElideRight, inner.width());
            draw(text, start);
        }
        m_painter.setClipping(false);
    }

private:
    // Cuts ASCII to the width and says how wide it is.
    qreal fit(CellText *text, int width) const
    {
        const qreal whole = m_metrics.widthOf(text->text, true);
        if (whole <= width)
            return whole;
        if (m_metrics.isFixedPitch) {
            const auto most = static_cast<qsizetype>(std::max(1.0, std::floor(width / m_metrics.charWidth)));
            text->text.truncate(most - 1);
            text->text.append(u'…');
        } else {
            text->text = m_metrics.data.elidedText(text->text, Qt::ElideRight, width);
        }
        return m_metrics.widthOf(text->text, true);
    }

    void setPen(const QColor &pen)
    {
        if (m_pen == pen)
            return;
        m_pen = pen;
        m_painter.setPen(pen);
    }

    QColor colour(CellText::Look look) const
    {
        switch (look) {
        case CellText::Look::Plain:
            return m_scene.theme.text;
        case CellText::Look::Literal:
            return m_scene.theme.warning;
        case CellText::Look::Null:
        case CellText::Look::Empty:
            break;
        }
        return m_scene.theme.muted;
    }

    void draw(const CellText &text, QPointF at)
    {
        int done = 0;
        const int size = static_cast<int>(text.text.size());
        for (const CellText::Span &span : text.muted) {
            if (span.begin >= size)
                break;
            piece(text, done, span.begin, colour(text.look), &at);
            done = std::min(span.end, size);
            piece(text, span.begin, done, m_scene.theme.muted, &at);
        }
        piece(text, done, size, colour(text.look), &at);
    }

    void piece(const CellText &text, int begin, int end, const QColor &pen, QPointF *at)
    {
        if (begin >= end)
            return;
        setPen(pen);
        const bool isWhole = begin == 0 && end == text.text.size();
        const QString part = isWhole ? text.text : text.text.mid(begin, end - begin);
        m_metrics.drawData(m_painter, *at, part, text.isAscii);
        if (!isWhole)
            at->rx() += m_metrics.widthOf(part, text.isAscii);
    }

    QPainter &m_painter;
    const Scene &m_scene;
    const Metrics &m_metrics;
    QColor m_pen;
};

void paintSelection(QPainter &painter, const Scene &scene, const Range &visible)
{
    const Geometry &geometry = scene.state.geometry();
    for (const Range &range : scene.state.selection().ranges()) {
        const Range shown = range.intersected(visible);
        if (shown.isEmpty())
            continue;
        const QRect first = geometry.cell({shown.top, shown.left});
        const QRect last = geometry.cell({shown.bottom, shown.right});
        painter.fillRect(first.united(last), scene.theme.selection);
    }
}

void paintLines(QPainter &painter, const Scene &scene, const Range &visible)
{
    const Geometry &geometry = scene.state.geometry();
    QColor line = scene.theme.line;
    line.setAlphaF(0.55F);
    const int bottom = geometry.rowTop(visible.bottom) + geometry.rowHeight;
    const int left = geometry.columnLeft(visible.left);
    const int right = geometry.columnLeft(visible.right) + geometry.columns.width(visible.right);
    for (qint64 row = visible.top; row <= visible.bottom; ++row)
        painter.fillRect(left, geometry.rowTop(row) + geometry.rowHeight - 1, right - left, 1, line);
    for (int column = visible.left; column <= visible.right; ++column)
        painter.fillRect(geometry.columnLeft(column) + geometry.columns.width(column) - 1, geometry.headerHeight, 1,
            bottom - geometry.headerHeight, line);
}

void paintFrame(QPainter &painter, const Scene &scene)
{
    const QRect rect = scene.state.geometry().cell(scene.state.selection().current());
    if (rect.isEmpty())
        return;
    painter.setBrush(Qt::NoBrush);
    // A pen of 2 covers a pixel on each side of its line, a pen of 1 the pixel right of and below it.
    const int width = scene.hasFocus ? 2 : 1;
    painter.setPen(QPen(scene.hasFocus ? scene.theme.accent : scene.theme.muted, width, Qt::SolidLine, Qt::SquareCap,
        Qt::MiterJoin));
    painter.drawRect(scene.hasFocus ? rect.adjusted(0, 0, -1, -1) : rect.adjusted(-1, -1, -1, -1));
}

void paintStretch(QPainter &painter, const Scene &scene, const Range &visible)
{
    paintSelection(painter, scene, visible);
    paintLines(painter, scene, visible);
    CellPainter cells(painter, scene);
    for (qint64 row = visible.top; row <= visible.bottom; ++row) {
        for (int column = visible.left; column <= visible.right; ++column)
            cells.paint({row, column});
    }
    if (visible.contains(scene.state.selection().current()))
        paintFrame(painter, scene);
}

void paintMessage(QPainter &painter, const Scene &scene)
{
    painter.setFont(scene.state.metrics().headerFont);
    painter.setPen(scene.theme.muted);
    const QRect area = scene.state.columnCount() == 0 ? QRect(QPoint(), scene.state.geometry().view)
                                                      : scene.state.geometry().cells();
    painter.drawText(area.adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, scene.message);
}

} // namespace

Mark Scene::markOf(int column) const
{
    const std::size_t index = state.columns()[static_cast<std::size_t>(column)];
    const Mark mark = index < marks.size() ? marks[index] : Mark::None;
    const bool isTime = table::isTime(state.info(column).kind);
    return mark == Mark::None && isTime ? Mark::Time : mark;
}

void paintCells(QPainter &painter, const Scene &scene, const QRect &dirty)
{
    const Geometry &geometry = scene.state.geometry();
    painter.fillRect(dirty, scene.theme.background);
    if (!scene.message.isEmpty())
        paintMessage(painter, scene);
    Range visible{geometry.firstRow(), geometry.lastRow(), geometry.firstColumn(), geometry.lastColumn()};
    const int above = std::max(0, dirty.top() - geometry.headerHeight);
    const int below = std::max(0, dirty.bottom() - geometry.headerHeight);
    visible.top = std::max(visible.top, (geometry.y + above) / geometry.rowHeight);
    visible.bottom = std::min(visible.bottom, (geometry.y + below) / geometry.rowHeight);
    if (geometry.rows == 0 || geometry.columns.count() == 0 || visible.bottom < visible.top)
        return;
    if (!visible.isEmpty())
        paintStretch(painter, scene, visible);
    if (geometry.frozen == 0)
        return;
    // Over what has scrolled under them.
    const QRect area(geometry.gutterWidth, geometry.headerHeight, geometry.frozenWidth(), geometry.cells().height());
    painter.fillRect(area.intersected(dirty), scene.theme.background);
    paintStretch(painter, scene, {visible.top, visible.bottom, 0, geometry.frozen - 1});
    painter.fillRect(area.right() - 1, area.top(), 2, area.height(), scene.theme.line);
}

} // namespace grid
