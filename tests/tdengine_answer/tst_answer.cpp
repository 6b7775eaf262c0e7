// SPDX-License-Identifier: GPL-3.0-or-later
#include "answer.h"

#include "support/ondotest.h"
#include "support/piecesource.h"
#include "support/recordingsink.h"

#include <random>

using support::PieceSource;
using support::RecordingSink;
using tdengine::AnswerSummary;
using tdengine::decodeAnswer;

namespace {

const std::string kQuery = R"({"code":0,"column_meta":[["ts","TIMESTAMP",8],["v","FLOAT",4]],)"
                           R"("data":[["2022-08-10T07:02:40.500Z",10.5],[null,-0.25],["2022-08-10T07:02:41.000Z",null]],"rows":3,"timing":77})";

AnswerSummary decodeWhole(const std::string &body, RecordingSink &sink, std::size_t piece = 1000000, bool breaksOff = false)
{
    PieceSource source(body, piece, breaksOff);
    return decodeAnswer(source, {}, sink);
}

} // namespace

class AnswerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAQuery();
    void readsEveryType();
    void readsFormsWithoutRows_data();
    void readsFormsWithoutRows();
    void tellsAffectedRowsFromAQuery();
    void readsDataBeforeItsColumns();
    void readsRowsAsObjects();
    void reads2x();
    void readsTimesOf2x_data();
    void readsTimesOf2x();
    void readsVeryOldAnswers();
    void tellsOddBodies_data();
    void tellsOddBodies();
    void deliversTheRowsBeforeACut_data();
    void deliversTheRowsBeforeACut();
    void refusesBadEnvelopes_data();
    void refusesBadEnvelopes();
    void stopsAtTheLimit();
    void stopsWithTheSink();
};

void AnswerTest::readsAQuery()
{
    for (const std::size_t piece : {std::size_t(1000000), std::size_t(1), std::size_t(2), std::size_t(3), std::size_t(7)}) {
        RecordingSink sink;
        const AnswerSummary summary = decodeWhole(kQuery, sink, piece);
        QVERIFY(!summary.error);
        QVERIFY(summary.hasDialectForm);
        QVERIFY(summary.hasResultSet);
        QVERIFY(!summary.is2x);
        QCOMPARE(summary.code.value_or(-1), std::int64_t(0));
        QCOMPARE(summary.rows, std::int64_t(3));
        QCOMPARE(summary.columns, std::int64_t(2));
        QCOMPARE(summary.declaredRows.value_or(-1), std::int64_t(3));
        QCOMPARE(summary.timingNs.value_or(-1), std::int64_t(77));
        QCOMPARE(summary.bodyStart, kQuery);
        QCOMPARE(sink.result.rowCount(), std::int64_t(3));
        const table::Chunk &chunk = *sink.result.chunks().at(0);
        QCOMPARE(chunk.columns[0].ints()[0], std::int64_t(1660114960500));
        QCOMPARE(chunk.columns[0].unitDigits(), 3);
        QCOMPARE(chunk.columns[0].fractionDigits(2), 3);
        QVERIFY(chunk.columns[0].isNull(1));
        QCOMPARE(chunk.columns[1].floats()[1], -0.25F);
        QVERIFY(chunk.columns[1].isNull(2));
    }
}

