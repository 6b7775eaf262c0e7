// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandboxclient.h"
#include "support/ondotest.h"

#include <atomic>
#include <thread>

class DialectTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_sandbox = std::make_unique<TdengineSandbox>(); }
    void cleanupTestCase() { m_sandbox.reset(); }

    void givesTheDocumentedToken()
    {
        const HttpAnswer answer = m_sandbox->get("/rest/login/root/taosdata");
        QCOMPARE(answer.body, QByteArray("{\"code\":0,\"desc\":\"/KfeAzX/f9na8qdtNZmtONryp201ma04bEl8LcvLUd7a8qdtNZmtONryp201ma04\"}"));
        QCOMPARE(m_sandbox->post("/rest/sql", "select 1", "Taosd " + answer.desc().toLatin1()).code(), 0);
    }
    void refusesWhoItDoesNotKnow_data()
    {
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        QTest::newRow("none") << QByteArray() << 401 << 4357;
        QTest::newRow("lower case") << QByteArray("basic cm9vdDp0YW9zZGF0YQ==") << 401 << 4386;
        QTest::newRow("no base64") << QByteArray("Basic !!!!") << 401 << 4388;
        QTest::newRow("no password") << TdengineSandbox::basic("root", "") << 401 << 4388;
        QTest::newRow("short token") << QByteArray("Taosd abcd") << 401 << 4389;
        QTest::newRow("wrong password") << TdengineSandbox::basic("root", "wrong") << 200 << 855;
        QTest::newRow("unknown user") << TdengineSandbox::basic("nobody", "taosdata") << 200 << 855;
        QTest::newRow("bearer") << QByteArray("Bearer nothing") << 200 << 855;
    }
    void refusesWhoItDoesNotKnow()
    {
        QFETCH(QByteArray, authorization);
        const HttpAnswer answer = m_sandbox->post("/rest/sql", "select 1", authorization);
        QTEST(answer.status, "status");
        QTEST(answer.code(), "code");
        QVERIFY(answer.json().contains(QStringLiteral("timing")));
    }
    void refusesATokenAfterItsPasswordChanged()
    {
        m_sandbox->rows("create user reader pass 'one/two'");
        const HttpAnswer token = m_sandbox->get("/rest/login/reader/one%2Ftwo");
        QCOMPARE(token.code(), 0);
        const QByteArray authorization = "Taosd " + token.desc().toLatin1();
        QCOMPARE(m_sandbox->post("/rest/sql", "select 1", authorization).code(), 0);
        m_sandbox->rows("alter user reader pass 'three'");
        QCOMPARE(m_sandbox->post("/rest/sql", "select 1", authorization).code(), 855);
        QCOMPARE(m_sandbox->get("/rest/login/reader/one%2Ftwo").status, 401);
    }
    void makesBearerTokens()
    {
        const HttpAnswer made = m_sandbox->post("/rest/sql", "create token t from user root");
        QCOMPARE(made.code(), 0);
        const QString token = made.json().value(QStringLiteral("data")).toArray().at(0).toArray().at(0).toString();
        QVERIFY(!token.isEmpty());
        QCOMPARE(m_sandbox->post("/rest/sql", "select 1", "Bearer " + token.toLatin1()).code(), 0);
        QVERIFY(m_sandbox->post("/rest/sql", "create token t from user nobody").code() != 0);
    }
    void statesItsErrors_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("desc");
        const auto row = [](const char *name, const char *sql, int code, const char *desc) {
            QTest::newRow(name) << QByteArray(sql) << code << QString::fromUtf8(desc);
        };
        row("no statement", "selec 1", 9728, "syntax error near \"selec 1\"");
        row("stray word", "select * from power.meters wher x", 9728, "syntax error near \"x\"");
        row("bad operator", "select 1 + * 2", 9728, "syntax error near \"2\"");
        row("unclosed text", "select 'abc", 9728, "syntax error near \"'abc\"");
        row("cut off", "select * from", 9729, "Incomplete SQL statement");
        row("column", "select foo from power.d1001", 9730, "Invalid column name: foo");
        row("table", "select * from power.none", 9731, "Table does not exist");
        row("database", "select * from nodb.t", 904, "Database not exist");
        row("no database", "select * from meters", 9750, "Database not specified");
        row("ambiguous", "select ts from power.d1001 a, power.d1002 b", 9732, "Column ambiguously defined: ts");
        row("function", "select nofunc(1)", 9805, "Invalid function name: nofunc");
        row("aggregate in where", "select ts from power.d1001 where avg(current) > 1", 9736, "There mustn't be aggregation");
        row("not grouped", "select ts, avg(current) from power.d1001", 9740, "Not a single-group group function");
        row("time", "select * from power.d1001 where ts > 'noon'", 9782, "Incorrect TIMESTAMP value: noon");
        row("exists", "create database power", 897, "Database already exists");
        row("kill", "kill query '1:1'", 780, "Invalid query id");
    }
    void statesItsErrors()
    {
        QFETCH(QByteArray, sql);
        const HttpAnswer answer = m_sandbox->ask(sql);
        QCOMPARE(answer.status, 200);
        QTEST(answer.code(), "code");
        QTEST(answer.desc(), "desc");
    }
    void checksItsParameters()
    {
        for (const char *query : {"?tz=Mars/Base", "?conn_tz=x", "?req_id=1x", "?row_with_meta=maybe"}) {
            const HttpAnswer answer = m_sandbox->ask("select 1", query);
            QCOMPARE(answer.status, 400);
            QCOMPARE(answer.code(), 65535);
        }
        QCOMPARE(m_sandbox->ask("select 1", "?req_id=-7&tz=&timing=true").code(), 0);
        QCOMPARE(m_sandbox->ask("").code(), 4358);
        QCOMPARE(m_sandbox->ask(" \n ").code(), 4359);
        const HttpAnswer missing = m_sandbox->get("/rest/sqlutc");
        QCOMPARE(missing.status, 404);
        QCOMPARE(missing.body, QByteArray("404 page not found"));
        QCOMPARE(m_sandbox->get("/-/ping").status, 200);
    }
    void keepsEveryTypeExact()
    {
        m_sandbox->rows("create database x precision 'ns'");
        m_sandbox->rows("create table x.t (ts timestamp, b bool, i1 tinyint, i2 smallint, i4 int, i8 bigint, u1 tinyint unsigned, u2 smallint "
                        "unsigned, u4 int unsigned, u8 bigint unsigned, f float, d double, v varchar(40), n nchar(10), vb varbinary(20), g "
                        "geometry(100), d1 decimal(20,4), d2 decimal(38,10))");
        m_sandbox->rows(QByteArray("insert into x.t values (-1, true, -128, -32768, -2147483648, -9223372036854775808, 255, 65535, 4294967295, "
                                   "18446744073709551615, 3.4028235e38, 1e21, 'q\\\"b\\\\n\\n\xff\xfe', '中文', '\\x00ff', 'point(100 100)', 12.1, "
                                   "-1234567890123456789012345678.0123456789) (0, false, 0, 0, 0, 9007199254740993, 0, 0, 0, 9223372036854775808, "
                                   "1e-7, 0.000001, '', '', '', 'LINESTRING(0 0, 1 -1)', 0, 0) (1, null, null, null, null, null, null, null, null, "
                                   "null, null, null, null, null, null, null, null, null)"));
        const QByteArray body = m_sandbox->ask("select * from x.t").body;
        const qsizetype data = body.indexOf("\"data\":");
        QCOMPARE(body.mid(data),
            QByteArray("\"data\":[[\"1969-12-31T23:59:59.999999999Z\",true,-128,-32768,-2147483648,-9223372036854775808,255,65535,4294967295,"
                       "18446744073709551615,3.4028235e+38,1e+21,\"q\\\"b\\\\n\\n\xff\xfe\",\"中文\",\"00ff\","
                       "\"010100000000000000000059400000000000005940\",\"12.1000\",\"-1234567890123456789012345678.0123456789\"],"
                       "[\"1970-01-01T00:00:00.000000000Z\",false,0,0,0,9007199254740993,0,0,0,9223372036854775808,1e-07,0.000001,\"\",\"\",\"\","
                       "\"0102000000020000000000000000000000000000000000000000000000" "0000f03f000000000000f0bf\",\"0.0000\",\"0.0000000000\"],"
                       "[\"1970-01-01T00:00:00.000000001Z\",null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null]],\"rows\":3}"));
        QVERIFY(body.contains("[\"u8\",\"BIGINT UNSIGNED\",8]"));
        QVERIFY(body.contains("[\"d1\",\"DECIMAL(20,4)\",16]"));
        QVERIFY(body.contains("[\"n\",\"NCHAR\",10]"));
        QCOMPARE(m_sandbox->rows("select u8 from x.t where u8 >= 9223372036854775808 order by u8 desc").size(), 2);
        QVERIFY(m_sandbox->ask("select sum(d2), max(d1) from x.t").body.contains("[[\"-1234567890123456789012345678.0123456789\",\"12.1000\"]]"));
        QVERIFY(m_sandbox->ask("select ts from x.t limit 1", "?tz=Asia/Kolkata").body.contains("1970-01-01T05:29:59.999999999+05:30"));
    }
    void nestsJsonTags()
    {
        m_sandbox->rows("create stable demo.j (ts timestamp, v int) tags (info json)");
        m_sandbox->rows("insert into demo.j1 using demo.j tags ('{\"k\": \"v\", \"n\": 1.50, \"o\": [1, {\"a\": null}]}') values (1, 1)"
                        " demo.j2 using demo.j tags (null) values (1, 2)");
        QVERIFY(m_sandbox->ask("select v, info, info->'k', info->'n', info->'x' from demo.j order by v").body.contains(
            "\"data\":[[1,{\"k\": \"v\", \"n\": 1.50, \"o\": [1, {\"a\": null}]},\"v\",1.50,null],[2,null,null,null,null]]"));
        QCOMPARE(m_sandbox->rows("select v from demo.j where info->'k' = 'v' and info contains 'n'").size(), 1);
    }
    void refusesValuesThatDoNotFit()
    {
        m_sandbox->rows("create table demo.fit (ts timestamp, a tinyint, b tinyint unsigned, v varchar(3), n nchar(3), d decimal(4,2))");
        for (const char *values : {"1, 128, 0, '', '', 0", "1, 0, -1, '', '', 0", "1, 0, 256, '', '', 0", "1, 0, 0, 'abcd', '', 0",
                 "1, 0, 0, '', '中文中文', 0", "1, 0, 0, '', '', 123.4", "null, 0, 0, '', '', 0", "1, 0, 0, '', ''", "1, 'x', 0, '', '', 0"})
            QVERIFY2(m_sandbox->ask("insert into demo.fit values (5, 1, 1, '', '', 1) (" + QByteArray(values) + ')').code() > 0, values);
        QCOMPARE(m_sandbox->rows("select * from demo.fit").size(), 0); // nothing of a refused statement stays
        QCOMPARE(m_sandbox->ask("insert into demo.fit values (1, -128, 255, 'abc', '中文中', 99.99)").code(), 0);
    }
    void replacesRowsOfTheSameTimeAndDeletesRanges()
    {
        m_sandbox->rows("create table demo.r (ts timestamp, v int)");
        m_sandbox->rows("insert into demo.r values (3, 3) (1, 1) (2, 2) (2, 20)");
        QCOMPARE(m_sandbox->ask("select v from demo.r").body.mid(m_sandbox->ask("select v from demo.r").body.indexOf("\"data\"")),
            QByteArray("\"data\":[[1],[20],[3]],\"rows\":3}"));
        QCOMPARE(m_sandbox->rows("delete from demo.r where ts >= 2 and ts < 3")[0].toArray()[0].toInt(), 1);
        QCOMPARE(m_sandbox->ask("delete from demo.r where v = 1").code(), 0x2655);
        QCOMPARE(m_sandbox->rows("select * from demo.r").size(), 2);
    }
    void listsItsCatalogue()
    {
        QCOMPARE(m_sandbox->rows("select name from information_schema.ins_databases where name in ('power', 'demo', 'market', "
                                 "'information_schema', 'performance_schema')").size(), 5);
        QCOMPARE(m_sandbox->rows("show power.stables").size(), 1);
        QCOMPARE(m_sandbox->rows("show tables", "/power").size(), 10);
        QCOMPARE(m_sandbox->rows("show tags from power.d1001").size(), 2);
        QCOMPARE(m_sandbox->rows("describe power.meters").size(), 6);
        QCOMPARE(m_sandbox->rows("describe power.meters")[5].toArray()[3].toString(), QStringLiteral("TAG"));
        QCOMPARE(m_sandbox->rows("select col_name from information_schema.ins_columns where db_name='market' and table_name='stocks_intraday'").size(), 6);
        QCOMPARE(m_sandbox->rows("select `columns`, tags from information_schema.ins_stables where stable_name='meters'")[0].toArray()[1].toInt(), 2);
        QVERIFY(m_sandbox->rows("show create table power.d1001")[0].toArray()[1].toString().contains(QStringLiteral("USING `meters`")));
        QVERIFY(m_sandbox->rows("select table_comment from information_schema.ins_stables where db_name='power'")[0].toArray()[0].toString().contains(QStringLiteral("Synthetic")));
    }
    void showsItsSamples()
    {
        QCOMPARE(m_sandbox->rows("select * from demo.d1001").size(), 2);
        QCOMPARE(m_sandbox->rows("select count(*) from power.meters")[0].toArray()[0].toInt(), 432000);
        QCOMPARE(m_sandbox->rows("select distinct symbol from market.stocks_intraday").size(), 5);
        QCOMPARE(m_sandbox->rows("select count(*) from market.stocks_intraday where price_low > price_open or price_low > price_close or "
                                 "price_high < price_open or price_high < price_close")[0].toArray()[0].toInt(), 0);
        QCOMPARE(m_sandbox->rows("select count(*) from power.d1001 where ts >= '2025-06-02 01:00:00' and ts < '2025-06-02 02:00:00'",
                              "?conn_tz=Asia/Shanghai").size(), 1);
    }
    void takesLinesAndFiles()
    {
        const QByteArray lines = "w,host=a\\ b value=1.5,n=7i,s=\"x y\" 1700000000000\nw,host=c value=2 1700000001000\n";
        QCOMPARE(m_sandbox->post("/influxdb/v1/write?db=lines&precision=ms", lines).status, 204);
        QCOMPARE(m_sandbox->rows("select * from lines.w where host = 'a b'").size(), 1);
        QCOMPARE(m_sandbox->post("/influxdb/v1/write?db=lines", "nonsense").status, 500);
        m_sandbox->rows("create table demo.csv (ts timestamp, v double, s varchar(20))");
        const QByteArray form = "--B\r\nContent-Disposition: form-data; name=\"data\"; filename=\"f\"\r\n\r\n1,1.5,\"a,\"\"b\"\"\"\n2,,''\n3,3,\n\r\n--B--\r\n";
        const HttpAnswer answer = m_sandbox->post("/rest/upload?db=demo&table=csv", form, TdengineSandbox::basic("root", "taosdata"),
            "Content-Type: multipart/form-data; boundary=B\r\n");
        QCOMPARE(answer.data()[0].toArray()[0].toInt(), 3);
        QVERIFY(m_sandbox->ask("select v, s from demo.csv").body.contains("[[1.5,\"a,\\\"b\\\"\"],[null,\"''\"],[3,null]]"));
        QCOMPARE(m_sandbox->post("/rest/sql/power/vgid", "[\"d1001\",\"d1002\"]").body, QByteArray("{\"code\":0,\"vgIDs\":[2,3]}"));
    }
    void killsARunningStatement()
    {
        const QByteArray slow = "select count(*) from power.meters a, power.meters b where a.current < b.phase";
        HttpAnswer answer;
        std::thread runner([&] { answer = m_sandbox->ask(slow, "?app=test-app"); });
        QString id;
        QTRY_VERIFY(!(id = listed(QStringLiteral("test-app"))).isEmpty());
        QCOMPARE(m_sandbox->ask("kill query '" + id.toLatin1() + '\'').code(), 0);
        runner.join();
        QCOMPARE(answer.code(), 0x022D);
        QCOMPARE(answer.desc(), QStringLiteral("Query killed"));
        QVERIFY(listed(QStringLiteral("test-app")).isEmpty());
    }
    void servesReadersAndWritersAtOnce()
    {
        m_sandbox->rows("create table demo.busy (ts timestamp, v int)");
        std::atomic<int> failures = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 6; ++i) {
            threads.emplace_back([this, i, &failures] {
                for (int k = 0; k < 25; ++k) {
                    const QByteArray at = QByteArray::number(i * 1000 + k);
                    failures += m_sandbox->ask("insert into demo.busy values (" + at + ", 1)").code() != 0;
                    failures += m_sandbox->ask("select count(*), sum(v) from demo.busy").code() != 0;
                    failures += m_sandbox->ask("select avg(current) from power.d1001 where voltage > 200").code() != 0;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(int(failures), 0);
        QCOMPARE(m_sandbox->rows("select count(*) from demo.busy")[0].toArray()[0].toInt(), 150);
    }

private:
    QString listed(const QString &application)
    {
        for (const QJsonValue &row : m_sandbox->rows("show queries")) {
            if (row.toArray()[3].toString() == application)
                return row.toArray()[0].toString();
        }
        return {};
    }

    std::unique_ptr<TdengineSandbox> m_sandbox;
};

ONDO_TEST(DialectTest)
#include "tst_dialect.moc"
