// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/looks.h"

#include "decode/memoryjson.h"
#include "support/ondotest.h"

namespace {

std::string padded(std::string text)
{
    text.append(decode::kMemoryPadding, '\0');
    return text;
}

// The kind of a column that holds these values, each in JSON.
table::Kind kindOfValues(const std::string &values)
{
    const std::string text = padded(values + "]");
    decode::MemoryRows rows(decode::MemoryRows::Form::Array);
    rows.restart(text.data(), text.data() + values.size() + 1);
    std::vector<decode::MemoryCell> cells;
    decode::Looks looks = 0;
    decode::DateCache dates;
    while (rows.next(cells) == decode::MemoryRows::Step::Row)
        looks |= decode::lookOf(cells[0], looks, dates);
    return decode::kindOf(looks);
}

} // namespace

class LooksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void narrowestKind_data()
    {
        using table::Kind;
        QTest::addColumn<QByteArray>("values");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *values, Kind kind) { QTest::newRow(values) << QByteArray(values) << static_cast<int>(kind); };
        row("", Kind::Null);
        row("null,null", Kind::Null);
        row("1,null,-2", Kind::Int);
        row("9223372036854775807,-9223372036854775808", Kind::Int);
        row("9223372036854775808", Kind::UInt);
        row("9223372036854775808,-1", Kind::Decimal);
        row("18446744073709551616", Kind::Decimal);
        row("9007199254740992,0.5", Kind::Double);
        row("9007199254740993,0.5", Kind::Decimal); // a double would round the first
        row("-0", Kind::Double);
        row("1.0,2", Kind::Double);
        row("0.1,0.30000000000000004", Kind::Double);
        row("0.12345678901234567890", Kind::Decimal);
        row("1e400", Kind::Decimal);
        row("NaN,1", Kind::Double);
        row("NaN,9007199254740993", Kind::Decimal);
        row("true,false", Kind::Bool);
        row("true,1", Kind::Json);
        row("1,\"a\"", Kind::Json);
        row("1.5,\"NaN\"", Kind::Double);
        row("{\"v\":[1]},{\"v\":null}", Kind::Json);
        row("\"1\",\"-2\"", Kind::Int);
        row("\"9223372036854775808\"", Kind::Decimal);
        row("\"1\",\"2.50\"", Kind::Decimal);
        row("\"1.5\",\"NaN\"", Kind::Decimal);
        row("\"NaN\"", Kind::Text);
        row("\"1\",\"007\"", Kind::Text);
        row("\"1\",\"\"", Kind::Text);
        row("\"1e5\"", Kind::Text);
        row("\"2021-07-12 20:00:00\",\"2021-07-12T20:00:00.5\"", Kind::LocalDateTime);
        row("\"2021-07-12 20:00:00+00:00\",\"2021-07-12T20:00:00Z\"", Kind::Instant);
        row("\"2021-07-12 20:00:00\",\"2021-07-12 20:00:00Z\"", Kind::Text);
        row("\"2021-07-12\",\"2021-07-12 20:00:00\"", Kind::Text);
        row("\"2021-07-12\"", Kind::Date);
        row("\"2021-13-12\"", Kind::Text);
        row("\"infinity\"", Kind::Text);
        row("\"23:59:59.999999\"", Kind::Time);
        row("\"24:00:00\"", Kind::Text);
        row("\"00:00:00\",\"1 day, 0:00:00\"", Kind::Text);
    }
    void narrowestKind()
    {
        QFETCH(QByteArray, values);
        QFETCH(int, kind);
        QCOMPARE(static_cast<int>(kindOfValues(values.toStdString())), kind);
    }

    void columnsComeInTheOrderOfTheFirstRow()
    {
        const std::string text = "{\"b\":1,\"a\":2},{\"a\":3,\"c\":[1,{\"x\":\"]\"}],\"b\":4},{},{\"a\":1,\"a\":2}]";
        const std::string memory = padded(text);
        decode::MemoryRows rows(decode::MemoryRows::Form::Array);
        rows.restart(memory.data(), memory.data() + text.size());
        std::vector<decode::MemoryCell> cells;
        std::vector<std::string> seen;
        while (rows.next(cells) == decode::MemoryRows::Step::Row) {
            std::string line;
            for (const decode::MemoryCell &cell : cells)
                line += std::to_string(cell.column) + "=" + std::string(cell.raw) + " ";
            seen.push_back(line);
        }
        QCOMPARE(seen, (std::vector<std::string>{"0=1 1=2 ", "1=3 2=[1,{\"x\":\"]\"}] 0=4 ", "", "1=1 3=2 "}));
        QCOMPARE(rows.columns(), (std::vector<std::string>{"b", "a", "c", "a"}));
    }

    // Cut anywhere, a row is read once all of it and what follows is there.
    void memoryCutAtEachByte()
    {
        const std::string text = "[{\"a\" : 12, \"b\":\"x\\u4e2d\\\"y\"} , {\"a\":-1.5e3,\"b\":null},{\"a\":true,\"b\":[1,\"]\"]}]";
        for (std::size_t cut = 1; cut <= text.size(); ++cut) {
            const std::string memory = padded(text.substr(0, cut));
            decode::MemoryRows rows(decode::MemoryRows::Form::Array);
            rows.restart(memory.data() + 1, memory.data() + cut);
            std::vector<decode::MemoryCell> cells;
            int count = 0;
            decode::MemoryRows::Step step;
            while ((step = rows.next(cells)) == decode::MemoryRows::Step::Row) {
                ++count;
                QCOMPARE(cells.size(), std::size_t(2));
                if (count == 1)
                    QCOMPARE(std::string(cells[1].text), std::string("x中\"y"));
            }
            QCOMPARE(step == decode::MemoryRows::Step::End, cut == text.size());
            QVERIFY(count <= 3 && (cut < text.size() || count == 3));
        }
    }

    void rowsOfSeveralKindsAreMixed()
    {
        const std::string text = "{\"a\":1},[2],3]";
        const std::string memory = padded(text);
        decode::MemoryRows rows(decode::MemoryRows::Form::Array);
        rows.restart(memory.data(), memory.data() + text.size());
        std::vector<decode::MemoryCell> cells;
        while (rows.next(cells) == decode::MemoryRows::Step::Row) { }
        QVERIFY(rows.isMixed());
        rows.takeWholeRows();
        rows.restart(memory.data(), memory.data() + text.size());
        QVERIFY(rows.next(cells) == decode::MemoryRows::Step::Row);
        QCOMPARE(std::string(cells.at(0).raw), std::string("{\"a\":1}"));
        QCOMPARE(rows.columns(), std::vector<std::string>{"value"});
    }

    void refusesWhatTheGrammarRefuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"01", "1.", ".5", "+1", "tru", "nul", "truex", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "[1 2]", "\"a", "\"\\x\"", "[", "{\"a\"", "\"\n\"", "nan"})
            QTest::newRow(text) << QByteArray(text);
    }
    void refusesWhatTheGrammarRefuses()
    {
        QFETCH(QByteArray, text);
        const std::string memory = padded(text.toStdString());
        const char *behind = decode::passValue(memory.data(), memory.data() + text.size());
        QVERIFY(!behind || behind != memory.data() + text.size());
    }

    void deepNestingEndsInARefusal()
    {
        const std::string deep(100000, '[');
        const std::string memory = padded(deep);
        QVERIFY(!decode::passValue(memory.data(), memory.data() + deep.size()));
    }

    void pointers()
    {
        const std::string memory = padded("{\"a\":{\"b/c\":[10,{\"~\":\"x\"}]},\"\":5}");
        const std::string_view document = std::string_view(memory).substr(0, memory.size() - decode::kMemoryPadding);
        QCOMPARE(std::string(decode::valueAt(document, "/a/b~1c/1/~0").value_or("")), std::string("\"x\""));
        QCOMPARE(std::string(decode::valueAt(document, "/").value_or("")), std::string("5"));
        QVERIFY(!decode::valueAt(document, "/a/b~1c/2"));
        QVERIFY(!decode::valueAt(document, "/a/x"));
        QVERIFY(!decode::valueAt(document, "a"));
    }
};

ONDO_TEST(LooksTest)
#include "tst_looks.moc"
