// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/headertext.h"
#include "grid/painter.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace grid {

namespace {

constexpr qreal kMarkSize = 12;

// The marks, on a field of 12 by 12 in strokes of 1.5.
QPainterPath markPath(Mark mark)
{
    QPainterPath path;
    switch (mark) {
    case Mark::Key:
        path.addEllipse(QPointF(3.5, 8.5), 2.25, 2.25);
        path.moveTo(5.2, 6.8);
        path.lineTo(10.5, 1.5);
        path.moveTo(8.2, 3.8);
        path.lineTo(10.2, 5.8);
        break;
    case Mark::Tag:
        path.moveTo(1.25, 1.25);
        path.lineTo(6, 1.25);
        path.lineTo(10.75, 6);
        path.lineTo(6, 10.75);
        path.lineTo(1.25, 6);
        path.closeSubpath();
        path.addEllipse(QPointF(3.9, 3.9), 0.5, 0.5);
        break;
    case Mark::Time:
        path.addEllipse(QPointF(6, 6), 4.75, 4.75);
        path.moveTo(6, 3.25);
        path.lineTo(6, 6);
        path.lineTo(8, 7.25);
        break;
    case Mark::None:
        break;
    }
    return path;
}

void paintMark(QPainter &painter, Mark mark, QPointF at, const QColor &colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(at);
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(markPath(mark));
    painter.restore();
}

QColor headColour(const Scene &scene, bool isTouched, bool isWhole, bool isHovered)
{
    if (isWhole)
        return scene.theme.selection;
    return isTouched || isHovered ? scene.theme.raised : scene.theme.surface;
}

void paintColumnHead(QPainter &painter, const Scene &scene, int column)
{
    const Geometry &geometry = scene.state.geometry();
    const Selection &selection = scene.state.selection();
    const Metrics &metrics = scene.state.metrics();
    const table::ColumnInfo &info = scene.state.info(column);
    const QRect rect(geometry.columnLeft(column), 0, geometry.columns.width(column), geometry.headerHeight);
    const bool isHovered = scene.hover.part == Part::Header && scene.hover.at.column == column;
    const bool isTouched = selection.touchesColumn(column);
    painter.fillRect(rect, headColour(scene, isTouched, selection.hasWholeColumn(column), isHovered));
    if (isTouched)
        painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, scene.theme.accent);

    const HeaderText text = headerText(info, scene.zoneName);
    // The head of a column that is half under the gutter or a frozen one stays readable.
    const int edge = geometry.gutterWidth + (column < geometry.frozen ? 0 : geometry.frozenWidth());
    const int left = std::max(rect.left(), edge) + kCellPadding;
    QRectF line(left, rect.top() + common::kStep, std::max(0, rect.right() + 1 - kCellPadding - left),
        std::ceil(metrics.header.height()));
    const bool isRight = table::isNumeric(info.kind);
    const Qt::Alignment side = (isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
    QRectF nameRect = line;
    if (const Mark mark = scene.markOf(column); mark != Mark::None && line.width() > 2 * kMarkWidth) {
        nameRect.setLeft(line.left() + kMarkWidth);
        const qreal width = std::min(metrics.header.horizontalAdvance(text.name), nameRect.width());
        const qreal x = isRight ? nameRect.right() - width - kMarkWidth : line.left();
        paintMark(painter, mark, QPointF(std::round(x), std::round(line.center().y() - kMarkSize / 2)),
            mark == Mark::Key ? scene.theme.accent : scene.theme.muted);
    }
    painter.setPen(scene.theme.text);
    painter.drawText(nameRect, static_cast<int>(side) | Qt::TextSingleLine,
        metrics.header.elidedText(text.name, Qt::ElideRight, nameRect.width()));
    painter.setPen(scene.theme.muted);
    line.translate(0, line.height());
    painter.drawText(line, static_cast<int>(side) | Qt::TextSingleLine,
        metrics.header.elidedText(text.type, Qt::ElideRight, line.width()));
}

void paintEdge(QPainter &painter, const Scene &scene, int column)
{
    const Geometry &geometry = scene.state.geometry();
    const bool isHovered = scene.hover.part == Part::HeaderEdge && scene.hover.at.column == column;
    const int right = geometry.columnLeft(column) + geometry.columns.width(column);
    if (isHovered)
        painter.fillRect(right - 2, 0, 3, geometry.headerHeight, scene.theme.accent);
    else
        painter.fillRect(right - 1, 0, 1, geometry.headerHeight, scene.theme.line);
}

void paintHeads(QPainter &painter, const Scene &scene, int first, int last)
{
    for (int column = first; column <= last; ++column)
        paintColumnHead(painter, scene, column);
    for (int column = first; column <= last; ++column)
        paintEdge(painter, scene, column);
}

} // namespace

void paintGutter(QPainter &painter, const Scene &scene, const QRect &dirty)
{
    const Geometry &geometry = scene.state.geometry();
    const QRect area = QRect(0, geometry.headerHeight, geometry.gutterWidth, geometry.cells().height());
    if (!area.intersects(dirty))
        return;
    painter.fillRect(area, scene.theme.surface);
    const Selection &selection = scene.state.selection();
    const Metrics &metrics = scene.state.metrics();
    painter.setFont(metrics.dataFont);
    for (qint64 row = geometry.firstRow(); row <= geometry.lastRow(); ++row) {
        const QRect rect(0, geometry.rowTop(row), geometry.gutterWidth, geometry.rowHeight);
        const bool isTouched = selection.touchesRow(row);
        const bool isHovered = scene.hover.part == Part::Gutter && scene.hover.at.row == row;
        painter.fillRect(rect, headColour(scene, isTouched, selection.hasWholeRow(row), isHovered));
        const QString number = QString::number(row + 1);
        painter.setPen(isTouched ? scene.theme.text : scene.theme.muted);
        const QPointF at(
            rect.right() + 1 - kCellPadding - metrics.widthOf(number, true), rect.top() + metrics.baseline);
        metrics.drawData(painter, at, number, true);
        if (isTouched)
            painter.fillRect(rect.right() - 1, rect.top(), 2, rect.height(), scene.theme.accent);
    }
    painter.fillRect(area.right(), area.top(), 1, area.height(), scene.theme.line);
}

void paintHeader(QPainter &painter, const Scene &scene, const QRect &dirty)
{
    const Geometry &geometry = scene.state.geometry();
    const QRect area(0, 0, geometry.view.width(), geometry.headerHeight);
    if (!area.intersects(dirty) || scene.state.columnCount() == 0)
        return;
    painter.fillRect(area, scene.theme.surface);
    painter.setFont(scene.state.metrics().headerFont);
    paintHeads(painter, scene, geometry.firstColumn(), geometry.lastColumn());
    if (geometry.frozen > 0) {
        painter.fillRect(geometry.gutterWidth, 0, geometry.frozenWidth(), geometry.headerHeight, scene.theme.surface);
        paintHeads(painter, scene, 0, geometry.frozen - 1);
        painter.fillRect(geometry.gutterWidth + geometry.frozenWidth() - 2, 0, 2, geometry.headerHeight, scene.theme.line);
    }
    const QRect corner(0, 0, geometry.gutterWidth, geometry.headerHeight);
    painter.fillRect(corner, scene.hover.part == Part::Corner ? scene.theme.raised : scene.theme.surface);
    painter.fillRect(corner.right(), 0, 1, corner.height(), scene.theme.line);
    painter.fillRect(0, area.bottom(), area.width(), 1, scene.theme.line);
}

} // namespace grid
