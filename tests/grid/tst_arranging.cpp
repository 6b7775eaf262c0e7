// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/celltext.h"
#include "grid/filterpopover.h"
#include "grid/gridpanel.h"
#include "grid/doubletext.h"
#include "grid/recordpopover.h"
#include "samples.h"

#include "support/ondotest.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

namespace {

using grid::Position;

QString shownIn(grid::GridView &view, qint64 row, int column)
{
    grid::State &state = view.state();
    return grid::cellText(state.table(), state.source({row, column}), state.zone()).text;
}

} // namespace

class ArrangingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_result = std::make_unique<common::ResultTable>();
        m_panel = std::make_unique<grid::GridPanel>();
        m_panel->resize(800, 500);
        m_panel->view()->setResult(m_result.get());
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup()
    {
        m_panel.reset();
        m_result.reset();
    }

    void sortsAndFollows()
    {
        gridtest::fillCounting(m_result.get(), 500);
        grid::GridView &view = *m_panel->view();
        view.setCurrentCell(3, 1);
        view.arranger().cycleKey(0, false); // ascending: nothing moves
        view.arranger().cycleKey(0, false);
        QTRY_COMPARE(shownIn(view, 0, 0), QStringLiteral("499"));
        QCOMPARE(view.currentRow(), 496); // the frame stays on its row
        QCOMPARE(view.currentColumn(), 1);
        // Natural: by number.
        view.arranger().setKey({1}, false);
        QTRY_COMPARE(shownIn(view, 1, 1), QStringLiteral("r1"));
        QCOMPARE(shownIn(view, 2, 1), QStringLiteral("r2"));
        // By bytes: r1, r10, r100 …
        view.arranger().setKey({1, false, false, table::TextOrder::Bytes}, false);
        QTRY_COMPARE(shownIn(view, 2, 1), QStringLiteral("r10"));
        view.arranger().clear();
        QCOMPARE(shownIn(view, 2, 1), QStringLiteral("r2"));
        QVERIFY(!view.state().isMapped());
    }

    void goesOnWhileRowsArrive()
    {
        m_result->reset(gridtest::countingSchema());
        grid::GridView &view = *m_panel->view();
        m_result->append(gridtest::countingChunk(table::kChunkRows));
        view.arranger().setKey({0, true}, false);
        table::Condition condition;
        condition.test = table::Condition::Test::Range;
        condition.from = "5000";
        QVERIFY(view.arranger().setCondition(0, condition));
        QTRY_COMPARE(view.state().rowCount(), 3192);
        for (int i = 1; i < 4; ++i)
            m_result->append(gridtest::countingChunk(table::kChunkRows, i * 8192));
        m_result->append(gridtest::countingChunk(10, 40000)); // a short chunk …
        m_result->append(gridtest::countingChunk(20, 40000)); // … and its successor
        QTRY_COMPARE(view.state().rowCount(), 3192 + 3 * 8192 + 20);
        QCOMPARE(shownIn(view, 0, 0), QStringLiteral("40019"));
        QCOMPARE(shownIn(view, 20, 0), QStringLiteral("32767"));
        QCOMPARE(shownIn(view, view.state().rowCount() - 1, 0), QStringLiteral("5000"));
        // Another result: what was asked of the old one is gone.
        gridtest::fillCounting(m_result.get(), 5);
        m_result->reset(gridtest::countingSchema());
        QVERIFY(!view.arranger().isActive());
    }

    void copiesWhatIsSeen()
    {
        gridtest::fillCounting(m_result.get(), 50);
        grid::GridView &view = *m_panel->view();
        view.arranger().setKey({0, true}, false);
        QTRY_COMPARE(shownIn(view, 0, 0), QStringLiteral("49"));
        view.state().moveColumn(1, 0);
        view.state().select(grid::Selection::Shape::Cells, {0, 0});
        view.state().extendSelection({1, 1});
        view.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("r49\t49\nr48\t48"));
    }

    void clickOnTheSortSign()
    {
        gridtest::fillCounting(m_result.get(), 50);
        grid::GridView &view = *m_panel->view();
        view.setColumnWidth(0, 150);
        view.setColumnWidth(1, 150);
        const auto at = [&](int column) { return view.state().geometry().sortArea(column).center(); };
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, at(0));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ControlModifier, at(1));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ShiftModifier, at(1));
        QCOMPARE(view.arranger().keys().size(), 2u);
        QVERIFY(view.arranger().keys()[1].isDescending && view.arranger().rankOf(1) == 2);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ShiftModifier, at(1));
        QCOMPARE(view.arranger().keys().size(), 1u);
        QVERIFY(view.selection().isEmpty()); // the rest of the head selects, this does not
        view.setCurrentCell(0, 1);
        QTest::keyClick(&view, Qt::Key_Down, Qt::AltModifier);
        QVERIFY(view.arranger().keys().size() == 1 && view.arranger().keys()[0].column == 1 && view.arranger().keys()[0].isDescending);
    }

    void columnsHideMoveFreeze()
    {
        gridtest::fillWide(m_result.get(), 30, 3);
        grid::GridView &view = *m_panel->view();
        view.setCurrentCell(1, 2);
        QTest::keyClick(&view, Qt::Key_Delete, Qt::AltModifier);
        QCOMPARE(view.state().columnCount(), 29);
        QCOMPARE(shownIn(view, 0, 2), QStringLiteral("r0c3"));
        view.state().moveColumn(2, 0);
        QCOMPARE(shownIn(view, 0, 0), QStringLiteral("r0c3"));
        view.state().setFrozenColumns(1);
        view.scrollTo(0, 28);
        QCOMPARE(view.visualRect(0, 0).left(), view.state().geometry().gutterWidth); // stays
        QVERIFY(view.visualRect(0, 1).left() < 0);
        QCOMPARE(view.state().geometry().hit({view.state().geometry().gutterWidth + 5, 60}).at.column, 0);
        view.scrollTo(0, 1);
        QCOMPARE(view.visualRect(0, 1).left(), view.visualRect(0, 0).right() + 1);
        view.state().showAllColumns();
        QCOMPARE(view.state().columnCount(), 30);
        QVERIFY(view.state().gridColumn(2) >= 0);
    }

    void dragMovesASelectedColumn()
    {
        gridtest::fillWide(m_result.get(), 4, 3);
        grid::GridView &view = *m_panel->view();
        const auto head = [&](int column) { return QPoint(view.state().geometry().columnLeft(column) + 12, 8); };
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, head(0));
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, head(0));
        QTest::mouseMove(view.viewport(), head(2));
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, head(2));
        QCOMPARE(view.state().columns(), (std::vector<std::size_t>{1, 0, 2, 3}));
        QVERIFY(view.selection().hasWholeColumn(1));
    }

    void findsInAllColumns()
    {
        gridtest::fillCounting(m_result.get(), 300);
        grid::GridView &view = *m_panel->view();
        QVERIFY(view.finder().find(QStringLiteral("29"), false, false));
        QTRY_COMPARE(view.finder().matchingRows(), 13); // 29, 129, 229, 290 … 299
        QVERIFY(view.finder().marks({29, 0}) && view.finder().marks({29, 1}) && !view.finder().marks({28, 0}));
        QCOMPARE(view.finder().next({0, 0}, true), (Position{29, 0}));
        QCOMPARE(view.finder().next({29, 0}, true), (Position{29, 1}));
        QCOMPARE(view.finder().next({29, 1}, true), (Position{129, 0}));
        QCOMPARE(view.finder().next({29, 0}, false), (Position{299, 1})); // around
        view.arranger().setKey({0, true}, false);
        QTRY_COMPARE(shownIn(view, 0, 0), QStringLiteral("299"));
        QCOMPARE(view.finder().next({0, 1}, true), (Position{1, 0})); // 298
        QVERIFY(!view.finder().find(QStringLiteral("("), true, false));
    }

    void filterPopover()
    {
        gridtest::fillOddities(m_result.get());
        grid::GridView &view = *m_panel->view();
        auto *popover = new grid::FilterPopover(&view, 7); // ok, a boolean: offers its values
        popover->showAtHead();
        auto *values = popover->findChild<QListWidget *>();
        QTRY_COMPARE(values->count(), 2);
        QVERIFY(values->item(0)->text().contains(QStringLiteral("false   (26)")));
        values->item(1)->setCheckState(Qt::Checked);
        QTRY_COMPARE(view.state().rowCount(), 14);
        popover->close();
        QVERIFY(view.arranger().setCondition(7, std::nullopt));
        QCOMPARE(view.state().rowCount(), 40);

        popover = new grid::FilterPopover(&view, 2);
        popover->showAtHead();
        const auto edits = popover->findChildren<QLineEdit *>();
        for (QLineEdit *edit : edits) {
            if (edit->accessibleName() == QLatin1String("From")) {
                QTest::keyClicks(edit, QStringLiteral("9007199254740994"));
                QTest::keyClick(edit, Qt::Key_Return);
            }
        }
        QTRY_COMPARE(view.state().rowCount(), 20); // all that are larger, the literal past 2^63 among them
    }

    void oneRowAsAList()
    {
        gridtest::fillCounting(m_result.get(), 100);
        grid::GridView &view = *m_panel->view();
        view.setCurrentCell(5, 0);
        auto *record = new grid::RecordPopover(&view);
        record->showAtHead();
        auto *lines = record->findChild<QTreeWidget *>();
        QCOMPARE(lines->topLevelItemCount(), 2);
        QCOMPARE(lines->topLevelItem(1)->text(2), QStringLiteral("r5"));
        QTest::keyClick(lines, Qt::Key_PageDown);
        QCOMPARE(lines->topLevelItem(1)->text(2), QStringLiteral("r6"));
        QCOMPARE(view.currentRow(), 6);
        record->close();
    }

    void totalsOfTheSelection()
    {
        gridtest::fillCounting(m_result.get(), 100);
        grid::GridView &view = *m_panel->view();
        view.state().select(grid::Selection::Shape::Columns, {0, 0});
        QLabel *totals = nullptr;
        for (QLabel *label : m_panel->findChildren<QLabel *>()) {
            if (label->accessibleName() == QLatin1String("What the selected cells come to"))
                totals = label;
        }
        QVERIFY(totals);
        QTRY_VERIFY(totals->text().contains(QStringLiteral("Sum 4950")));
        QVERIFY(totals->text().contains(QStringLiteral("Mean 49.5")));
        view.setCurrentCell(0, 0);
        QTRY_VERIFY(totals->text().isEmpty());
    }

    void whatADoubleCouldNotHold()
    {
        gridtest::fillOddities(m_result.get());
        const auto &made = m_result->table();
        QCOMPARE(grid::roundedText(made, {1, 2}), QString()); // 9007199254740994
        QCOMPARE(grid::roundedText(made, {5, 2}), QStringLiteral("9223372036854776000")); // the literal 2^63: held, but shown in the shortest digits
        QCOMPARE(grid::roundedText(made, {0, 3}), QStringLiteral("18446744073709552000"));
        QCOMPARE(grid::roundedText(made, {0, 4}), QStringLiteral("12345678901234568"));
        QCOMPARE(grid::roundedText(made, {1, 4}), QString());
    }

private:
    std::unique_ptr<common::ResultTable> m_result;
    std::unique_ptr<grid::GridPanel> m_panel;
};

ONDO_TEST(ArrangingTest)
#include "tst_arranging.moc"
