// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/builder.h"

#include "support/ondotest.h"

#include <limits>

using table::Column;
using table::ColumnBuilder;
using table::Kind;
using table::kChunkRows;

class BuilderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsValuesNullsAndLiterals();
    void aFullChunkIsHandedOver();
    void startsAnew();
    void peeksAtFinishedRowsOnly();
    void takesBackAnUnfinishedRow();
    void keepsTexts();
    void timesTakeTheFinestUnit();
    void timesBehindNullsStayUniform();
    void timesThatDoNotFitBecomeLiterals();
    void countsItsMemory();
    void fewTextsAreKeptOnce();
};

void BuilderTest::keepsValuesNullsAndLiterals()
{
    ColumnBuilder builder(Kind::Int);
    builder.appendInt(7);
    QVERIFY(builder.peek(1).hasAllValues());
    builder.appendNull();
    builder.appendLiteral("99999999999999999999");
    builder.appendInt(std::numeric_limits<std::int64_t>::min());
    const Column column = builder.seal();
    QCOMPARE(column.rows(), std::uint32_t(4));
    QVERIFY(!column.hasAllValues());
    QVERIFY(column.hasValue(0) && !column.hasValue(1) && !column.hasValue(2) && column.hasValue(3));
    QVERIFY(!column.isNull(0) && column.isNull(1) && !column.isNull(2) && !column.isNull(3));
    QVERIFY(column.hasLiterals());
    QVERIFY(!column.literal(1));
    QCOMPARE(column.literal(2).value_or(""), std::string_view("99999999999999999999"));
    QCOMPARE(column.ints()[1], std::int64_t(0));
    QCOMPARE(column.ints()[2], std::int64_t(0));
    QCOMPARE(column.ints()[3], std::numeric_limits<std::int64_t>::min());
    ColumnBuilder nothing(Kind::Null);
    nothing.appendNull();
    nothing.appendLiteral("x");
    const Column nulls = nothing.seal();
    QVERIFY(nulls.isNull(0) && !nulls.isNull(1) && !nulls.hasValue(1) && !nulls.hasAllValues());
    QCOMPARE(nulls.literal(1).value_or(""), std::string_view("x"));
}

void BuilderTest::aFullChunkIsHandedOver()
{
    for (const Kind kind : {Kind::Bool, Kind::Int, Kind::UInt, Kind::Float, Kind::Double, Kind::Text}) {
        ColumnBuilder builder(kind);
        for (int round = 0; round < 2; ++round) {
            for (std::uint32_t row = 0; row < kChunkRows; ++row) {
                const std::uint32_t value = row + static_cast<std::uint32_t>(round);
                switch (table::storageOf(kind)) {
                case table::Storage::Byte:
                    builder.appendBool(value % 2 != 0);
                    break;
                case table::Storage::Int64:
                    builder.appendInt(value);
                    break;
                case table::Storage::UInt64:
                    builder.appendUInt(value);
                    break;
                case table::Storage::Float32:
                    builder.appendFloat(static_cast<float>(value));
                    break;
                case table::Storage::Float64:
                    builder.appendDouble(value);
                    break;
                default:
                    builder.appendBytes(std::to_string(value));
                }
            }
            const Column column = builder.seal();
            const std::uint32_t last = kChunkRows - 1 + static_cast<std::uint32_t>(round);
            QCOMPARE(column.rows(), kChunkRows);
            QVERIFY(column.hasAllValues());
            QVERIFY(kind != Kind::Bool || column.bools()[kChunkRows - 1] == last % 2);
            QVERIFY(kind != Kind::Int || column.ints()[kChunkRows - 1] == last);
            QVERIFY(kind != Kind::UInt || column.uints()[kChunkRows - 1] == last);
            QVERIFY(kind != Kind::Float || column.floats()[kChunkRows - 1] == static_cast<float>(last));
            QVERIFY(kind != Kind::Double || column.doubles()[kChunkRows - 1] == last);
            QVERIFY(kind != Kind::Text || column.bytes(kChunkRows - 1) == std::to_string(last));
        }
    }
}