void AnswerTest::readsEveryType()
{
    const std::string body = "{\"code\":0,\"column_meta\":[[\"null\",\"NULL\",0],[\"bool\",\"BOOL\",1],[\"i8\",\"TINYINT\",1],"
        "[\"i16\",\"SMALLINT\",2],[\"i32\",\"INT\",4],[\"i64\",\"BIGINT\",8],[\"u8\",\"TINYINT UNSIGNED\",1],"
        "[\"u16\",\"SMALLINT UNSIGNED\",2],[\"u32\",\"INT UNSIGNED\",4],[\"u64\",\"BIGINT UNSIGNED\",8],[\"f\",\"FLOAT\",4],"
        "[\"d\",\"DOUBLE\",8],[\"v\",\"VARCHAR\",20],[\"n\",\"NCHAR\",10],[\"b\",\"VARBINARY\",4],[\"g\",\"GEOMETRY\",100],"
        "[\"blob\",\"BLOB\",4194304],[\"json\",\"JSON\",4095],[\"dec\",\"DECIMAL(20,4)\",16],[\"ts\",\"TIMESTAMP\",8]],"
        "\"data\":[[null,true,-128,-32768,-2147483648,-9223372036854775808,255,65535,4294967295,18446744073709551615,"
        "3.4028235e+38,-0.0,\"a\xff\xfe\\u0001\\\"\",\"\xe4\xb8\xad\\n\",\"0aff\","
        "\"010100000000000000000059400000000000005940\",\"00\",{\"k\":\"v\", \"n\":[1.50]},\"12.1000\","
        "\"2022-08-10T07:02:40.123456789+08:00\"],"
        "[null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null]],\"rows\":2}";
    for (const std::size_t piece : {std::size_t(1000000), std::size_t(1), std::size_t(2), std::size_t(3), std::size_t(7)}) {
        RecordingSink sink;
        const AnswerSummary summary = decodeWhole(body, sink, piece);
        QVERIFY(!summary.error);
        QCOMPARE(summary.rows, std::int64_t(2));
        const std::vector<table::Column> &columns = sink.result.chunks().at(0)->columns;
        for (const table::Column &column : columns) {
            QVERIFY(!column.hasLiterals());
            QVERIFY(column.isNull(1));
        }
        QVERIFY(columns[0].isNull(0));
        QCOMPARE(columns[1].bools()[0], std::uint8_t(1));
        QCOMPARE(columns[2].ints()[0], std::int64_t(-128));
        QCOMPARE(columns[3].ints()[0], std::int64_t(-32768));
        QCOMPARE(columns[4].ints()[0], std::int64_t(-2147483648LL));
        QCOMPARE(columns[5].ints()[0], std::numeric_limits<std::int64_t>::min());
        QCOMPARE(columns[6].uints()[0], std::uint64_t(255));
        QCOMPARE(columns[7].uints()[0], std::uint64_t(65535));
        QCOMPARE(columns[8].uints()[0], std::uint64_t(4294967295));
        QCOMPARE(columns[9].uints()[0], std::numeric_limits<std::uint64_t>::max());
        QCOMPARE(columns[10].floats()[0], std::numeric_limits<float>::max());
        QCOMPARE(columns[11].doubles()[0], 0.0);
        QVERIFY(std::signbit(columns[11].doubles()[0]));
        QCOMPARE(columns[12].bytes(0), std::string_view("a\xff\xfe\x01\""));
        QCOMPARE(columns[13].bytes(0), std::string_view("\xe4\xb8\xad\n"));
        QCOMPARE(columns[14].bytes(0), std::string_view("\x0a\xff"));
        QCOMPARE(columns[15].bytes(0).size(), std::size_t(21));
        QCOMPARE(columns[15].bytes(0).substr(0, 5), std::string_view("\x01\x01\0\0\0", 5));
        QCOMPARE(columns[16].bytes(0), std::string_view("\0", 1));
        QCOMPARE(columns[17].bytes(0), std::string_view("{\"k\":\"v\", \"n\":[1.50]}"));
        QCOMPARE(columns[18].bytes(0), std::string_view("12.1000"));
        QCOMPARE(columns[19].ints()[0], std::int64_t(1660086160123456789));
        QCOMPARE(columns[19].unitDigits(), 9);
        const table::ColumnInfo &decimal = sink.result.schema().columns[18];
        QCOMPARE(decimal.precision, 20);
        QCOMPARE(decimal.scale, 4);
        QCOMPARE(decimal.serverType, std::string("DECIMAL(20,4)"));
        QCOMPARE(sink.result.schema().columns[12].length, std::int64_t(20));
    }
}

