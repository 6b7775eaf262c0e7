// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/builder.h"
#include "table/filter.h"
#include "table/timetext.h"

#include "support/ondotest.h"

#include <numeric>
#include <random>

namespace {

using table::Condition;
using table::Kind;
using table::Rows;
using Test = table::Condition::Test;

template <typename Fill>
table::Table filterTable(const std::vector<Kind> &kinds, std::size_t rows, Fill fill)
{
    auto schema = std::make_shared<table::Schema>();
    for (const Kind kind : kinds) {
        table::ColumnInfo info;
        info.kind = kind;
        schema->columns.push_back(info);
    }
    table::Table made(schema);
    table::ChunkBuilder builder(schema);
    for (std::size_t row = 0; row < rows; ++row) {
        fill(builder, row);
        builder.finishRow();
        if (builder.isFull())
            made.append(builder.seal());
    }
    if (builder.rows() > 0)
        made.append(builder.seal());
    return made;
}

table::Table textTable(const std::vector<const char *> &values)
{
    return filterTable({Kind::Text}, values.size(), [&](table::ChunkBuilder &builder, std::size_t row) {
        values[row] ? builder.column(0).appendBytes(values[row]) : builder.column(0).appendNull();
    });
}

Rows passing(const table::Table &made, std::vector<Condition> conditions, const std::optional<table::Zone> &zone = {})
{
    auto filter = table::Filter::compile(made.schema(), std::move(conditions), zone);
    if (!filter)
        return {4242};
    const auto rows = filter->rows(made, 0, made.rowCount(), {});
    return rows ? *rows : Rows{4243};
}

Condition contains(const char *text, bool matchesCase = false)
{
    Condition condition;
    condition.column = 0;
    condition.text = text;
    condition.matchesCase = matchesCase;
    return condition;
}

Condition range(const char *from, const char *to)
{
    Condition condition;
    condition.column = 0;
    condition.test = Test::Range;
    condition.from = from;
    condition.to = to;
    return condition;
}

} // namespace

class FilterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void texts()
    {
        const auto made = textTable({"abc", "xABCx", "ab", "c", nullptr, "", "Straße ÄÖ", "äö", "\xff" "abc", "a\u212A"});
        QCOMPARE(passing(made, {contains("abc")}), (Rows{0, 1, 8})); // never from "ab" into "c"
        QCOMPARE(passing(made, {contains("ABC", true)}), (Rows{1}));
        QCOMPARE(passing(made, {contains("äö")}), (Rows{6, 7}));
        QCOMPARE(passing(made, {contains("Äö", true)}), Rows());
        QCOMPARE(passing(made, {contains("k")}), (Rows{9})); // the Kelvin sign is a k
        QCOMPARE(passing(made, {contains("")}), (Rows{0, 1, 2, 3, 5, 6, 7, 8, 9}));
        Condition not1 = contains("b");
        not1.isNegated = true;
        QCOMPARE(passing(made, {not1}), (Rows{3, 4, 5, 6, 7, 9}));
        QCOMPARE(passing(made, {contains("a"), contains("c")}), (Rows{0, 1, 8}));
    }

    void textsByBruteForce()
    {
        std::mt19937 random(5);
        std::vector<std::string> values;
        for (int i = 0; i < 150000; ++i) {
            values.emplace_back(random() % 12, ' ');
            for (char &c : values.back())
                c = "aAbB"[random() % 4];
        }
        const auto made = filterTable({Kind::Text}, values.size(), [&](table::ChunkBuilder &builder, std::size_t row) { builder.column(0).appendBytes(values[row]); });
        for (const char *wanted : {"a", "ab", "abba", "bbbbbbb", "aaaaaaaaaaaaa"}) {
            Rows expected;
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (QString::fromStdString(values[i]).contains(QLatin1String(wanted), Qt::CaseInsensitive))
                    expected.push_back(static_cast<std::uint32_t>(i));
            }
            QCOMPARE(passing(made, {contains(wanted)}), expected);
        }
    }

    void patterns()
    {
        const auto made = textTable({"meter-01", "METER-2", "other", nullptr, "单位-3"});
        Condition condition = contains("^\\w+-\\d+$");
        condition.test = Test::Pattern;
        QCOMPARE(passing(made, {condition}), (Rows{0, 1, 4}));
        condition.text = "^meter";
        QCOMPARE(passing(made, {condition}), (Rows{0, 1}));
        condition.matchesCase = true;
        QCOMPARE(passing(made, {condition}), (Rows{0}));
        condition.text = "(";
        const auto broken = table::Filter::compile(made.schema(), {condition}, {});
        QVERIFY(!broken && broken.error().kind == core::ErrorKind::Usage);
    }

    void integerRanges_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QList<int>>("rows");
        // -2^63, -1, 0, 9007199254740993, 2^63-1, NULL, literal 2^63
        QTest::newRow("open") << QByteArray() << QByteArray() << QList<int>{0, 1, 2, 3, 4, 6};
        QTest::newRow("exact past 2^53") << QByteArray("9007199254740993") << QByteArray("9007199254740993") << QList<int>{3};
        QTest::newRow("fractions") << QByteArray("-0.5") << QByteArray("0.5") << QList<int>{2};
        QTest::newRow("exponent") << QByteArray("-1e0") << QByteArray("1e16") << QList<int>{1, 2, 3};
        QTest::newRow("past the end") << QByteArray("9223372036854775807.5") << QByteArray() << QList<int>{6};
        QTest::newRow("at the ends") << QByteArray("-9223372036854775808") << QByteArray("-9223372036854775808") << QList<int>{0};
        QTest::newRow("before the start") << QByteArray() << QByteArray("-9223372036854775809") << QList<int>{};
        QTest::newRow("upside down") << QByteArray("1") << QByteArray("-1") << QList<int>{};
    }
    void integerRanges()
    {
        const auto made = filterTable({Kind::Int}, 7, [](table::ChunkBuilder &builder, std::size_t row) {
            constexpr std::int64_t kValues[] = {std::numeric_limits<std::int64_t>::min(), -1, 0, 9007199254740993, std::numeric_limits<std::int64_t>::max()};
            if (row < 5)
                builder.column(0).appendInt(kValues[row]);
            else
                row == 5 ? builder.column(0).appendNull() : builder.column(0).appendLiteral("9223372036854775808");
        });
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QList<int>, rows);
        QCOMPARE(passing(made, {range(from.constData(), to.constData())}), Rows(rows.begin(), rows.end()));
        QVERIFY(!table::Filter::compile(made.schema(), {range("ten", "")}, {}));
    }

    void otherRanges()
    {
        const auto decimals = filterTable({Kind::Decimal}, 4, [](table::ChunkBuilder &builder, std::size_t row) {
            constexpr const char *kValues[] = {"1.00", "1.000000000000000000001", "-3", "NaN"};
            builder.column(0).appendBytes(kValues[row]);
        });
        QCOMPARE(passing(decimals, {range("1", "1")}), (Rows{0}));
        QCOMPARE(passing(decimals, {range("", "1.000000000000000000001")}), (Rows{0, 1, 2}));
        const auto floats = filterTable({Kind::Float}, 2, [](table::ChunkBuilder &builder, std::size_t row) { builder.column(0).appendFloat(row == 0 ? 0.1F : 0.2F); });
        QCOMPARE(passing(floats, {range("0.1", "0.1")}), (Rows{0})); // as printed
        const auto dates = textTable({"2024-5-9", "2024-05-10", "2024-12-01"});
        QCOMPARE(passing(dates, {range("2024-05-09", "2024-5-10")}), (Rows{0, 1}));
    }

    void times()
    {
        // 2024-03-10T06:59:59.5Z, 07:00:00Z, next day 03:59:59.999999999Z, next day 04:00Z
        const auto made = filterTable({Kind::Instant}, 4, [](table::ChunkBuilder &builder, std::size_t row) {
            constexpr std::int64_t kNanos[] = {1710053999'500000000, 1710054000'000000000, 1710129599'999999999, 1710129600'000000000};
            builder.column(0).appendTime(kNanos[row], 9, "");
        });
        QCOMPARE(passing(made, {range("2024-03-10 07:00:00Z", "")}), (Rows{1, 2, 3}));
        QCOMPARE(passing(made, {range("", "2024-03-10T06:59:59")}), (Rows{0})); // a second is all of it
        const auto zone = table::Zone::fromName("America/New_York");
        // That day had 23 hours there: from 05:00Z to 04:00Z.
        QCOMPARE(passing(made, {range("2024-03-10", "2024-03-10")}, *zone), (Rows{0, 1, 2}));
        QCOMPARE(passing(made, {range("2024-03-10T02:59:59.5-04:00", "2024-03-10T07:00:00Z")}, *zone), (Rows{0, 1}));
        QCOMPARE(passing(made, {range("2025", "")}), Rows());
        QCOMPARE(passing(made, {range("", "9999-12-31")}), (Rows{0, 1, 2, 3}));
        for (const char *text : {"", "x", "2024-13", "2024-02-30", "2024-03-10 25:00", "2024-03-10 07:00:00.", "2024-03-10 07:00 q"})
            QVERIFY2(!table::parseTimeText(text, nullptr), text);
    }

    void nullsAndValues()
    {
        const auto made = textTable({"a", nullptr, "b", "a", "", "NULL"});
        Condition null = contains("");
        null.test = Test::IsNull;
        QCOMPARE(passing(made, {null}), (Rows{1}));
        null.isNegated = true;
        QCOMPARE(passing(made, {null}), (Rows{0, 2, 3, 4, 5}));
        Condition some = contains("");
        some.test = Test::OneOf;
        some.values = {"a", ""};
        QCOMPARE(passing(made, {some}), (Rows{0, 3, 4}));
        some.includesNull = true;
        QCOMPARE(passing(made, {some}), (Rows{0, 1, 3, 4}));
        auto counts = table::valueCounts(made, 0, 5, {});
        QVERIFY(counts && !counts->isCut);
        QCOMPARE(counts->values.size(), 5u);
        QVERIFY(counts->values[0].text == "a" && counts->values[0].count == 2);
        QVERIFY(!counts->values[1].text && counts->values[1].count == 1);
        QVERIFY(table::valueCounts(made, 0, 3, {})->isCut);
    }

    void anyColumnAndPartOfTheRows()
    {
        const auto made = filterTable({Kind::Int, Kind::Text}, 20000, [](table::ChunkBuilder &builder, std::size_t row) {
            builder.column(0).appendInt(static_cast<std::int64_t>(row));
            builder.column(1).appendBytes(row == 7 ? "19999" : "x");
        });
        Condition any = contains("19999");
        any.column.reset();
        QCOMPARE(passing(made, {any}), (Rows{7, 19999}));
        auto filter = table::Filter::compile(made.schema(), {any}, {});
        QCOMPARE(*filter->rows(made, 8, 20000, {}), (Rows{19999}));
        QCOMPARE(*filter->rows(made, 8, 19999, {}), Rows());
        QVERIFY(filter->marks(made, 7, 1) && !filter->marks(made, 7, 0) && filter->marks(made, 19999, 0));
        std::stop_source source;
        source.request_stop();
        QVERIFY(!filter->rows(made, 0, 20000, {source.get_token()}));
    }
};

ONDO_TEST(FilterTest)
#include "tst_filter.moc"
