// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/gridview.h"

#include "samples.h"
#include "support/ondotest.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QVBoxLayout>

using common::ResultTable;
using grid::GridView;
using grid::Position;
using grid::Range;

// The widget itself, driven by keys and mouse as a person would.
class GridViewTest : public QObject
{
    Q_OBJECT

    struct Window {
        QWidget widget;
        QLineEdit *before = new QLineEdit(&widget);
        GridView *view = new GridView(&widget);
        QLineEdit *after = new QLineEdit(&widget);
        ResultTable result;

        Window()
        {
            auto *layout = new QVBoxLayout(&widget);
            layout->addWidget(before);
            layout->addWidget(view);
            layout->addWidget(after);
            widget.resize(900, 600);
            view->setResult(&result);
            widget.show();
            widget.activateWindow();
            static_cast<void>(QTest::qWaitForWindowActive(&widget));
            view->setFocus();
        }
        explicit Window(qint64 rows)
            : Window()
        {
            gridtest::fillCounting(&result, rows);
        }

        void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(view, key, modifiers); }
        Position current() const { return view->selection().current(); }
        const grid::Geometry &geometry() const { return view->state().geometry(); }
        QPoint at(qint64 row, int column) const { return view->visualRect(row, column).center(); }
        QPoint head(int column) const { return {geometry().columnLeft(column) + 30, 10}; }
        QPoint gutter(qint64 row) const { return {10, at(row, 0).y()}; }
        void press(QPoint point, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
        {
            QTest::mousePress(view->viewport(), Qt::LeftButton, modifiers, point);
        }
        void drag(QPoint to, Qt::MouseButtons buttons = Qt::LeftButton)
        {
            QMouseEvent event(
                QEvent::MouseMove, to, view->viewport()->mapToGlobal(to), Qt::NoButton, buttons, Qt::NoModifier);
            QApplication::sendEvent(view->viewport(), &event);
        }
        void release(QPoint at) { QTest::mouseRelease(view->viewport(), Qt::LeftButton, Qt::NoModifier, at); }
        void click(QPoint at, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
        {
            press(at, modifiers);
            release(at);
        }
    };

private Q_SLOTS:
    void walksByKeys()
    {
        Window w(1000);
        QVERIFY(!w.current().isValid());
        w.key(Qt::Key_Down);
        QCOMPARE(w.current(), (Position{0, 0}));
        w.key(Qt::Key_Down);
        w.key(Qt::Key_Right);
        QCOMPARE(w.current(), (Position{1, 1}));
        w.key(Qt::Key_Right);
        QCOMPARE(w.current(), (Position{1, 1}));
        w.key(Qt::Key_Home);
        w.key(Qt::Key_Up);
        w.key(Qt::Key_Up);
        QCOMPARE(w.current(), (Position{0, 0}));
        w.key(Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(w.current(), (Position{999, 1}));
        QCOMPARE(w.geometry().lastRow(), 999);
        w.key(Qt::Key_Up, Qt::ControlModifier);
        QCOMPARE(w.current(), (Position{0, 1}));
        w.key(Qt::Key_Left, Qt::ControlModifier);
        w.key(Qt::Key_Down, Qt::ControlModifier);
        QCOMPARE(w.current(), (Position{999, 0}));
        w.key(Qt::Key_Home, Qt::ControlModifier);
        w.key(Qt::Key_PageDown);
        const qint64 page = w.current().row;
        QVERIFY(page >= w.geometry().rowsOfPage() - 1);
        w.key(Qt::Key_PageUp);
        QCOMPARE(w.current().row, 0);
        QCOMPARE(w.geometry().y, 0);
    }
    void keepsTheCurrentCellInView()
    {
        Window w;
        gridtest::fillWide(&w.result, 1000, 300);
        for (int i = 0; i < 100; ++i) {
            w.key(i % 2 == 0 ? Qt::Key_Right : Qt::Key_Down);
            QVERIFY(w.geometry().cells().contains(w.view->visualRect(w.current().row, w.current().column)));
        }
        w.key(Qt::Key_End);
        QCOMPARE(w.current().column, 999);
        QCOMPARE(w.geometry().x, w.geometry().mostX());
    }
    void extendsByShift()
    {
        Window w(1000);
        w.view->setCurrentCell(5, 1);
        w.key(Qt::Key_Down, Qt::ShiftModifier);
        w.key(Qt::Key_Down, Qt::ShiftModifier);
        w.key(Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(w.view->selection().ranges(), (std::vector<Range>{{5, 7, 0, 1}}));
        w.key(Qt::Key_Home, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(w.view->selection().ranges(), (std::vector<Range>{{0, 5, 0, 1}}));
        w.key(Qt::Key_Escape);
        QCOMPARE(w.view->selection().ranges(), (std::vector<Range>{{0, 0, 0, 0}}));
        w.key(Qt::Key_Space, Qt::ShiftModifier);
        QVERIFY(w.view->selection().hasWholeRow(0));
        w.key(Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(w.view->selection().hasWholeColumn(0));
        w.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(w.view->selection().cellCount(1000, 2), 2000);
    }
    void tabsThroughTheCellsAndOut()
    {
        Window w(2);
        w.view->setCurrentCell(0, 0);
        w.key(Qt::Key_Tab);
        w.key(Qt::Key_Tab);
        QCOMPARE(w.current(), (Position{1, 0}));
        w.key(Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(w.current(), (Position{0, 1}));
        w.view->setCurrentCell(1, 1);
        w.key(Qt::Key_Tab);
        QCOMPARE(w.current(), (Position{1, 1}));
        QVERIFY(w.after->hasFocus());
        w.view->setFocus();
        w.view->setCurrentCell(0, 0);
        w.key(Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(w.before->hasFocus());
    }
    void tellsWhatIsCurrent()
    {
        Window w(10);
        QSignalSpy current(w.view, &GridView::currentCellChanged);
        QSignalSpy selection(w.view, &GridView::selectionChanged);
        w.view->setCurrentCell(3, 1);
        QCOMPARE(current.size(), 1);
        QCOMPARE(current[0], (QVariantList{qint64(3), 1}));
        w.view->selectAll();
        QCOMPARE(current.size(), 1);
        QCOMPARE(selection.size(), 2);
        w.result.reset(gridtest::countingSchema());
        QCOMPARE(current.back(), (QVariantList{qint64(-1), -1}));
        w.view->setCurrentCell(0, 0);
        QCOMPARE(w.view->currentRow(), -1);
    }
    void selectsByMouse()
    {
        Window w(1000);
        w.press(w.at(2, 0));
        w.drag(w.at(4, 1));
        w.release(w.at(4, 1));
        QCOMPARE(w.view->selection().ranges(), (std::vector<Range>{{2, 4, 0, 1}}));
        w.click(w.at(8, 0), Qt::ShiftModifier);
        QCOMPARE(w.view->selection().ranges(), (std::vector<Range>{{2, 8, 0, 0}}));
        w.click(w.at(10, 1), Qt::ControlModifier);
        QCOMPARE(w.view->selection().ranges().size(), std::size_t(2));
        w.click(w.at(5, 0), Qt::ControlModifier);
        QVERIFY(!w.view->selection().contains({5, 0}));
        QCOMPARE(w.view->selection().cellCount(1000, 2), 7);
        w.click(w.at(1, 1));
        QCOMPARE(w.view->selection().ranges(), (std::vector<Range>{{1, 1, 1, 1}}));
    }
    void selectsRowsColumnsAndAll()
    {
        Window w(1000);
        w.click(w.gutter(3));
        w.click(w.gutter(5), Qt::ShiftModifier);
        QCOMPARE(w.view->selection().cellCount(1000, 2), 6);
        QVERIFY(w.view->selection().hasWholeRow(4));
        w.click(w.gutter(9), Qt::ControlModifier);
        QVERIFY(w.view->selection().hasWholeRow(9) && w.view->selection().hasWholeRow(3));
        w.click(w.head(1));
        QVERIFY(w.view->selection().hasWholeColumn(1));
        w.press(w.head(0));
        w.drag(w.head(1));
        w.release(w.head(1));
        QCOMPARE(w.view->selection().cellCount(1000, 2), 2000);
        w.click(w.at(0, 0));
        w.click({5, 5});
        QCOMPARE(w.view->selection().cellCount(1000, 2), 2000);
    }
    void scrollsWhileADragIsOutside()
    {
        Window w(1000);
        w.press(w.at(0, 0));
        w.drag({w.at(0, 0).x(), w.view->viewport()->height() + 200});
        QTRY_VERIFY(w.geometry().firstRow() > 20);
        w.release({0, 0});
        QVERIFY(w.view->selection().ranges().back().bottom > 20);
        QCOMPARE(w.view->selection().ranges().back().top, 0);
    }
    void resizesColumns()
    {
        Window w;
        gridtest::fillOddities(&w.result);
        const int before = w.view->columnWidth(0);
        const QPoint edge(w.geometry().columnLeft(1) - 2, 10);
        w.press(edge);
        w.drag(edge + QPoint(57, 0));
        w.release(edge + QPoint(57, 0));
        QCOMPARE(w.view->columnWidth(0), before + 57);
        QVERIFY(w.view->selection().isEmpty());
        // What was set by hand stays when rows come.
        w.view->setColumnWidth(1, 30);
        QTest::mouseDClick(w.view->viewport(), Qt::LeftButton, {}, {w.geometry().columnLeft(1) - 2, 10});
        QVERIFY(w.view->columnWidth(0) < before + 57);
        QCOMPARE(w.view->columnWidth(1), 30);
        w.view->fitColumn(1);
        QVERIFY(w.view->columnWidth(1) > 300);
    }
    void showsTheEdgeCursor()
    {
        Window w(10);
        w.drag({w.geometry().columnLeft(1) - 1, 10}, Qt::NoButton);
        QCOMPARE(w.view->viewport()->cursor().shape(), Qt::SplitHCursor);
        w.drag(w.at(3, 0), Qt::NoButton);
        QCOMPARE(w.view->viewport()->cursor().shape(), Qt::ArrowCursor);
    }
    void fillsWhileRowsArrive_data()
    {
        QTest::addColumn<qint64>("rows");
        for (const qint64 rows : {qint64(0), qint64(1), qint64(8191), qint64(8192), qint64(8193), qint64(10'000'000)})
            QTest::addRow("%lld", rows) << rows;
    }
    void fillsWhileRowsArrive()
    {
        QFETCH(const qint64, rows);
        Window w(rows);
        QCOMPARE(w.geometry().rows, rows);
        QVERIFY(!w.view->grab().isNull());
        w.key(Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(w.current(), rows == 0 ? Position{} : (Position{rows - 1, 1}));
        if (rows < 100)
            return;
        QVERIFY(w.geometry().cells().contains(w.view->visualRect(rows - 1, 1)));
        QCOMPARE(w.view->verticalScrollBar()->value(), w.view->verticalScrollBar()->maximum());
        w.view->verticalScrollBar()->setValue(4321);
        QCOMPARE(w.geometry().firstRow(), 4321);
        QCOMPARE(w.geometry().rowTop(4321), w.geometry().headerHeight);
        w.view->verticalScrollBar()->setValue(w.view->verticalScrollBar()->maximum());
        QCOMPARE(w.geometry().y, w.geometry().mostY());
        w.view->verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
        QVERIFY(w.geometry().y < w.geometry().mostY());
    }
    void replacesAShortLastChunk()
    {
        Window w;
        w.result.reset(gridtest::countingSchema());
        w.result.append(gridtest::countingChunk(10));
        w.view->setCurrentCell(9, 0);
        w.result.append(gridtest::countingChunk(3000));
        QCOMPARE(w.geometry().rows, 3000);
        QCOMPARE(w.current(), (Position{9, 0}));
        w.result.append(gridtest::countingChunk(table::kChunkRows));
        w.result.append(gridtest::countingChunk(1));
        w.result.append(gridtest::countingChunk(2));
        QCOMPARE(w.geometry().rows, 8194);
        w.view->scrollTo(8193, 0);
        QVERIFY(!w.view->grab().isNull());
    }
    void movesNothingWhileRowsArrive()
    {
        Window w(100);
        w.view->verticalScrollBar()->setValue(w.view->verticalScrollBar()->maximum());
        const qint64 y = w.geometry().y;
        const int left = w.geometry().columnLeft(1);
        w.result.append(gridtest::countingChunk(5000));
        QCOMPARE(w.geometry().y, y);
        w.view->setFollowsEnd(true);
        w.result.append(gridtest::countingChunk(6000));
        QCOMPARE(w.geometry().y, y); // not at the end, hence not followed
        w.view->verticalScrollBar()->setValue(w.view->verticalScrollBar()->maximum());
        w.result.append(gridtest::countingChunk(8000));
        QCOMPARE(w.geometry().lastRow(), 7999);
        QCOMPARE(w.geometry().columnLeft(1), left);
    }
    void scrollsByThePixelAndByTheNotch()
    {
        Window w(1000);
        const auto wheel = [&](QPoint pixels, QPoint angle, Qt::KeyboardModifiers modifiers = {}) {
            QWheelEvent event(w.at(0, 0), w.view->viewport()->mapToGlobal(w.at(0, 0)), pixels, angle, {}, modifiers,
                Qt::NoScrollPhase, false);
            QApplication::sendEvent(w.view->viewport(), &event);
        };
        wheel({0, -7}, {0, -7});
        QCOMPARE(w.geometry().y, 7);
        wheel({}, {0, -120});
        QCOMPARE(w.geometry().y, 7 + QApplication::wheelScrollLines() * w.geometry().rowHeight);
        wheel({}, {0, 1200});
        QCOMPARE(w.geometry().y, 0);
        gridtest::fillWide(&w.result, 100, 10);
        wheel({}, {0, -120}, Qt::ShiftModifier);
        QVERIFY(w.geometry().x > 0);
    }
    void copiesByKey()
    {
        Window w(100'000);
        QSignalSpy copied(w.view, &GridView::copied);
        w.view->setCurrentCell(1, 0);
        w.key(Qt::Key_Right, Qt::ShiftModifier);
        w.key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("1\tr1"));
        w.key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("n\tname\n1\tr1"));
        QCOMPARE(copied.size(), 2);
        // Large ones come later, from another thread.
        w.key(Qt::Key_A, Qt::ControlModifier);
        w.key(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(copied.wait(10000));
        QCOMPARE(copied.back(), QVariantList{qint64(200'000)});
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("0\tr0\n1\tr1\n")));
    }
    void aNewCopyStopsTheOldOne()
    {
        Window w(10'000'000);
        QSignalSpy copied(w.view, &GridView::copied);
        w.view->selectAll();
        w.view->copy();
        w.view->setCurrentCell(7, 0);
        w.view->copy();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("7"));
        QCOMPARE(copied.size(), 1);
        QCoreApplication::processEvents();
        QCOMPARE(copied.size(), 1);
        w.view->selectAll();
        w.view->copy(); // the view goes while this runs
    }
    void offersCopyInAMenu()
    {
        Window w(10);
        QTest::mouseClick(w.view->viewport(), Qt::RightButton, {}, w.at(4, 1));
        QCOMPARE(w.current(), (Position{4, 1}));
        QContextMenuEvent event(QContextMenuEvent::Mouse, w.at(4, 1), w.view->viewport()->mapToGlobal(w.at(4, 1)));
        QApplication::sendEvent(w.view->viewport(), &event);
        const auto menu = w.view->findChild<QMenu *>();
        QVERIFY(menu);
        menu->actions().first()->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("r4"));
        menu->close();
    }
    void activatesByReturnAndDoubleClick()
    {
        Window w(10);
        QSignalSpy activated(w.view, &GridView::cellActivated);
        QTest::mouseDClick(w.view->viewport(), Qt::LeftButton, {}, w.at(3, 1));
        w.key(Qt::Key_Return);
        QCOMPARE(activated.size(), 2);
        QCOMPARE(activated[0], (QVariantList{qint64(3), 1}));
    }
    void outlivesItsResult()
    {
        GridView view;
        {
            ResultTable result;
            gridtest::fillCounting(&result, 10);
            view.setResult(&result);
            view.setCurrentCell(3, 1);
        }
        QCOMPARE(view.state().rowCount(), 0);
        QCOMPARE(view.currentRow(), -1);
        QVERIFY(!view.grab().isNull());
        view.setResult(nullptr);
    }
    void keepsItsPlaceWhenTheFontChanges()
    {
        Window w(10'000'000);
        w.view->scrollTo(9'000'000, 0);
        const qint64 row = w.geometry().firstRow();
        const int height = w.geometry().rowHeight;
        const int width = w.view->columnWidth(0);
        const QFont before = QApplication::font();
        QFont font = before;
        font.setPointSizeF(font.pointSizeF() * 2);
        QApplication::setFont(font);
        QCoreApplication::processEvents();
        QVERIFY(w.geometry().rowHeight > height);
        QVERIFY(w.view->columnWidth(0) > width);
        QCOMPARE(w.geometry().firstRow(), row);
        QApplication::setFont(before);
    }
};

ONDO_TEST(GridViewTest)
#include "tst_gridview.moc"
