// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/copytext.h"

#include "samples.h"
#include "support/ondotest.h"

using grid::CopyRequest;
using grid::Range;
using table::Kind;

class CopyTextTest : public QObject
{
    Q_OBJECT

    static constexpr qint64 kMost = 1'000'000;

    static QString copied(const common::ResultTable &result, std::vector<Range> ranges, bool withHeaders = false)
    {
        auto text = grid::copyText({table::TableView::of(result.table()), std::move(ranges), {}, withHeaders}, kMost, {});
        return text ? text->text : core::toText(text.error());
    }

private Q_SLOTS:
    void copiesExactValues()
    {
        common::ResultTable result;
        gridtest::fillOddities(&result);
        QCOMPARE(copied(result, {{0, 0, 2, 5}}),
            QStringLiteral("-9223372036854775808\t18446744073709551615\t12345678901234567.0100\t0"));
        QCOMPARE(copied(result, {{2, 5, 5, 5}}), QStringLiteral("NaN\n0.30000000000000004\n-Infinity\n0.5"));
        QCOMPARE(copied(result, {{5, 5, 2, 2}}), QStringLiteral("9223372036854775808"));
        QCOMPARE(copied(result, {{2, 3, 0, 0}}),
            QStringLiteral("2018-10-03T06:38:25.000Z\n2018-10-03T06:38:05.000000126Z"));
        QCOMPARE(copied(result, {{3, 3, 8, 8}}), QStringLiteral("0001ff7f"));
    }
    void tellsNullFromEmptyAndQuotesOnlyWhereNeeded()
    {
        common::ResultTable result;
        gridtest::fillOddities(&result);
        // NULL, then empty text, then a text of several lines.
        QCOMPARE(copied(result, {{7, 7, 1, 3}}), QStringLiteral("\t9007199254741000\t"));
        QCOMPARE(copied(result, {{0, 2, 1, 1}}), QString::fromUtf8("电表一号\n\"\"\n\"line one\nline two\tend\r\n\""));
        // One cell alone is bare, so that it can be pasted into a statement.
        QCOMPARE(copied(result, {{2, 2, 1, 1}}), QStringLiteral("line one\nline two\tend\r\n"));
        QCOMPARE(copied(result, {{1, 1, 1, 1}}), QString());
        QCOMPARE(copied(result, {{7, 7, 1, 1}}), QString());
    }
    void namesColumns()
    {
        common::ResultTable result;
        gridtest::fillCounting(&result, 3);
        QCOMPARE(copied(result, {{1, 2, 0, grid::kLastColumn}}, true), QStringLiteral("n\tname\n1\tr1\n2\tr2"));
        QCOMPARE(copied(result, {{1, 1, 1, 1}}, true), QStringLiteral("name\nr1"));
    }
    void leavesHolesOfSeveralRangesEmpty()
    {
        common::ResultTable result;
        gridtest::fillWide(&result, 5, 10);
        QCOMPARE(copied(result, {{1, 1, 0, 1}, {3, 4, 1, 1}, {4, 4, 4, 4}}),
            QStringLiteral("r1c0\tr1c1\t\n\tr3c1\t\n\tr4c1\tr4c4"));
        // Out of order and overlapping: each cell once, in the order of the table.
        QCOMPARE(copied(result, {{2, 2, 1, 2}, {1, 2, 1, 1}}), QStringLiteral("r1c1\t\nr2c1\tr2c2"));
    }
    void crossesChunks()
    {
        common::ResultTable result;
        gridtest::fillCounting(&result, 2 * table::kChunkRows + 1);
        QCOMPARE(copied(result, {{8191, 8192, 0, 1}}), QStringLiteral("8191\tr8191\n0\tr0"));
        QCOMPARE(copied(result, {{0, grid::kLastRow, 0, 0}}).count(u'\n'), 2 * qsizetype(table::kChunkRows));
        QCOMPARE(copied(result, {{20000, 30000, 0, 0}}), QString());
    }
    void replacesBytesThatAreNotUtf8()
    {
        common::ResultTable result;
        gridtest::fillOddities(&result);
        QCOMPARE(copied(result, {{3, 3, 1, 1}}), QString::fromUtf8("broken \uFFFD\uFFFD here"));
    }
    void printsInstantsInTheZoneShown()
    {
        common::ResultTable result;
        gridtest::fillOddities(&result);
        const auto text = grid::copyText({table::TableView::of(result.table()), {{0, 0, 0, 0}}, *table::Zone::fromName("Asia/Shanghai")}, kMost, {});
        QCOMPARE(text->text, QStringLiteral("2018-10-03T14:38:05.000+08:00"));
    }
    void saysWhenItIsTooMuch()
    {
        common::ResultTable result;
        gridtest::fillCounting(&result, 1'000'000);
        const auto text = grid::copyText({table::TableView::of(result.table()), {{0, grid::kLastRow, 0, 1}}, {}}, kMost, {});
        QVERIFY(!text);
        QCOMPARE(text.error().kind, core::ErrorKind::Limit);
        QVERIFY(!text.error().hint.isEmpty());
        gridtest::fillOddities(&result);
        const auto cell = grid::copyText({table::TableView::of(result.table()), {{17, 17, 1, 1}}, {}}, 1000, {});
        QCOMPARE(cell.error().kind, core::ErrorKind::Limit);
    }
    void stops()
    {
        common::ResultTable result;
        gridtest::fillCounting(&result, 100);
        std::stop_source source;
        source.request_stop();
        const auto text = grid::copyText({table::TableView::of(result.table()), {{0, 99, 0, 1}}, {}}, kMost, source.get_token());
        QCOMPARE(text.error().kind, core::ErrorKind::Cancelled);
    }
};

ONDO_TEST(CopyTextTest)
#include "tst_copytext.moc"
