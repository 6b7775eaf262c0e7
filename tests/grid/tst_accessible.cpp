// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/gridview.h"

#include "samples.h"
#include "support/ondotest.h"

#include <QAccessible>

using common::ResultTable;
using grid::GridView;

// What a screen reader sees.
class GridAccessibleTest : public QObject
{
    Q_OBJECT

    static QAccessibleInterface *of(GridView &view) { return QAccessible::queryAccessibleInterface(&view); }

private Q_SLOTS:
    void isATable()
    {
        ResultTable result;
        gridtest::fillOddities(&result);
        GridView view;
        view.resize(800, 600);
        view.setResult(&result);
        view.show();
        QAccessibleInterface *grid = of(view);
        QCOMPARE(grid->role(), QAccessible::Table);
        QVERIFY(!grid->text(QAccessible::Name).isEmpty());
        QAccessibleTableInterface *table = grid->tableInterface();
        QVERIFY(table);
        QCOMPARE(table->rowCount(), 40);
        QCOMPARE(table->columnCount(), 10);
        QCOMPARE(table->columnDescription(2), QStringLiteral("big"));
        QCOMPARE(table->rowDescription(0), QStringLiteral("1"));
        QVERIFY(!table->cellAt(40, 0));
        QVERIFY(!table->cellAt(0, -1));
    }
    void readsCellsWithTheirHeads()
    {
        ResultTable result;
        gridtest::fillOddities(&result);
        GridView view;
        view.setResult(&result);
        QAccessibleInterface *cell = of(view)->tableInterface()->cellAt(0, 3);
        QCOMPARE(cell->role(), QAccessible::Cell);
        QCOMPARE(cell->text(QAccessible::Name), QStringLiteral("18446744073709551615"));
        QCOMPARE(cell->text(QAccessible::Description), QStringLiteral("ubig"));
        QAccessibleTableCellInterface *place = cell->tableCellInterface();
        QCOMPARE(place->columnHeaderCells().first()->text(QAccessible::Name), QStringLiteral("ubig"));
        QCOMPARE(place->columnHeaderCells().first()->text(QAccessible::Description), QStringLiteral("BIGINT UNSIGNED"));
        QCOMPARE(place->columnHeaderCells().first()->role(), QAccessible::ColumnHeader);
        QCOMPARE(place->rowHeaderCells().first()->text(QAccessible::Name), QStringLiteral("1"));
        QCOMPARE(place->table(), of(view));
        QCOMPARE(of(view)->tableInterface()->cellAt(7, 1)->text(QAccessible::Name), QStringLiteral("NULL"));
    }
    void countsItsChildren()
    {
        ResultTable result;
        gridtest::fillCounting(&result, 3);
        GridView view;
        view.setResult(&result);
        QAccessibleInterface *grid = of(view);
        QCOMPARE(grid->childCount(), 4 * 3);
        for (int i = 0; i < grid->childCount(); ++i) {
            QAccessibleInterface *child = grid->child(i);
            QVERIFY(child);
            QCOMPARE(child->parent(), grid);
            QCOMPARE(grid->indexOfChild(child), i);
        }
        QVERIFY(!grid->child(12));
        QVERIFY(!grid->child(-1));
    }
    void followsSelectionAndFocus()
    {
        ResultTable result;
        gridtest::fillCounting(&result, 100);
        GridView view;
        view.resize(800, 600);
        view.setResult(&result);
        view.show();
        view.activateWindow();
        static_cast<void>(QTest::qWaitForWindowActive(&view));
        view.setFocus();
        view.setCurrentCell(5, 1);
        QAccessibleInterface *grid = of(view);
        QAccessibleInterface *cell = grid->tableInterface()->cellAt(5, 1);
        QCOMPARE(grid->focusChild(), cell);
        QVERIFY(cell->state().focused);
        QVERIFY(cell->state().selected);
        QVERIFY(!grid->tableInterface()->cellAt(4, 1)->state().selected);
        QVERIFY(grid->tableInterface()->cellAt(99, 1)->state().offscreen);
        QCOMPARE(grid->childAt(cell->rect().center().x(), cell->rect().center().y()), cell);
        QVERIFY(grid->tableInterface()->selectRow(7));
        QVERIFY(grid->tableInterface()->isRowSelected(7));
        QCOMPARE(grid->tableInterface()->selectedRows(), QList<int>{7});
        QVERIFY(grid->tableInterface()->unselectRow(7));
        QVERIFY(!grid->tableInterface()->isRowSelected(7));
        QCOMPARE(grid->tableInterface()->selectedCells(), QList<QAccessibleInterface *>{cell});
    }
    void costsNothingForTenMillionRows()
    {
        ResultTable result;
        gridtest::fillCounting(&result, 10'000'000);
        GridView view;
        view.setResult(&result);
        view.selectAll();
        QAccessibleTableInterface *table = of(view)->tableInterface();
        QCOMPARE(table->rowCount(), 10'000'000);
        QCOMPARE(table->selectedCellCount(), 20'000'000);
        QVERIFY(table->selectedCells().size() <= 1000);
        QVERIFY(table->selectedRows().size() <= 1000);
        for (int row = 0; row < 10'000'000; row += 1'000)
            QVERIFY(table->cellAt(row, 0));
        QCOMPARE(table->cellAt(9'999'999, 0)->text(QAccessible::Name), QString::number(9'999'999 % 8192));
    }
    void forgetsWhatIsGone()
    {
        ResultTable result;
        gridtest::fillOddities(&result);
        GridView view;
        view.setResult(&result);
        QAccessibleInterface *cell = of(view)->tableInterface()->cellAt(30, 9);
        QVERIFY(cell->isValid());
        gridtest::fillCounting(&result, 2);
        QVERIFY(!of(view)->tableInterface()->cellAt(30, 9));
        QCOMPARE(of(view)->tableInterface()->cellAt(1, 1)->text(QAccessible::Name), QStringLiteral("r1"));
        QVERIFY(!cell->isValid());
        QVERIFY(cell->text(QAccessible::Name).isEmpty());
    }
};

ONDO_TEST(GridAccessibleTest)
#include "tst_accessible.moc"
