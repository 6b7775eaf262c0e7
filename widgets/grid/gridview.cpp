// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/gridview.h"

#include "grid/keys.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

namespace grid {

GridView::GridView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_pointer(m_state, this)
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Result"));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    connectState();
    measure();
}

GridView::~GridView() = default;

void GridView::connectState()
{
    connect(&m_state, &State::wasReset, this, [this] {
        syncBars();
        viewport()->update();
    });
    connect(&m_state, &State::layoutChanged, this, [this] {
        syncBars();
        viewport()->update();
    });
    connect(&m_state, &State::scrolled, this, [this] {
        syncBars();
        viewport()->update();
    });
    connect(&m_state, &State::rowsCame, this, &GridView::onRowsCame);
    connect(&m_state, &State::selectionChanged, this, [this] {
        viewport()->update();
        Q_EMIT selectionChanged();
    });
    connect(&m_state, &State::currentChanged, this,
        [this] { Q_EMIT currentCellChanged(currentRow(), currentColumn()); });
    connect(&m_pointer, &Pointer::hoverChanged, this, &GridView::onHoverChanged);
    connect(&m_pointer, &Pointer::activated, this,
        [this](const Position &at) { Q_EMIT cellActivated(at.row, at.column); });
}

void GridView::setResult(common::ResultTable *result)
{
    m_state.setResult(result);
}

void GridView::setMarks(std::vector<Mark> marks)
{
    m_marks = std::move(marks);
    viewport()->update();
}

void GridView::setArriving(bool isArriving)
{
    m_isArriving = isArriving;
    if (m_state.rowCount() == 0)
        viewport()->update();
}

void GridView::setCurrentCell(qint64 row, int column)
{
    m_state.select(Selection::Shape::Cells, {row, column});
    m_state.reveal({row, column});
}

QSize GridView::sizeHint() const
{
    return {640, 400};
}

QString GridView::message() const
{
    if (m_state.columnCount() == 0)
        return m_isArriving ? QString() : tr("Run a statement to see rows here");
    if (m_state.rowCount() == 0)
        return m_isArriving ? tr("Waiting for the first row …") : tr("The statement returned no rows");
    return {};
}

void GridView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    Scene scene{m_state, common::Theme::of(this), m_marks, m_zoneName, m_pointer.hover(), hasFocus(), message()};
    const QRect dirty = event->rect();
    paintCells(painter, scene, dirty);
    if (m_state.columnCount() == 0)
        return;
    paintGutter(painter, scene, dirty);
    paintHeader(painter, scene, dirty);
}

// Only the first rows and those in view change the picture; the scroll bar's range follows in any case.
void GridView::onRowsCame(qint64 first)
{
    syncBars();
    const Geometry &geometry = m_state.geometry();
    if (first == 0 || first <= geometry.lastRow())
        viewport()->update();
}

void GridView::measure()
{
    m_state.setMetrics(Metrics::of(this));
}

void GridView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_state.setViewSize(viewport()->size());
}

// The vertical bar counts rows, and where they are more than its int can count, blocks of rows.
void GridView::syncBars()
{
    const Geometry &geometry = m_state.geometry();
    m_isSyncingBars = true;
    const qint64 most = (geometry.mostY() + geometry.rowHeight - 1) / geometry.rowHeight;
    const qint64 unit = m_state.rowsOfBarStep();
    verticalScrollBar()->setRange(0, static_cast<int>((most + unit - 1) / unit));
    verticalScrollBar()->setPageStep(static_cast<int>(std::max<qint64>(1, geometry.rowsOfPage() / unit)));
    verticalScrollBar()->setSingleStep(1);
    verticalScrollBar()->setValue(geometry.y == geometry.mostY() ? verticalScrollBar()->maximum()
                                                                 : static_cast<int>(geometry.firstRow() / unit));
    horizontalScrollBar()->setRange(0, geometry.mostX());
    horizontalScrollBar()->setPageStep(std::max(1, geometry.cells().width()));
    horizontalScrollBar()->setSingleStep(2 * geometry.rowHeight);
    horizontalScrollBar()->setValue(geometry.x);
    m_isSyncingBars = false;
}

void GridView::scrollContentsBy(int, int)
{
    if (!m_isSyncingBars)
        onBarsMoved();
}

void GridView::onBarsMoved()
{
    const Geometry &geometry = m_state.geometry();
    const QScrollBar *bar = verticalScrollBar();
    const qint64 row = static_cast<qint64>(bar->value()) * m_state.rowsOfBarStep();
    const bool isAtEnd = bar->value() == bar->maximum();
    m_state.scrollTo(isAtEnd ? geometry.mostY() : row * geometry.rowHeight, horizontalScrollBar()->value());
}

// Touchpads scroll by the pixel, wheels by rows.
void GridView::wheelEvent(QWheelEvent *event)
{
    const bool isSideways = event->modifiers() & Qt::ShiftModifier;
    QPoint pixels = event->pixelDelta();
    if (pixels.isNull()) {
        m_wheelRest += event->angleDelta();
        const QPoint notches = m_wheelRest / 15;
        m_wheelRest -= notches * 15;
        pixels = notches * (QApplication::wheelScrollLines() * m_state.geometry().rowHeight) / 8;
    }
    if (isSideways && pixels.x() == 0)
        pixels = {pixels.y(), 0};
    m_state.scrollTo(m_state.geometry().y - pixels.y(), m_state.geometry().x - pixels.x());
    event->accept();
}

void GridView::mousePressEvent(QMouseEvent *event)
{
    m_pointer.press(*event);
}

void GridView::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer.move(*event);
}

void GridView::mouseReleaseEvent(QMouseEvent *)
{
    m_pointer.release();
}

void GridView::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_pointer.press(*event);
    m_pointer.release();
    m_pointer.doubleClick(*event);
}

void GridView::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers() == Qt::NoModifier && m_state.selection().current().isValid())
        Q_EMIT cellActivated(currentRow(), currentColumn());
    else if (!handleKey(m_state, *event))
        event->ignore();
}

// Tab walks through the cells; past the last one it leaves the grid.
bool GridView::focusNextPrevChild(bool next)
{
    if (isVisible() && hasFocus()) {
        const QKeyEvent event(QEvent::KeyPress, next ? Qt::Key_Tab : Qt::Key_Backtab, Qt::NoModifier);
        if (handleKey(m_state, event))
            return true;
    }
    return QAbstractScrollArea::focusNextPrevChild(next);
}

bool GridView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::SelectAll)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

bool GridView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        m_pointer.leave();
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), toolTipAt(help->pos()), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

QString GridView::toolTipAt(QPoint) const
{
    return {};
}

void GridView::onHoverChanged(const Hit &before, const Hit &now)
{
    viewport()->setCursor(now.part == Part::HeaderEdge ? Qt::SplitHCursor : Qt::ArrowCursor);
    updateHit(before);
    updateHit(now);
}

// Cells do not change under the pointer; heads do.
void GridView::updateHit(const Hit &hit)
{
    const Geometry &geometry = m_state.geometry();
    if (hit.part == Part::Header || hit.part == Part::HeaderEdge || hit.part == Part::Corner)
        viewport()->update(0, 0, geometry.view.width(), geometry.headerHeight);
    else if (hit.part == Part::Gutter)
        viewport()->update(0, geometry.rowTop(hit.at.row), geometry.gutterWidth, geometry.rowHeight);
}

void GridView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void GridView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void GridView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        measure();
    else if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

} // namespace grid
