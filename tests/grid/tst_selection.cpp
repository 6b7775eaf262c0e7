// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/selection.h"

#include "support/ondotest.h"

using grid::Position;
using grid::Range;
using grid::Selection;
using Shape = grid::Selection::Shape;

class SelectionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void extendsBothWaysFromTheAnchor()
    {
        Selection selection;
        selection.begin(Shape::Cells, {5, 5});
        selection.extendTo({7, 6});
        QCOMPARE(selection.ranges().back(), (Range{5, 7, 5, 6}));
        selection.extendTo({2, 1});
        QCOMPARE(selection.ranges().back(), (Range{2, 5, 1, 5}));
        QCOMPARE(selection.ranges().size(), std::size_t(1));
        QCOMPARE(selection.anchor(), (Position{5, 5}));
        QCOMPARE(selection.current(), (Position{2, 1}));
    }
    void rowsAndColumnsReachBeyondWhatIsThere()
    {
        Selection selection;
        selection.begin(Shape::Columns, {0, 2});
        selection.extendTo({0, 3});
        QVERIFY(selection.contains({99'999'999'999, 3}));
        QVERIFY(selection.hasWholeColumn(2));
        QVERIFY(!selection.touchesColumn(4));
        QCOMPARE(selection.cellCount(10'000'000, 6), 20'000'000);
        selection.begin(Shape::Rows, {7, 0});
        QVERIFY(selection.hasWholeRow(7));
        QCOMPARE(selection.cellCount(10'000'000, 6), 6);
    }
    void countsSharedCellsOnce()
    {
        Selection selection;
        selection.begin(Shape::Cells, {0, 0});
        selection.extendTo({9, 9});
        selection.add(Shape::Cells, {5, 5});
        selection.extendTo({14, 14});
        selection.add(Shape::Cells, {5, 5});
        QCOMPARE(selection.cellCount(100, 100), 100 + 100 - 25);
        selection.add(Shape::Columns, {0, 0});
        QCOMPARE(selection.cellCount(100, 100), 175 + 90);
    }
    void cutsOutOfTheMiddle()
    {
        Selection selection;
        selection.selectAll();
        selection.remove(Shape::Cells, {4, 4});
        QVERIFY(!selection.contains({4, 4}));
        for (const Position at : {Position{3, 4}, Position{5, 4}, Position{4, 3}, Position{4, 5}, Position{0, 0}})
            QVERIFY(selection.contains(at));
        QCOMPARE(selection.cellCount(10, 10), 99);
        QCOMPARE(selection.current(), (Position{4, 4}));
        selection.remove(Shape::Rows, {4, 0});
        QCOMPARE(selection.cellCount(10, 10), 90);
        selection.remove(Shape::Columns, {0, 9});
        QCOMPARE(selection.cellCount(10, 10), 81);
    }
    void selectsAllWithoutCounting()
    {
        Selection selection;
        selection.begin(Shape::Cells, {3, 3});
        selection.selectAll();
        QCOMPARE(selection.ranges().size(), std::size_t(1));
        QCOMPARE(selection.cellCount(std::int64_t(1) << 40, 1000), (std::int64_t(1) << 40) * 1000);
        QCOMPARE(selection.current(), (Position{3, 3}));
        // Shift from there selects cells again.
        selection.extendTo({4, 4});
        QCOMPARE(selection.ranges().back(), (Range{3, 4, 3, 4}));
    }
    void isEmptyAfterClear()
    {
        Selection selection;
        selection.selectAll();
        selection.clear();
        QVERIFY(selection.isEmpty());
        QVERIFY(!selection.current().isValid());
        QCOMPARE(selection.cellCount(10, 10), 0);
    }
};

ONDO_TEST(SelectionTest)
#include "tst_selection.moc"
