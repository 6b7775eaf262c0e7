// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/builder.h"
#include "table/order.h"
#include "table/sortbytes.h"

#include "support/ondotest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <thread>

namespace {

using table::Kind;
using table::OrderKey;
using table::Rows;

using OrderFill = std::function<void(table::ChunkBuilder &, std::size_t)>;

table::Table orderTable(const std::vector<Kind> &kinds, std::size_t rows, const OrderFill &fill)
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

Rows firstRows(std::size_t count, std::size_t from = 0)
{
    Rows rows(count);
    std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(from));
    return rows;
}

Rows orderOf(const table::Table &made, std::vector<OrderKey> keys)
{
    auto rows = table::sortedRows(made, keys, firstRows(static_cast<std::size_t>(made.rowCount())), {});
    return rows ? *rows : Rows();
}

// The judge: a plain stable sort of the values beside the table.
template <typename Less>
Rows judged(std::size_t count, Less less)
{
    Rows rows = firstRows(count);
    std::stable_sort(rows.begin(), rows.end(), less);
    return rows;
}

std::string randomText(std::mt19937_64 &random, std::size_t most, int letters)
{
    std::string text(random() % (most + 1), ' ');
    for (char &c : text)
        c = static_cast<char>(random() % static_cast<unsigned>(letters));
    return text;
}


} // namespace

class OrderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void integers_data()
    {
        QTest::addColumn<qulonglong>("range");
        QTest::addColumn<int>("rows");
        QTest::newRow("none") << 1ull << 0;
        QTest::newRow("one") << 1ull << 1;
        QTest::newRow("few") << 10ull << 20;
        QTest::newRow("equal") << 1ull << 20000;
        QTest::newRow("chunk border") << 100ull << 8193;
        QTest::newRow("many ties") << 7ull << 210000;
        QTest::newRow("full range, two threads") << 0ull << 210000;
    }
    void integers()
    {
        QFETCH(qulonglong, range);
        QFETCH(int, rows);
        std::mt19937_64 random(1);
        std::vector<std::int64_t> values;
        const auto extreme = [](std::size_t i) { return i % 2 == 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max(); };
        for (std::size_t i = 0; i < static_cast<std::size_t>(rows); ++i)
            values.push_back(i < 4 && range == 0 ? extreme(i) : static_cast<std::int64_t>(range == 0 ? random() : random() % range));
        const auto made = orderTable({Kind::Int}, values.size(), [&](auto &builder, std::size_t row) { builder.column(0).appendInt(values[row]); });
        QCOMPARE(orderOf(made, {{0}}), judged(values.size(), [&](auto a, auto b) { return values[a] < values[b]; }));
        QCOMPARE(orderOf(made, {{0, true}}), judged(values.size(), [&](auto a, auto b) { return values[a] > values[b]; }));
    }

    void unsignedAndDoubles()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double inf = std::numeric_limits<double>::infinity();
        const std::vector<double> doubles{nan, 0.0, -0.0, inf, -inf, 5e-324, -5e-324, 1, nan, -1, 1e308, 0.0};
        const std::vector<std::uint64_t> uints{0, ~0ull, 1ull << 63, (1ull << 63) - 1, 5, 4, 3, 2, 1, 0, 7, 9};
        const auto made = orderTable({Kind::Double, Kind::UInt, Kind::Float}, doubles.size(), [&](auto &builder, std::size_t row) {
            builder.column(0).appendDouble(doubles[row]);
            builder.column(1).appendUInt(uints[row]);
            builder.column(2).appendFloat(static_cast<float>(doubles[row]));
        });
        QCOMPARE(orderOf(made, {{0}}), (Rows{4, 9, 6, 1, 2, 11, 5, 7, 10, 3, 0, 8}));
        QCOMPARE(orderOf(made, {{0, true}}), (Rows{3, 10, 7, 5, 1, 2, 11, 6, 9, 4, 0, 8})); // NaN stays behind, ties stay in order
        QCOMPARE(orderOf(made, {{2}}), (Rows{4, 9, 1, 2, 5, 6, 11, 7, 3, 10, 0, 8})); // 1e308 is infinite here, 5e-324 is 0
        QCOMPARE(orderOf(made, {{1}}), judged(uints.size(), [&](auto a, auto b) { return uints[a] < uints[b]; }));
    }

    void nullsAndLiterals()
    {
        // 10, NULL, "10000000000000000000", -3, NULL, "9999x"
        const auto made = orderTable({Kind::Int}, 6, [](auto &builder, std::size_t row) {
            if (row == 0 || row == 3)
                builder.column(0).appendInt(row == 0 ? 10 : -3);
            else if (row == 2 || row == 5)
                builder.column(0).appendLiteral(row == 2 ? "10000000000000000000" : "9999x");
            else
                builder.column(0).appendNull();
        });
        QCOMPARE(orderOf(made, {{0}}), (Rows{3, 0, 5, 2, 1, 4}));
        QCOMPARE(orderOf(made, {{0, true}}), (Rows{0, 3, 2, 5, 1, 4}));
        QCOMPARE(orderOf(made, {{0, false, true}}), (Rows{1, 4, 3, 0, 5, 2}));
        QCOMPARE(orderOf(made, {{0, true, true}}), (Rows{1, 4, 0, 3, 2, 5}));
    }

    void texts_data()
    {
        QTest::addColumn<int>("most");
        QTest::addColumn<int>("letters");
        QTest::addColumn<int>("rows");
        QTest::newRow("short, with NUL bytes") << 3 << 2 << 5000;
        QTest::newRow("around eight bytes") << 10 << 2 << 30000;
        QTest::newRow("long and alike") << 40 << 1 << 20000;
        QTest::newRow("two threads") << 17 << 3 << 205000;
    }
    void texts()
    {
        QFETCH(int, most);
        QFETCH(int, letters);
        QFETCH(int, rows);
        std::mt19937_64 random(2);
        std::vector<std::string> values;
        for (int i = 0; i < rows; ++i)
            values.push_back(randomText(random, static_cast<std::size_t>(most), letters));
        const auto made = orderTable({Kind::Text}, values.size(), [&](auto &builder, std::size_t row) { builder.column(0).appendBytes(values[row]); });
        using table::TextOrder;
        QCOMPARE(orderOf(made, {{0, false, false, TextOrder::Bytes}}), judged(values.size(), [&](auto a, auto b) { return values[a] < values[b]; }));
        QCOMPARE(orderOf(made, {{0, true, false, TextOrder::Bytes}}), judged(values.size(), [&](auto a, auto b) { return values[a] > values[b]; }));
    }

    void naturalTexts()
    {
        const std::vector<std::string> values{"file10", "File9", "file1", "FILE9", "Äpfel", "äpfel", "zebra", "", "file01", "\xff", "file"};
        const auto made = orderTable({Kind::Text}, values.size(), [&](auto &builder, std::size_t row) { builder.column(0).appendBytes(values[row]); });
        QCOMPARE(orderOf(made, {{0}}), (Rows{7, 10, 8, 2, 3, 1, 0, 6, 4, 5, 9}));
    }

    void decimals()
    {
        const std::vector<std::string> ascending{"-Infinity", "-1e400", "-99999999999999999999.5", "-1.5", "-1.25", "-1", "-1e-9000", "0",
            "1e-8001", "1e-7999", "0.001", "0.1", "0.100000000000000000001", "1", "9.99", "10", "12345678901234567.0100",
            "12345678901234567.0101", "1e7999", "1e8001", "1e9000", "Infinity"};
        std::vector<std::string> keys;
        for (const std::string &text : ascending) {
            keys.emplace_back();
            QVERIFY2(table::appendDecimalKey(keys.back(), text), text.c_str());
        }
        QVERIFY(std::is_sorted(keys.begin(), keys.end()));
        QVERIFY(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
        for (const auto &[a, b] : std::vector<std::pair<std::string, std::string>>{{"1.0", "1"}, {"-0.00", "0"}, {"1e3", "1000"}, {"00012.50", "+12.5"}, {"100e-2", "1"}}) {
            std::string keyA;
            std::string keyB;
            QVERIFY(table::appendDecimalKey(keyA, a) && table::appendDecimalKey(keyB, b));
            QVERIFY2(keyA == keyB, a.c_str());
        }
        for (const char *text : {"", "-", ".", "e5", "1e", "1x", "NaN", "0x10", " 1"}) {
            std::string key;
            QVERIFY2(!table::appendDecimalKey(key, text) && key.empty(), text);
        }
        const std::vector<std::string> values{"10", "NaN", "9.5", "-2", "9.50", "what"};
        const auto made = orderTable({Kind::Decimal}, values.size(), [&](auto &builder, std::size_t row) { builder.column(0).appendBytes(values[row]); });
        QCOMPARE(orderOf(made, {{0}}), (Rows{3, 2, 4, 0, 1, 5}));
        QCOMPARE(orderOf(made, {{0, true}}), (Rows{0, 2, 4, 3, 1, 5}));
    }

    void timesOfMixedUnits()
    {
        // Seconds in the first chunk, nanoseconds in the second; second 10,000,000,000 does not fit nanoseconds.
        const auto made = orderTable({Kind::Instant}, table::kChunkRows + 3, [](auto &builder, std::size_t row) {
            if (row < table::kChunkRows)
                builder.column(0).appendTime(row == 0 ? 10'000'000'000 : row == 1 ? -1 : 5, 0, "");
            else
                builder.column(0).appendTime(row == table::kChunkRows ? -500'000'000 : row == table::kChunkRows + 1 ? -1'500'000'000 : 4'999'999'999, 9, "");
        });
        const Rows rows = orderOf(made, {{0}});
        QCOMPARE(Rows(rows.begin(), rows.begin() + 5), (Rows{table::kChunkRows + 1, 1, table::kChunkRows, table::kChunkRows + 2, 2}));
        QCOMPARE(rows.back(), 0u);
    }

    void severalColumns()
    {
        std::mt19937_64 random(3);
        const std::size_t size = 205000;
        std::vector<std::string> names;
        std::vector<std::int64_t> numbers;
        std::vector<double> ratios;
        for (std::size_t i = 0; i < size; ++i) {
            names.push_back(std::string("a name that is long ").append(std::to_string(random() % 5)));
            numbers.push_back(static_cast<std::int64_t>(random() % 50));
            ratios.push_back(static_cast<double>(random() % 1000) / 8);
        }
        const auto made = orderTable({Kind::Double, Kind::Text, Kind::Int}, size, [&](auto &builder, std::size_t row) {
            builder.column(0).appendDouble(ratios[row]);
            builder.column(1).appendBytes(names[row]);
            if (numbers[row] == 0)
                builder.column(2).appendNull();
            else
                builder.column(2).appendInt(numbers[row]);
        });
        const auto less = [&](std::uint32_t a, std::uint32_t b) {
            if (const int order = names[a].compare(names[b]); order != 0)
                return order > 0;
            if (numbers[a] != numbers[b])
                return numbers[a] < numbers[b]; // NULL first, and 0 stands for it
            return ratios[a] < ratios[b];
        };
        QCOMPARE(orderOf(made, {{1, true}, {2, false, true}, {0}}), judged(size, less));
    }

    void someRowsOnly()
    {
        const auto made = orderTable({Kind::Int}, 100, [](auto &builder, std::size_t row) { builder.column(0).appendInt(static_cast<std::int64_t>(row * 37 % 100)); });
        const std::vector<OrderKey> keys{{0}};
        QCOMPARE(*table::sortedRows(made, keys, {3, 50, 99}, {}), (Rows{3, 50, 99})); // 11, 50, 63
    }

    void growth()
    {
        std::mt19937_64 random(4);
        std::vector<std::int64_t> values;
        for (int i = 0; i < 60000; ++i)
            values.push_back(static_cast<std::int64_t>(random() % 1000));
        const auto made = orderTable({Kind::Int}, values.size(), [&](auto &builder, std::size_t row) { builder.column(0).appendInt(values[row]); });
        const std::vector<OrderKey> keys{{0, true}};
        Rows rows;
        for (std::size_t from = 0, step = 1; from < values.size(); from += step, step = std::min(step * 3, values.size() - from)) {
            auto merged = table::mergedRows(made, keys, rows, firstRows(step, from), {});
            QVERIFY(merged);
            rows = *merged;
        }
        QCOMPARE(rows, judged(values.size(), [&](auto a, auto b) { return values[a] > values[b]; }));
    }

    void stops()
    {
        const auto made = orderTable({Kind::Int}, 50000, [](auto &builder, std::size_t row) { builder.column(0).appendInt(-static_cast<std::int64_t>(row)); });
        std::stop_source source;
        source.request_stop();
        const std::vector<OrderKey> keys{{0}};
        const auto rows = table::sortedRows(made, keys, firstRows(50000), {source.get_token()});
        QVERIFY(!rows && rows.error().kind == core::ErrorKind::Cancelled);
    }

    void stopsInTheMiddle()
    {
        const auto made = orderTable({Kind::Int}, 300000, [](auto &builder, std::size_t row) { builder.column(0).appendInt(static_cast<std::int64_t>(row * 2654435761u % 1000003)); });
        std::stop_source source;
        std::jthread stopper([&] { source.request_stop(); });
        const std::vector<OrderKey> keys{{0}};
        const auto rows = table::sortedRows(made, keys, firstRows(300000), {source.get_token()});
        QVERIFY(rows ? rows->size() == 300000 : rows.error().kind == core::ErrorKind::Cancelled);
    }
};

ONDO_TEST(OrderTest)
#include "tst_order.moc"
