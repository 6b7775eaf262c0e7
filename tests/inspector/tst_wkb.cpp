// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/wkb.h"

#include "support/ondotest.h"

// Well-known binary as PostGIS (EWKB) and GEOS (ISO) write it.
class WkbTest : public QObject
{
    Q_OBJECT

    static core::Result<std::string> read(const QByteArray &hex)
    {
        return table::wkbToText(QByteArray::fromHex(hex).toStdString());
    }

private Q_SLOTS:
    void texts_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("text");
        QTest::newRow("point") << QByteArray("0101000000000000000000f03f0000000000000040") << QStringLiteral("POINT (1 2)");
        QTest::newRow("big endian") << QByteArray("00000000013ff00000000000004000000000000000") << QStringLiteral("POINT (1 2)");
        QTest::newRow("empty point") << QByteArray("0101000000000000000000f87f000000000000f87f") << QStringLiteral("POINT EMPTY");
        QTest::newRow("srid") << QByteArray("0101000020e6100000000000000000f03f0000000000000040") << QStringLiteral("SRID=4326;POINT (1 2)");
        QTest::newRow("z flag") << QByteArray("0101000080000000000000f03f00000000000000400000000000000840") << QStringLiteral("POINT Z (1 2 3)");
        QTest::newRow("z iso") << QByteArray("01e9030000000000000000f03f00000000000000400000000000000840") << QStringLiteral("POINT Z (1 2 3)");
        QTest::newRow("m flag") << QByteArray("0101000040000000000000f03f00000000000000400000000000000840") << QStringLiteral("POINT M (1 2 3)");
        QTest::newRow("zm iso") << QByteArray("01b90b0000000000000000f03f000000000000004000000000000008400000000000001040")
                                << QStringLiteral("POINT ZM (1 2 3 4)");
        QTest::newRow("line") << QByteArray("010200000002000000000000000000000000000000000000009a9999999999b93f000000000000f0bf")
                              << QStringLiteral("LINESTRING (0 0, 0.1 -1)");
        QTest::newRow("empty line") << QByteArray("010200000000000000") << QStringLiteral("LINESTRING EMPTY");
        QTest::newRow("polygon") << QByteArray("010300000001000000040000000000000000000000000000000000000000000000000000400000000000000000"
                                               "0000000000000040000000000000004000000000000000000000000000000000")
                                 << QStringLiteral("POLYGON ((0 0, 2 0, 2 2, 0 0))");
        QTest::newRow("multipoint") << QByteArray("0104000000020000000101000000000000000000f03f0000000000000040010100000000000000000008400000000000001040")
                                    << QStringLiteral("MULTIPOINT ((1 2), (3 4))");
        QTest::newRow("collection") << QByteArray("0107000000020000000101000000000000000000f03f0000000000000040010200000000000000")
                                    << QStringLiteral("GEOMETRYCOLLECTION (POINT (1 2), LINESTRING EMPTY)");
    }
    void texts()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, text);
        const auto geometry = read(hex);
        QVERIFY2(geometry.ok(), geometry.ok() ? "" : qPrintable(geometry.error().message));
        QCOMPARE(QString::fromStdString(*geometry), text);
    }
    void everyCutIsRefused()
    {
        const QByteArray whole("0107000000020000000101000000000000000000f03f0000000000000040010200000001000000000000000000f03f0000000000000040");
        QVERIFY(read(whole).ok());
        for (qsizetype size = 0; size < whole.size(); size += 2) {
            const auto cut = read(whole.left(size));
            QVERIFY2(!cut, qPrintable(QString::number(size)));
            QCOMPARE(cut.error().kind, core::ErrorKind::Decode);
        }
        QVERIFY(!read(whole + "00"));
    }
    void garbageIsRefused()
    {
        QVERIFY(!read("7b7d"));
        QVERIFY(!read("02010000000000000000000000")); // no byte order
        QVERIFY(!read("0109000000000000000000f03f0000000000000040")); // no such type
        QVERIFY(!read("01a10f0000000000000000f03f0000000000000040")); // 4001
        QVERIFY(!read("0104000000010000000102000000000000")); // a line among points
        const auto many = read("0102000000ffffffff"); // more points than bytes
        QVERIFY(!many);
        QVERIFY(many.error().message.contains(QStringLiteral("byte 5")));
        std::string deep;
        for (int i = 0; i < 5000; ++i)
            deep += std::string("\x01\x07\x00\x00\x00\x01\x00\x00\x00", 9);
        QVERIFY(!table::wkbToText(deep));
    }
};

ONDO_TEST(WkbTest)
#include "tst_wkb.moc"
