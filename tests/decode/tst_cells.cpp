// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/rowdecoder.h"

#include "decode/infer.h"

#include "support/ondotest.h"
#include "support/piecesource.h"
#include "support/recordingsink.h"

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

namespace {

table::ColumnInfo column(table::Kind kind, std::uint8_t bits = 64)
{
    table::ColumnInfo info;
    info.name = "v";
    info.kind = kind;
    info.bits = bits;
    return info;
}

// Cells of one column as a result of one column; every way of cutting the bytes must give the same.
struct Decoded {
    support::RecordingSink sink;
    std::optional<core::Error> error;

    const table::Column &values() const { return sink.result.chunks().at(0)->columns.at(0); }
};

std::unique_ptr<Decoded> decodeCells(const table::ColumnInfo &info, decode::CellDecoder cell, const std::string &cells, std::size_t piece)
{
    std::string body = "[";
    body += cells;
    body += "]";
    auto decoded = std::make_unique<Decoded>();
    support::PieceSource source(body, piece);
    json::Reader reader(source);
    reader.next();
    table::Schema schema;
    schema.columns.push_back(info);
    const auto shared = std::make_shared<const table::Schema>(schema);
    decode::RowFeeder feeder(decoded->sink, shared, 0);
    feeder.begin();
    decode::RowDecoder rows(reader, feeder, shared, {std::move(cell)});
    rows.run();
    decoded->error = rows.error();
    feeder.finish();
    return decoded;
}

std::string row(std::string_view cell)
{
    return std::string("[").append(cell).append("]");
}

constexpr std::size_t kPieces[] = {1000000, 1, 2, 3, 7};

} // namespace

class CellsTest : public QObject
{
    Q_OBJECT

    // What one cell becomes, as text: "null", "literal: …" or the value.
    static QByteArray shown(const table::Column &column)
    {
        if (const auto literal = column.literal(0))
            return "literal: " + QByteArray(literal->data(), static_cast<qsizetype>(literal->size()));
        if (column.isNull(0))
            return "null";
        char digits[64];
        const auto number = [&digits](auto value) {
            return QByteArray(digits, static_cast<qsizetype>(std::to_chars(digits, digits + 64, value).ptr - digits));
        };
        switch (table::storageOf(column.kind())) {
        case table::Storage::Byte:
            return column.bools()[0] != 0 ? "true" : "false";
        case table::Storage::Int64:
            return number(column.ints()[0]);
        case table::Storage::UInt64:
            return number(column.uints()[0]);
        case table::Storage::Float32:
            return number(column.floats()[0]);
        case table::Storage::Float64:
            return number(column.doubles()[0]);
        case table::Storage::Bytes:
            return QByteArray(column.bytes(0).data(), static_cast<qsizetype>(column.bytes(0).size()));
        case table::Storage::None:
            break;
        }
        return {};
    }

private Q_SLOTS:
    void decodes_data();
    void decodes();
    void readsEpochs();
    void readsNumbersExactly();
    void mixesTimesOfDifferentUnits();
    void infersColumns();
};

