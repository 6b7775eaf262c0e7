// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/geometry.h"

#include "support/ondotest.h"

using grid::ColumnLayout;
using grid::Geometry;
using grid::Part;
using grid::Position;

class GeometryTest : public QObject
{
    Q_OBJECT

    static Geometry make(qint64 rows, int columns)
    {
        Geometry geometry;
        geometry.rows = rows;
        geometry.view = QSize(1200, 800);
        geometry.columns.setWidths(std::vector<int>(static_cast<std::size_t>(columns), 100));
        return geometry;
    }

private Q_SLOTS:
    void findsColumns()
    {
        ColumnLayout layout;
        QCOMPARE(layout.at(0), -1);
        QCOMPARE(layout.nearest(0), -1);
        layout.setWidths({100, 50, 3});
        QCOMPARE(layout.total(), 150 + ColumnLayout::kLeastWidth);
        QCOMPARE(layout.at(99), 0);
        QCOMPARE(layout.at(100), 1);
        QCOMPARE(layout.at(-1), -1);
        QCOMPARE(layout.at(layout.total()), -1);
        QCOMPARE(layout.nearest(100000), 2);
        layout.setWidth(0, 200);
        QCOMPARE(layout.left(1), 200);
        QCOMPARE(layout.left(2), 250);
        layout.setWidth(1, 0);
        QCOMPARE(layout.width(1), ColumnLayout::kLeastWidth);
    }
    void reachesTheLastRowExactly_data()
    {
        QTest::addColumn<qint64>("rows");
        for (const qint64 rows : {qint64(1), qint64(38), qint64(8192), qint64(10'000'000), qint64(10'000'000'000)})
            QTest::addRow("%lld", rows) << rows;
    }
    void reachesTheLastRowExactly()
    {
        QFETCH(const qint64, rows);
        Geometry geometry = make(rows, 6);
        geometry.reveal({rows - 1, 0});
        QCOMPARE(geometry.lastRow(), rows - 1);
        QCOMPARE(geometry.y, geometry.mostY());
        const QRect last = geometry.cell({rows - 1, 0});
        QCOMPARE(last.height(), geometry.rowHeight);
        if (geometry.y > 0)
            QCOMPARE(last.bottom(), geometry.cells().bottom());
        QCOMPARE(geometry.hit(last.center()).at, (Position{rows - 1, 0}));
        geometry.reveal({0, 0});
        QCOMPARE(geometry.y, 0);
    }
    void holdsPointsToTheTable()
    {
        Geometry geometry = make(3, 2);
        QCOMPARE(geometry.nearest({-100, -100}), (Position{0, 0}));
        QCOMPARE(geometry.nearest({5000, 5000}), (Position{2, 1}));
        QCOMPARE(geometry.hit({600, 700}).part, Part::Nothing);
        QCOMPARE(geometry.hit({1300, 10}).part, Part::Nothing);
        QVERIFY(!make(0, 2).nearest({100, 100}).isValid());
        QCOMPARE(make(0, 2).lastRow(), -1);
    }
    void tellsPartsApart()
    {
        Geometry geometry = make(100, 3);
        QCOMPARE(geometry.hit({10, 10}).part, Part::Corner);
        QCOMPARE(geometry.hit({geometry.gutterWidth + 50, 10}).part, Part::Header);
        QCOMPARE(geometry.hit({10, 100}).part, Part::Gutter);
        // Both sides of an edge belong to the column on its left; the outer side of the last one too.
        for (const int offset : {-3, 0, 3}) {
            const auto hit = geometry.hit({geometry.gutterWidth + 100 + offset, 10});
            QCOMPARE(hit.part, Part::HeaderEdge);
            QCOMPARE(hit.at.column, 0);
        }
        QCOMPARE(geometry.hit({geometry.gutterWidth + 303, 10}).at.column, 2);
        QCOMPARE(geometry.hit({geometry.gutterWidth + 1, 10}).part, Part::Header);
    }
    void showsAWideColumnFromItsLeft()
    {
        Geometry geometry = make(10, 3);
        geometry.columns.setWidth(1, 5000);
        geometry.reveal({0, 1});
        QCOMPARE(geometry.columnLeft(1), geometry.gutterWidth);
    }
};

ONDO_TEST(GeometryTest)
#include "tst_geometry.moc"
