// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "support/ondotest.h"
#include "support/why.h"

#include <QJsonArray>

#include <map>
#include <thread>

namespace {

constexpr const char *kWho = "\"ClusterIdentifier\":\"sandbox\",\"Database\":\"dev\"";

QString messageOf(const QJsonObject &body)
{
    const QString lower = body.value(QLatin1String("message")).toString();
    return lower.isEmpty() ? body.value(QLatin1String("Message")).toString() : lower;
}

// Weeks begin on Mondays, months on their first.
std::int64_t bucketOf(std::int64_t at, std::int64_t seconds)
{
    constexpr std::int64_t kDaySeconds = 86400;
    const QDate day = QDate(1970, 1, 1).addDays(at / kDaySeconds);
    if (seconds == 7 * kDaySeconds)
        return QDate(1970, 1, 1).daysTo(day.addDays(1 - day.dayOfWeek())) * kDaySeconds;
    if (seconds == 31 * kDaySeconds)
        return QDate(1970, 1, 1).daysTo(QDate(day.year(), day.month(), 1)) * kDaySeconds;
    return at / seconds * seconds;
}

} // namespace

class RedshiftServiceTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<RedshiftSandbox> m_sandbox;

    static std::string who(const std::string &more) { return "{" + std::string(kWho) + more + "}"; }

