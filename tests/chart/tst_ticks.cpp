// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/ticks.h"

#include "support/ondotest.h"

#include <QDateTime>

namespace {

chart::XRange rangeOf(const char *from, const char *to, const QTimeZone &zone)
{
    const auto read = [&zone](const char *text) {
        const QDateTime local = QDateTime::fromString(QString::fromLatin1(text), Qt::ISODateWithMs);
        return static_cast<long double>(QDateTime(local.date(), local.time(), zone).toMSecsSinceEpoch());
    };
    return {read(from), read(to)};
}

QStringList labelsOf(const std::vector<chart::Tick> &ticks)
{
    QStringList labels;
    for (const chart::Tick &tick : ticks)
        labels.append(tick.label);
    return labels;
}

} // namespace

class TicksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void labelsOfTimes_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("labels");
        QTest::newRow("years") << QByteArray("UTC") << QByteArray("2019-06-01T00:00:00") << QByteArray("2024-06-01T00:00:00") << 5
                               << QStringLiteral("2020 2021 2022 2023 2024");
        QTest::newRow("months") << QByteArray("UTC") << QByteArray("2023-11-15T00:00:00") << QByteArray("2024-03-15T00:00:00") << 5
                                << QStringLiteral("Dec 2024 Feb Mar");
        QTest::newRow("days") << QByteArray("UTC") << QByteArray("2024-03-10T12:00:00") << QByteArray("2024-03-14T12:00:00") << 5
                              << QStringLiteral("11 Mar,12 Mar,13 Mar,14 Mar");
        QTest::newRow("hours") << QByteArray("UTC") << QByteArray("2024-03-12T13:30:00") << QByteArray("2024-03-12T17:30:00") << 4
                               << QStringLiteral("14:00 15:00 16:00 17:00");
        QTest::newRow("midnight") << QByteArray("Asia/Shanghai") << QByteArray("2024-03-11T20:00:00") << QByteArray("2024-03-12T09:00:00") << 5
                                  << QStringLiteral("21:00,12 Mar,03:00,06:00,09:00");
        QTest::newRow("half-hour zone") << QByteArray("Asia/Kolkata") << QByteArray("2024-03-12T13:30:00") << QByteArray("2024-03-12T17:30:00") << 4
                                        << QStringLiteral("14:00 15:00 16:00 17:00");
        QTest::newRow("clocks forward") << QByteArray("Europe/Berlin") << QByteArray("2024-03-31T00:00:00") << QByteArray("2024-03-31T06:00:00") << 6
                                        << QStringLiteral("31 Mar,01:00,03:00,04:00,05:00,06:00");
        QTest::newRow("clocks back") << QByteArray("Europe/Berlin") << QByteArray("2024-10-27T00:00:00") << QByteArray("2024-10-27T05:00:00") << 7
                                     << QStringLiteral("27 Oct,01:00,02:00,02:00,03:00,04:00,05:00");
        QTest::newRow("six hours over the change") << QByteArray("Europe/Berlin") << QByteArray("2024-03-30T12:00:00") << QByteArray("2024-04-01T00:00:00") << 8
                                     << QStringLiteral("12:00,18:00,31 Mar,06:00,12:00,18:00,1 Apr");
        QTest::newRow("no midnight") << QByteArray("America/Sao_Paulo") << QByteArray("2018-11-03T12:00:00") << QByteArray("2018-11-05T12:00:00") << 2
                                     << QStringLiteral("4 Nov,5 Nov");
        QTest::newRow("seconds") << QByteArray("UTC") << QByteArray("2024-03-12T13:59:58.500") << QByteArray("2024-03-12T14:00:02.500") << 4
                                 << QStringLiteral("13:59:59 14:00:00 14:00:01 14:00:02");
        QTest::newRow("milliseconds") << QByteArray("UTC") << QByteArray("2024-03-12T13:59:59.790") << QByteArray("2024-03-12T14:00:00.210") << 5
                                 << QStringLiteral(".8 .9 14:00:00 .1 .2");
    }
    void labelsOfTimes()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(int, count);
        QFETCH(QString, labels);
        const chart::TimeAxis axis{3, QTimeZone(zone)};
        QVERIFY(axis.zone.isValid());
        const chart::XRange range = rangeOf(from.constData(), to.constData(), axis.zone);
        const chart::TimeTicks ticks = chart::timeTicks(range, axis, count);
        QCOMPARE(labelsOf(ticks.ticks), labels.split(labels.contains(QLatin1Char(',')) ? QLatin1Char(',') : QLatin1Char(' ')));
        for (std::size_t i = 0; i < ticks.ticks.size(); ++i) {
            QVERIFY(ticks.ticks[i].at >= range.low && ticks.ticks[i].at <= range.high);
            QVERIFY(i == 0 || ticks.ticks[i].at > ticks.ticks[i - 1].at);
        }
    }

    void nanosecondsAreExact()
    {
        constexpr std::int64_t second = 1710252000; // 2024-03-12 14:00:00
        const chart::TimeAxis axis{9, QTimeZone::utc()};
        const auto base = static_cast<long double>(second * 1000000000);
        const chart::TimeTicks ticks = chart::timeTicks({base - 2, base + 3}, axis, 5);
        QCOMPARE(labelsOf(ticks.ticks), QStringLiteral(".999999998 .999999999 14:00:00 .000000001 .000000002 .000000003").split(QLatin1Char(' ')));
        QCOMPARE(static_cast<std::int64_t>(ticks.ticks[3].at), second * 1000000000 + 1);
        QCOMPARE(chart::timeText(second * 1000000000 + 7, axis), QStringLiteral("2024-03-12 14:00:00.000000007"));
        QCOMPARE(chart::timeText(-1, axis), QStringLiteral("1969-12-31 23:59:59.999999999"));
    }

    // Any span, any zone: some ticks, not too many, in order, in range.
    void everySpanHasTicks()
    {
        const char *zones[] = {"UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"};
        for (const char *name : zones) {
            const chart::TimeAxis axis{9, QTimeZone(name)};
            for (long double span = 20; span < 9e18L; span *= 2.7L) {
                for (const std::int64_t at : {std::int64_t(0), std::int64_t(1711846800000000000), std::int64_t(-999999999)}) {
                    const chart::XRange range{static_cast<long double>(at) - span / 2, static_cast<long double>(at) + span / 2};
                    const auto ticks = chart::timeTicks(range, axis, 10).ticks;
                    const QByteArray what = QByteArray(name) + " " + QByteArray::number(static_cast<double>(span));
                    QVERIFY2(ticks.size() >= 2 && ticks.size() <= 24, what.constData());
                    for (std::size_t i = 1; i < ticks.size(); ++i)
                        QVERIFY2(ticks[i].at > ticks[i - 1].at, what.constData());
                }
            }
        }
    }

    void timesBeyondTheCalendarStillHaveTicks()
    {
        const chart::TimeTicks ticks = chart::timeTicks({-9.2e18L, 9.2e18L}, {0, QTimeZone::utc()}, 5);
        QVERIFY(!ticks.ticks.empty());
        QVERIFY(!ticks.context.isEmpty());
        QCOMPARE(chart::timeText(std::numeric_limits<std::int64_t>::max(), {0, QTimeZone::utc()}), QStringLiteral("9223372036854775807"));
    }

    void labelsOfValues_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<QString>("labels");
        const auto row = [](const char *name, double low, double high, const char *labels) {
            QTest::newRow(name) << low << high << QString::fromUtf8(labels);
        };
        row("tenths", 0, 0.5, "0|0.1|0.2|0.3|0.4|0.5");
        row("negative", -2, 2, "−2|−1|0|1|2");
        row("thousands", 9000, 12000, "9000|10 000|11 000|12 000");
        row("millions", 0, 5e6, "0|1M|2M|3M|4M|5M");
        row("half millions", 1e6, 3e6, "1.0M|1.5M|2.0M|2.5M|3.0M");
        row("close together", 12500000, 12500004, "12 500 000|12 500 001|12 500 002|12 500 003|12 500 004");
        row("tiny", 0, 5e-9, "0|1e-9|2e-9|3e-9|4e-9|5e-9");
        row("huge", 0, 1e300, "0|2e299|4e299|6e299|8e299|1e300");
        row("nothing", 1, 1, "");
    }
    void labelsOfValues()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(QString, labels);
        labels.replace(QLatin1Char(' '), QChar(0x2009));
        const auto ticks = chart::valueTicks({low, high}, 5);
        QCOMPARE(labelsOf(ticks).join(QLatin1Char('|')), labels);
    }

    void valueTicksOfEverySizeAreFew()
    {
        for (int exponent = -300; exponent <= 307; exponent += 3) {
            const double size = std::pow(10.0, exponent);
            for (const double low : {-size, 0.0, size / 3}) {
                const auto ticks = chart::valueTicks({low, size}, 8);
                QVERIFY2(ticks.size() >= 3 && ticks.size() <= 10, qPrintable(QString::number(size)));
            }
        }
        QVERIFY(!chart::valueTicks({-1.7e308, 1.7e308}, 8).empty());
    }

    void zonesAreNamedWithTheirOffset()
    {
        const chart::TimeAxis berlin{3, QTimeZone("Europe/Berlin")};
        QCOMPARE(chart::zoneText(1710252000000, berlin), QStringLiteral("Europe/Berlin (UTC+01:00)"));
        QCOMPARE(chart::zoneText(1720252000000, berlin), QStringLiteral("Europe/Berlin (UTC+02:00)"));
        QCOMPARE(chart::zoneText(0, {3, QTimeZone::utc()}), QStringLiteral("UTC"));
        QCOMPARE(chart::zoneText(1710252000000, {3, QTimeZone("America/St_Johns")}), QStringLiteral("America/St_Johns (UTC−02:30)"));
    }
};

ONDO_TEST(TicksTest)
#include "tst_ticks.moc"
