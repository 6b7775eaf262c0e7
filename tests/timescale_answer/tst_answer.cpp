// SPDX-License-Identifier: GPL-3.0-or-later
#include "answer.h"

#include "json/memorysource.h"
#include "support/keepingsink.h"
#include "support/ondotest.h"
#include "support/piecesource.h"

namespace {

struct Decoded {
    timescale::AnswerSummary summary;
    support::KeepingSink sink;
};

Decoded decoded(std::string_view body, timescale::AnswerOptions options = {})
{
    Decoded result;
    json::MemorySource source(body);
    result.summary = timescale::decodeAnswer(source, options, result.sink);
    return result;
}

std::string largeRows(std::size_t bytes)
{
    std::string body = "[";
    for (std::size_t i = 0; body.size() < bytes; ++i) {
        body += i == 0 ? "" : ",";
        body += "{\"id\":" + std::to_string(i) + ",\"pad\":\"" + std::string(200, 'x') + "\",\"v\":" + std::to_string(i % 100) + ".5}";
    }
    return body;
}

} // namespace

class TimescaleAnswerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Which type a column gets is known when its last value has come.
    void lateValuesWidenAColumn()
    {
        const Decoded result = decoded(R"([{"a":"1","b":1,"c":"2021-07-12"},{"a":"x","b":2.5,"c":null},{"b":"y","c":"z","d":[1]}])");
        QVERIFY(!result.summary.error);
        QCOMPARE(result.sink.rows(), (std::vector<std::string>{R"("1",1,"2021-07-12",null)", R"("x",2.5,null,null)", R"(null,"y","z",[1])"}));
        QCOMPARE(static_cast<int>(result.sink.table.schema().columns[0].kind), static_cast<int>(table::Kind::Text));
        QCOMPARE(static_cast<int>(result.sink.table.schema().columns[1].kind), static_cast<int>(table::Kind::Json));
    }

    // The types of the first rows hold until a value says otherwise; then all rows have the wider one.
    void valuesFarBehindWidenAColumn_data()
    {
        QTest::addColumn<QByteArray>("last");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("columns");
        const auto row = [](const char *last, table::Kind kind, int columns) { QTest::newRow(last) << QByteArray(last) << static_cast<int>(kind) << columns; };
        row("{\"a\":5}", table::Kind::Int, 1);
        row("{\"a\":null}", table::Kind::Int, 1);
        row("{\"a\":0.5}", table::Kind::Double, 1);
        row("{\"a\":\"5\"}", table::Kind::Json, 1);
        row("{\"a\":18446744073709551615}", table::Kind::UInt, 1);
        row("{\"a\":[1]}", table::Kind::Json, 1);
        row("{\"b\":1}", table::Kind::Int, 2);
        row("7", table::Kind::Json, 1);
    }
    void valuesFarBehindWidenAColumn()
    {
        QFETCH(QByteArray, last);
        QFETCH(int, kind);
        QFETCH(int, columns);
        std::string body = "[";
        for (int i = 0; i < 20'000; ++i)
            body += "{\"a\":" + std::to_string(i) + "},";
        const Decoded result = decoded(body + last.toStdString() + "]");
        QVERIFY(!result.summary.error);
        QCOMPARE(result.summary.rows, std::int64_t(20'001));
        QCOMPARE(result.sink.table.rowCount(), std::int64_t(20'001));
        QCOMPARE(result.sink.schemas, 1);
        QCOMPARE(static_cast<int>(result.summary.columns), columns);
        QCOMPARE(static_cast<int>(result.sink.table.schema().columns[0].kind), kind);
        timescale::AnswerOptions options;
        options.maxRows = 10'000;
        const Decoded cut = decoded(body + last.toStdString() + "]", options);
        QCOMPARE(cut.sink.table.rowCount(), std::int64_t(10'000));
        QVERIFY(cut.summary.cutByLimit);
        QCOMPARE(static_cast<int>(cut.sink.table.schema().columns[0].kind), kind);
    }

    void rowsOfSeveralKindsAreShownAsTheyAre()
    {
        const Decoded result = decoded(R"([{"a":1},2,[3],"x",null])");
        QCOMPARE(result.sink.rows(), (std::vector<std::string>{R"({"a":1})", "2", "[3]", "\"x\"", "null"}));
    }

    void thousandsOfKeysDoNotBecomeColumns()
    {
        std::string body = "[";
        for (int i = 0; i < 3000; ++i)
            body += (i == 0 ? "{\"k" : ",{\"k") + std::to_string(i) + "\":" + std::to_string(i) + "}";
        const Decoded result = decoded(body + "]");
        QVERIFY(!result.summary.error);
        QCOMPARE(result.summary.rows, std::int64_t(3000));
        QCOMPARE(result.summary.columns, std::int64_t(1));
    }

    void theLimitCuts()
    {
        timescale::AnswerOptions options;
        options.maxRows = 2;
        const Decoded result = decoded(R"([{"a":1},{"a":2},{"a":3}])", options);
        QCOMPARE(result.summary.rows, std::int64_t(2));
        QVERIFY(result.summary.cutByLimit);
        options.maxRows = 3;
        QVERIFY(!decoded(R"([{"a":1},{"a":2},{"a":3}])", options).summary.cutByLimit);
    }

    void noRowsKeepTheColumnsOfTheLastCall()
    {
        timescale::AnswerOptions options;
        auto last = std::make_shared<table::Schema>();
        last->columns.push_back({.name = "price", .kind = table::Kind::Double});
        options.lastSchema = last;
        const Decoded result = decoded(R"({"statusCode":200,"body":"[]"})", options);
        QVERIFY(result.summary.hasResultSet);
        QCOMPARE(result.sink.table.schema().columns.size(), std::size_t(1));
        QCOMPARE(result.sink.table.schema().columns[0].name, std::string("price"));
        QCOMPARE(decoded(R"([{"a":1}])", options).sink.table.schema().columns[0].name, std::string("a"));
    }

    // Beyond what is looked at before it is shown: types stay, what does not fit keeps its text.
    void longAnswersGoOnInPieces()
    {
        std::string body = largeRows(timescale::kMostLookedAt + (4 << 20));
        body += ",{\"id\":\"late\",\"v\":0.12345678901234567890},{\"id\":7,\"pad\":1,\"v\":2}]";
        support::PieceSource source(body, std::size_t(70'001));
        support::KeepingSink sink;
        const timescale::AnswerSummary summary = timescale::decodeAnswer(source, {}, sink);
        QVERIFY2(!summary.error, summary.error ? qPrintable(summary.error->message) : "");
        QCOMPARE(summary.columns, std::int64_t(3));
        QCOMPARE(summary.rows, sink.table.rowCount());
        QCOMPARE(static_cast<int>(sink.table.schema().columns[0].kind), static_cast<int>(table::Kind::Int));
        const table::Cell late = sink.table.cell(summary.rows - 2, 0);
        QCOMPARE(std::string(late.column->literal(late.row).value_or("")), std::string("late"));
        const table::Cell real = sink.table.cell(summary.rows - 2, 2);
        QCOMPARE(std::string(real.column->literal(real.row).value_or("")), std::string("0.12345678901234567890"));
        const table::Cell last = sink.table.cell(summary.rows - 1, 0);
        QCOMPARE(last.column->ints()[last.row], std::int64_t(7));
    }

    void longAnswersThatGetAColumnLateSaySo()
    {
        std::string body = largeRows(timescale::kMostLookedAt + (1 << 20)) + ",{\"id\":1,\"other\":2}]";
        const Decoded result = decoded(body);
        QVERIFY(result.summary.error);
        QCOMPARE(static_cast<int>(result.summary.error->kind), static_cast<int>(core::ErrorKind::Limit));
        QVERIFY(result.summary.error->message.contains(QStringLiteral("other")));
        QVERIFY(result.summary.rows > 100'000);
    }

    void longAnswersThatEndEarlySaySo()
    {
        const Decoded result = decoded(largeRows(timescale::kMostLookedAt + (1 << 20)));
        QVERIFY(result.summary.error);
        QCOMPARE(static_cast<int>(result.summary.error->kind), static_cast<int>(core::ErrorKind::Decode));
        QVERIFY(result.summary.error->position.row && result.summary.error->position.byte);
        QVERIFY(result.summary.rows > 100'000);
    }

    void errorsNameByteAndRow()
    {
        const Decoded result = decoded(R"([{"a":1},{"a":tru}])");
        QVERIFY(result.summary.error);
        QCOMPARE(result.summary.error->position.row.value_or(0), std::int64_t(2));
        QVERIFY(result.summary.error->position.byte);
        QCOMPARE(*result.summary.error->position.byte, std::int64_t(17));
    }
};

ONDO_TEST(TimescaleAnswerTest)
#include "tst_answer.moc"