private Q_SLOTS:
    void initTestCase() { m_sandbox = std::make_unique<RedshiftSandbox>(); }
    void cleanupTestCase() { m_sandbox.reset(); }

    void signaturesAreVerified_data()
    {
        QTest::addColumn<int>("spoil");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("said");
        QTest::newRow("good") << 0 << "" << "";
        QTest::newRow("no signature") << 1 << "MissingAuthenticationTokenException" << "Missing Authentication Token";
        QTest::newRow("another body") << 2 << "InvalidSignatureException" << "does not match";
        QTest::newRow("another target") << 3 << "InvalidSignatureException" << "does not match";
        QTest::newRow("too old") << 4 << "InvalidSignatureException" << "Signature expired";
        QTest::newRow("too new") << 5 << "InvalidSignatureException" << "not yet current";
        QTest::newRow("unknown key") << 6 << "UnrecognizedClientException" << "security token";
        QTest::newRow("wrong secret") << 7 << "InvalidSignatureException" << "does not match";
        QTest::newRow("broken header") << 8 << "IncompleteSignatureException" << "Credential";
        QTest::newRow("a session token") << 9 << "UnrecognizedClientException" << "security token";
        QTest::newRow("old, but not too old") << 10 << "" << "";
    }
    void signaturesAreVerified()
    {
        QFETCH(int, spoil);
        QFETCH(QString, type);
        QFETCH(QString, said);
        const auto change = [spoil](http::Request &request) {
            if (spoil == 1)
                std::erase_if(request.headers, [](const http::Header &header) { return header.name == "Authorization"; });
            if (spoil == 2)
                request.body += " ";
            for (http::Header &header : request.headers) {
                if (spoil == 3 && header.name == "X-Amz-Target")
                    header.value = "RedshiftData.ListSchemas";
                if (spoil == 8 && header.name == "Authorization")
                    header.value = "AWS4-HMAC-SHA256 Signature=x";
            }
        };
        auth::AwsCredentials keys;
        if (spoil == 6 || spoil == 7 || spoil == 9) {
            keys.accessKeyId = spoil == 6 ? "AKIAUNKNOWN" : "AKIASANDBOXSANDBOX00";
            keys.secretAccessKey = core::Secret(spoil == 9 ? "sandboxSecretSandboxSecretSandboxSecret0" : "wrong");
            keys.sessionToken = core::Secret(spoil == 9 ? "token" : "");
        }
        const std::chrono::minutes ahead(spoil == 4 ? -16 : spoil == 5 ? 16 : spoil == 10 ? -14 : 0);
        const auto reply = m_sandbox->call("ListDatabases", who(""), change, ahead, keys);
        QCOMPARE(QString::fromStdString(reply.errorType), type);
        QCOMPARE(reply.status, type.isEmpty() ? 200 : type.startsWith(QLatin1String("Missing")) ? 403 : 400);
        QVERIFY2(messageOf(reply.body).contains(said), qPrintable(messageOf(reply.body)));
    }

    void wrongKeysAreALoginError()
    {
        std::string url = m_sandbox->url();
        url.replace(url.find("sandboxSecret"), 13, "another");
        const auto session = m_sandbox->sessionOf(url);
        const auto result = m_sandbox->run("select 1", {}, session.get());
        QCOMPARE(result.outcome.error->kind, core::ErrorKind::Login);
        QVERIFY(result.outcome.error->hint.contains(QStringLiteral("agrees with the server")));
    }

    void inputIsChecked_data()
    {
        QTest::addColumn<QString>("operation");
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("type");
        const auto row = [](const char *operation, const char *body, const char *type = "ValidationException") {
            QTest::newRow(body) << QString::fromUtf8(operation) << QString::fromUtf8(body) << QString::fromUtf8(type);
        };
        row("ListDatabases", "{\"ClusterIdentifier\":\"sandbox\",\"WorkgroupName\":\"x\",\"Database\":\"dev\"}");
        row("ListDatabases", "{\"WorkgroupName\":\"sandbox\",\"DbUser\":\"x\",\"Database\":\"dev\"}");
        row("ListDatabases", "{\"ClusterIdentifier\":\"elsewhere\",\"Database\":\"dev\"}");
        row("ListSchemas", "{\"ClusterIdentifier\":\"sandbox\",\"Database\":\"nope\"}");
        row("ExecuteStatement", "{\"ClusterIdentifier\":\"sandbox\",\"Database\":\"dev\",\"Sql\":\" \"}");
        row("ExecuteStatement", "{\"ClusterIdentifier\":\"sandbox\",\"Database\":\"dev\",\"Sql\":\"select 1; select 2\"}");
        row("ExecuteStatement", "{\"ClusterIdentifier\":\"sandbox\",\"Database\":\"dev\",\"Sql\":\"select :a\"}");
        row("ExecuteStatement", "{\"ClusterIdentifier\":\"sandbox\",\"Database\":\"dev\",\"Sql\":\"select 1\",\"Parameters\":[{\"name\":\"a\",\"value\":\"1\"}]}");
        row("ExecuteStatement", "{\"ClusterIdentifier\":\"sandbox\",\"Database\":\"dev\",\"Sql\":\"select :a\",\"Parameters\":[{\"name\":\"a\",\"value\":\"\"}]}");
        row("ExecuteStatement", "{\"ClusterIdentifier\":\"sandbox\",\"Database\":\"dev\",\"Sql\":\"select 1\",\"ResultFormat\":\"CSV\"}");
        row("ExecuteStatement", "{\"SessionId\":\"d9b6c0c9-0747-4bf4-b142-e8883122f766\",\"Sql\":\"select 1\"}");
        row("DescribeStatement", "{\"Id\":\"x\"}");
        row("DescribeStatement", "{\"Id\":\"d9b6c0c9-0747-4bf4-b142-e8883122f766\"}", "ResourceNotFoundException");
        row("CancelStatement", "{\"Id\":\"d9b6c0c9-0747-4bf4-b142-e8883122f766\"}", "ResourceNotFoundException");
        row("GetStatementResult", "{\"Id\":\"d9b6c0c9-0747-4bf4-b142-e8883122f766\"}", "ResourceNotFoundException");
        row("Frobnicate", "{}", "UnknownOperationException");
    }
    void inputIsChecked()
    {
        QFETCH(QString, operation);
        QFETCH(QString, body);
        const auto reply = m_sandbox->call(operation.toStdString(), body.toStdString());
        QCOMPARE(reply.status, 400);
        QTEST(QString::fromStdString(reply.errorType), "type");
    }

    void largeResultsComeInPages()
    {
        const auto result = m_sandbox->run("select name, ts, current from meters where groupid = 1 order by ts, name");
        QVERIFY2(!result.outcome.error, qPrintable(result.text()));
        const auto count = m_sandbox->run("select count(*) from meters where groupid = 1").text().toLongLong();
        QVERIFY(count > 20000);
        QCOMPARE(result.outcome.rows, count);
        QCOMPARE(result.outcome.completeness, connector::Completeness::Complete);
        int pages = 0;
        for (const http::Exchange &exchange : result.sink.exchanges)
            pages += exchange.finished && exchange.bodyStart.find("\"Records\":[]") != std::string::npos ? 1 : 0;
        QCOMPARE(pages, 1); // one of them is empty and has a token
    }

    void tokensAreChecked()
    {
        const auto started = m_sandbox->call("ExecuteStatement", who(",\"Sql\":\"select 1\",\"WaitTimeSeconds\":20"));
        const std::string id = started.body.value(QLatin1String("Id")).toString().toStdString();
        QCOMPARE(m_sandbox->call("GetStatementResult", "{\"Id\":\"" + id + "\"}").status, 200);
        QCOMPARE(m_sandbox->call("GetStatementResult", "{\"Id\":\"" + id + "\",\"NextToken\":\"mine\"}").errorType, std::string("ValidationException"));
    }

    void sameTokenStartsOnce()
    {
        const std::string body = who(",\"Sql\":\"select 1\",\"ClientToken\":\"once\"");
        const auto first = m_sandbox->call("ExecuteStatement", body);
        const auto second = m_sandbox->call("ExecuteStatement", body);
        QCOMPARE(first.body.value(QLatin1String("Id")), second.body.value(QLatin1String("Id")));
    }

    void runningStatementIsStopped()
    {
        struct StoppingSink : support::KeepingSink {
            std::stop_source stop;
            void status(const QString &text) override
            {
                if (text == QLatin1String("STARTED"))
                    stop.request_stop();
            }
        } sink;
        connector::Statement statement;
        statement.text = "select count(*) from meters a, meters b where a.current > b.phase";
        const auto outcome = m_sandbox->session().run(statement, {}, sink, sink.stop.get_token());
        QCOMPARE(outcome.error->kind, core::ErrorKind::Cancelled);
        const auto report = m_sandbox->session().stopOnServer(sink.running.back(), sink, {});
        ONDO_VERIFY_OK(report);
        QVERIFY2(report->stopped, qPrintable(report->message));
        const auto again = m_sandbox->session().stopOnServer(sink.running.back(), sink, {});
        QVERIFY(again && again->stopped); // that is how it ended
        const auto reply = m_sandbox->call("CancelStatement", "{\"Id\":\"" + sink.running.back().requestId + "\"}");
        QVERIFY(messageOf(reply.body).contains(QStringLiteral("already in ABORTED state")));
    }

    void batchIsATransaction()
    {
        std::vector<connector::Statement> script;
        for (const char *text : {"create table b1(a int)", "insert into b1 values (1), (2)", "select * from b1", "select * from nope", "select 1"}) {
            script.emplace_back();
            script.back().text = text;
        }
        const auto run = [&](const char *kind, std::vector<support::KeepingSink> &sinks) {
            sinks = std::vector<support::KeepingSink>(script.size());
            connector::RunOptions options;
            options.batch = kind;
            return m_sandbox->session().runBatch(script, options, [&](std::size_t i) -> connector::Sink & { return sinks[i]; }, {});
        };
        std::vector<support::KeepingSink> sinks;
        auto outcomes = run("transaction", sinks);
        QCOMPARE(outcomes.size(), script.size());
        QVERIFY(outcomes[3].error && outcomes[4].error);
        QVERIFY(outcomes[4].error->message.contains(QStringLiteral("did not run")));
        QVERIFY(m_sandbox->run("select * from b1").outcome.error); // rolled back, the table too
        outcomes = run("each", sinks);
        QCOMPARE(outcomes[1].affectedRows.value_or(0), 2);
        QCOMPARE(sinks[2].rows().size(), std::size_t(2));
        QVERIFY(outcomes[3].error && !outcomes[4].error);
        QCOMPARE(sinks[4].rows(), std::vector<std::string>{"1"});
        QVERIFY(!m_sandbox->run("drop table b1").outcome.error);
    }

    void sessionsKeepTemporaryTablesAndTransactions()
    {
        const auto session = m_sandbox->sessionOf(m_sandbox->url() + "&session=60");
        const auto text = [&](const char *sql) { return m_sandbox->run(sql, {}, session.get()).text(); };
        QCOMPARE(text("create temp table mine(a int)"), QString());
        QCOMPARE(text("insert into mine values (7)"), QString());
        QCOMPARE(text("select a from mine"), QStringLiteral("7"));
        QVERIFY(m_sandbox->run("select a from mine").outcome.error); // nobody else sees it
        QCOMPARE(text("begin"), QString());
        QCOMPARE(text("create table shown(a int)"), QString());
        QVERIFY(m_sandbox->run("select a from shown").outcome.error);
        QCOMPARE(text("rollback"), QString());
        QVERIFY(m_sandbox->run("select a from shown", {}, session.get()).outcome.error);
        QVERIFY(!m_sandbox->call("ListSessions", "{}").body.value(QLatin1String("Sessions")).toArray().isEmpty());
    }

    void recentStatementsAreListedAndOpened()
    {
        QVERIFY(!m_sandbox->run("select 42 as answer").outcome.error);
        support::KeepingSink sink;
        connector::CatalogRequest request;
        request.facet = "statements";
        const auto page = m_sandbox->session().children(request, sink, {});
        ONDO_VERIFY_OK(page);
        const connector::CatalogNode &latest = page->nodes.at(0);
        QVERIFY2(latest.detail.endsWith(QStringLiteral("select 42 as answer")), qPrintable(latest.detail));
        QVERIFY(latest.isOpened);
        const auto opened = m_sandbox->run(m_sandbox->session().selectStatement({latest.name}, 0));
        QCOMPARE(opened.text(), QStringLiteral("42"));
    }

    void bucketsEqualTheRowsTheyStandFor_data()
    {
        QTest::addColumn<QString>("tableName");
        QTest::addColumn<QString>("time");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("by");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("hours") << "meters" << "ts" << "current" << "" << qint64(3600);
        QTest::newRow("seven minutes") << "meters" << "ts" << "voltage" << "" << qint64(420);
        QTest::newRow("days of each") << "meters" << "ts" << "phase" << "name" << qint64(86400);
        QTest::newRow("weeks") << "stocks_intraday" << "time" << "price_close" << "symbol" << qint64(7 * 86400);
        QTest::newRow("months") << "stocks_intraday" << "time" << "price_low" << "" << qint64(31 * 86400);
        QTest::newRow("instants") << "stocks_intraday" << "time" << "price_close" << "symbol" << qint64(5400);
    }
    // The rows are aggregated here once more, one by one.
    void bucketsEqualTheRowsTheyStandFor()
    {
        QFETCH(QString, tableName);
        QFETCH(QString, time);
        QFETCH(QString, value);
        QFETCH(QString, by);
        QFETCH(qint64, seconds);
        connector::AggregateRequest request;
        request.path = {"dev", "public", tableName.toStdString()};
        request.timeColumn = time.toStdString();
        request.valueColumns = {value.toStdString()};
        request.by = by.toStdString();
        request.bucketNs = seconds * 1000000000;
        const bool isMeters = tableName == QLatin1String("meters");
        const std::string where = isMeters ? "name in ('d1001', 'd1002')" : "symbol < 'B'";
        request.where = where;
        const std::int64_t from = isMeters ? 1748822400 : 1743379200; // 2025-06-02, 2025-03-31
        const std::int64_t to = from + (seconds > 86400 ? 45 : 2) * 86400;
        request.fromNs = from * 1000000000;
        request.toNs = to * 1000000000;
        support::KeepingSink sink;
        const auto statement = m_sandbox->session().aggregate(request, sink, {});
        ONDO_VERIFY_OK(statement);
        QCOMPARE(statement->bucketNs, request.bucketNs);
        const auto buckets = m_sandbox->run(statement->sql);
        QVERIFY2(!buckets.outcome.error, qPrintable(buckets.text() + QString::fromStdString(statement->sql)));
        const std::string group = by.isEmpty() ? std::string("''") : by.toStdString();
        const std::string day = isMeters ? "2025-06-0" : "2025-0";
        const auto rows = m_sandbox->run("select " + group + ", cast(extract(epoch from " + time.toStdString() + ") as bigint) e, cast(" + value.toStdString()
            + " as float8) v from " + tableName.toStdString() + " where " + where + " and " + time.toStdString() + " >= timestamp 'epoch' + " + std::to_string(from)
            + " * interval '1 second' and " + time.toStdString() + " < timestamp 'epoch' + " + std::to_string(to)
            + " * interval '1 second' order by 1, 2");
        QVERIFY2(!rows.outcome.error, qPrintable(rows.text()));

        struct Bucket {
            double first = 0, last = 0, least = 1e300, most = -1e300, sum = 0;
            std::int64_t count = 0;
            std::vector<double> firsts, lasts; // of equal times
            std::int64_t firstAt = 0, lastAt = 0;
        };
        std::map<std::pair<std::string, std::int64_t>, Bucket> expected;
        for (std::int64_t row = 0; row < rows.sink.table.rowCount(); ++row) {
            const auto cell = [&](std::size_t column) { return rows.sink.table.cell(row, column); };
            const std::string key(cell(0).column->bytes(cell(0).row));
            const std::int64_t at = cell(1).column->ints()[cell(1).row];
            const double v = cell(2).column->doubles()[cell(2).row];
            Bucket &bucket = expected[{key, bucketOf(at, seconds)}];
            if (bucket.count == 0 || at == bucket.firstAt)
                bucket.firsts.push_back(v), bucket.firstAt = at;
            if (at != bucket.lastAt)
                bucket.lasts.clear();
            bucket.lasts.push_back(v);
            bucket.lastAt = at;
            bucket.least = std::min(bucket.least, v);
            bucket.most = std::max(bucket.most, v);
            bucket.sum += v;
            ++bucket.count;
        }
        QVERIFY(expected.size() > 1);
        QCOMPARE(buckets.sink.table.rowCount(), static_cast<std::int64_t>(expected.size()));
        const std::size_t base = by.isEmpty() ? 1 : 2;
        auto one = expected.begin();
        for (std::int64_t row = 0; row < buckets.sink.table.rowCount(); ++row, ++one) {
            const auto number = [&](std::size_t column) {
                const table::Cell cell = buckets.sink.table.cell(row, column);
                switch (table::storageOf(cell.column->kind())) {
                case table::Storage::Int64: return static_cast<double>(cell.column->ints()[cell.row]);
                case table::Storage::Float32: return static_cast<double>(cell.column->floats()[cell.row]);
                default: return cell.column->doubles()[cell.row];
                }
            };
            const table::Cell start = buckets.sink.table.cell(row, 0);
            std::int64_t unit = 1;
            for (int digits = 0; digits < start.column->unitDigits(); ++digits)
                unit *= 10;
            QCOMPARE(start.column->ints()[start.row] / unit, one->first.second);
            const auto near = [](double left, double right) { return std::abs(left - right) <= 1e-6 * std::max(1.0, std::abs(right)); };
            const Bucket &bucket = one->second;
            const auto isAmong = [&](double v, const std::vector<double> &all) { return std::any_of(all.begin(), all.end(), [&](double x) { return near(v, x); }); };
            QVERIFY(isAmong(number(base), bucket.firsts));
            QVERIFY(isAmong(number(base + 1), bucket.lasts));
            QVERIFY(near(number(base + 2), bucket.least));
            QVERIFY(near(number(base + 3), bucket.most));
            QVERIFY(near(number(base + 4), bucket.sum / static_cast<double>(bucket.count)));
            QCOMPARE(number(base + 5), static_cast<double>(bucket.count));
        }
    }
};

ONDO_TEST(RedshiftServiceTest)
#include "tst_service.moc"
