// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/builder.h"
#include "table/format.h"

#include "support/ondotest.h"

#include <QDateTime>
#include <QTimeZone>

#include <charconv>
#include <cmath>
#include <limits>

namespace {

std::string cellText(table::ColumnBuilder &builder, table::TextForm form, const table::Zone *zone = nullptr, bool *valid = nullptr)
{
    table::ColumnInfo info;
    info.kind = builder.kind();
    const table::Column column = builder.seal();
    std::string out;
    const bool isValid = table::appendCell(out, info, column, column.rows() - 1, {form, zone, false});
    if (valid)
        *valid = isValid;
    return out;
}

std::string bytesCell(table::Kind kind, std::string_view bytes, table::TextForm form, bool *valid = nullptr)
{
    table::ColumnBuilder builder(kind);
    builder.appendBytes(bytes);
    return cellText(builder, form, nullptr, valid);
}

std::string doubleCell(double value, table::TextForm form = table::TextForm::Json)
{
    table::ColumnBuilder builder(table::Kind::Double);
    builder.appendDouble(value);
    return cellText(builder, form);
}

std::string instantCell(std::int64_t value, int digits, const table::Zone *zone = nullptr)
{
    table::ColumnBuilder builder(table::Kind::Instant);
    builder.appendTime(value, digits, {});
    return cellText(builder, table::TextForm::Csv, zone);
}

table::Zone zoneNamed(std::string_view name)
{
    return std::move(table::Zone::fromName(name)).value();
}

} // namespace

using table::Kind;
using table::TextForm;

class FormatTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nullsByForm()
    {
        const std::pair<TextForm, std::string> forms[] = {{TextForm::Csv, ""}, {TextForm::Tsv, "\\N"}, {TextForm::Json, "null"},
            {TextForm::Sql, "NULL"}, {TextForm::Table, "NULL"}, {TextForm::Markdown, "NULL"}, {TextForm::Plain, "NULL"}};
        for (const auto &[form, expected] : forms) {
            for (const Kind kind : {Kind::Null, Kind::Int, Kind::Text, Kind::Instant}) {
                table::ColumnBuilder builder(kind);
                builder.appendNull();
                QCOMPARE(cellText(builder, form), expected);
            }
        }
    }

    void integersKeepAllDigits()
    {
        table::ColumnBuilder smallest(Kind::Int);
        smallest.appendInt(std::numeric_limits<std::int64_t>::min());
        QCOMPARE(cellText(smallest, TextForm::Json), std::string("-9223372036854775808"));
        table::ColumnBuilder largest(Kind::UInt);
        largest.appendUInt(std::numeric_limits<std::uint64_t>::max());
        QCOMPARE(cellText(largest, TextForm::Csv), std::string("18446744073709551615"));
    }

    void realsAreShortestInTheirWidth()
    {
        QCOMPARE(doubleCell(0.1), std::string("0.1"));
        QCOMPARE(doubleCell(1e22), std::string("1e+22"));
        QCOMPARE(doubleCell(-0.0), std::string("-0"));
        QCOMPARE(doubleCell(5e-324), std::string("5e-324"));
        QCOMPARE(doubleCell(0.30000000000000004), std::string("0.30000000000000004"));
        table::ColumnBuilder narrow(Kind::Float);
        narrow.appendFloat(10.3F);
        QCOMPARE(cellText(narrow, TextForm::Csv), std::string("10.3"));
    }

    void realsAreWhatToCharsPrints()
    {
        // Decimals of every length, their neighbours, and the bounds between plain and exponent form.
        std::vector<double> values{0.001, 0.0009999, 0.00012, 1e-4, 99999, 99999.5, 1e5, 100000.5, 12345.678901, 0.1 + 0.2, 1.0 / 3, 4096};
        for (int whole = 0; whole < 3000; whole += 7) {
            for (int fraction = 0; fraction < 1000000; fraction += 99991)
                values.push_back(whole + fraction / 1e6);
            values.push_back(whole / 1e2);
            values.push_back(whole / 1e3);
        }
        for (const double value : values) {
            for (const double near : {value, -value, std::nextafter(value, 1e9), std::nextafter(value, -1e9)}) {
                char text[64];
                QCOMPARE(doubleCell(near), std::string(text, std::to_chars(text, text + sizeof text, near).ptr));
                for (const float narrow : {static_cast<float>(near), std::nextafter(static_cast<float>(near), 1e9F)}) {
                    table::ColumnBuilder builder(Kind::Float);
                    builder.appendFloat(narrow);
                    QCOMPARE(cellText(builder, TextForm::Json), std::string(text, std::to_chars(text, text + sizeof text, narrow).ptr));
                }
            }
        }
    }

    void realsThatAreNoNumbers()
    {
        const double infinity = std::numeric_limits<double>::infinity();
        QCOMPARE(doubleCell(std::nan(""), TextForm::Csv), std::string("NaN"));
        QCOMPARE(doubleCell(infinity, TextForm::Table), std::string("Infinity"));
        QCOMPARE(doubleCell(-infinity, TextForm::Tsv), std::string("-Infinity"));
        QCOMPARE(doubleCell(-infinity, TextForm::Json), std::string("\"-Infinity\""));
        QCOMPARE(doubleCell(std::nan(""), TextForm::Sql), std::string("'NaN'"));
    }

    void csvQuotesOnlyWhereNeeded_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("csv");
        QTest::addColumn<QByteArray>("tsv");
        QTest::newRow("plain") << QByteArray("a b") << QByteArray("a b") << QByteArray("a b");
        QTest::newRow("empty") << QByteArray("") << QByteArray("\"\"") << QByteArray("");
        QTest::newRow("comma") << QByteArray("a,b") << QByteArray("\"a,b\"") << QByteArray("a,b");
        QTest::newRow("quote") << QByteArray("a\"b") << QByteArray("\"a\"\"b\"") << QByteArray("a\"b");
        QTest::newRow("lines") << QByteArray("a\r\nb") << QByteArray("\"a\r\nb\"") << QByteArray("a\\r\\nb");
        QTest::newRow("tab") << QByteArray("a\tb\\") << QByteArray("a\tb\\") << QByteArray("a\\tb\\\\");
        QTest::newRow("not UTF-8") << QByteArray("a\xFF") << QByteArray("a\xFF") << QByteArray("a\xFF");
    }
    void csvQuotesOnlyWhereNeeded()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, csv);
        QFETCH(QByteArray, tsv);
        bool isValid = false;
        QCOMPARE(bytesCell(Kind::Text, text.toStdString(), TextForm::Csv, &isValid), csv.toStdString());
        QVERIFY(isValid);
        QCOMPARE(bytesCell(Kind::Text, text.toStdString(), TextForm::Tsv), tsv.toStdString());
    }

    void jsonText()
    {
        QCOMPARE(bytesCell(Kind::Text, "", TextForm::Json), std::string("\"\""));
        QCOMPARE(bytesCell(Kind::Text, "a\"\\/\n\x01\x7F", TextForm::Json), std::string("\"a\\\"\\\\/\\n\\u0001\x7F\""));
        QCOMPARE(bytesCell(Kind::Text, "long enough for words\x1F: 温度 😀", TextForm::Json),
            std::string("\"long enough for words\\u001f: 温度 😀\""));
        QCOMPARE(bytesCell(Kind::Decimal, "12.3400", TextForm::Json), std::string("\"12.3400\""));
    }

    void malformedUtf8IsReplacedAndTold_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray mark("\xEF\xBF\xBD");
        QTest::newRow("lone byte") << QByteArray("a\x80z") << "a" + mark + "z";
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << mark + mark + mark;
        QTest::newRow("overlong") << QByteArray("\xC0\xAF") << mark + mark;
        QTest::newRow("cut") << QByteArray("\xE6\xB8") << mark;
        QTest::newRow("too large") << QByteArray("\xF4\x90\x80\x80") << mark + mark + mark + mark;
        QTest::newRow("cut before ASCII") << QByteArray("\xF0\x9F\x98z") << mark + "z";
    }
    void malformedUtf8IsReplacedAndTold()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        bool isValid = true;
        QCOMPARE(bytesCell(Kind::Text, bytes.toStdString(), TextForm::Table, &isValid), expected.toStdString());
        QVERIFY(!isValid);
        QCOMPARE(bytesCell(Kind::Text, bytes.toStdString(), TextForm::Json, &isValid), '"' + expected.toStdString() + '"');
        QVERIFY(!isValid);
        QCOMPARE(bytesCell(Kind::Text, bytes.toStdString(), TextForm::Sql, &isValid), '\'' + bytes.toStdString() + '\'');
        QVERIFY(isValid);
    }

    void terminalsGetNoControlCharacters()
    {
        QCOMPARE(bytesCell(Kind::Text, "\x1B[31mred\n", TextForm::Table), std::string("\\x1b[31mred\\n"));
        QCOMPARE(bytesCell(Kind::Text, "a|b\nc", TextForm::Markdown), std::string("a\\|b<br>c"));
    }

    void sqlLiterals()
    {
        QCOMPARE(bytesCell(Kind::Text, "it's \\", TextForm::Sql), std::string("'it''s \\'"));
        std::string out;
        table::appendText(out, "it's \\", {TextForm::Sql, nullptr, true});
        QCOMPARE(out, std::string("'it''s \\\\'"));
        QCOMPARE(bytesCell(Kind::Decimal, "12.3400", TextForm::Sql), std::string("12.3400"));
        QCOMPARE(bytesCell(Kind::Binary, std::string_view("\x00\xff", 2), TextForm::Sql), std::string("X'00ff'"));
    }

    void binaryIsLowerCaseHex()
    {
        QCOMPARE(bytesCell(Kind::Binary, std::string_view("\x0A\xFF\x00", 3), TextForm::Csv), std::string("0aff00"));
        QCOMPARE(bytesCell(Kind::Binary, "\xAB", TextForm::Json), std::string("\"ab\""));
        QCOMPARE(bytesCell(Kind::Binary, "", TextForm::Csv), std::string("\"\""));
    }

    void nestedJsonLosesBlanksOutsideStringsOnly()
    {
        const std::string sent = "{ \"a b\" : [ 1 , 1.50,\n\"x \\\" y\" ] }";
        QCOMPARE(bytesCell(Kind::Json, sent, TextForm::Json), std::string("{\"a b\":[1,1.50,\"x \\\" y\"]}"));
        QCOMPARE(bytesCell(Kind::Json, sent, TextForm::Table), std::string("{\"a b\":[1,1.50,\"x \\\" y\"]}"));
        QCOMPARE(bytesCell(Kind::Json, "{\"k\": 1}", TextForm::Csv), std::string("\"{\"\"k\"\":1}\""));
        QCOMPARE(bytesCell(Kind::Json, "[NaN, -Infinity, \"NaN\"]", TextForm::Json), std::string("[\"NaN\",\"-Infinity\",\"NaN\"]"));
        QCOMPARE(bytesCell(Kind::Json, "[\"unclosed\\", TextForm::Json), std::string("[\"unclosed\\"));
    }

    void instants()
    {
        QCOMPARE(instantCell(1538548685000, 3), std::string("2018-10-03T06:38:05.000Z"));
        QCOMPARE(instantCell(1538548685, 0), std::string("2018-10-03T06:38:05Z"));
        QCOMPARE(instantCell(1538548685120, 2), std::string("2018-10-03T06:38:05.12Z"));
        QCOMPARE(instantCell(1538548685123456789, 9), std::string("2018-10-03T06:38:05.123456789Z"));
        QCOMPARE(instantCell(-1, 9), std::string("1969-12-31T23:59:59.999999999Z"));
        QCOMPARE(instantCell(-62135596801, 0), std::string("0000-12-31T23:59:59Z"));
        QCOMPARE(instantCell(951782400, 0), std::string("2000-02-29T00:00:00Z"));
        QCOMPARE(instantCell(253402300800, 0), std::string("+10000-01-01T00:00:00Z"));
        QCOMPARE(instantCell(-62167219201, 0), std::string("-0001-12-31T23:59:59Z"));
        QCOMPARE(instantCell(std::numeric_limits<std::int64_t>::min(), 9), std::string("1677-09-21T00:12:43.145224192Z"));
    }

    void instantsInAZone()
    {
        const table::Zone shanghai = zoneNamed("Asia/Shanghai");
        QCOMPARE(instantCell(1538548685000, 3, &shanghai), std::string("2018-10-03T14:38:05.000+08:00"));
        const table::Zone berlin = zoneNamed("Europe/Berlin");
        QCOMPARE(instantCell(1711846799, 0, &berlin), std::string("2024-03-31T01:59:59+01:00"));
        QCOMPARE(instantCell(1711846800, 0, &berlin), std::string("2024-03-31T03:00:00+02:00"));
        const table::Zone newYork = zoneNamed("America/New_York");
        QCOMPARE(instantCell(0, 0, &newYork), std::string("1969-12-31T19:00:00-05:00"));
        const table::Zone utc = zoneNamed("UTC");
        QCOMPARE(instantCell(0, 0, &utc), std::string("1970-01-01T00:00:00Z"));
    }

    void zonesAgreeWithQt()
    {
        for (const char *name : {"Asia/Kolkata", "America/Sao_Paulo", "Australia/Lord_Howe", "Europe/London"}) {
            const table::Zone zone = zoneNamed(name);
            const QTimeZone judge{QByteArray(name)};
            for (std::int64_t at = -5000000000; at < 9000000000; at += 7919 * 997) {
                const int expected = judge.offsetFromUtc(QDateTime::fromSecsSinceEpoch(at, Qt::UTC));
                QVERIFY2(zone.offsetAt(at) == expected, qPrintable(QStringLiteral("%1 at %2").arg(QLatin1String(name)).arg(at)));
            }
        }
    }

    void unknownZonesAreUsageErrors()
    {
        for (const char *name : {"Mars/Olympus", "", "../etc/passwd"}) {
            const auto zone = table::Zone::fromName(name);
            QVERIFY(!zone);
            QCOMPARE(zone.error().kind, core::ErrorKind::Usage);
        }
    }

    void localDateTimesHaveNoZone()
    {
        const table::Zone shanghai = zoneNamed("Asia/Shanghai");
        table::ColumnBuilder builder(Kind::LocalDateTime);
        builder.appendTime(1538548685000, 3, {});
        QCOMPARE(cellText(builder, TextForm::Csv, &shanghai), std::string("2018-10-03T06:38:05.000"));
    }

    void datesArePadded()
    {
        QCOMPARE(bytesCell(Kind::Date, "2024-1-5", TextForm::Csv), std::string("2024-01-05"));
        QCOMPARE(bytesCell(Kind::Date, "2024-01-05", TextForm::Json), std::string("\"2024-01-05\""));
        for (const char *odd : {"infinity", "2024-1", "2024-1-5-6", "--", "1/2/2024", "0044-03-15 BC"})
            QCOMPARE(bytesCell(Kind::Date, odd, TextForm::Tsv), std::string(odd));
        QCOMPARE(bytesCell(Kind::Interval, "1 day 2:3", TextForm::Csv), std::string("1 day 2:3"));
    }

    void literalsStayAsSent()
    {
        table::ColumnBuilder number(Kind::Double);
        number.appendLiteral("1e400");
        QCOMPARE(cellText(number, TextForm::Json), std::string("1e400"));
        table::ColumnBuilder word(Kind::Int);
        word.appendLiteral("n/a");
        QCOMPARE(cellText(word, TextForm::Json), std::string("\"n/a\""));
        table::ColumnBuilder leading(Kind::Int);
        leading.appendLiteral("007");
        QCOMPARE(cellText(leading, TextForm::Json), std::string("\"007\""));
        table::ColumnBuilder time(Kind::Instant);
        time.appendLiteral("soon, maybe");
        QCOMPARE(cellText(time, TextForm::Csv), std::string("\"soon, maybe\""));
    }
};

ONDO_TEST(FormatTest)
#include "tst_format.moc"
