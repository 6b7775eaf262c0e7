// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/resulttable.h"
#include "grid/arranger.h"
#include "grid/copyjob.h"
#include "grid/finder.h"
#include "grid/painter.h"
#include "grid/pointer.h"

#include <QAbstractScrollArea>

#include <memory>
#include <vector>

class QMenu;

namespace grid {

// A result as a table of rows. It fills while rows arrive and costs what is visible, not what there is: 10,000,000 rows
// and 1,000 columns scroll like ten of each. Selection, keyboard and mouse are those of a spreadsheet.
//
// GUI thread. The result stays its owner's and may go before the view does.
class GridView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit GridView(QWidget *parent = nullptr);
    ~GridView() override;

    // Null: nothing to show ("Run a statement …").
    void setResult(common::ResultTable *result);
    common::ResultTable *result() const { return m_state.result(); }

    // The zone in which instants are shown and copied, and the name for it in their column heads. At first UTC.
    void setZone(const table::Zone &zone, const QString &name);
    QString zoneName() const { return m_zoneName; }

    // What the columns are to their table, in their order; shorter than the columns where the rest is not known. Columns
    // of a time kind without a mark get that of time.
    void setMarks(std::vector<Mark> marks);
    // While rows may still come, an empty table is not said to be the answer.
    void setArriving(bool isArriving);
    // With it, a view that stands at its end stays there while rows arrive. Off at first: nothing moves by itself.
    void setFollowsEnd(bool follows) { m_state.setFollowsEnd(follows); }
    bool followsEnd() const { return m_state.followsEnd(); }

    // -1 while there is none.
    qint64 currentRow() const { return m_state.selection().current().row; }
    int currentColumn() const { return m_state.selection().current().column; }
    // Selects that cell alone and scrolls to it; held to the table.
    void setCurrentCell(qint64 row, int column);
    const Selection &selection() const { return m_state.selection(); }
    void selectAll() { m_state.selectAll(); }
    void clearSelection() { m_state.clearSelection(); }

    int columnWidth(int column) const { return m_state.geometry().columns.width(column); }
    void setColumnWidth(int column, int pixels) { m_state.resizeColumn(column, pixels); }
    void fitColumn(int column) { m_state.fitColumn(column); }

    // The selection (or without one the current cell) to the clipboard, large ones on a thread of their own: copied() or
    // copyFailed() follows.
    void copy() { startCopy({}); }
    void copyWithHeaders() { startCopy({.withHeaders = true}); }
    // In another format; it is remembered for copyAgain().
    void copyAs(const CopyStyle &style);
    void copyAgain() { startCopy(m_copyStyle); }
    const CopyStyle &copyStyle() const { return m_copyStyle; }

    // In the viewport, not clipped; empty if the cell is not there or far away.
    QRect visualRect(qint64 row, int column) const { return m_state.geometry().cell({row, column}); }
    void scrollTo(qint64 row, int column) { m_state.reveal({row, column}); }

    // What the pointer, the keys and screen readers work on.
    State &state() { return m_state; }
    Arranger &arranger() { return m_arranger; }
    Finder &finder() { return m_finder; }
    // What the heads' menu does, for keys and other menus too.
    void showColumnMenu(int column, QPoint globalAt);
    QSize sizeHint() const override;

Q_SIGNALS:
    void currentCellChanged(qint64 row, int column); // -1, -1: none any more
    void selectionChanged();
    void cellActivated(qint64 row, int column); // double click or Return
    void copied(qint64 cells);
    void copyFailed(const core::Error &error);
    void filterWanted(int column);
    void statisticsWanted(int column);
    void recordWanted();
    void findWanted();
    void findColumnWanted();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void connectState();
    void onRowsCame(qint64 first);
    void tellReset();
    void tellCurrent();
    void onHoverChanged(const Hit &before, const Hit &now);
    void syncBars();
    void onBarsMoved();
    void measure();
    void startCopy(const CopyStyle &style);
    void addCopyMenu(QMenu *menu);
    bool handleCopyKey(const QKeyEvent &event);
    bool handleColumnKey(const QKeyEvent &event);
    QString message() const;
    QString toolTipAt(QPoint at) const;
    void updateHit(const Hit &hit);

    State m_state;
    Arranger m_arranger;
    Finder m_finder;
    Pointer m_pointer;
    CopyJob m_copyJob;
    CopyStyle m_copyStyle{.format = CopyFormat::Csv, .withHeaders = true};
    std::vector<Mark> m_marks;
    ShapedTexts m_shapedTexts; // of the font as measured
    QString m_zoneName = QStringLiteral("UTC");
    bool m_isArriving = false;
    bool m_isSyncingBars = false;
    QPoint m_wheelRest; // of high-resolution wheels, in eighths of a degree
};

} // namespace grid
