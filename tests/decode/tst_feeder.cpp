// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/rowdecoder.h"

#include "support/ondotest.h"
#include "support/piecesource.h"
#include "support/recordingsink.h"

namespace {

std::shared_ptr<const table::Schema> twoColumns()
{
    table::Schema schema;
    for (const char *name : {"n", "t"}) {
        table::ColumnInfo info;
        info.name = name;
        info.kind = name[0] == 'n' ? table::Kind::Int : table::Kind::Text;
        schema.columns.push_back(info);
    }
    return std::make_shared<const table::Schema>(schema);
}

std::string numberedRows(std::int64_t count)
{
    std::string body = "[";
    for (std::int64_t i = 0; i < count; ++i) {
        const std::string number = std::to_string(i);
        body.append(i == 0 ? "[" : ",[").append(number).append(",\"").append(number).append("\"]");
    }
    return body.append("]");
}

// Everything that reads an array of rows.
struct Run {
    Run(json::Source &source, support::RecordingSink &sink, std::int64_t maxRows = 0, bool holds = false)
        : feeder(sink, twoColumns(), maxRows, holds)
        , reader(source, json::ReaderOptions{.idle = [this] { return feeder.idle(); }})
    {
        reader.next();
        const auto schema = twoColumns();
        decode::RowDecoder rows(
            reader, feeder, schema, {decode::CellDecoder(schema->columns[0]), decode::CellDecoder(schema->columns[1])});
        end = feeder.begin() ? rows.run() : decode::RowDecoder::End::Cut;
        error = rows.error();
        feeder.finish();
    }

    decode::RowFeeder feeder;
    json::Reader reader;
    decode::RowDecoder::End end;
    std::optional<core::Error> error;
};

bool isNumbered(const table::Table &result, std::int64_t count)
{
    if (result.rowCount() != count)
        return false;
    for (std::int64_t row = 0; row < count; ++row) {
        const table::Cell number = result.cell(row, 0);
        const table::Cell text = result.cell(row, 1);
        if (number.column->ints()[number.row] != row || text.column->bytes(text.row) != std::to_string(row))
            return false;
    }
    return true;
}

// Gives out rows one by one, each only once the sink has all before it: waits for whatever posts them.
class PatientSource : public json::Source
{
public:
    PatientSource(std::string body, const support::RecordingSink &sink)
        : m_body(std::move(body))
        , m_sink(sink)
    {
    }
    core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point) override
    {
        if (m_at == m_body.size())
            return ReadResult{Read::End, 0};
        if (m_sink.result.rowCount() < m_rows)
            return ReadResult{Read::Waiting, 0};
        const std::size_t next = std::min(m_body.find(']', m_at), m_body.size() - 1) + 1;
        const std::size_t size = next - m_at;
        std::memcpy(into.data(), m_body.data() + m_at, size);
        m_at = next;
        ++m_rows;
        return ReadResult{Read::Data, size};
    }

private:
    const std::string m_body;
    const support::RecordingSink &m_sink;
    std::size_t m_at = 0;
    std::int64_t m_rows = 0;
};

} // namespace

class FeederTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fillsChunks_data()
    {
        QTest::addColumn<int>("rows");
        for (const int rows : {0, 1, 8191, 8192, 8193, 16384, 20000})
            QTest::addRow("%d", rows) << rows;
    }
    void fillsChunks()
    {
        QFETCH(int, rows);
        const std::string body = numberedRows(rows);
        for (const std::size_t piece : {std::size_t(100000000), std::size_t(4096), std::size_t(13)}) {
            support::PieceSource source(body, piece);
            support::RecordingSink sink;
            const Run run(source, sink);
            QCOMPARE(run.end, decode::RowDecoder::End::Complete);
            QCOMPARE(run.feeder.deliveredRows(), std::int64_t(rows));
            QVERIFY(isNumbered(sink.result, rows));
            QCOMPARE(sink.schemas, 1);
            for (std::size_t i = 0; i + 1 < sink.result.chunks().size(); ++i)
                QCOMPARE(sink.result.chunks()[i]->rows, table::kChunkRows);
        }
    }

    void postsRowsOfASlowTrickle()
    {
        support::RecordingSink sink;
        PatientSource source(numberedRows(12), sink);
        const Run run(source, sink);
        QCOMPARE(run.end, decode::RowDecoder::End::Complete);
        QVERIFY(isNumbered(sink.result, 12));
        std::vector<std::int64_t> each;
        for (std::int64_t i = 1; i <= 12; ++i)
            each.push_back(i);
        QCOMPARE(sink.counts, each);
    }

    void stopsAtTheLimit_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("limit");
        for (const auto &[rows, limit] : {std::pair(10, 3), {10, 9}, {10, 1}, {9000, 8192}, {9000, 8191}, {20000, 8193}})
            QTest::addRow("%d of %d", limit, rows) << rows << limit;
    }
    void stopsAtTheLimit()
    {
        QFETCH(int, rows);
        QFETCH(int, limit);
        const std::string body = numberedRows(rows);
        support::PieceSource source(body, 1000);
        support::RecordingSink sink;
        const Run run(source, sink, limit);
        QCOMPARE(run.end, decode::RowDecoder::End::Cut);
        QVERIFY(run.feeder.isCutByLimit());
        QVERIFY(!run.feeder.isCutBySink());
        QVERIFY(isNumbered(sink.result, limit));
        QCOMPARE(sink.limits, std::vector<std::int64_t>{limit});
    }

    void aLimitThatIsNotPassedIsNoCut()
    {
        const std::string body = numberedRows(10);
        for (const int limit : {10, 11}) {
            support::PieceSource source(body, 7);
            support::RecordingSink sink;
            const Run run(source, sink, limit);
            QCOMPARE(run.end, decode::RowDecoder::End::Complete);
            QVERIFY(sink.limits.empty());
            QVERIFY(isNumbered(sink.result, 10));
        }
    }

    void goesOnWithANewLimit()
    {
        const std::string body = numberedRows(100);
        support::PieceSource source(body, 50);
        support::RecordingSink sink;
        sink.nextLimit = 60; // the second time it is no way on
        const Run run(source, sink, 20);
        QVERIFY(run.feeder.isCutByLimit());
        QCOMPARE(sink.limits, (std::vector<std::int64_t>{20, 60}));
        QVERIFY(isNumbered(sink.result, 60));
        support::PieceSource again(body, 50);
        support::RecordingSink all;
        all.nextLimit = 0;
        const Run whole(again, all, 20);
        QCOMPARE(whole.end, decode::RowDecoder::End::Complete);
        QCOMPARE(all.limits, (std::vector<std::int64_t>{20}));
        QVERIFY(isNumbered(all.result, 100));
    }

    void endsWhenTheSinkRefuses()
    {
        const std::string body = numberedRows(30000);
        support::PieceSource source(body, 100000000);
        support::RecordingSink sink;
        sink.refusesAfter = 2;
        const Run run(source, sink);
        QCOMPARE(run.end, decode::RowDecoder::End::Cut);
        QVERIFY(run.feeder.isCutBySink());
        QCOMPARE(run.feeder.deliveredRows(), std::int64_t(16384));
        support::PieceSource again(body, 1000);
        support::RecordingSink none;
        none.refusesSchema = true;
        const Run nothing(again, none);
        QVERIFY(nothing.feeder.isCutBySink());
        QCOMPARE(nothing.feeder.deliveredRows(), std::int64_t(0));
    }

    void endsWhenTheSinkRefusesWhileWaiting()
    {
        support::RecordingSink sink;
        sink.refusesAfter = 3;
        PatientSource source(numberedRows(12), sink);
        const Run run(source, sink);
        QCOMPARE(run.end, decode::RowDecoder::End::Failed);
        QVERIFY(!run.error);
        QVERIFY(run.feeder.isCutBySink());
        QVERIFY(isNumbered(sink.result, 3));
    }

    void namesRowAndByteOfBadRows_data();
    void namesRowAndByteOfBadRows()
    {
        QFETCH(QByteArray, body);
        QFETCH(qint64, row);
        QFETCH(qint64, byte);
        const std::string bytes = body.toStdString();
        for (const std::size_t piece : {std::size_t(1000), std::size_t(1), std::size_t(2), std::size_t(3)}) {
            support::PieceSource source(bytes, piece);
            support::RecordingSink sink;
            const Run run(source, sink);
            QCOMPARE(run.end, decode::RowDecoder::End::Failed);
            QVERIFY(run.error);
            QCOMPARE(run.error->kind, core::ErrorKind::Decode);
            QCOMPARE(run.error->position.row.value_or(-1), row);
            QCOMPARE(run.error->position.byte.value_or(-1), byte);
            QVERIFY(isNumbered(sink.result, 1));
        }
    }

    void takesRowsAsObjects();

    void holdsALoneRow()
    {
        for (const int rows : {0, 1, 2, 3}) {
            const std::string body = numberedRows(rows);
            support::PieceSource source(body, 1);
            support::RecordingSink sink;
            const Run run(source, sink, 0, true);
            QCOMPARE(run.feeder.hasLoneRow(), rows == 1);
            QCOMPARE(sink.schemas, rows == 1 ? 0 : 1);
            QCOMPARE(sink.result.chunks().empty(), rows < 2);
            QVERIFY(rows < 2 || isNumbered(sink.result, rows));
        }
    }
};