void AnswerTest::readsFormsWithoutRows_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("is2x");
    QTest::addColumn<qint64>("code");
    QTest::addColumn<QByteArray>("desc");
    QTest::addColumn<qint64>("affected");
    QTest::addColumn<bool>("hasResultSet");
    QTest::newRow("affected") << QByteArray(R"({"code":0,"column_meta":[["affected_rows","INT",4]],"data":[[5]],"rows":1})")
                              << false << qint64(0) << QByteArray() << qint64(5) << false;
    QTest::newRow("affected 2.x")
        << QByteArray(R"({"status":"succ","head":["affected_rows"],"column_meta":[["affected_rows",4,4]],"data":[[0]],"rows":1})")
        << true << qint64(0) << QByteArray() << qint64(0) << false;
    QTest::newRow("error") << QByteArray(R"({"code":534,"desc":"syntax error near \"x\"","timing":123456})") << false
                           << qint64(534) << QByteArray("syntax error near \"x\"") << qint64(-1) << false;
    QTest::newRow("error 2.x") << QByteArray(R"({"status":"error","code":3,"desc":"Authentication failure"})") << true
                               << qint64(3) << QByteArray("Authentication failure") << qint64(-1) << false;
    QTest::newRow("success alone") << QByteArray(R"({"code":0,"vgIDs":[2,{"x":3}]})") << false << qint64(0) << QByteArray()
                                   << qint64(-1) << false;
    QTest::newRow("affected very old") << QByteArray(R"({"status":"succ","head":["affected_rows"],"data":[[5]],"rows":1})")
                                       << true << qint64(0) << QByteArray() << qint64(5) << false;
    QTest::newRow("no rows") << QByteArray(R"({"code":0,"column_meta":[["v","INT",4]],"data":[],"rows":0})") << false
                             << qint64(0) << QByteArray() << qint64(-1) << true;
    QTest::newRow("no rows 2.x") << QByteArray(R"({"status":"succ","head":["t"],"column_meta":[["t",9,8]],"data":[],"rows":0})")
                                 << true << qint64(0) << QByteArray() << qint64(-1) << true;
    QTest::newRow("column of that name, no rows")
        << QByteArray(R"({"code":0,"column_meta":[["affected_rows","INT",4]],"data":[],"rows":0})") << false << qint64(0)
        << QByteArray() << qint64(-1) << true;
    QTest::newRow("raw bytes in desc") << QByteArray("{\"code\":1,\"desc\":\"\xff\"}") << false << qint64(1) << QByteArray("\xff")
                                       << qint64(-1) << false;
}

void AnswerTest::readsFormsWithoutRows()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, is2x);
    QFETCH(qint64, code);
    QFETCH(QByteArray, desc);
    QFETCH(qint64, affected);
    QFETCH(bool, hasResultSet);
    for (const std::size_t piece : {std::size_t(1000000), std::size_t(1), std::size_t(5)}) {
        RecordingSink sink;
        const AnswerSummary summary = decodeWhole(body.toStdString(), sink, piece);
        QVERIFY(!summary.error);
        QVERIFY(summary.hasDialectForm);
        QCOMPARE(summary.is2x, is2x);
        QCOMPARE(summary.code.value_or(-1), code);
        QCOMPARE(QByteArray::fromStdString(summary.desc), desc);
        QCOMPARE(summary.affectedRows.value_or(-1), affected);
        QCOMPARE(summary.hasResultSet, hasResultSet);
        QCOMPARE(sink.schemas, hasResultSet ? 1 : 0);
        QCOMPARE(summary.rows, std::int64_t(0));
        QVERIFY(sink.counts.empty());
    }
}

void AnswerTest::tellsAffectedRowsFromAQuery()
{
    RecordingSink sink;
    const AnswerSummary summary
        = decodeWhole(R"({"code":0,"column_meta":[["affected_rows","INT",4]],"data":[[5],[6]],"rows":2})", sink, 3);
    QVERIFY(!summary.error);
    QVERIFY(summary.hasResultSet);
    QVERIFY(!summary.affectedRows);
    QCOMPARE(summary.rows, std::int64_t(2));
    QCOMPARE(sink.result.chunks().at(0)->columns[0].ints()[0], std::int64_t(5));
    RecordingSink other;
    QVERIFY(decodeWhole(R"({"code":0,"column_meta":[["affected_rows","BIGINT",8]],"data":[[5]],"rows":1})", other).hasResultSet);
}

void AnswerTest::readsDataBeforeItsColumns()
{
    const std::string body = R"({"data":[["2022-08-10T07:02:40.500Z",[1, 2]],[null,"x"]],"rows":2,"column_meta":[["ts","TIMESTAMP",8],["j","JSON",4095]],"code":0})";
    for (const std::size_t piece : {std::size_t(1000000), std::size_t(1), std::size_t(5)}) {
        RecordingSink sink;
        const AnswerSummary summary = decodeWhole(body, sink, piece);
        QVERIFY(!summary.error);
        QCOMPARE(summary.rows, std::int64_t(2));
        const std::vector<table::Column> &columns = sink.result.chunks().at(0)->columns;
        QCOMPARE(columns[0].ints()[0], std::int64_t(1660114960500));
        QCOMPARE(columns[1].bytes(0), std::string_view("[1, 2]"));
        QCOMPARE(columns[1].bytes(1), std::string_view("\"x\""));
    }
    RecordingSink sink;
    const AnswerSummary bad = decodeWhole(R"({"data":[[1],[2,3]],"column_meta":[["v","INT",4]],"code":0})", sink);
    QCOMPARE(bad.rows, std::int64_t(1));
    QCOMPARE(bad.error->position.byte.value_or(-1), std::int64_t(15));
    QCOMPARE(bad.error->position.row.value_or(-1), std::int64_t(2));
}