void CellsTest::decodes_data()
{
    using table::Kind;
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<QByteArray>("value");
    const auto add = [](Kind kind, int bits, const QByteArray &cell, const QByteArray &value) {
        QTest::addRow("%d/%d %s", static_cast<int>(kind), bits, cell.constData()) << static_cast<int>(kind) << bits << cell << value;
    };
    for (const Kind kind : {Kind::Null, Kind::Bool, Kind::Int, Kind::UInt, Kind::Float, Kind::Double, Kind::Decimal, Kind::Text,
             Kind::Binary, Kind::Json, Kind::Instant, Kind::LocalDateTime, Kind::Date, Kind::Time, Kind::Interval})
        add(kind, 64, "null", "null");
    add(Kind::Null, 64, "1", "literal: 1");
    add(Kind::Null, 64, "\"x\"", "literal: x");
    add(Kind::Bool, 64, "true", "true");
    add(Kind::Bool, 64, "false", "false");
    add(Kind::Bool, 64, "1", "true");
    add(Kind::Bool, 64, "0", "false");
    add(Kind::Bool, 64, "2", "literal: 2");
    add(Kind::Bool, 64, "\"true\"", "literal: true");
    add(Kind::Int, 8, "127", "127");
    add(Kind::Int, 8, "-128", "-128");
    add(Kind::Int, 8, "128", "literal: 128");
    add(Kind::Int, 8, "-129", "literal: -129");
    add(Kind::Int, 16, "32767", "32767");
    add(Kind::Int, 16, "-32769", "literal: -32769");
    add(Kind::Int, 32, "-2147483648", "-2147483648");
    add(Kind::Int, 32, "2147483648", "literal: 2147483648");
    add(Kind::Int, 64, "9223372036854775807", "9223372036854775807");
    add(Kind::Int, 64, "-9223372036854775808", "-9223372036854775808");
    add(Kind::Int, 64, "9223372036854775808", "literal: 9223372036854775808");
    add(Kind::Int, 64, "123456789012345678", "123456789012345678");
    add(Kind::Int, 64, "12345678", "12345678");
    add(Kind::Int, 64, "-123456789", "-123456789");
    add(Kind::Int, 64, "99999999999999999999999", "literal: 99999999999999999999999");
    add(Kind::Int, 64, "0", "0");
    add(Kind::Int, 64, "-0", "literal: -0");
    add(Kind::Int, 64, "1.0", "literal: 1.0");
    add(Kind::Int, 64, "1e3", "literal: 1e3");
    add(Kind::Int, 64, "NaN", "literal: NaN");
    add(Kind::Int, 64, "\"12\"", "literal: 12");
    add(Kind::Int, 64, "true", "literal: true");
    add(Kind::Int, 64, "[1, 2]", "literal: [1, 2]");
    add(Kind::UInt, 8, "255", "255");
    add(Kind::UInt, 8, "256", "literal: 256");
    add(Kind::UInt, 8, "-1", "literal: -1");
    add(Kind::UInt, 32, "4294967295", "4294967295");
    add(Kind::UInt, 64, "18446744073709551615", "18446744073709551615");
    add(Kind::UInt, 64, "9999999999999999999", "9999999999999999999");
    add(Kind::UInt, 64, "18446744073709551616", "literal: 18446744073709551616");
    add(Kind::UInt, 64, "-0", "literal: -0");
    add(Kind::Float, 64, "10.5", "10.5");
    add(Kind::Float, 64, "-0.0", "-0");
    add(Kind::Float, 64, "0.1", "0.1");
    add(Kind::Float, 64, "3.4028235e+38", "3.4028235e+38");
    add(Kind::Float, 64, "3.5e+38", "literal: 3.5e+38");
    add(Kind::Float, 64, "1e-45", "1e-45");
    add(Kind::Float, 64, "1e-50", "literal: 1e-50");
    add(Kind::Float, 64, "16777217.0", "16777216");
    add(Kind::Float, 64, "0.30000001192092896", "0.3"); // widened by a server
    add(Kind::Float, 64, "-19.299999237060547", "-19.3");
    add(Kind::Float, 64, "16777217.0000000001", "16777218"); // beyond the middle by less than a double tells
    add(Kind::Float, 64, "NaN", "nan");
    add(Kind::Float, 64, "-Infinity", "-inf");
    add(Kind::Double, 64, "0.1", "0.1");
    add(Kind::Double, 64, "-0", "-0");
    add(Kind::Double, 64, "0.000001", "1e-06");
    add(Kind::Double, 64, "1e21", "1e+21");
    add(Kind::Double, 64, "9007199254740993", "9007199254740992");
    add(Kind::Double, 64, "0.30000000000000004", "0.30000000000000004");
    add(Kind::Double, 64, "123456789.123456789123456789", "123456789.12345679");
    add(Kind::Double, 64, "1.7976931348623157e308", "1.7976931348623157e+308");
    add(Kind::Double, 64, "1e400", "literal: 1e400");
    add(Kind::Double, 64, "-1e-400", "literal: -1e-400");
    add(Kind::Double, 64, "0e-400", "0");
    add(Kind::Double, 64, "5e-324", "5e-324");
    add(Kind::Double, 64, "Infinity", "inf");
    add(Kind::Double, 64, "\"NaN\"", "nan");
    add(Kind::Double, 64, "\"-Infinity\"", "-inf");
    add(Kind::Double, 64, "\"1.5\"", "literal: 1.5");
    add(Kind::Decimal, 64, "\"12.1000\"", "12.1000");
    add(Kind::Decimal, 64, "\"-0.0000\"", "-0.0000");
    add(Kind::Decimal, 64, "\"12345678901234567890123456789012345678\"", "12345678901234567890123456789012345678");
    add(Kind::Decimal, 64, "12.10", "12.10");
    add(Kind::Decimal, 64, "\"NaN\"", "literal: NaN");
    add(Kind::Decimal, 64, "\"\"", "literal: ");
    add(Kind::Decimal, 64, "\"1.\"", "literal: 1.");
    add(Kind::Decimal, 64, "\"1.2.3\"", "literal: 1.2.3");
    add(Kind::Text, 64, "\"\"", "");
    add(Kind::Text, 64, "\"text\"", "text");
    add(Kind::Text, 64, "\"0123456789abcdef\"", "0123456789abcdef");
    add(Kind::Text, 64, "\"0123456789abcdef0123456789abcdef+\"", "0123456789abcdef0123456789abcdef+");
    add(Kind::Text, 64, "\"a\\\"\\\\\\n\\u00e9\"", "a\"\\\n\xc3\xa9");
    add(Kind::Text, 64, "\"\xff\xfe\x80\"", "\xff\xfe\x80");
    add(Kind::Text, 64, "\"\\ud800\"", "\xed\xa0\x80");
    add(Kind::Text, 64, "12.50", "literal: 12.50");
    add(Kind::Text, 64, "{\"a\" : 1}", "literal: {\"a\" : 1}");
    add(Kind::Binary, 64, "\"0aFF\"", "\x0a\xff");
    add(Kind::Binary, 64, "\"\"", "");
    add(Kind::Binary, 64, "\"0af\"", "literal: 0af");
    add(Kind::Binary, 64, "\"0g\"", "literal: 0g");
    add(Kind::Binary, 64, "\"\\\\x0a\"", "literal: \\x0a");
    add(Kind::Json, 64, "{\"k\" : [1.50,\"v\\u0041\"]}", "{\"k\" : [1.50,\"v\\u0041\"]}");
    add(Kind::Json, 64, "\"a\\\"b\"", "\"a\\\"b\"");
    add(Kind::Json, 64, "1.50", "1.50");
    add(Kind::Json, 64, "true", "true");
    add(Kind::Instant, 64, "\"2022-08-10T07:02:40.500Z\"", "1660114960500");
    add(Kind::Instant, 64, "\"2022-08-10T15:02:40.500000001+08:00\"", "1660114960500000001");
    add(Kind::Instant, 64, "\"1960-01-01T00:00:00.001Z\"", "-315619199999");
    add(Kind::Instant, 64, "\"2022-08-10T07:02:40.32Z\"", "1660114960320");
    add(Kind::Instant, 64, "\"2022-08-10 07:02:40.500\"", "literal: 2022-08-10 07:02:40.500");
    add(Kind::Instant, 64, "\"\\u0032022-08-10T07:02:40Z\"", "1660114960");
    add(Kind::Instant, 64, "\"3000-01-01T00:00:00.000000000Z\"", "literal: 3000-01-01T00:00:00.000000000Z");
    add(Kind::Instant, 64, "\"0000-00-00\"", "literal: 0000-00-00");
    add(Kind::Instant, 64, "1660114960500", "literal: 1660114960500");
    add(Kind::LocalDateTime, 64, "\"2022-08-10 07:02:40.500\"", "1660114960500");
    add(Kind::LocalDateTime, 64, "\"2022-08-10T07:02:40.500Z\"", "literal: 2022-08-10T07:02:40.500Z");
    add(Kind::Date, 64, "\"2022-08-10\"", "2022-08-10");
}

