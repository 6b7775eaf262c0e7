// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"

#include "support/ondotest.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

namespace {

struct Bucket {
    double first = 0, last = 0, least = 0, most = 0, sum = 0;
    std::int64_t count = 0;
};

double realAt(const table::Table &table, std::int64_t row, std::size_t column)
{
    const table::Cell cell = table.cell(row, column);
    return cell.column->kind() == table::Kind::Double ? cell.column->doubles()[cell.row] : static_cast<double>(cell.column->ints()[cell.row]);
}

std::int64_t intAt(const table::Table &table, std::int64_t row, std::size_t column)
{
    const table::Cell cell = table.cell(row, column);
    return cell.column->ints()[cell.row];
}

std::string textAt(const table::Table &table, std::int64_t row, std::size_t column)
{
    const table::Cell cell = table.cell(row, column);
    return std::string(cell.column->bytes(cell.row));
}

constexpr const char *kEndless = "select count(*) from power.meters a, power.meters b where a.current < b.current";

} // namespace

// Tells when the first rows are there.
class WaitingSink : public NoticeSink
{
public:
    bool chunk(std::shared_ptr<const table::Chunk> chunk) override
    {
        hasRows = true;
        return NoticeSink::chunk(std::move(chunk));
    }
    std::atomic<bool> hasRows = false;
};

class LindormSandboxSessionTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<LindormSandbox> m_sandbox;

    // How many statements of this text the server lists.
    int running(const char *text)
    {
        const QJsonArray rows = m_sandbox->sql("show processlist").json().value(QStringLiteral("rows")).toArray();
        return static_cast<int>(std::count_if(rows.begin(), rows.end(), [text](const QJsonValue &row) {
            return row.toArray().contains(QJsonValue(QString::fromLatin1(text)));
        }));
    }

