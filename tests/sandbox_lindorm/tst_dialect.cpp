// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"

#include "support/ondotest.h"

class LindormDialectTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<LindormSandbox> m_sandbox;

private Q_SLOTS:
    void initTestCase() { m_sandbox = std::make_unique<LindormSandbox>(); }
    void cleanupTestCase() { m_sandbox.reset(); }

    void answersSelects_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("rows");
        const auto row = [](const char *statement, const char *rows) { QTest::newRow(statement) << QString::fromUtf8(statement) << QString::fromUtf8(rows); };
        row("select device_id,region,time,max(temperature) as m from sensor where device_id = 'F07A1260' and time >= '2021-04-22 15:33:00' and time <= '2021-04-22 15:33:20' sample by 20s",
            "[[\"F07A1260\",\"north-cn\",1619076780000,13.2],[\"F07A1260\",\"north-cn\",1619076800000,10.6]]");
        row("select region, max(temperature) as m from sensor where time >= '2021-04-22 15:33:00' and time <= '2021-04-22 15:33:20' group by region",
            "[[\"north-cn\",13.2],[\"south-cn\",19.7]]");
        row("select device_id, time, latest(temperature) as t from sensor sample by 0", "[[\"F07A1260\",1619076800000,10.6],[\"F07A1261\",1619076790000,19.7]]");
        row("select device_id, latest(temperature, 2) as t from sensor where region = 'north-cn' sample by 0", "[[\"F07A1260\",13.2],[\"F07A1260\",10.6]]");
        row("select time, delta(humidity) as d from sensor where device_id = 'F07A1260' sample by 0", "[[1619076790000,2],[1619076800000,-1]]");
        row("select time, rate(humidity, '1m') as d from sensor where device_id = 'F07A1260' sample by 10s", "[[1619076790000,12],[1619076800000,-6]]");
        row("select time, first(humidity) as f, last(humidity) as l, percentile(humidity, 50) as p, count(*) as n from sensor where device_id = 'F07A1260' sample by 0",
            "[[1619076780000,45,46,46,3]]");
        row("select time, sum(m) as s from (select time, max(humidity) as m from sensor sample by 10s) group by time order by time",
            "[[1619076780000,89],[1619076790000,91],[1619076800000,46]]");
        row("select time, count(*) as n from sensor where device_id = 'F07A1260' sample by 20s offset 10s", "[[1619076770000,1],[1619076790000,2]]");
        row("select time, max(humidity) as m from sensor where humidity < 46 and device_id = 'F07A1260' sample by 1m", "[[1619076780000,47]]");
        row("select * from (select time, max(humidity) as m from sensor sample by 10s) where m > 45 order by m limit 1", "[[1619076800000,46]]");
        row("select time from sensor order by time desc, device_id limit 2 offset 1", "[[1619076790000],[1619076790000]]");
        row("select distinct region from sensor where device_id like 'F07%' and humidity between 40 and 50 and region in ('north-cn', 'x')", "[[\"north-cn\"]]");
        row("select count(*) as n from sensor a join sensor b on a.time = b.time where a.device_id < b.device_id", "[[2]]");
        row("select 7/2, 7.0/2, 7%2, -3, 2+3*4, 'it''s', 'a\\'b', true, null, case when 1 < 2 then 'x' else 'y' end", "[[3,3.5,1,-3,14,\"it's\",\"a'b\",true,null,\"x\"]]");
        row("select cast('12' as bigint), cast(3 as varchar), cast('2021-04-22 15:33:00.5' as timestamp), upper('ä x'), coalesce(null, 4), concat('a', 'b')",
            "[[12,\"3\",1619076780500,\"ä X\",4,\"ab\"]]");
        row("select 9007199254740993, -9223372036854775807 < 0, 1e300, 5e-324", "[[9007199254740993,true,1e+300,5e-324]]");
        row("select device_id from demo.sensor union all select region from sensor order by 1 limit 2", "[[\"F07A1260\"],[\"F07A1260\"]]");
        row("describe sensor", "[[\"device_id\",\"VARCHAR\",\"TAG\",\"true\",\"false\"],[\"region\",\"VARCHAR\",\"TAG\",\"true\",\"false\"],[\"time\",\"TIMESTAMP\",\"TIMESTAMP\",\"true\",\"false\"],[\"temperature\",\"DOUBLE\",\"FIELD\",\"false\",\"false\"],[\"humidity\",\"DOUBLE\",\"FIELD\",\"false\",\"false\"]]");
        row("show databases", "[[\"default\"],[\"demo\"],[\"information_schema\"],[\"market\"],[\"power\"]]");
        row("show tables from market", "[[\"stocks_intraday\"]]");
        row("show parameter user_auth", "[[\"USER_AUTH\",\"TRUE\"]]");
        row("show continuous queries", "[]");
        row("show users", "[[\"root\"],[\"tsdbuser\"]]");
    }
    void answersSelects()
    {
        QFETCH(QString, statement);
        const RawAnswer answer = m_sandbox->sql(statement.toStdString());
        QVERIFY2(answer.status == 200, answer.body.c_str());
        QTEST(answer.rows(), "rows");
    }
    void fillsWindowsWithoutRows_data()
    {
        QTest::addColumn<QString>("fill");
        QTest::addColumn<QString>("rows");
        const auto row = [](const char *fill, const char *rows) { QTest::newRow(fill) << QString::fromLatin1(fill) << QString::fromLatin1(rows); };
        row("none", "[[0,45],[10000,47],[20000,46]]");
        row("zero", "[[0,45],[5000,0],[10000,47],[15000,0],[20000,46]]");
        row("(null)", "[[0,45],[5000,null],[10000,47],[15000,null],[20000,46]]");
        row("previous", "[[0,45],[5000,45],[10000,47],[15000,47],[20000,46]]");
        row("after", "[[0,45],[5000,47],[10000,47],[15000,46],[20000,46]]");
        row("near", "[[0,45],[5000,45],[10000,47],[15000,47],[20000,46]]");
        row("(linear)", "[[0,45],[5000,46],[10000,47],[15000,46.5],[20000,46]]");
        row("-7.5", "[[0,45],[5000,-7.5],[10000,47],[15000,-7.5],[20000,46]]");
    }
    void fillsWindowsWithoutRows()
    {
        QFETCH(QString, fill);
        const QString statement = QStringLiteral("select t - 1619076780000 as t, m from (select time as t, max(humidity) as m from sensor where device_id = 'F07A1260' sample by 5s fill %1)").arg(fill);
        const RawAnswer answer = m_sandbox->sql(statement.toStdString());
        QVERIFY2(answer.status == 200, answer.body.c_str());
        QTEST(answer.rows(), "rows");
    }
    void statesItsErrors_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *statement, int code, const char *words) {
            QTest::newRow(statement) << QString::fromUtf8(statement) << code << QString::fromUtf8(words);
        };
        row("select * from sensor;", 1064, "Encountered \";\" at line 1, column 21.");
        row("select *\nfro sensor", 1064, "Encountered \"fro\" at line 2, column 1.");
        row("", 1064, "Encountered \"<EOF>\" at line 1, column 1.");
        row("select 'abc", 1064, "Lexical error at line 1, column 8.");
        row("select foo from sensor", 1054, "From line 1, column 8 to line 1, column 10: Column 'foo' not found");
        row("select time from sensor a, sensor b", 1054, "ambiguous");
        row("select * from nope", 1146, "Table 'default.nope' doesn't exist");
        row("select * from nodb.t", 1049, "Unknown database 'nodb'");
        row("create database power", 1007, "database exists");
        row("drop database nope", 1008, "doesn't exist");
        row("create table sensor (t timestamp)", 1050, "already exists");
        row("create table x (a varchar tag)", 1064, "no TIMESTAMP column");
        row("create table x (a bigint tag, t timestamp)", 1064, "has to be VARCHAR");
        row("insert into sensor (nope) values (1)", 1054, "Unknown column 'nope'");
        row("insert into sensor (time, humidity) values (1)", 1064, "Number of INSERT target columns");
        row("insert into sensor (time, humidity) values (1, 'wet')", 1366, "Incorrect DOUBLE value");
        row("select * from sensor where time > 'noon'", 1366, "From line 1, column 35 to line 1, column 40: Incorrect TIMESTAMP value: 'noon'");
        row("select * from sensor where region = 1", 1064, "Cannot compare");
        row("select region, max(humidity) from sensor", 1064, "'region' is not being grouped");
        row("select max(humidity) from sensor where max(humidity) > 1", 1064, "Aggregate expression is illegal");
        row("select nofunc(1)", 1064, "No match found for function signature NOFUNC");
        row("select latest(humidity) from sensor", 1064, "only supported in a query with SAMPLE BY");
        row("select humidity from sensor sample by 1m", 1064, "'humidity' is not being grouped");
        row("select max(humidity) from sensor group by region sample by 1m", 1064, "SAMPLE BY and GROUP BY");
        row("select max(humidity) from (select * from sensor) sample by 1m", 1064, "one table");
        row("select max(humidity), latest(humidity) from sensor sample by 0", 1064, "SAMPLE BY takes");
        row("select max(humidity) from sensor sample by 5x", 1064, "Encountered \"x\" at line 1, column 45.");
        row("select 1/0", 9001, "/ by zero");
        row("select cast('x' as bigint)", 9001, "For input string: \"x\"");
        row("kill query 'nope'", 9001, "not found");
    }
    void statesItsErrors()
    {
        QFETCH(QString, statement);
        QFETCH(QString, words);
        const RawAnswer answer = m_sandbox->sql(statement.toStdString());
        QCOMPARE(answer.status, 400);
        QTEST(answer.code(), "code");
        QVERIFY2(answer.message().contains(words), answer.body.c_str());
        QVERIFY(!answer.json().value(QStringLiteral("sqlstate")).toString().isEmpty());
    }
    void refusesWhatIsTooDeepToWalkThrough()
    {
        const auto repeated = [](const char *part, int times) {
            std::string all;
            for (int i = 0; i < times; ++i)
                all += part;
            return all;
        };
        QCOMPARE(m_sandbox->sql("select " + repeated("(", 100000) + "1").code(), 1064);
        QCOMPARE(m_sandbox->sql("select 1" + repeated("+1", 100000)).code(), 1064);
        QCOMPARE(m_sandbox->sql("select " + repeated("abs(", 5000) + "1" + repeated(")", 5000)).code(), 1064);
        QCOMPARE(m_sandbox->sql(repeated("select * from (", 5000)).code(), 1064);
        QCOMPARE(m_sandbox->sql("select 1" + repeated(" union all select 1", 5000)).code(), 1064);
        QCOMPARE(m_sandbox->sql("select 1" + repeated("+1", 800)).rows(), QStringLiteral("[[801]]"));
    }
    void writesAndOverwrites()
    {
        QCOMPARE(m_sandbox->sql("create database w with (ttl='1d')").status, 204);
        QCOMPARE(m_sandbox->sql("create table t (a varchar, b varchar, ts timestamp, v double, ok boolean, n bigint, s varchar, primary key(a, b, ts)) partition by hash(a)", "w").status, 204);
        QCOMPARE(m_sandbox->sql("insert into t (a, ts, v, ok, n, s) values ('x', 1, 1e300, true, 9223372036854775807, '温\\'\"'), ('x', '1970-01-01 08:00:00.002', null, false, -9223372036854775807, '')", "w").status, 204);
        QCOMPARE(m_sandbox->sql("upsert into w.t (a, ts, v) values ('x', 1, -0.5)").status, 204);
        const std::string written = "[[\"x\",null,1,-0.5,true,9223372036854775807,\"温'\\\"\"],[\"x\",null,2,null,false,-9223372036854775807,\"\"]]";
        const RawAnswer rows = m_sandbox->sql("select * from t", "w");
        QVERIFY2(rows.body.find(written) != std::string::npos, rows.body.c_str());
        QCOMPARE(m_sandbox->sql("delete from t where a = 'x' and ts = 1", "w").status, 204);
        QCOMPARE(m_sandbox->sql("select count(*) as n from t where b is null", "w").rows(), QStringLiteral("[[1]]"));
        QCOMPARE(m_sandbox->sql("drop table t", "w").status, 204);
        QCOMPARE(m_sandbox->sql("drop table if exists t", "w").status, 204);
        const QString options = QStringLiteral("[[\"w\",\"1d\",null,null]]");
        QCOMPARE(m_sandbox->sql("describe database w").rows(), options);
        QCOMPARE(m_sandbox->sql("drop database w").status, 204);
    }
    void takesLineProtocol()
    {
        const std::string lines = "# comment\nwind,host=a\\ b,x=1 v=1.5,n=3i,s=\"q\\\"x\",b=t 1619076780\n\nwind,host=c v=2 1619076781\n";
        QCOMPARE(m_sandbox->post("/api/v2/write?db=demo&precision=s", lines).status, 204);
        const QString written = QStringLiteral("[[1619076780000,\"a b\",\"1\",1.5,3,\"q\\\"x\",true],[1619076781000,\"c\",null,2,null,null,null]]");
        QCOMPARE(m_sandbox->sql("select time, host, x, v, n, s, b from wind", "demo").rows(), written);
        // Nanoseconds are the default; time is kept in milliseconds.
        QCOMPARE(m_sandbox->post("/api/v2/write?db=demo", "wind,host=d v=3 1619076781999999999").status, 204);
        QCOMPARE(m_sandbox->sql("select time from wind where host = 'd'", "demo").rows(), QStringLiteral("[[1619076781999]]"));
        QCOMPARE(m_sandbox->post("/api/v2/write?db=demo&schema_policy=STRONG", "nope v=1").code(), 1146);
        QCOMPARE(m_sandbox->post("/api/v2/write?db=demo&schema_policy=STRONG", "wind new=1").code(), 1054);
        QCOMPARE(m_sandbox->post("/api/v2/write?db=demo", "wind v=1i").code(), 1366);
        QCOMPARE(m_sandbox->post("/api/v2/write?db=demo", "wind").code(), 1064);
        QCOMPARE(m_sandbox->post("/api/v2/write?db=nodb", "wind v=1").code(), 1049);
        QCOMPARE(m_sandbox->post("/api/v2/write?db=demo&precision=y", "wind v=1").code(), 1064);
    }
    void asksWhoItIs()
    {
        QCOMPARE(m_sandbox->post("/api/v2/sql", "select 1", "").status, 401);
        QCOMPARE(m_sandbox->post("/api/v2/sql", "select 1", "root:root").status, 401);
        QCOMPARE(m_sandbox->post("/api/v2/sql", "select * from sensor", "tsdbuser:password").status, 200);
        QCOMPARE(m_sandbox->post("/api/v2/sql", "create database mine", "tsdbuser:password").code(), 1045);
        QCOMPARE(m_sandbox->post("/api/v2/sql", "insert into sensor (time) values (1)", "tsdbuser:password").code(), 1045);
        QCOMPARE(m_sandbox->sql("create user reader with password 'p:w'").status, 204);
        QCOMPARE(m_sandbox->post("/api/v2/sql", "select * from demo.sensor", "reader:p:w").code(), 1045);
        QCOMPARE(m_sandbox->sql("grant read on demo.* to reader").status, 204);
        QCOMPARE(m_sandbox->post("/api/v2/sql", "select * from demo.sensor", "reader:p:w").status, 200);
        QCOMPARE(m_sandbox->sql("drop user reader").status, 204);
        QCOMPARE(m_sandbox->sql("alter system set user_auth=false").status, 204);
        QCOMPARE(m_sandbox->post("/api/v2/sql", "select * from sensor", "").status, 200);
        QCOMPARE(m_sandbox->post("/api/v2/sql", "alter system set user_auth=true", "").status, 204);
        QCOMPARE(m_sandbox->post("/api/v2/sql", "select 1", "").status, 401);
    }
    void sendsBlocksOneAfterAnother()
    {
        const RawAnswer answer = m_sandbox->post("/api/v2/sql?chunked=true&chunk_size=2", "select time from sensor where device_id = 'F07A1260'");
        const std::string head = "{\"columns\":[\"time\"],\"metadata\":[\"TIMESTAMP\"]";
        const std::string blocks = head + ",\"rows\":[[1619076780000],[1619076790000]]}" + head + ",\"rows\":[[1619076800000]]}";
        QCOMPARE(answer.body, blocks);
        QCOMPARE(m_sandbox->post("/api/v2/sql?chunked=true", "select time from sensor where time < 5").body, head + "}");
        QCOMPARE(m_sandbox->post("/api/v2/sql?chunked=true&chunk_size=x", "select 1").status, 400);
    }
    void whatIsNotThereIsSaidInTheOlderForm()
    {
        const RawAnswer answer = m_sandbox->post("/api/put", "[]");
        QCOMPARE(answer.status, 404);
        QVERIFY(answer.json().contains(QStringLiteral("error")));
    }
};

ONDO_TEST(LindormDialectTest)
#include "tst_dialect.moc"