void CellsTest::decodes()
{
    QFETCH(int, kind);
    QFETCH(int, bits);
    QFETCH(QByteArray, cell);
    QFETCH(QByteArray, value);
    const table::ColumnInfo info = column(static_cast<table::Kind>(kind), static_cast<std::uint8_t>(bits));
    for (const std::size_t piece : kPieces) {
        const auto decoded = decodeCells(info, decode::CellDecoder(info), row(cell.toStdString()), piece);
        QVERIFY(!decoded->error);
        QCOMPARE(decoded->sink.result.rowCount(), std::int64_t(1));
        QCOMPARE(shown(decoded->values()), value);
    }
}

void CellsTest::readsEpochs()
{
    const table::ColumnInfo info = column(table::Kind::Instant);
    for (const int digits : {0, 3, 6, 9}) {
        const auto decoded
            = decodeCells(info, decode::CellDecoder(info, decode::Form::Epoch, digits), "[-12],[1660114960500],[1.5]", 5);
        QCOMPARE(decoded->values().unitDigits(), digits);
        QCOMPARE(decoded->values().fractionDigits(1), digits);
        QCOMPARE(decoded->values().ints()[0], std::int64_t(-12));
        QCOMPARE(decoded->values().ints()[1], std::int64_t(1660114960500));
        QCOMPARE(decoded->values().literal(2).value_or(""), std::string_view("1.5"));
    }
}

