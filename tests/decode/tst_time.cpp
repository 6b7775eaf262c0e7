// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/time.h"

#include "support/ondotest.h"

#include <limits>

class TimeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isZoned");
        QTest::addColumn<qint64>("value");
        QTest::addColumn<int>("digits");
        const auto row = [](const char *text, bool isZoned, qint64 value, int digits) {
            QTest::newRow(text) << QByteArray(text) << isZoned << value << digits;
        };
        row("1970-01-01T00:00:00Z", true, 0, 0);
        row("1970-01-01T00:00:00.1Z", true, 100, 1);
        row("1970-01-01T00:00:00.12Z", true, 120, 2);
        row("1970-01-01T00:00:00.123Z", true, 123, 3);
        row("1970-01-01T00:00:00.1234Z", true, 123400, 4);
        row("1970-01-01T00:00:00.123456Z", true, 123456, 6);
        row("1970-01-01T00:00:00.1234567Z", true, 123456700, 7);
        row("1970-01-01T00:00:00.123456789Z", true, 123456789, 9);
        row("2022-08-10T07:02:40.500Z", true, 1660114960500, 3);
        row("2022-08-10T15:02:40.500+08:00", true, 1660114960500, 3);
        row("2022-08-10T01:32:40.500-05:30", true, 1660114960500, 3);
        row("2022-08-10T07:02:40-00:00", true, 1660114960, 0);
        row("2022-08-10 07:02:40z", true, 1660114960, 0);
        row("2000-02-29T23:59:59Z", true, 951868799, 0);
        row("2100-03-01T00:00:00Z", true, 4107542400, 0);
        row("1969-12-31T23:59:59.999Z", true, -1, 3);
        row("1900-01-01T00:00:00.250Z", true, -2208988799750, 3);
        row("0000-01-01T00:00:00Z", true, -62167219200, 0);
        row("9999-12-31T23:59:59.999999Z", true, 253402300799999999, 6);
        row("2262-04-11T23:47:16.854775807Z", true, std::numeric_limits<qint64>::max(), 9);
        row("1677-09-21T00:12:43.145224192Z", true, std::numeric_limits<qint64>::min(), 9);
        row("2022-08-10 07:02:40.500", false, 1660114960500, 3);
        row("2022-08-10T07:02:40.500000001", false, 1660114960500000001, 9);
    }
    void reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, isZoned);
        QFETCH(qint64, value);
        QFETCH(int, digits);
        decode::DateCache cache;
        for (int again = 0; again < 2; ++again) { // the second time from the cache
            const auto time = decode::parseWholeTime(text.toStdString(), isZoned, cache);
            QVERIFY(time);
            QCOMPARE(time->value, value);
            QCOMPARE(time->digits, digits);
        }
        for (qsizetype size = 0; size < text.size() && isZoned; ++size)
            QVERIFY(!decode::parseWholeTime(text.left(size).toStdString(), true, cache));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isZoned");
        for (const char *text : {"", "2022-08-10", "2022-08-10T07:02Z", "2022-08-10T07:02:40", "2022-08-10T07:02:40.Z",
                 "2022-08-10T07:02:40.1234567890Z", "2022-08-10T07:02:60Z", "2022-08-10T07:60:00Z", "2022-08-10T24:00:00Z",
                 "2022-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2022-00-10T00:00:00Z", "2022-13-10T00:00:00Z",
                 "2022-08-00T00:00:00Z", "2022-08-32T00:00:00Z", "2022-04-31T00:00:00Z", "22-08-10T07:02:40Z",
                 "2022/08/10T07:02:40Z", "2022-08-10X07:02:40Z", "2022-08-10T07-02-40Z", "2022-08-10T07:02:40+8",
                 "2022-08-10T07:02:40+080", "2022-08-10T07:02:40+24:00", "2022-08-10T07:02:40+08:60",
                 "2022-08-10T07:02:40ZZ", " 2022-08-10T07:02:40Z", "-022-08-10T07:02:40Z", "+2022-08-10T07:02:40Z",
                 "12022-08-10T07:02:40Z", "2262-04-11T23:47:16.854775808Z", "1677-09-21T00:12:43.145224191Z",
                 "3000-01-01T00:00:00.000000000Z", "2022-08-1:T07:02:40Z", "2022-08-10T:7:02:40Z", "2022-08-10T07:02:4/Z"})
            QTest::newRow(text) << QByteArray(text) << true;
        for (const char *text : {"2022-08-10T07:02:40Z", "2022-08-10T07:02:40+08:00", "2022-08-10T07:02:40.5 "})
            QTest::newRow(text) << QByteArray(text) << false;
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, isZoned);
        decode::DateCache cache;
        QVERIFY(!decode::parseWholeTime(text.toStdString(), isZoned, cache));
        QVERIFY(decode::parseWholeTime("2022-08-10T07:02:40Z", true, cache));
        QVERIFY(!decode::parseWholeTime(text.toStdString(), isZoned, cache));
    }

    void countsEveryDay()
    {
        decode::DateCache cache;
        std::int64_t day = -25567; // of 1900-01-01
        for (int year = 1900; year < 2200; ++year) {
            for (int month = 1; month <= 12; ++month) {
                const int days = month == 2 ? ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28)
                    : month == 4 || month == 6 || month == 9 || month == 11                          ? 30
                                                                                                     : 31;
                for (int i = 1; i <= days; ++i) {
                    char text[64];
                    std::snprintf(text, sizeof text, "%04d-%02d-%02dT00:00:00Z", year, month, i);
                    const auto time = decode::parseWholeTime(text, true, cache);
                    QVERIFY(time);
                    QCOMPARE(time->value, day * 86400);
                    ++day;
                }
            }
        }
    }
};

ONDO_TEST(TimeTest)
#include "tst_time.moc"
