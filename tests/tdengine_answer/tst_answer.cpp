// SPDX-License-Identifier: GPL-3.0-or-later
#include "answer.h"

#include "piecesource.h"
#include "recordingsink.h"

#include "support/ondotest.h"

using tdengine::AnswerSummary;
using tdengine::decodeAnswer;

class AnswerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAQuery()
    {
        RecordingSink sink;
        PieceSource source(R"({"code":0,"column_meta":[["ts","TIMESTAMP",8],["v","FLOAT",4]],"data":[["2022-08-10T07:02:40.500Z",10.5],[null,-0.25]],"rows":2,"timing":77})", 1000);
        const AnswerSummary summary = decodeAnswer(source, {}, sink);
        QVERIFY(!summary.error);
        QVERIFY(summary.hasDialectForm);
        QVERIFY(summary.hasResultSet);
        QVERIFY(!summary.is2x);
        QCOMPARE(summary.code, std::optional<std::int64_t>(0));
        QCOMPARE(summary.rows, std::int64_t(2));
        QCOMPARE(summary.columns, std::int64_t(2));
        QCOMPARE(summary.declaredRows, std::optional<std::int64_t>(2));
        QCOMPARE(summary.timingNs, std::optional<std::int64_t>(77));
        QCOMPARE(sink.result.rowCount(), std::int64_t(2));
        const table::Chunk &chunk = *sink.result.chunks().at(0);
        QCOMPARE(chunk.columns[0].ints()[0], std::int64_t(1660114960500));
        QCOMPARE(chunk.columns[0].unitDigits(), 3);
        QVERIFY(chunk.columns[0].isNull(1));
        QCOMPARE(chunk.columns[1].floats()[1], -0.25F);
    }
};

ONDO_TEST(AnswerTest)
#include "tst_answer.moc"