void CellsTest::readsNumbersExactly()
{
    std::mt19937_64 random(7);
    std::string doubles;
    std::string floats;
    std::vector<double> wantedDoubles;
    std::vector<float> wantedFloats;
    for (int i = 0; i < 8000; ++i) {
        char digits[64];
        std::snprintf(digits, sizeof digits, "%s%llu.%0*llu", i % 3 == 0 ? "-" : "",
            static_cast<unsigned long long>(random() >> (random() % 64)), 1 + static_cast<int>(random() % 17),
            static_cast<unsigned long long>(random() >> (8 + random() % 56)));
        doubles.append(i == 0 ? "[" : ",[").append(digits).append("]");
        wantedDoubles.push_back(std::strtod(digits, nullptr));
        std::uint32_t bits = static_cast<std::uint32_t>(random());
        float single = 0;
        std::memcpy(&single, &bits, sizeof single);
        if (!std::isfinite(single) || std::fabs(single) < 1e-30F || std::fabs(single) > 1e30F)
            single = static_cast<float>(i) / 7;
        const auto end = std::to_chars(digits, digits + sizeof digits, single, std::chars_format::fixed).ptr;
        floats.append(i == 0 ? "[" : ",[").append(digits, end).append("]");
        wantedFloats.push_back(single);
    }
    const table::ColumnInfo doubleInfo = column(table::Kind::Double);
    const table::ColumnInfo floatInfo = column(table::Kind::Float);
    const auto decodedDoubles = decodeCells(doubleInfo, decode::CellDecoder(doubleInfo), doubles, 100000);
    const auto decodedFloats = decodeCells(floatInfo, decode::CellDecoder(floatInfo), floats, 100000);
    QVERIFY(!decodedDoubles->error);
    QVERIFY(!decodedFloats->error);
    for (std::size_t i = 0; i < wantedDoubles.size(); ++i) {
        QCOMPARE(std::bit_cast<std::uint64_t>(decodedDoubles->values().doubles()[i]), std::bit_cast<std::uint64_t>(wantedDoubles[i]));
        QCOMPARE(std::bit_cast<std::uint32_t>(decodedFloats->values().floats()[i]), std::bit_cast<std::uint32_t>(wantedFloats[i]));
    }
}

void CellsTest::mixesTimesOfDifferentUnits()
{
    const table::ColumnInfo info = column(table::Kind::Instant);
    const std::string cells = R"([null],["2022-08-10T07:02:40.5Z"],["2022-08-10T07:02:40Z"],["2022-08-10T07:02:40.000001Z"],[null],["5000-01-01T00:00:00Z"],["2022-08-10T07:02:40.123456789Z"])";
    for (const std::size_t piece : kPieces) {
        const auto decoded = decodeCells(info, decode::CellDecoder(info), cells, piece);
        const table::Column &values = decoded->values();
        QCOMPARE(values.unitDigits(), 6); // nanoseconds would lose the year 5000
        QVERIFY(values.isNull(0));
        QCOMPARE(values.ints()[1], std::int64_t(1660114960500000));
        QCOMPARE(values.fractionDigits(1), 1);
        QCOMPARE(values.ints()[2], std::int64_t(1660114960000000));
        QCOMPARE(values.fractionDigits(2), 0);
        QCOMPARE(values.ints()[3], std::int64_t(1660114960000001));
        QVERIFY(values.isNull(4));
        QCOMPARE(values.ints()[5], std::int64_t(95617584000000000));
        QCOMPARE(values.literal(6).value_or(""), std::string_view("2022-08-10T07:02:40.123456789Z"));
    }
}

void CellsTest::infersColumns()
{
    using table::Kind;
    const std::string_view rows = R"([[1,1,-1,1.5,true,"a","2022-08-10T07:02:40Z","2022-08-10 07:02:40",null,{"a":1},1,18446744073709551615,9007199254740993],)"
                                  R"([2,1.5,18446744073709551615,NaN,null,"","2022-08-10T07:02:40.1Z","2022-08-10 07:02:40.1",null,[],"x",1,0.5]])";
    std::vector<std::string> names(13, "c");
    const table::Schema schema = decode::inferColumns(names, rows);
    const Kind kinds[] = {Kind::Int, Kind::Double, Kind::Decimal, Kind::Double, Kind::Bool, Kind::Text, Kind::Instant,
        Kind::LocalDateTime, Kind::Null, Kind::Json, Kind::Json, Kind::UInt, Kind::Decimal};
    for (std::size_t i = 0; i < std::size(kinds); ++i)
        QCOMPARE(static_cast<int>(schema.columns[i].kind), static_cast<int>(kinds[i]));
    const std::string_view broken = R"([[1,"x"],[2,"y)";
    QCOMPARE(decode::inferColumns({"a", "b"}, broken).columns.size(), std::size_t(2));
}

ONDO_TEST(CellsTest)
#include "tst_cells.moc"