void BuilderTest::startsAnew()
{
    ColumnBuilder builder(Kind::Instant);
    builder.appendTime(1, 9, "");
    builder.appendNull();
    builder.appendLiteral("x");
    builder.appendTime(1, 3, "");
    static_cast<void>(builder.seal());
    builder.appendTime(5, 3, "");
    builder.appendTime(6, 3, "");
    const Column column = builder.seal();
    QCOMPARE(column.rows(), std::uint32_t(2));
    QVERIFY(column.hasAllValues());
    QVERIFY(!column.hasLiterals());
    QCOMPARE(column.unitDigits(), 3);
    QCOMPARE(column.fractionDigits(1), 3);
    QCOMPARE(column.ints()[1], std::int64_t(6));
}

void BuilderTest::peeksAtFinishedRowsOnly()
{
    table::Schema schema;
    schema.columns.resize(2);
    schema.columns[0].kind = Kind::Instant;
    schema.columns[1].kind = Kind::Text;
    table::ChunkBuilder builder(std::make_shared<const table::Schema>(schema));
    builder.column(0).appendTime(1, 3, "");
    builder.column(1).appendBytes("one");
    builder.finishRow();
    builder.column(0).appendLiteral("late");
    const auto chunk = builder.peek();
    QCOMPARE(chunk->rows, std::uint32_t(1));
    for (const Column &column : chunk->columns)
        QCOMPARE(column.rows(), std::uint32_t(1));
    QVERIFY(!chunk->columns[0].hasLiterals());
    QCOMPARE(chunk->columns[1].bytes(0), std::string_view("one"));
    builder.column(1).appendNull();
    builder.finishRow();
    const auto both = builder.seal();
    QCOMPARE(both->rows, std::uint32_t(2));
    QCOMPARE(both->columns[0].literal(1).value_or(""), std::string_view("late"));
    QCOMPARE(builder.rows(), std::uint32_t(0));
    QCOMPARE(builder.seal()->rows, std::uint32_t(0));
}

void BuilderTest::takesBackAnUnfinishedRow()
{
    table::Schema schema;
    schema.columns.resize(3);
    schema.columns[0].kind = Kind::Int;
    schema.columns[1].kind = Kind::Text;
    schema.columns[2].kind = Kind::Instant;
    table::ChunkBuilder builder(std::make_shared<const table::Schema>(schema));
    builder.column(0).appendInt(1);
    builder.column(1).appendBytes("one");
    builder.column(2).appendTime(1, 3, "");
    builder.finishRow();
    builder.column(0).appendNull();
    builder.column(1).appendLiteral("gone");
    builder.column(2).appendTime(1, 9, "");
    builder.dropUnfinishedRow();
    builder.column(0).appendInt(2);
    builder.column(1).appendBytes("two");
    builder.column(2).appendTime(2, 3, "");
    builder.finishRow();
    const auto chunk = builder.seal();
    QCOMPARE(chunk->rows, std::uint32_t(2));
    QVERIFY(chunk->columns[0].hasValue(1));
    QCOMPARE(chunk->columns[0].ints()[1], std::int64_t(2));
    QVERIFY(!chunk->columns[1].hasLiterals());
    QCOMPARE(chunk->columns[1].bytes(1), std::string_view("two"));
    const std::int64_t scale = chunk->columns[2].unitDigits() == 9 ? 1000000 : 1;
    QCOMPARE(chunk->columns[2].ints()[0], 1 * scale);
    QCOMPARE(chunk->columns[2].ints()[1], 2 * scale);
    QCOMPARE(chunk->columns[2].fractionDigits(1), 3);
}

void BuilderTest::keepsTexts()
{
    ColumnBuilder builder(Kind::Text);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < 300; ++i) {
        texts.emplace_back(i * i % 5000, static_cast<char>('a' + i % 26));
        if (i % 3 == 0) {
            char *room = builder.reserveBytes(texts[i].size() + 100);
            std::copy(texts[i].begin(), texts[i].end(), room);
            builder.finishBytes(texts[i].size());
        } else {
            builder.appendBytes(texts[i]);
        }
    }
    builder.appendNull();
    builder.appendBytes(std::string_view("\0\xff", 2));
    const Column column = builder.seal();
    for (std::uint32_t i = 0; i < 300; ++i)
        QCOMPARE(column.bytes(i), std::string_view(texts[i]));
    QVERIFY(column.isNull(300));
    QCOMPARE(column.bytes(300), std::string_view());
    QCOMPARE(column.bytes(301), std::string_view("\0\xff", 2));
}