void AnswerTest::readsRowsAsObjects()
{
    RecordingSink sink;
    const AnswerSummary summary = decodeWhole(
        R"({"code":0,"column_meta":[["a","INT",4],["a","VARCHAR",9]],"data":[{"a":1,"a":"x"},{"a":2,"a":null}],"rows":2})", sink, 4);
    QVERIFY(!summary.error);
    const std::vector<table::Column> &columns = sink.result.chunks().at(0)->columns;
    QCOMPARE(columns[0].ints()[1], std::int64_t(2));
    QCOMPARE(columns[1].bytes(0), std::string_view("x"));
    QVERIFY(columns[1].isNull(1));
}

void AnswerTest::reads2x()
{
    const std::string body = R"({"status":"succ","head":["b","i","u","d","s","n","w"],"column_meta":[["b",1,1],["i",5,8],["u",14,8],["d",7,8],["s",8,10],["n",10,10],["w",99,1]],)"
                             R"("data":[[1,-5,18446744073709551615,1.500000000,"x","y","?"],[0,null,0,0.0,null,null,null]],"rows":2})";
    RecordingSink sink;
    const AnswerSummary summary = decodeWhole(body, sink, 11);
    QVERIFY(!summary.error);
    QVERIFY(summary.is2x);
    QCOMPARE(summary.code.value_or(-1), std::int64_t(0));
    const std::vector<table::Column> &columns = sink.result.chunks().at(0)->columns;
    QCOMPARE(columns[0].bools()[0], std::uint8_t(1));
    QCOMPARE(columns[0].bools()[1], std::uint8_t(0));
    QCOMPARE(columns[1].ints()[0], std::int64_t(-5));
    QCOMPARE(columns[2].uints()[0], std::numeric_limits<std::uint64_t>::max());
    QCOMPARE(columns[3].doubles()[0], 1.5);
    QCOMPARE(columns[4].bytes(0), std::string_view("x"));
    QCOMPARE(columns[6].bytes(0), std::string_view("?"));
    QCOMPARE(sink.result.schema().columns[1].serverType, std::string("BIGINT"));
    QCOMPARE(sink.result.schema().columns[6].serverType, std::string("99"));
}

void AnswerTest::readsTimesOf2x_data()
{
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("unit");
    QTest::addColumn<qint64>("value");
    const int local = static_cast<int>(table::Kind::LocalDateTime);
    const int instant = static_cast<int>(table::Kind::Instant);
    QTest::newRow("sql") << QByteArray("\"2022-08-10 07:02:40.500\"") << local << 3 << qint64(1660114960500);
    QTest::newRow("sql ns") << QByteArray("\"2022-08-10 07:02:40.500000001\"") << local << 9 << qint64(1660114960500000001);
    QTest::newRow("sqlutc") << QByteArray("\"2022-08-10T15:02:40.500+08:00\"") << instant << 3 << qint64(1660114960500);
    QTest::newRow("sqlutc without a colon") << QByteArray("\"2022-08-10T15:02:40.500+0800\"") << instant << 3 << qint64(1660114960500);
    QTest::newRow("sqlt ms") << QByteArray("1660114960500") << instant << 3 << qint64(1660114960500);
    QTest::newRow("sqlt us") << QByteArray("1660114960500000") << instant << 6 << qint64(1660114960500000);
    QTest::newRow("sqlt ns") << QByteArray("1660114960500000000") << instant << 9 << qint64(1660114960500000000);
}