private Q_SLOTS:
    void initTestCase() { m_sandbox = std::make_unique<LindormSandbox>(); }
    void cleanupTestCase() { m_sandbox.reset(); }

    void bucketsAreTheAggregatesOfTheRawRows()
    {
        constexpr std::int64_t kFrom = 1'748'822'411'000; // within a bucket
        constexpr std::int64_t kTo = 1'748'829'630'000;
        constexpr std::int64_t kWidth = 600'000;
        connector::AggregateRequest request;
        request.path = {"power", "meters"};
        request.timeColumn = "ts";
        request.valueColumns = {"current"};
        request.by = "device_id";
        request.fromNs = kFrom * 1'000'000;
        request.toNs = kTo * 1'000'000;
        request.bucketNs = kWidth * 1'000'000;
        NoticeSink asked;
        const auto statement = m_sandbox->session->aggregate(request, asked, {});
        QVERIFY2(statement.ok(), statement.ok() ? "" : qPrintable(core::toText(statement.error())));
        QCOMPARE(statement->bucketNs, kWidth * 1'000'000);

        NoticeSink raw;
        QVERIFY(!m_sandbox->run("select device_id, ts, current from power.meters where ts >= " + std::to_string(kFrom) + " and ts < "
                + std::to_string(kTo) + " order by ts", raw).error);
        std::map<std::pair<std::string, std::int64_t>, Bucket> wanted;
        for (std::int64_t row = 0; row < raw.table.rowCount(); ++row) {
            const std::int64_t time = intAt(raw.table, row, 1);
            const double value = realAt(raw.table, row, 2);
            Bucket &bucket = wanted[{textAt(raw.table, row, 0), time / kWidth * kWidth}];
            if (bucket.count++ == 0)
                bucket.first = bucket.least = bucket.most = value;
            bucket.last = value;
            bucket.least = std::min(bucket.least, value);
            bucket.most = std::max(bucket.most, value);
            bucket.sum += value;
        }
        NoticeSink sink;
        QVERIFY(!m_sandbox->run(statement->sql, sink).error);
        QCOMPARE(sink.table.rowCount(), static_cast<std::int64_t>(wanted.size()));
        QVERIFY(sink.table.rowCount() > 100);
        auto expected = wanted.begin();
        for (std::int64_t row = 0; row < sink.table.rowCount(); ++row, ++expected) {
            QCOMPARE(textAt(sink.table, row, 1), expected->first.first);
            QCOMPARE(intAt(sink.table, row, 0), expected->first.second);
            QCOMPARE(realAt(sink.table, row, 2), expected->second.first);
            QCOMPARE(realAt(sink.table, row, 3), expected->second.last);
            QCOMPARE(realAt(sink.table, row, 4), expected->second.least);
            QCOMPARE(realAt(sink.table, row, 5), expected->second.most);
            QVERIFY(std::abs(realAt(sink.table, row, 6) - expected->second.sum / static_cast<double>(expected->second.count)) < 1e-9);
            QCOMPARE(intAt(sink.table, row, 7), expected->second.count);
        }
    }
    void aTableOfSeveralSeriesIsNotMadeOne()
    {
        connector::AggregateRequest request;
        request.path = {"market", "stocks_intraday"};
        request.timeColumn = "time";
        request.valueColumns = {"price_close", "trading_volume"};
        request.bucketNs = 3'600'000'000'000;
        NoticeSink sink;
        const auto several = m_sandbox->session->aggregate(request, sink, {});
        QVERIFY(!several.ok() && several.error().kind == core::ErrorKind::Unsupported);
        request.by = "symbol";
        const auto bySymbol = m_sandbox->session->aggregate(request, sink, {});
        QVERIFY(bySymbol.ok());
        NoticeSink rows;
        QVERIFY(!m_sandbox->run(bySymbol->sql, rows).error);
        QCOMPARE(rows.table.columnCount(), std::size_t(14));
        QVERIFY(rows.table.rowCount() > 1000);
    }
    void everyBlockSizeGivesTheSameRows()
    {
        NoticeSink whole;
        const std::string statement = "select ts, current, voltage, location from power.meters where ts < 1748826000000";
        QVERIFY(!m_sandbox->run(statement, whole).error);
        QCOMPARE(whole.table.rowCount(), std::int64_t(3600));
        const auto small = m_sandbox->connect("lindorm://root:root_tsdb@127.0.0.1:" + std::to_string(m_sandbox->port()) + "/power?chunk_size=7");
        NoticeSink pieces;
        connector::Statement text;
        text.text = statement;
        QVERIFY(!small->run(text, {}, pieces, {}).error);
        QVERIFY(whole.rows() == pieces.rows());
    }
    void anErrorBehindRowsKeepsThem()
    {
        NoticeSink sink;
        const auto outcome = m_sandbox->run("select ts, 100 / (voltage - 220) as x from power.meters where device_id = 'd1001'", sink);
        QVERIFY(outcome.error && outcome.rows == 9);
        QCOMPARE(sink.table.rowCount(), std::int64_t(9));
        QCOMPARE(outcome.error->serverCode, QStringLiteral("9001 (HY000)"));
        QCOMPARE(QString::fromLatin1(connector::word(outcome.completeness)), QStringLiteral("cut"));
    }
    void aConditionThatIsIgnoredIsSaid()
    {
        NoticeSink sink;
        const auto outcome = m_sandbox->run("select max(current) from power.meters where current < 3 and device_id = 'd1001' sample by 1d", sink);
        QVERIFY(!outcome.error);
        QCOMPARE(sink.notices.size(), 1);
        QVERIFY2(sink.notices[0].contains(QStringLiteral("current < 3")), qPrintable(sink.notices[0]));
        QVERIFY(realAt(sink.table, 0, 0) > 3); // it was
    }
    void aStatementIsStoppedOnTheServer()
    {
        connector::Outcome outcome;
        NoticeSink sink;
        std::thread runner([&] { outcome = m_sandbox->run(kEndless, sink); });
        while (running(kEndless) == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        NoticeSink other;
        const auto report = m_sandbox->session->stopOnServer({kEndless, "ondograph", {}, std::chrono::system_clock::now()}, other, {});
        runner.join();
        QVERIFY(report.ok());
        QVERIFY2(report->stopped, qPrintable(report->message));
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->serverCode, QStringLiteral("1317 (70100)"));
    }
    void ofTwoEqualStatementsNoneIsStopped()
    {
        std::stop_source source;
        NoticeSink sinks[2];
        std::thread first([&] { m_sandbox->run(kEndless, sinks[0], source.get_token()); });
        std::thread second([&] { m_sandbox->run(kEndless, sinks[1], source.get_token()); });
        while (running(kEndless) < 2)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        NoticeSink other;
        const auto report = m_sandbox->session->stopOnServer({kEndless, "ondograph", {}, std::chrono::system_clock::now()}, other, {});
        const int left = running(kEndless);
        source.request_stop();
        first.join();
        second.join();
        QVERIFY(report.ok() && !report->stopped);
        QCOMPARE(left, 2);
    }
    void aKillInTheMiddleOfAnAnswerIsAnErrorBehindItsRows()
    {
        connector::Outcome outcome;
        WaitingSink sink;
        const char *large = "select a.ts, b.current from power.meters a, power.meters b";
        std::thread runner([&] { outcome = m_sandbox->run(large, sink); });
        while (!sink.hasRows)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        NoticeSink other;
        const auto report = m_sandbox->session->stopOnServer({large, "ondograph", {}, std::chrono::system_clock::now()}, other, {});
        runner.join();
        QVERIFY(report.ok() && report->stopped);
        QVERIFY(outcome.error && outcome.rows > 0);
        QCOMPARE(outcome.error->serverCode, QStringLiteral("1317 (70100)"));
        QCOMPARE(QString::fromLatin1(connector::word(outcome.completeness)), QStringLiteral("cut"));
    }
    void parametersBecomeLiterals()
    {
        NoticeSink sink;
        connector::RunOptions options;
        options.database = "default";
        options.parameters = {{"d", {}, "F07A1260"}, {"t", {}, "2021-04-22 15:33:10"}, {"quote", {}, "it's a \\"}};
        connector::Statement statement;
        statement.text = "select :quote as q, humidity from sensor where device_id = :d and time = :t; -- one";
        const auto outcome = m_sandbox->session->run(statement, options, sink, {});
        QVERIFY2(!outcome.error, outcome.error ? qPrintable(core::toText(*outcome.error)) : "");
        QCOMPARE(sink.rows(), std::vector<std::string>{"\"it's a \\\\\",47"});
    }
    void requestsReachEveryEndpoint()
    {
        connector::Statement statement;
        statement.isRequest = true;
        statement.text = "GET /api/health";
        NoticeSink health;
        QVERIFY(!m_sandbox->session->run(statement, {}, health, {}).error);
        QCOMPARE(health.rows(), std::vector<std::string>{"200,\"text/plain\",\"OK\""});
        statement.text = "POST /api/v2/sql?database=default\n\nselect count(*) as n from sensor\n";
        NoticeSink rows;
        QVERIFY(!m_sandbox->session->run(statement, {}, rows, {}).error);
        QCOMPARE(rows.rows(), std::vector<std::string>{"5"});
        statement.text = "POST /api/query\n\n{}";
        NoticeSink older;
        const auto outcome = m_sandbox->session->run(statement, {}, older, {});
        QVERIFY(outcome.error);
        QCOMPARE(core::exitCode(outcome.error->kind), 1);
    }
};

ONDO_TEST(LindormSandboxSessionTest)
#include "tst_session.moc"
