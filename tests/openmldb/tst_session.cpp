// SPDX-License-Identifier: GPL-3.0-or-later
#include "apiserver.h"
#include "support/ondotest.h"

#include <QDateTime>

namespace {

QString day(std::chrono::system_clock::time_point time)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    return QDateTime::fromSecsSinceEpoch(seconds + 8 * 3600, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

std::string job(int id, const char *state, const QString &start)
{
    return "[\"" + std::to_string(id) + "\",\"ExportOffline\",\"" + state + "\",\"" + start.toStdString() + "\",\"NULL\",\"\",\"local\",\"\",\"\"]";
}

} // namespace

class OpenmldbSessionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void repeatsOnlyWhatReads_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<bool>("reads");
        for (const char *sql : {"select 1", "/* x */ WITH q AS (select 1) select * from q", "SHOW TABLES", "desc t", "explain select 1"})
            QTest::newRow(sql) << QByteArray(sql) << true;
        for (const char *sql : {"insert into t values (1)", "select * from t into outfile 'x'", "deploy d select 1", "create table t(a int)", "stop job 1", "use x", "(select 1)"})
            QTest::newRow(sql) << QByteArray(sql) << false;
    }
    void repeatsOnlyWhatReads()
    {
        QFETCH(QByteArray, sql);
        QFETCH(bool, reads);
        support::KeepingSink sink;
        ApiServer online;
        online.run(sql.toStdString(), sink);
        QCOMPARE(online.requests().back().safeToRepeat, reads);
        ApiServer offline("openmldb://db.example/demo_db?mode=offsync");
        offline.run(sql.toStdString(), sink);
        QVERIFY(!offline.requests().back().safeToRepeat); // it starts a job
    }
    void saysWhenALostStatementMayHaveRun()
    {
        support::KeepingSink sink;
        ApiServer server;
        server.hook = [](const http::Request &) {
            support::RecordedAnswer answer;
            answer.body = "{\"code\":0,\"msg\":";
            answer.brokenAt = 10;
            return std::optional(answer);
        };
        QVERIFY(server.run("insert into t values (1)", sink).error->mayHaveRun);
        QVERIFY(!server.run("select 1", sink).error->mayHaveRun);
        QVERIFY(server.run("PUT /dbs/demo_db/tables/t\n\n{}", sink).error->mayHaveRun);
    }
    void waitsLongerThanAnOfflineJob()
    {
        support::KeepingSink sink;
        ApiServer server("openmldb://db.example/demo_db?mode=offsync");
        connector::RunOptions options;
        server.run("select 1", sink, options);
        QCOMPARE(server.requests().back().idleTimeout.value(), std::chrono::milliseconds(630000));
        options.idleTimeout = std::chrono::seconds(3600);
        server.run("select 1", sink, options);
        QVERIFY(server.requests().back().body.ends_with(",\"timeout\":3600000}"));
        QCOMPARE(server.requests().back().idleTimeout.value(), std::chrono::milliseconds(3630000));
        options.idleTimeout = std::chrono::milliseconds(0);
        server.run("select 1", sink, options);
        QVERIFY(server.requests().back().body.ends_with(",\"timeout\":2147483647}"));
        QCOMPARE(server.requests().back().idleTimeout.value(), std::chrono::milliseconds(0));
        ApiServer online;
        online.run("select 1", sink);
        QCOMPARE(online.requests().back().idleTimeout.value(), std::chrono::milliseconds(300000));
    }
    void prefersTheRunsDatabase()
    {
        support::KeepingSink sink;
        ApiServer server;
        connector::RunOptions options;
        options.database = "other";
        server.run("select 1", sink, options);
        QCOMPARE(server.requests().back().url, std::string("http://db.example:9080/dbs/other"));
    }
    void offersToRefreshWhatIsNotFound()
    {
        support::KeepingSink sink;
        ApiServer server;
        server.answer("select 1", R"({"code":-1,"msg":"Table not found"})");
        const auto outcome = server.run("select 1", sink);
        QVERIFY(outcome.remedy.has_value());
        QCOMPARE(outcome.remedy->statement, std::string("POST /refresh"));
        QVERIFY(!outcome.remedy->label.isEmpty());
        server.answer("select 2", R"({"code":1001,"msg":"Syntax error"})");
        QVERIFY(!server.run("select 2", sink).remedy.has_value());
        server.answer("POST /refresh", R"({"code":0,"msg":"ok"})");
        QVERIFY(!server.run(outcome.remedy->statement, sink).error);
    }
    void asksForATablesColumnsOnce()
    {
        support::KeepingSink sink;
        ApiServer server;
        server.answer("GET /dbs/demo_db/tables/t", R"({"code":0,"msg":"ok","table":{"name":"t","column_desc":[{"name":"a","data_type":"kInt"}]}})");
        server.answer("select * from t", R"({"code":0,"msg":"ok","data":{"schema":["Int32"],"data":[[1]]}})");
        const std::int64_t first = server.run("select * from t", sink).bytes;
        const std::int64_t second = server.run("select * from t", sink).bytes;
        QVERIFY(second > 0 && first > second);
        QCOMPARE(server.asked(), (std::vector<std::string>{"GET /dbs/demo_db/tables/t", "select * from t", "select * from t"}));
        QCOMPARE(sink.table.schema().columns[0].name, std::string("a"));
        // What may have changed the table, and a refresh, are followed by another look.
        for (const char *change : {"drop table t", "POST /refresh"}) {
            const std::size_t before = server.asked().size();
            server.run(change, sink);
            server.run("select * from t", sink);
            QCOMPARE(server.asked().size(), before + 3);
        }
    }
    void tellsItsExchangesAndWhatRuns()
    {
        support::KeepingSink sink;
        ApiServer server;
        server.run("  select 1 ;", sink);
        QCOMPARE(sink.running.size(), std::size_t(1));
        QCOMPARE(sink.running[0].text, std::string("select 1"));
        QVERIFY(!sink.exchanges.empty() && sink.exchanges.back().finished);
    }
    void endsWhenStopped()
    {
        support::KeepingSink sink;
        ApiServer server;
        std::stop_source stop;
        stop.request_stop();
        const auto outcome = server.run("select 1", sink, {}, stop.get_token());
        QCOMPARE(outcome.error->kind, core::ErrorKind::Cancelled);
        QCOMPARE(static_cast<int>(outcome.completeness), static_cast<int>(connector::Completeness::Cut));
    }
    void keepsTheLogInOfAProxyToItself()
    {
        support::KeepingSink sink;
        ApiServer server("openmldb://me:sesame%20open@db.example/demo_db");
        server.answer("select 1", R"({"code":2001,"msg":"who is sesame open?"})");
        const auto outcome = server.run("select 1", sink);
        const http::Request request = server.requests().back();
        QCOMPARE(request.headers.back().name, std::string("Authorization"));
        QVERIFY(request.headers.back().secret);
        QCOMPARE(outcome.error->serverText, std::string("who is ***?"));
    }
    void cannotStopWhatRunsOnline()
    {
        support::KeepingSink sink;
        ApiServer server;
        const auto report = server.session->stopOnServer({"select 1", "ondograph", {}, std::chrono::system_clock::now()}, sink, {});
        QVERIFY(report.ok() && !report->stopped && report->message.contains(QStringLiteral("online")));
        QVERIFY(server.requests().empty());
    }
    void stopsTheOneJobThatItCanBe_data()
    {
        QTest::addColumn<QByteArray>("jobs");
        QTest::addColumn<QByteArray>("stopped");
        const auto now = std::chrono::system_clock::now();
        const QString start = day(now);
        const QString earlier = day(now - std::chrono::hours(1));
        const auto row = [](const char *name, const std::string &jobs, const char *stopped) { QTest::newRow(name) << QByteArray::fromStdString(jobs) << QByteArray(stopped); };
        row("one", job(1, "FINISHED", start) + "," + job(2, "Running", start), "2");
        row("submitted", job(4, "Submitted", start), "4");
        row("none", job(1, "Finished", start), "");
        row("another time", job(1, "Running", earlier), "");
        row("one of this time", job(1, "Running", earlier) + "," + job(2, "RUNNING", start), "2");
        row("two", job(1, "Running", start) + "," + job(2, "Running", start), "");
        row("no time yet", job(3, "Submitted", QStringLiteral("NULL")), "3");
        row("nothing", "", "");
    }
    void stopsTheOneJobThatItCanBe()
    {
        QFETCH(QByteArray, jobs);
        QFETCH(QByteArray, stopped);
        support::KeepingSink sink;
        ApiServer server("openmldb://db.example/demo_db?mode=offasync");
        server.answerTexts("SHOW JOBS", 9, jobs.toStdString());
        server.answer("STOP JOB " + stopped.toStdString(), R"({"code":0,"msg":"ok"})");
        const auto report = server.session->stopOnServer({"select 1", "ondograph", {}, std::chrono::system_clock::now()}, sink, {});
        QVERIFY(report.ok());
        QCOMPARE(report->stopped, !stopped.isEmpty());
        QCOMPARE(server.asked().size(), stopped.isEmpty() ? std::size_t(1) : std::size_t(2));
        for (const http::Request &request : server.requests())
            QVERIFY(request.body.starts_with("{\"mode\":\"online\""));
    }
    void refusesAModeThatIsNone()
    {
        QVERIFY(!ApiServer("openmldb://db.example/demo_db?mode=offline").session);
        QVERIFY(ApiServer("openmldb://db.example/demo_db?mode=offasync").session);
    }
    void takesParametersOfEveryType()
    {
        support::KeepingSink sink;
        ApiServer server;
        connector::RunOptions options;
        options.parameters = {{"1", "Date", "2021-5-1"}, {"2", "timestamp", "2021-10-26T11:23:47.5+08:00"}, {"3", "VARCHAR", "1"}, {"4", "float", "1"},
            {"5", "int64", "7"}, {"6", "bool", "TRUE"}, {"7", "DOUBLE", "NaN"}, {"8", "int16", "-1"}};
        server.run("select ?, ?, ?, ?, ?, ?, ?, ?", sink, options);
        QVERIFY(server.requests().back().body.ends_with(
            R"("input":{"schema":["DATE","TIMESTAMP","STRING","FLOAT","BIGINT","BOOL","DOUBLE","SMALLINT"],"data":[7930881,1635218627500,"1",1,7,true,NaN,-1]}})"));
    }
    void refusesParametersThatAreNone_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char *type, const char *value) { QTest::newRow(qPrintable(QString::fromLatin1(type) + QLatin1Char(' ') + QLatin1String(value))) << QByteArray(type) << QByteArray(value); };
        row("DECIMAL", "1");
        row("INT", "2147483648");
        row("SMALLINT", "40000");
        row("INT", "1.5");
        row("BOOL", "1");
        row("DATE", "2021-02-29");
        row("DATE", "44317");
        row("TIMESTAMP", "yesterday");
        row("DOUBLE", "1e999");
        row("STRING", "\xff");
    }
    void refusesParametersThatAreNone()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, value);
        support::KeepingSink sink;
        ApiServer server;
        connector::RunOptions options;
        options.parameters = {{"1", type.toStdString(), value.toStdString()}};
        const auto outcome = server.run("select ?", sink, options);
        QVERIFY(outcome.error.has_value());
        QCOMPARE(outcome.error->kind, core::ErrorKind::Usage);
        QVERIFY(server.requests().empty());
    }
    void refusesNull()
    {
        support::KeepingSink sink;
        ApiServer server;
        connector::RunOptions options;
        options.parameters = {{"1", {}, std::nullopt}};
        QCOMPARE(server.run("select ?", sink, options).error->kind, core::ErrorKind::Usage);
        QVERIFY(server.requests().empty());
    }
};

ONDO_TEST(OpenmldbSessionTest)
#include "tst_session.moc"