void BuilderTest::timesTakeTheFinestUnit()
{
    ColumnBuilder builder(Kind::Instant);
    builder.appendTime(2, 0, "");
    builder.appendTime(1500, 1, ""); // one digit sent: counted in milliseconds
    builder.appendTime(1500000001, 9, "");
    builder.appendTime(3, 0, "");
    const Column column = builder.seal();
    QCOMPARE(column.unitDigits(), 9);
    QCOMPARE(column.ints()[0], std::int64_t(2000000000));
    QCOMPARE(column.ints()[1], std::int64_t(1500000000));
    QCOMPARE(column.ints()[2], std::int64_t(1500000001));
    QCOMPARE(column.ints()[3], std::int64_t(3000000000));
    for (const auto &[row, digits] : {std::pair(0U, 0), {1U, 1}, {2U, 9}, {3U, 0}})
        QCOMPARE(column.fractionDigits(row), digits);
}

void BuilderTest::timesBehindNullsStayUniform()
{
    ColumnBuilder builder(Kind::Instant);
    builder.appendNull();
    builder.appendLiteral("0000-00-00");
    const std::size_t before = builder.peek(2).memoryBytes();
    for (std::int64_t i = 0; i < 100; ++i)
        builder.appendTime(i, 3, "");
    const Column column = builder.seal();
    QCOMPARE(column.unitDigits(), 3);
    QCOMPARE(column.fractionDigits(50), 3);
    QVERIFY(column.memoryBytes() <= before + 100 * sizeof(std::int64_t) + 64); // no digits for each row
}

void BuilderTest::timesThatDoNotFitBecomeLiterals()
{
    ColumnBuilder builder(Kind::Instant);
    const std::int64_t far = 95617584000; // the year 5000 in seconds
    builder.appendTime(far, 0, "far");
    builder.appendTime(1, 9, "fine"); // would overflow what is there
    builder.appendTime(1, 6, "");
    const Column coarse = builder.seal();
    QCOMPARE(coarse.unitDigits(), 6);
    QCOMPARE(coarse.ints()[0], far * 1000000);
    QCOMPARE(coarse.literal(1).value_or(""), std::string_view("fine"));
    builder.appendTime(1, 9, "fine");
    builder.appendTime(far, 0, "far");
    const Column fine = builder.seal();
    QCOMPARE(fine.unitDigits(), 9);
    QCOMPARE(fine.literal(1).value_or(""), std::string_view("far"));
    QVERIFY(!fine.isNull(1));
}

void BuilderTest::countsItsMemory()
{
    ColumnBuilder builder(Kind::Text);
    for (int i = 0; i < 100; ++i)
        builder.appendBytes("0123456789");
    const std::size_t plain = builder.peek(100).memoryBytes();
    QVERIFY(plain >= 1000 + 101 * sizeof(std::uint32_t));
    QVERIFY(plain < 4000);
    builder.appendLiteral(std::string(5000, 'x'));
    QVERIFY(builder.peek(101).memoryBytes() >= plain + 5000);
}

// A full chunk of few different texts keeps each once; whatever there is, every row reads as it was appended.
void BuilderTest::fewTextsAreKeptOnce()
{
    for (const int different : {1, 2, 255, 256, 257, 8192}) {
        ColumnBuilder builder(Kind::Text);
        const auto textOf = [different](std::uint32_t row) {
            const std::string number = std::to_string(row % static_cast<std::uint32_t>(different));
            return row % 3 == 0 ? number : "a name of the same beginning and some length " + number + std::string(1, '\0');
        };
        for (std::uint32_t row = 0; row < table::kChunkRows; ++row) {
            if (row % 100 == 7)
                builder.appendNull();
            else if (row % 100 == 8)
                builder.appendLiteral("sent");
            else
                builder.appendBytes(row % 100 == 9 ? std::string() : textOf(row));
        }
        const std::size_t plain = builder.peek(table::kChunkRows).memoryBytes();
        const Column column = builder.seal();
        for (std::uint32_t row = 0; row < table::kChunkRows; ++row) {
            const bool isMissing = row % 100 == 7 || row % 100 == 8;
            QCOMPARE(std::string(column.bytes(row)), isMissing || row % 100 == 9 ? std::string() : textOf(row));
            QCOMPARE(column.hasValue(row), !isMissing);
        }
        QCOMPARE(column.literal(8).value_or(""), std::string_view("sent"));
        if (different < 100)
            QVERIFY(column.memoryBytes() < plain / 5);
    }
}

ONDO_TEST(BuilderTest)
#include "tst_builder.moc"
