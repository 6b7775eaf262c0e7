// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/builder.h"
#include "table/statistics.h"

#include "support/ondotest.h"

#include <limits>

namespace {

using table::ExactSum;
using table::Kind;

template <typename Fill>
table::TableView statisticsView(Kind kind, std::size_t rows, Fill fill)
{
    auto schema = std::make_shared<table::Schema>();
    schema->columns.resize(1);
    schema->columns[0].kind = kind;
    table::Table made(schema);
    table::ChunkBuilder builder(schema);
    for (std::size_t row = 0; row < rows; ++row) {
        fill(builder.column(0), row);
        builder.finishRow();
        if (builder.isFull())
            made.append(builder.seal());
    }
    if (builder.rows() > 0)
        made.append(builder.seal());
    return table::TableView::of(made);
}

table::Totals totals(const table::TableView &view, std::vector<table::ViewRange> ranges)
{
    auto found = table::totalsOf(view, ranges, {});
    return found ? *found : table::Totals();
}

} // namespace

class StatisticsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void exactSums()
    {
        ExactSum sum;
        QCOMPARE(sum.text(), std::string("0"));
        for (int i = 0; i < 4; ++i)
            sum.add(std::numeric_limits<std::int64_t>::max());
        sum.add(std::numeric_limits<std::uint64_t>::max());
        QCOMPARE(sum.text(), std::string("55340232221128654843"));
        QVERIFY(sum.add("-55340232221128654843.000"));
        QCOMPARE(sum.text(), std::string("0.000"));
        QVERIFY(sum.add("-0.0005") && sum.add("1e-20"));
        QCOMPARE(sum.text(), std::string("-0.00049999999999999999"));
        ExactSum other;
        QVERIFY(other.add("99999999999999999999999999999999999999.5") && other.add("0.5"));
        QCOMPARE(other.text(), std::string("100000000000000000000000000000000000000.0"));
        other.add(sum);
        QCOMPARE(other.text(), std::string("99999999999999999999999999999999999999.99950000000000000001"));
        for (const char *text : {"", "-", ".", "1e", "1e999999", "x", "1-2"})
            QVERIFY2(!other.add(text), text);
        ExactSum third;
        third.add(std::int64_t(-10));
        QCOMPARE(third.mean(3), std::string("-3.333"));
        QCOMPARE(third.mean(4), std::string("-2.5"));
        QCOMPARE(third.mean(10), std::string("-1"));
    }

    void totalsOfIntegers()
    {
        const auto view = statisticsView(Kind::Int, 9000, [](table::ColumnBuilder &column, std::size_t row) {
            row == 5 ? column.appendNull() : row == 6 ? column.appendLiteral("9223372036854775808") : column.appendInt(row == 7 ? std::numeric_limits<std::int64_t>::max() : 1);
        });
        const table::Totals all = totals(view, {{0, std::numeric_limits<std::int64_t>::max(), 0, std::numeric_limits<std::int64_t>::max()}});
        QVERIFY(all.isExact);
        QCOMPARE(all.cells, 9000);
        QCOMPARE(all.values, 8999);
        QCOMPARE(all.numbers, 8999);
        QCOMPARE(all.sum, std::string("18446744073709560612"));
        QCOMPARE(all.min, std::string("1"));
        QCOMPARE(all.max, std::string("9223372036854775808"));
        QCOMPARE(totals(view, {{0, 1, 0, 0}, {8990, 8999, 0, 0}}).sum, std::string("12"));
    }

    void totalsOfOthers()
    {
        const auto decimals = statisticsView(Kind::Decimal, 3, [](table::ColumnBuilder &column, std::size_t row) { column.appendBytes(row == 0 ? "0.1" : row == 1 ? "0.20" : "NaN"); });
        const table::Totals sum = totals(decimals, {{0, 2, 0, 0}});
        QVERIFY(sum.isExact && sum.numbers == 2);
        QCOMPARE(sum.sum, std::string("0.30"));
        QCOMPARE(sum.mean, std::string("0.15"));
        const auto doubles = statisticsView(Kind::Double, 3, [](table::ColumnBuilder &column, std::size_t row) { column.appendDouble(row == 2 ? std::numeric_limits<double>::quiet_NaN() : 0.5); });
        const table::Totals floating = totals(doubles, {{0, 2, 0, 0}});
        QVERIFY(!floating.isExact);
        QCOMPARE(floating.sum, std::string("1"));
        const auto texts = statisticsView(Kind::Text, 3, [](table::ColumnBuilder &column, std::size_t) { column.appendBytes("7"); });
        QCOMPARE(totals(texts, {{0, 2, 0, 0}}).numbers, 0);
        QCOMPARE(totals(texts, {{0, 2, 0, 0}}).values, 3);
    }

    void columns()
    {
        // 0 … 999 twenty times, some NULLs.
        const auto view = statisticsView(Kind::Int, 20100, [](table::ColumnBuilder &column, std::size_t row) {
            row % 201 == 200 ? column.appendNull() : column.appendInt(static_cast<std::int64_t>((row - row / 201) % 1000));
        });
        auto found = table::statisticsOf(view, 0, nullptr, {});
        QVERIFY(found);
        QCOMPARE(found->rows, 20100);
        QCOMPARE(found->nulls, 100);
        QCOMPARE(found->distinct, 1000);
        QCOMPARE(*found->min, std::string("0"));
        QCOMPARE(*found->max, std::string("999"));
        QCOMPARE(*found->mean, std::string("499.5"));
        QVERIFY(found->isMeanExact);
        QCOMPARE(found->quantiles[2].second, std::string("499"));
        std::int64_t counted = 0;
        for (const auto &bar : found->histogram)
            counted += bar.count;
        QCOMPARE(counted, 20000);
        QCOMPARE(found->histogram.size(), 24u);
    }

    void columnsOfOtherKinds()
    {
        const auto decimals = statisticsView(Kind::Decimal, 4, [](table::ColumnBuilder &column, std::size_t row) {
            constexpr const char *kValues[] = {"1.0", "1.00", "NaN", "-7"};
            column.appendBytes(kValues[row]);
        });
        auto found = table::statisticsOf(decimals, 0, nullptr, {});
        QVERIFY(found && found->distinct == 2 && found->notNumbers == 1 && *found->min == "-7");
        const auto nulls = statisticsView(Kind::Null, 4, [](table::ColumnBuilder &column, std::size_t) { column.appendNull(); });
        auto none = table::statisticsOf(nulls, 0, nullptr, {});
        QVERIFY(none && none->nulls == 4 && !none->min && none->distinct == 0);
        const auto texts = statisticsView(Kind::Text, 3, [](table::ColumnBuilder &column, std::size_t row) { column.appendBytes(row == 0 ? "b" : "a"); });
        auto text = table::statisticsOf(texts, 0, nullptr, {});
        QVERIFY(text && text->distinct == 2 && *text->max == "b" && !text->mean && text->histogram.empty());
    }
};

ONDO_TEST(StatisticsTest)
#include "tst_statistics.moc"
