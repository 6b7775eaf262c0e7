// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/roles.h"

#include "chart/chartdata.h"

#include "support/ondotest.h"

using chart::XRole;
using table::Kind;

class RolesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theFirstTimeColumnIsX()
    {
        const table::Table table = support::makeTable({support::column("v", Kind::Double), support::column("a", Kind::Instant),
                                                          support::column("b", Kind::LocalDateTime)},
            3, [](table::ChunkBuilder &builder, std::int64_t row) {
                builder.column(0).appendDouble(1);
                builder.column(1).appendTime(row, 3, {});
                builder.column(2).appendTime(row, 3, {});
            });
        const chart::Roles roles = chart::findRoles(table);
        QVERIFY((roles.x == XRole{XRole::Kind::Instant, 1, 0}));
        QCOMPARE(roles.ys, std::vector<std::size_t>{0});
        QCOMPARE(chart::roleChoices(table).xs.size(), std::size_t(3)); // and the row number
    }

    void integersThatCountSinceTheEpochAreTimes_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<qint64>("start");
        QTest::addColumn<int>("digits"); // -1: no time
        QTest::newRow("seconds") << QByteArray("ts") << qint64(1710244800) << 0;
        QTest::newRow("milliseconds") << QByteArray("created_at") << qint64(1710244800000) << 3;
        QTest::newRow("nanoseconds") << QByteArray("Timestamp") << qint64(1710244800000000000) << 9;
        QTest::newRow("small numbers") << QByteArray("time") << qint64(5) << -1;
        QTest::newRow("other name") << QByteArray("volume") << qint64(1710244800) << -1;
    }
    void integersThatCountSinceTheEpochAreTimes()
    {
        QFETCH(QByteArray, name);
        QFETCH(qint64, start);
        QFETCH(int, digits);
        const table::Table table = support::makeTable({support::column(name.constData(), Kind::Int), support::column("v", Kind::Int)}, 10,
            [start](table::ChunkBuilder &builder, std::int64_t row) {
                builder.column(0).appendInt(start + row);
                builder.column(1).appendInt(row);
            });
        const chart::Roles roles = chart::findRoles(table);
        QVERIFY(roles.x.kind == (digits < 0 ? XRole::Kind::RowNumber : XRole::Kind::Epoch));
        QCOMPARE(roles.x.digits, std::max(digits, 0));
        QCOMPARE(roles.ys.size(), std::size_t(digits < 0 ? 2 : 1));
    }

    void rowsInOrderAreOneLine()
    {
        for (const std::int64_t direction : {1, -1}) {
            const table::Table table = support::makeTable({support::column("ts", Kind::Instant), support::column("v", Kind::Int), support::column("s", Kind::Text)}, 100,
                [direction](table::ChunkBuilder &builder, std::int64_t row) {
                    builder.column(0).appendTime(1710244800000 + direction * row, 3, {});
                    builder.column(1).appendInt(row);
                    builder.column(2).appendBytes(row % 2 ? "a" : "b");
                });
            QVERIFY(chart::findRoles(table).by.empty());
            QCOMPARE(chart::roleChoices(table).by, std::vector<std::size_t>{2});
        }
    }

    // Neither place nor group tells the meters apart, both together do.
    void twoColumnsTogetherTellLinesApart()
    {
        const table::Table table = support::makeTable({support::column("ts", Kind::Instant), support::column("v", Kind::Float), support::column("groupid", Kind::Int), support::column("location", Kind::Text)}, 400,
            [](table::ChunkBuilder &builder, std::int64_t row) {
                const std::int64_t device = row % 4;
                builder.column(0).appendTime(1710244800000 + row / 4, 3, {});
                builder.column(1).appendFloat(1);
                builder.column(2).appendInt(device % 2);
                builder.column(3).appendBytes(device < 2 ? "north" : "south");
            });
        const chart::Roles roles = chart::findRoles(table);
        QCOMPARE(roles.by, (std::vector<std::size_t>{2, 3}));
        QCOMPARE(roles.ys, std::vector<std::size_t>{1});
    }

    void emptyTablesHaveNoRoles()
    {
        const table::Table table = support::makeTable({support::column("ts", Kind::Instant)}, 0, [](table::ChunkBuilder &, std::int64_t) {});
        QVERIFY(chart::findRoles(table).ys.empty());
        QVERIFY(chart::findRoles(table::Table()).ys.empty());
    }
};

ONDO_TEST(RolesTest)
#include "tst_roles.moc"
