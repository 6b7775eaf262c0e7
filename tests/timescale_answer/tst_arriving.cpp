// SPDX-License-Identifier: GPL-3.0-or-later
#include "answer.h"

#include "json/writer.h"
#include "support/keepingsink.h"
#include "support/ondotest.h"
#include "support/piecesource.h"

#include <QByteArray>

namespace {

// Shows rows before their types are known, as a window does.
class ShowingSink final : public support::KeepingSink
{
public:
    bool showsUntyped() const override { return true; }
    bool chunk(std::shared_ptr<const table::Chunk> chunk) override
    {
        const bool goesOn = KeepingSink::chunk(std::move(chunk));
        if (retypings == 0) {
            shownRows = table.rowCount();
            if (shown.empty())
                shown = rows();
            for (const table::ColumnInfo &info : table.schema().columns)
                areTexts = areTexts && info.kind == table::Kind::Text;
        }
        return goesOn;
    }
    bool retyped(table::Table typed) override
    {
        ++retypings;
        table = std::move(typed);
        return true;
    }
    std::optional<std::int64_t> limitReached(std::int64_t rows) override
    {
        limits.push_back(rows);
        return nextLimit;
    }

    int retypings = 0;
    std::int64_t shownRows = 0;
    std::vector<std::string> shown;
    bool areTexts = true;
    std::vector<std::int64_t> limits;
    std::optional<std::int64_t> nextLimit;
};

std::string sampleRows(int count)
{
    std::string rows = "[";
    for (int i = 0; i < count; ++i) {
        rows += i == 0 ? "" : ", ";
        rows += "{\"time\": \"2021-07-12 20:00:00\", \"note\": \"a \\\"b\\\" \\ud83d\\ude00 \\u00e9\", \"price\": " + std::to_string(i) + (i > 900 ? ".25" : "") + ", \"id\": \"" + std::to_string(i) + "\"}";
    }
    return rows + "]";
}

enum class Packing { None, Envelope, Twice, Base64, Nested };

std::string packed(const std::string &rows, Packing packing)
{
    if (packing == Packing::None)
        return rows;
    std::string body = rows;
    if (packing == Packing::Twice) {
        body.clear();
        json::appendString(body, rows);
    }
    if (packing == Packing::Nested)
        body = packed(rows, Packing::Envelope);
    std::string text = packing == Packing::Base64 ? "{\"statusCode\": 200, \"isBase64Encoded\": true, \"body\": " : "{\"statusCode\": 200, \"headers\": {}, \"body\": ";
    json::appendString(text, packing == Packing::Base64 ? QByteArray::fromStdString(body).toBase64().toStdString() : body);
    return text + ", \"cookies\": []}";
}

timescale::AnswerSummary readIn(const std::string &body, std::size_t pieces, connector::Sink &sink, bool breaksOff = false, timescale::AnswerOptions options = {})
{
    support::PieceSource source(body, pieces, breaksOff);
    return timescale::decodeAnswer(source, options, sink);
}

const std::vector<Packing> kPackings{Packing::None, Packing::Envelope, Packing::Twice, Packing::Base64, Packing::Nested};

} // namespace

class TimescaleArrivingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // What a window ends up with is what a file gets.
    void rowsAreTextsUntilTheirTypesAreKnown()
    {
        const std::string rows = sampleRows(9'000);
        support::KeepingSink plain;
        QVERIFY(!readIn(rows, 1 << 20, plain).error);
        for (const Packing packing : kPackings) {
            ShowingSink sink;
            const timescale::AnswerSummary summary = readIn(packed(rows, packing), 9'011, sink);
            QVERIFY2(!summary.error, summary.error ? qPrintable(summary.error->message) : "");
            QCOMPARE(sink.retypings, 1);
            QVERIFY(sink.areTexts && sink.shownRows > 0 && sink.shownRows < 9'000);
            QCOMPARE(sink.shown[0], std::string("\"2021-07-12 20:00:00\",\"a \\\"b\\\" \xF0\x9F\x98\x80 \xC3\xA9\",\"0\",\"0\""));
            QCOMPARE(sink.rows(), plain.rows());
            QCOMPARE(summary.rows, std::int64_t(9'000));
            QCOMPARE(static_cast<int>(sink.table.schema().columns[2].kind), static_cast<int>(table::Kind::Double));
            QCOMPARE(static_cast<int>(sink.table.schema().columns[3].kind), static_cast<int>(table::Kind::Int));
        }
    }

    // However the bytes come, an escape or a surrogate pair that is cut between two of them is whole again.
    void packedRowsComeInAnyPieces()
    {
        const std::string rows = sampleRows(40);
        support::KeepingSink plain;
        QVERIFY(!readIn(rows, 1 << 20, plain).error);
        for (const Packing packing : kPackings) {
            for (const std::size_t pieces : {1, 2, 3, 5, 7, 11, 12, 13, 37}) {
                support::KeepingSink sink;
                const timescale::AnswerSummary summary = readIn(packed(rows, packing), pieces, sink);
                QVERIFY2(!summary.error, summary.error ? qPrintable(summary.error->message) : "");
                QCOMPARE(sink.rows(), plain.rows());
                QCOMPARE(summary.innerStatus, packing == Packing::None ? 0 : 200);
            }
        }
    }

    void brokenOffAnswersKeepTheRowsThatCame()
    {
        const std::string rows = sampleRows(300);
        support::KeepingSink plain;
        QVERIFY(!readIn(rows, 1 << 20, plain).error);
        const std::vector<std::string> all = plain.rows();
        for (const Packing packing : kPackings) {
            const std::string body = packed(rows, packing);
            for (const bool breaksOff : {true, false}) {
                support::KeepingSink sink;
                const timescale::AnswerSummary summary = readIn(body.substr(0, body.size() / 2), 1 << 20, sink, breaksOff);
                QVERIFY(summary.error);
                QCOMPARE(static_cast<int>(summary.error->kind), static_cast<int>(breaksOff ? core::ErrorKind::Network : core::ErrorKind::Decode));
                QVERIFY2(summary.rows > 100 && summary.rows < 200, qPrintable(QString::number(summary.rows)));
                const std::vector<std::string> came = sink.rows();
                QVERIFY(came.size() == static_cast<std::size_t>(summary.rows) && std::equal(came.begin(), came.end(), all.begin()));
            }
        }
    }

    void whatStandsBehindTheTextHasToEndTheAnswer()
    {
        const std::string good = packed(sampleRows(3000), Packing::Envelope);
        for (const char *tail : {"", "]", ", \"x\": tru}", "} {}"}) {
            support::KeepingSink sink;
            const timescale::AnswerSummary summary = readIn(good.substr(0, good.rfind(", \"cookies\"")) + tail, 1 << 16, sink);
            QVERIFY2(summary.error && summary.error->kind == core::ErrorKind::Decode, tail);
            QCOMPARE(summary.rows, std::int64_t(3000));
        }
        support::KeepingSink sink;
        QVERIFY(!readIn(good.substr(0, good.rfind(", \"cookies\"")) + ", \"x\": [1, {}]}\n ", 1 << 16, sink).error);
    }

    void theLimitIsAskedForWhileRowsAreShown()
    {
        const std::string rows = sampleRows(9'000);
        timescale::AnswerOptions options;
        options.maxRows = 1000;
        ShowingSink cut;
        const timescale::AnswerSummary summary = readIn(rows, 9'011, cut, false, options);
        QVERIFY(summary.cutByLimit && !summary.error);
        QCOMPARE(cut.table.rowCount(), std::int64_t(1000));
        QCOMPARE(summary.rows, std::int64_t(1000));
        QCOMPARE(cut.retypings, 1);
        ShowingSink all;
        all.nextLimit = 0;
        QVERIFY(!readIn(rows, 9'011, all, false, options).cutByLimit);
        QCOMPARE(all.limits, std::vector<std::int64_t>{1000});
        QCOMPARE(all.table.rowCount(), std::int64_t(9'000));
    }

    // Columns that come late and rows of another kind are there in the end, under all rows.
    void whatIsShownFirstDoesNotSettleTheColumns()
    {
        std::string rows = sampleRows(5000);
        rows.pop_back();
        ShowingSink late;
        QVERIFY(!readIn(rows + ",{\"late\":true}]", 9973, late).error);
        QCOMPARE(late.table.columnCount(), std::size_t(5));
        QCOMPARE(late.table.rowCount(), std::int64_t(5001));
        ShowingSink mixed;
        QVERIFY(!readIn(rows + ",7]", 9973, mixed).error);
        QCOMPARE(mixed.table.columnCount(), std::size_t(1));
        QCOMPARE(mixed.table.rowCount(), std::int64_t(5001));
        ShowingSink named;
        QVERIFY(!readIn("{\"rows\":[[1,\"a\"],[2,\"b\"],[3,\"c\"]],\"columns\":[\"id\",\"name\"]}", 7, named).error);
        QCOMPARE(named.table.schema().columns[1].name, std::string("name"));
    }

    // Beyond what is held, typed rows go on behind those that took the place of the texts.
    void longAnswersAreTypedBeforeTheirEnd()
    {
        std::string body = "[";
        std::int64_t rows = 0;
        for (; body.size() < timescale::kMostLookedAt + (2 << 20); ++rows)
            body += (rows == 0 ? "{\"id\":" : ",{\"id\":") + std::to_string(rows) + ",\"pad\":\"" + std::string(400, 'x') + "\"}";
        ShowingSink sink;
        const timescale::AnswerSummary summary = readIn(body + "]", 1 << 18, sink);
        QVERIFY(!summary.error);
        QCOMPARE(sink.retypings, 1);
        QCOMPARE(sink.table.rowCount(), rows);
        QCOMPARE(summary.rows, rows);
        for (const std::int64_t row : {std::int64_t(0), rows / 2, rows - 1}) {
            const table::Cell cell = sink.table.cell(row, 0);
            QCOMPARE(cell.column->ints()[cell.row], row);
        }
    }
};

ONDO_TEST(TimescaleArrivingTest)
#include "tst_arriving.moc"