void AnswerTest::readsTimesOf2x()
{
    QFETCH(QByteArray, cell);
    QFETCH(int, kind);
    QFETCH(int, unit);
    QFETCH(qint64, value);
    std::string body = R"({"status":"succ","head":["v","ts"],"column_meta":[["v",4,4],["ts",9,8]],"data":[[1,)";
    body.append(cell.toStdString()).append("],[2,").append(cell.toStdString()).append("],[3,null]],\"rows\":3}");
    for (const std::size_t piece : {std::size_t(1000000), std::size_t(1)}) {
        RecordingSink sink;
        const AnswerSummary summary = decodeWhole(body, sink, piece);
        QVERIFY(!summary.error);
        QCOMPARE(summary.rows, std::int64_t(3));
        const table::Column &column = sink.result.chunks().at(0)->columns[1];
        QCOMPARE(static_cast<int>(column.kind()), kind);
        QCOMPARE(column.unitDigits(), unit);
        QCOMPARE(qint64(column.ints()[0]), value);
        QCOMPARE(qint64(column.ints()[1]), value);
        QVERIFY(column.isNull(2));
    }
}

void AnswerTest::readsVeryOldAnswers()
{
    const std::string body = R"({"status":"succ","head":["ts","n","s"],"data":[["2018-10-03 14:38:05.000",10.3,"a"],["2018-10-03 14:38:15.000",12,null]],"rows":2})";
    RecordingSink sink;
    const AnswerSummary summary = decodeWhole(body, sink, 9);
    QVERIFY(!summary.error);
    QCOMPARE(summary.rows, std::int64_t(2));
    const std::vector<table::Column> &columns = sink.result.chunks().at(0)->columns;
    QCOMPARE(static_cast<int>(columns[0].kind()), static_cast<int>(table::Kind::LocalDateTime));
    QCOMPARE(columns[1].doubles()[1], 12.0);
    QCOMPARE(columns[2].bytes(0), std::string_view("a"));
    QCOMPARE(sink.result.schema().columns[1].name, std::string("n"));
    RecordingSink cut;
    const AnswerSummary broken = decodeWhole(body.substr(0, 110), cut, 9, true);
    QCOMPARE(broken.rows, std::int64_t(1));
    QCOMPARE(broken.error->kind, core::ErrorKind::Network);
}

void AnswerTest::tellsOddBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qint64>("byte");
    QTest::newRow("empty") << QByteArray() << qint64(0);
    QTest::newRow("JSON text") << QByteArray("\"query memory exceeds threshold\"") << qint64(0);
    QTest::newRow("text") << QByteArray("404 page not found") << qint64(4);
    QTest::newRow("HTML") << QByteArray("<html><body>502</body></html>") << qint64(0);
    QTest::newRow("array") << QByteArray("[1]") << qint64(0);
    QTest::newRow("null") << QByteArray("null") << qint64(0);
    QTest::newRow("other object") << QByteArray("{\"error\":\"x\"}") << qint64(12);
}

void AnswerTest::tellsOddBodies()
{
    QFETCH(QByteArray, body);
    QFETCH(qint64, byte);
    for (const std::size_t piece : {std::size_t(1000000), std::size_t(1)}) {
        RecordingSink sink;
        const AnswerSummary summary = decodeWhole(body.toStdString(), sink, piece);
        QVERIFY(!summary.hasDialectForm);
        QVERIFY(!summary.code);
        QCOMPARE(summary.error->kind, core::ErrorKind::Decode);
        if (byte != 4) // a number is read to its end before it is found to be none of an answer
            QCOMPARE(summary.error->position.byte.value_or(-1), byte);
        QCOMPARE(QByteArray::fromStdString(summary.bodyStart), body);
        QCOMPARE(sink.schemas, 0);
        const AnswerSummary broken = decodeWhole(body.toStdString(), sink, piece, true);
        QCOMPARE(broken.error->kind, core::ErrorKind::Network);
        QCOMPARE(QByteArray::fromStdString(broken.bodyStart), body);
    }
    RecordingSink sink;
    QCOMPARE(decodeWhole(std::string(100000, '<'), sink).bodyStart.size(), std::size_t(2048));
}

void AnswerTest::deliversTheRowsBeforeACut_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("3.x") << QByteArray::fromStdString(kQuery);
    QTest::newRow("2.x") << QByteArray(
        R"({"status":"succ","head":["ts","v"],"column_meta":[["ts",9,8],["v",6,4]],"data":[["2022-08-10 07:02:40.500",10.5],[null,-0.25],["2022-08-10 07:02:41.000",null]],"rows":3})");
}

