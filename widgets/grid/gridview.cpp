// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/gridview.h"

#include "grid/accessible.h"
#include "grid/celltext.h"
#include "grid/doubletext.h"
#include "grid/headertext.h"
#include "grid/keys.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

namespace grid {

namespace {

constexpr QKeyCombination kCopyWithHeaders = Qt::ControlModifier | Qt::ShiftModifier | Qt::Key_C;
constexpr QKeyCombination kCopyAgain = Qt::ControlModifier | Qt::AltModifier | Qt::Key_C;

bool isCopyWithHeaders(const QKeyEvent &event)
{
    return event.keyCombination() == kCopyWithHeaders;
}

// Tooltips take what looks like markup for markup; a server's text is none.
QString asPlainText(const QString &text)
{
    return QStringLiteral("<p style=\"white-space:pre-wrap\">") % text.toHtmlEscaped() % QStringLiteral("</p>");
}

// With the keys named, but not bound: the view has them already.
QString withKeys(const QString &text, const QKeySequence &keys)
{
    return text % u'\t' % keys.toString(QKeySequence::NativeText);
}

} // namespace

GridView::GridView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_arranger(m_state, this)
    , m_finder(m_state, this)
    , m_pointer(m_state, this)
    , m_copyJob(this)
{
    GridAccessible::install();
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
        tellReset();
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
    connect(&m_state, &State::currentChanged, this, [this] {
        tellCurrent();
        Q_EMIT currentCellChanged(currentRow(), currentColumn());
    });
    connect(&m_state, &State::rowMapChanged, this, [this] {
        tellReset();
        syncBars();
        viewport()->update();
    });
    connect(&m_state, &State::columnsChanged, this, &GridView::tellReset);
    connect(&m_arranger, &Arranger::changed, viewport(), qOverload<>(&QWidget::update));
    connect(&m_finder, &Finder::changed, viewport(), qOverload<>(&QWidget::update));
    connect(&m_pointer, &Pointer::dropChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&m_pointer, &Pointer::filterWanted, this, &GridView::filterWanted);
    connect(&m_pointer, &Pointer::sortWanted, this, [this](int column, bool keepsOthers) {
        m_arranger.cycleKey(m_state.columns()[static_cast<std::size_t>(column)], keepsOthers);
    });
    connect(&m_copyJob, &CopyJob::copied, this, &GridView::copied);
    connect(&m_copyJob, &CopyJob::failed, this, &GridView::copyFailed);
    connect(&m_pointer, &Pointer::hoverChanged, this, &GridView::onHoverChanged);
    connect(&m_pointer, &Pointer::activated, this,
        [this](const Position &at) { Q_EMIT cellActivated(at.row, at.column); });
}

// Screen readers hold cells by their place: with other columns the places mean something else.
void GridView::tellReset()
{
    if (!QAccessible::isActive())
        return;
    QAccessibleTableModelChangeEvent event(this, QAccessibleTableModelChangeEvent::ModelReset);
    QAccessible::updateAccessibility(&event);
}

// By interface and not by number: the number of a cell may be more than an int can count.
void GridView::tellCurrent()
{
    if (!QAccessible::isActive() || !hasFocus() || currentRow() < 0)
        return;
    auto *grid = static_cast<GridAccessible *>(QAccessible::queryAccessibleInterface(this));
    QAccessibleEvent event(grid->at(m_state.selection().current()), QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

void GridView::setResult(common::ResultTable *result)
{
    m_state.setResult(result);
}

void GridView::setZone(const table::Zone &zone, const QString &name)
{
    m_zoneName = name;
    m_state.setZone(zone);
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
        return m_isArriving ? tr("Waiting for the first row …") : m_arranger.conditions().empty()
            ? tr("The statement returned no rows")
            : tr("No row passes the filter");
    return {};
}

void GridView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const Scene scene{m_state, common::Theme::of(this), m_marks, m_shapedTexts, m_zoneName, m_pointer.hover(), hasFocus(),
        message(), m_arranger, m_finder, m_pointer.dropColumn()};
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
    m_shapedTexts.clear();
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
    else if (!handleCopyKey(*event) && !handleColumnKey(*event) && !handleKey(m_state, *event))
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
        // These are the grid's while it has the focus, whatever the window means by them.
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::SelectAll) || key->matches(QKeySequence::Copy) || isCopyWithHeaders(*key) || key->matches(QKeySequence::Find)
            || (key->modifiers() & Qt::ControlModifier && key->modifiers() & Qt::ShiftModifier && key->key() == Qt::Key_F)) {
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

QString GridView::toolTipAt(QPoint at) const
{
    const Hit hit = m_state.geometry().hit(at);
    if (hit.part == Part::Sort)
        return asPlainText(tr("Sort by this column (Alt+Up, Alt+Down). With Shift or Ctrl it joins the others."));
    if (hit.part == Part::Header) {
        const auto &info = m_state.info(hit.at.column);
        return asPlainText(headerDetails(info, m_zoneName));
    }
    if (hit.part != Part::Cell)
        return {};
    const CellText text = cellText(m_state.table(), m_state.source(hit.at), m_state.zone(), kMostCharsTold);
    if (text.look == CellText::Look::Literal) {
        const auto &info = m_state.info(hit.at.column);
        return asPlainText(tr("%1\nThis does not fit the column's type (%2), so it is shown as it was sent.")
                               .arg(text.text, headerText(info).type));
    }
    if (const QString rounded = roundedText(m_state.table(), m_state.source(hit.at)); !rounded.isEmpty())
        return asPlainText(tr("%1\nExactly as sent. A tool that keeps numbers as doubles, as browsers do, would show %2.").arg(text.text, rounded));
    const int room = columnWidth(hit.at.column) - 2 * kCellPadding;
    return m_state.metrics().widthOf(text.text, text.isAscii) > room ? asPlainText(text.text) : QString();
}

void GridView::startCopy(const CopyStyle &style)
{
    const Selection &selected = m_state.selection();
    std::vector<Range> ranges = selected.ranges();
    if (const Position at = selected.current(); ranges.empty() && at.isValid())
        ranges.push_back({at.row, at.row, at.column, at.column});
    if (!ranges.empty())
        m_copyJob.start({m_state.view(), std::move(ranges), m_state.sharedZone(), style.withHeaders, style});
}

void GridView::copyAs(const CopyStyle &style)
{
    m_copyStyle = style;
    startCopy(style);
}

// Formats, and the two choices that hold for all of them.
void GridView::addCopyMenu(QMenu *menu)
{
    QMenu *as = menu->addMenu(tr("Copy as"));
    for (const CopyFormat format : kCopyFormats) {
        as->addAction(nameOf(format), this, [this, format] {
            CopyStyle style = m_copyStyle;
            style.format = format;
            copyAs(style);
        });
    }
    as->addSeparator();
    QAction *headers = as->addAction(tr("With headers"));
    headers->setCheckable(true);
    headers->setChecked(m_copyStyle.withHeaders);
    connect(headers, &QAction::toggled, this, [this](bool isOn) { m_copyStyle.withHeaders = isOn; });
    QAction *comma = as->addAction(tr("Decimal comma"));
    comma->setCheckable(true);
    comma->setChecked(m_copyStyle.decimalComma);
    connect(comma, &QAction::toggled, this, [this](bool isOn) { m_copyStyle.decimalComma = isOn; });
    menu->addAction(withKeys(tr("Copy as %1").arg(nameOf(m_copyStyle.format)), kCopyAgain), this, &GridView::copyAgain);
}

bool GridView::handleCopyKey(const QKeyEvent &event)
{
    if (isCopyWithHeaders(event))
        copyWithHeaders();
    else if (event.keyCombination() == kCopyAgain)
        copyAgain();
    else if (event.matches(QKeySequence::Copy))
        copy();
    else
        return false;
    return true;
}

void GridView::contextMenuEvent(QContextMenuEvent *event)
{
    const Hit hit = m_state.geometry().hit(event->pos());
    if (event->reason() == QContextMenuEvent::Mouse && (hit.part == Part::Header || hit.part == Part::Sort || hit.part == Part::Filter)) {
        showColumnMenu(hit.at.column, event->globalPos());
        return;
    }
    const Position current = m_state.selection().current();
    if (!current.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(withKeys(tr("Copy"), QKeySequence::Copy), this, &GridView::copy);
    menu->addAction(withKeys(tr("Copy with headers"), kCopyWithHeaders), this, &GridView::copyWithHeaders);
    addCopyMenu(menu);
    menu->addSeparator();
    menu->addAction(withKeys(tr("One row as a list"), Qt::CTRL | Qt::ALT | Qt::Key_R), this, &GridView::recordWanted);
    menu->addAction(withKeys(tr("Select all"), QKeySequence::SelectAll), this, &GridView::selectAll);
    // The menu key is about the current cell.
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    menu->popup(isByKey ? viewport()->mapToGlobal(visualRect(current.row, current.column).bottomLeft())
                        : event->globalPos());
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
    if (hit.part == Part::Header || hit.part == Part::HeaderEdge || hit.part == Part::Corner
        || hit.part == Part::Sort || hit.part == Part::Filter)
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

#include "moc_gridview.cpp"