void FeederTest::namesRowAndByteOfBadRows_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qint64>("row");
    QTest::addColumn<qint64>("byte");
    QTest::newRow("too few") << QByteArray(R"([[0,"0"],[1]])") << qint64(2) << qint64(11);
    QTest::newRow("none") << QByteArray(R"([[0,"0"],[]])") << qint64(2) << qint64(10);
    QTest::newRow("too many") << QByteArray(R"([[0,"0"],[1,"1",2]])") << qint64(2) << qint64(15);
    QTest::newRow("no row") << QByteArray(R"([[0,"0"],7])") << qint64(2) << qint64(9);
    QTest::newRow("grammar") << QByteArray(R"([[0,"0"],[01,"1"]])") << qint64(2) << qint64(11);
    QTest::newRow("comma missing") << QByteArray(R"([[0,"0"],[1 "1"]])") << qint64(2) << qint64(12);
    QTest::newRow("comma missing between rows") << QByteArray(R"([[0,"0"][1,"1"]])") << qint64(2) << qint64(8);
    QTest::newRow("trailing comma") << QByteArray(R"([[0,"0"],[1,"1",]])") << qint64(2) << qint64(15);
    QTest::newRow("wrong key") << QByteArray(R"([[0,"0"],{"n":1,"x":"1"}])") << qint64(2) << qint64(16);
    QTest::newRow("object too short") << QByteArray(R"([[0,"0"],{"n":1}])") << qint64(2) << qint64(15);
    QTest::newRow("object too long") << QByteArray(R"([[0,"0"],{"n":1,"t":"1","u":2}])") << qint64(2) << qint64(24);
    QTest::newRow("cut") << QByteArray(R"([[0,"0"],[1,"1)") << qint64(2) << qint64(14);
}

void FeederTest::takesRowsAsObjects()
{
    const std::string body = R"([{"n":0,"t":"0"}, {"n" : 1, "t" : "1"} ,[2,"2"]])";
    for (const std::size_t piece : {std::size_t(1000), std::size_t(1)}) {
        support::PieceSource source(body, piece);
        support::RecordingSink sink;
        const Run run(source, sink);
        QCOMPARE(run.end, decode::RowDecoder::End::Complete);
        QVERIFY(isNumbered(sink.result, 3));
    }
}

ONDO_TEST(FeederTest)
#include "tst_feeder.moc"
