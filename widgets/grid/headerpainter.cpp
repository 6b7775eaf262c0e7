// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/headertext.h"
#include "grid/painter.h"

#include "grid/conditiontext.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace grid {

namespace {

constexpr qreal kMarkSize = 12;

struct HeaderPainterTr {
    Q_DECLARE_TR_FUNCTIONS(grid::HeaderPainter)
};

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

// An arrow up or down, its rank beside it where there are several; both arrows where a click would sort.
void paintSort(QPainter &painter, const Scene &scene, int column, int rank, bool isHovered)
{
    const QRect area = scene.state.geometry().sortArea(column);
    if (area.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF middle(area.center().x() + (scene.arranger.keys().size() > 1 && rank > 0 ? -3 : 0), area.top() + area.height() * 0.32);
    const QColor colour = rank > 0 || isHovered ? scene.theme.accent : scene.theme.muted;
    const bool isDown = rank > 0 && scene.arranger.keys()[static_cast<std::size_t>(rank) - 1].isDescending;
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto arrow = [&](qreal y, bool down) {
        const qreal height = down ? 3.5 : -3.5;
        const QPointF points[] = {middle + QPointF(-4, y), middle + QPointF(0, y + height), middle + QPointF(4, y)};
        painter.drawPolyline(points, 3);
    };
    if (rank > 0) {
        arrow(isDown ? -1.5 : 1.5, isDown);
    } else {
        arrow(-2, false);
        arrow(2, true);
    }
    if (rank > 0 && scene.arranger.keys().size() > 1) {
        QFont small = scene.state.metrics().headerFont;
        small.setPointSizeF(small.pointSizeF() * 0.75);
        painter.setFont(small);
        painter.drawText(QRectF(middle.x() + 5, middle.y() - 8, 12, 16), Qt::AlignCenter, QString::number(rank));
    }
    painter.restore();
}

void paintFilter(QPainter &painter, const Scene &scene, int column)
{
    const Geometry &geometry = scene.state.geometry();
    const QRect area = geometry.filterArea(column);
    const table::Condition *condition = scene.arranger.conditionOf(scene.state.columns()[static_cast<std::size_t>(column)]);
    const bool isHovered = scene.hover.part == Part::Filter && scene.hover.at.column == column;
    painter.fillRect(area, scene.theme.background);
    const QRect box = area.adjusted(2, 1, -3, -3);
    painter.setPen(condition ? scene.theme.accent : isHovered ? scene.theme.muted : scene.theme.line);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(box);
    const Metrics &metrics = scene.state.metrics();
    painter.setPen(condition ? scene.theme.text : scene.theme.muted);
    const QString text = condition ? conditionText(*condition) : isHovered ? HeaderPainterTr::tr("Filter …") : QString();
    painter.drawText(box.adjusted(kCellPadding - 2, 0, -4, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        metrics.header.elidedText(text, Qt::ElideRight, box.width() - kCellPadding - 2));
}

void paintColumnHead(QPainter &painter, const Scene &scene, int column)
{
    const Geometry &geometry = scene.state.geometry();
    const Selection &selection = scene.state.selection();
    const Metrics &metrics = scene.state.metrics();
    const table::ColumnInfo &info = scene.state.info(column);
    const QRect rect(geometry.columnLeft(column), 0, geometry.columns.width(column), geometry.headHeight());
    const bool isSortHovered = scene.hover.part == Part::Sort && scene.hover.at.column == column;
    const bool isHovered = isSortHovered || (scene.hover.part == Part::Header && scene.hover.at.column == column);
    const int rank = scene.arranger.rankOf(scene.state.columns()[static_cast<std::size_t>(column)]);
    const bool isTouched = selection.touchesColumn(column);
    painter.fillRect(rect, headColour(scene, isTouched, selection.hasWholeColumn(column), isHovered));
    if (isTouched)
        painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, scene.theme.accent);

    const HeaderText text = headerText(info, scene.zoneName);
    // The head of a column that is half under the gutter or a frozen one stays readable.
    const int edge = geometry.gutterWidth + (column < geometry.frozen ? 0 : geometry.frozenWidth());
    const int left = std::max(rect.left(), edge) + kCellPadding;
    const int sign = rank > 0 && !geometry.sortArea(column).isEmpty() ? Geometry::kSortWidth : 0;
    QRectF line(left, rect.top() + common::kStep, std::max(0, rect.right() + 1 - kCellPadding - left - sign),
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
    if (rank > 0 || isHovered)
        paintSort(painter, scene, column, rank, isSortHovered);
    if (geometry.filterHeight > 0)
        paintFilter(painter, scene, column);
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
    if (scene.dropColumn >= 0 && geometry.columns.count() > 0) {
        const bool isLast = scene.dropColumn >= geometry.columns.count();
        const int x = isLast ? geometry.columnLeft(geometry.columns.count() - 1) + geometry.columns.width(geometry.columns.count() - 1)
                             : geometry.columnLeft(scene.dropColumn);
        painter.fillRect(x - 1, 0, 3, geometry.headHeight(), scene.theme.accent);
    }
    const QRect corner(0, 0, geometry.gutterWidth, geometry.headerHeight);
    painter.fillRect(corner, scene.hover.part == Part::Corner ? scene.theme.raised : scene.theme.surface);
    painter.fillRect(corner.right(), 0, 1, corner.height(), scene.theme.line);
    painter.fillRect(0, area.bottom(), area.width(), 1, scene.theme.line);
}

} // namespace grid