void AnswerTest::deliversTheRowsBeforeACut()
{
    QFETCH(QByteArray, body);
    const std::string whole = body.toStdString();
    const std::size_t data = whole.find("\"data\":[") + 8;
    for (std::size_t size = 0; size < whole.size(); ++size) {
        // A row is there once its bracket is.
        std::int64_t rows = 0;
        for (std::size_t at = data; at < size && whole[at - 1] != ']'; ++at) {
            at = whole.find(']', at);
            rows += at < size ? 1 : 0;
            ++at;
        }
        for (const std::size_t piece : {std::size_t(1000000), std::size_t(1)}) {
            for (const bool breaksOff : {false, true}) {
                RecordingSink sink;
                const AnswerSummary summary = decodeWhole(whole.substr(0, size), sink, piece, breaksOff);
                QVERIFY(summary.error);
                QCOMPARE(summary.error->kind, breaksOff ? core::ErrorKind::Network : core::ErrorKind::Decode);
                QCOMPARE(summary.rows, rows);
                QCOMPARE(sink.result.rowCount(), rows);
                if (breaksOff)
                    QVERIFY(summary.error->message.contains(QStringLiteral("Connection lost after %1 rows").arg(rows)));
                else
                    QVERIFY(summary.error->position.byte.value_or(-1) <= static_cast<std::int64_t>(size));
            }
        }
    }
}

void AnswerTest::refusesBadEnvelopes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("code") << QByteArray(R"({"code":"0"})");
    QTest::newRow("status") << QByteArray(R"({"status":0})");
    QTest::newRow("data") << QByteArray(R"({"code":0,"column_meta":[["v","INT",4]],"data":{}})");
    QTest::newRow("data twice") << QByteArray(R"({"code":0,"column_meta":[["v","INT",4]],"data":[],"data":[]})");
    QTest::newRow("no columns") << QByteArray(R"({"code":0,"data":[[1]]})");
    QTest::newRow("column no array") << QByteArray(R"({"code":0,"column_meta":["v"],"data":[[1]]})");
    QTest::newRow("column empty") << QByteArray(R"({"code":0,"column_meta":[[]],"data":[[1]]})");
    QTest::newRow("column without type") << QByteArray(R"({"code":0,"column_meta":[["v"]],"data":[[1]]})");
    QTest::newRow("column of a strange type") << QByteArray(R"({"code":0,"column_meta":[["v",null]],"data":[[1]]})");
    QTest::newRow("columns without data") << QByteArray(R"({"code":0,"column_meta":[["v","INT",4]]})");
    QTest::newRow("fewer rows than counted") << QByteArray(R"({"code":0,"column_meta":[["v","INT",4]],"data":[[1]],"rows":2})");
    QTest::newRow("more behind") << QByteArray(R"({"code":0}{"code":0})");
}

void AnswerTest::refusesBadEnvelopes()
{
    QFETCH(QByteArray, body);
    RecordingSink sink;
    const AnswerSummary summary = decodeWhole(body.toStdString(), sink, 3);
    QVERIFY(summary.error);
    QCOMPARE(summary.error->kind, core::ErrorKind::Decode);
    QVERIFY(summary.error->position.byte);
}

void AnswerTest::stopsAtTheLimit()
{
    RecordingSink sink;
    PieceSource source(kQuery, 5);
    const AnswerSummary summary = decodeAnswer(source, {.maxRows = 2}, sink);
    QVERIFY(!summary.error);
    QVERIFY(summary.cutByLimit);
    QVERIFY(summary.hasResultSet);
    QCOMPARE(summary.rows, std::int64_t(2));
    QCOMPARE(sink.limits, std::vector<std::int64_t>{2});
    RecordingSink all;
    PieceSource again(kQuery, 5);
    const AnswerSummary exact = decodeAnswer(again, {.maxRows = 3}, all);
    QVERIFY(!exact.cutByLimit);
    QVERIFY(all.limits.empty());
    QCOMPARE(exact.rows, std::int64_t(3));
}

void AnswerTest::stopsWithTheSink()
{
    for (const std::size_t piece : {std::size_t(1000000), std::size_t(1)}) {
        RecordingSink sink;
        sink.refusesAfter = 0;
        const AnswerSummary summary = decodeWhole(kQuery, sink, piece);
        QVERIFY(!summary.error);
        QVERIFY(summary.cutBySink);
        QCOMPARE(summary.rows, std::int64_t(0));
        RecordingSink none;
        none.refusesSchema = true;
        QVERIFY(decodeWhole(kQuery, none, piece).cutBySink);
    }
}

ONDO_TEST(AnswerTest)
#include "tst_answer.moc"
