// SPDX-License-Identifier: GPL-3.0-or-later
#include "apisandbox.h"
#include "support/ondotest.h"

// The dialect's own words, on SQLite.
class OpenmldbSqlTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ApiSandbox> m_api;

private Q_SLOTS:
    void initTestCase()
    {
        m_api = std::make_unique<ApiSandbox>();
        m_api->sql("CREATE DATABASE t");
        m_api->sql("CREATE TABLE a (k string, n int, ts timestamp, v double, INDEX(KEY=k, TS=ts, TTL=30d, TTL_TYPE=absolute), INDEX(KEY=(n, k), TTL=5, TTL_TYPE=latest)) OPTIONS (PARTITIONNUM=4, REPLICANUM=2)", "t");
        m_api->sql("INSERT INTO a VALUES ('x', 1, 1000, 1.5), ('x', 2, 2000, 2.5), ('x', 3, 2000, NULL), ('y', 4, 5000, -1), ('x', 5, 12000, 'NaN')", "t");
        m_api->sql("CREATE TABLE b (k string, m int, ts timestamp, INDEX(KEY=k, TS=ts))", "t");
        m_api->sql("INSERT INTO b (ts, m, k) VALUES (10, 7, 'x'), (30, 8, 'x'), (20, 9, 'x')", "t");
    }
    void cleanupTestCase() { m_api.reset(); }

    void understands_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QByteArray>("rows");
        const auto row = [](const char *sql, const char *rows) { QTest::newRow(sql) << QByteArray(sql) << QByteArray(rows); };
        row("select n, v from a where k = 'x' and n between 1 and 2", R"(["Int32","Double"] [[1,1.5],[2,2.5]])");
        row("select distinct k from a", R"(["String"] [["x"],["y"]])");
        row("select k, count(*) c, sum(n), avg(n), min(v), max(n) from a group by k having count(*) > 1", R"(["String","Int64","Int64","Double","Double","Int32"] [["x",4,11,2.75,1.5,5]])");
        row("select count(distinct k), count(v), sum_where(n, v > 0), count_where(n, k = 'x') from a", R"(["Int64","Int64","Int64","Int64"] [[2,4,8,4]])");
        row("select n, sum(n) over w from a window w as (partition by k order by ts rows between 1 preceding and current row) limit 2", R"(["Int32","Int64"] [[1,1],[2,3]])");
        row("select n, sum(n) over w s from a where k = 'x' window w as (partition by k order by ts rows_range between 10s preceding and current row)", R"(["Int32","Int64"] [[1,1],[2,6],[3,6],[5,10]])");
        row("select n, sum(n) over w s from a where k = 'x' window w as (partition by k order by ts rows_range between 10s open preceding and current row)", R"(["Int32","Int64"] [[1,1],[2,6],[3,6],[5,5]])");
        row("select n, count(n) over w s from a where k = 'x' window w as (partition by k order by ts rows_range between 10s preceding and current row exclude current_time)", R"(["Int32","Int64"] [[1,1],[2,2],[3,2],[5,3]])");
        row("select n, sum(n) over (partition by k order by ts rows between 2 preceding and current row exclude current_row) from a where n < 3", R"(["Int32","Int64"] [[1,null],[2,1]])");
        row("select n, first_value(n) over w, lag(n, 1) over w from a where n < 3 window w as (partition by k order by ts rows between unbounded preceding and current row)", R"(["Int32","Int32","Int32"] [[1,1,null],[2,2,1]])");
        row("select a.n, b.m from a last join b on a.k = b.k where a.n in (1, 4)", R"(["Int32","Int32"] [[1,9],[4,null]])");
        row("select a.n, b.m from a last join b order by b.ts on a.k = b.k where a.n = 1", R"(["Int32","Int32"] [[1,8]])");
        row("select l.n, r.top from a l last join (select k, max(m) as top from b group by k) as r on l.k = r.k where l.n in (1, 4)", R"(["Int32","Int32"] [[1,9],[4,null]])");
        row("select count(*) from a left join b on a.k = b.k", R"(["Int64"] [[13]])");
        row("with q as (select n, k from a where n > 3) select * from q where k = 'y'", R"(["Int32","String"] [[4,"y"]])");
        row("select n from (select n, n * 2 as d from a) s where d = 4 union all select m from b where m = 7", R"(["Int32"] [[2],[7]])");
        row("select `k` as `odd name`, t.a.n from a limit 1", R"(["String","Int32"] [["x",1]])");
        row("select case when n = 1 then 'one' else k end, if(n > 1, n, 0), ifnull(v, 9.5), n is null, not true from a where n in (1, 3)", R"(["String","Int32","Double","Bool","Bool"] [["one",0,1.5,false,false],["x",3,9.5,false,false]])");
        row("select 7 / 2, 7 div 2, 7 % 4, 2147483647, 2147483648, 1 + 1.5, -3, 1 = 1, null", R"(["Double","Int32","Int32","Int32","Int64","Double","Int32","Bool","Unknown"] [[3.5,3,3,2147483647,2147483648,2.5,-3,true,null]])");
        row("select 1 / 0, -1 / 0, 0 / 0, 1e300 * 1e300", R"(["Double","Double","Double","Double"] [[Infinity,-Infinity,NaN,Infinity]])");
        row("select upper('aB'), concat('a', 1, 'c'), substr('hello', 2, 3), char_length('中文'), 'abc' like 'a%', 'ABC' ilike 'a_c', 'a*c' like 'a*_', strcmp('a', 'b')", R"(["String","String","String","Int32","Bool","Bool","Bool","Int32"] [["AB","a1c","ell",2,true,true,true,-1]])");
        row("select cast('12' as int), bigint('9223372036854775807'), string(1), double('1.5'), float(1.1), bool('true'), smallint(3)", R"(["Int32","Int64","String","Double","Float","Bool","Int16"] [[12,9223372036854775807,"1",1.5,1.100000023841858,true,3]])");
        row("select timestamp('2021-05-01 08:00:01'), date('2021-5-1'), year(date('2021-05-02')), day(timestamp(0)), hour(timestamp(0)), date_format(timestamp(0), '%Y-%m-%d %H:%M:%S'), string(timestamp(0)), date(timestamp(1619827200000))", R"(["Timestamp","Date","Int32","Int32","Int32","String","String","Date"] [[1619827201000,"2021-5-1",2021,1,8,"1970-01-01 08:00:00","1970-01-01 08:00:00","2021-5-1"]])");
        row("select unix_timestamp('1970-01-01 08:00:01'), dayofweek(date('2021-05-01')), datediff(date('2021-05-02'), date('2021-04-30')), round(2.5), floor(2.7), abs(-3), pow(2, 3)", R"(["Int64","Int32","Int32","Double","Int64","Int32","Double"] [[1,7,2,3.0,2,3,8.0]])");
        row("select \"double quotes\", 'it''s', 'a\\nb' -- comment\n", "[\"String\",\"String\",\"String\"] [[\"double quotes\",\"it's\",\"a\\nb\"]]");
        row("select * from a where ts >= '1970-01-01 08:00:12'", R"(["String","Int32","Timestamp","Double"] [["x",5,12000,NaN]])");
    }
    void understands()
    {
        QFETCH(QByteArray, sql);
        QFETCH(QByteArray, rows);
        QCOMPARE(QString::fromStdString(m_api->rows(sql.toStdString(), "t")), QString::fromUtf8(rows));
    }
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char *sql, int code, const char *part) { QTest::newRow(sql) << QByteArray(sql) << code << QByteArray(part); };
        row("selec 1", 1001, "Syntax error: Unexpected identifier \\\"selec\\\" [at 1:1]");
        row("select 1\nfro a", 1001, "[at 2:5]");
        row("", 1001, "Unexpected end");
        row("select 'a", 1001, "Unclosed string literal");
        row("select 1 2", 1001, "Syntax error");
        row("select * from nope", 1000, "table nope not exists in database [t]");
        row("select nope from a", 1000, "Fail to find column nope");
        row("select k from a last join b on a.k = b.k", 1000, "ambiguous");
        row("select nope(1)", 1000, "Fail to resolve function: nope(int)");
        row("select sum(k) from a", 1000, "Fail to resolve function");
        row("select k + 1 from a", 1100, "invalid operand");
        row("select n from a order by n", 1000, "ORDER BY");
        row("select n from a group by n + 1", 1000, "simple columns");
        row("select * from a inner join b on a.k = b.k", 1000, "LAST JOIN");
        row("select sum(n) over nope from a", 1000, "nope undefined");
        row("select sum(n) over w from a window w as (partition by k order by ts desc rows between 1 preceding and current row)", 1000, "DESC");
        row("select ?", 1000, "parameter");
        row("insert into a values (1)", 2000, "convert value failed for column k");
        row("insert into a values ('x', 2147483648, 1, 1)", 2000, "column n");
        row("insert into a (nope) values (1)", 2000, "not found");
        row("insert into nope values (1)", 2000, "not exists");
        row("create table a (x int)", 2000, "already exists");
        row("create table c (x decimal)", 1001, "Unknown DataType");
        row("create table c (x double, index(key=x))", 2000, "can not be index");
        row("drop table nope", 2000, "not found");
        row("drop database t", 2000, "drop them first");
        row("load data infile 'a.csv' into table a", 2000, "this is a sandbox");
        row("select * from a into outfile 'x'", 2000, "this is a sandbox");
        row("deploy d select n from a order by n", 1000, "ORDER BY");
        row("show nothing", 1001, "Syntax error");
        row("use nope", 2000, "database not found");
    }
    void refuses()
    {
        QFETCH(QByteArray, sql);
        QFETCH(int, code);
        QFETCH(QByteArray, part);
        const std::string body = m_api->sql(sql.toStdString(), "t");
        QVERIFY2(body.starts_with("{\"code\":" + std::to_string(code) + ","), body.c_str());
        QVERIFY2(body.find(part.toStdString()) != std::string::npos, body.c_str());
    }
    void changesWhatThereIs()
    {
        const std::string ok = R"({"code":0,"msg":"ok"})";
        QCOMPARE(m_api->sql("create table if not exists c (x int, y string not null)", "t"), ok);
        QCOMPARE(m_api->sql("create table if not exists c (x int)", "t"), ok);
        QCOMPARE(m_api->sql("insert into c values (1, 'a'), (-2, 'b'), (null, '')", "t"), ok);
        QVERIFY(m_api->sql("insert into c (x) values (1)", "t").find("can't be null") != std::string::npos);
        QCOMPARE(m_api->sql("delete from c where x < 0 or y = ''", "t"), ok);
        QCOMPARE(m_api->rows("select * from c", "t"), std::string(R"(["Int32","String"] [[1,"a"]])"));
        QCOMPARE(m_api->sql("truncate table c", "t"), ok);
        QCOMPARE(m_api->rows("select * from c", "t"), std::string(R"(["Int32","String"] [])"));
        QCOMPARE(m_api->sql("drop table c;", "t"), ok);
        QCOMPARE(m_api->sql("create database other", "t"), ok);
        QVERIFY(m_api->sql("create database other", "t").find("already exists") != std::string::npos);
        QCOMPARE(m_api->sql("drop database other", "t"), ok);
    }
    void deploysAndCalls()
    {
        QCOMPARE(m_api->sql("DEPLOY d OPTIONS(long_windows='w:1d') SELECT k, count(n) OVER w AS c, b.m FROM a LAST JOIN b ORDER BY b.ts ON a.k = b.k "
                            "WINDOW w AS (PARTITION BY a.k ORDER BY a.ts ROWS_RANGE BETWEEN 10s PRECEDING AND CURRENT ROW)", "t"),
            std::string(R"({"code":1000,"msg":"Column k is ambiguous"})"));
        QCOMPARE(m_api->sql("DEPLOY d SELECT a.k, count(n) OVER w AS c, b.m FROM a LAST JOIN b ORDER BY b.ts ON a.k = b.k "
                            "WINDOW w AS (PARTITION BY a.k ORDER BY a.ts ROWS_RANGE BETWEEN 10s PRECEDING AND CURRENT ROW)", "t"),
            std::string(R"({"code":0,"msg":"ok"})"));
        QCOMPARE(m_api->send("POST", "/dbs/t/deployments/d", R"({"input":[["x",0,3000,0.5],["q",0,3000,null]]})").body,
            std::string(R"({"code":0,"msg":"ok","data":{"data":[["x",4,8],["q",1,null]]}})"));
        QCOMPARE(m_api->rows("SHOW DEPLOYMENTS", "t"), std::string(R"(["String","String"] [["t","d"]])"));
        QVERIFY(m_api->sql("DEPLOY d SELECT k FROM a", "t").find("already exists") != std::string::npos);
        QCOMPARE(m_api->sql("DROP DEPLOYMENT d", "t"), std::string(R"({"code":0,"msg":"ok"})"));
        QCOMPARE(m_api->rows("SHOW DEPLOYMENTS", "t"), std::string(R"(["String","String"] [])"));
    }
    void shows()
    {
        QCOMPARE(m_api->rows("SHOW TABLES", "t"), std::string(R"(["String"] [["a"],["b"]])"));
        QVERIFY(m_api->rows("SHOW CREATE TABLE a", "t").find("INDEX (KEY=(`n`, `k`), TTL_TYPE=LATEST, TTL=5)") != std::string::npos);
        QVERIFY(m_api->rows("DESC a", "t").find("timestamp") != std::string::npos);
        const std::string table = m_api->send("GET", "/dbs/t/tables/a").body;
        QVERIFY2(table.find(R"("ttl":{"ttl_type":"absolute","abs_ttl":43200,"lat_ttl":0}})") != std::string::npos, table.c_str());
        QVERIFY(table.find(R"("ttl":{"ttl_type":"latest","abs_ttl":0,"lat_ttl":5}})") != std::string::npos);
        QVERIFY(table.find(R"("partition_num":4,"replica_num":2)") != std::string::npos);
    }
    void runsJobs()
    {
        const std::string drawn = m_api->sql("select n, k from a where n = 1", "t", "offsync");
        QVERIFY2(drawn.find("\\n --- ----- \\n  1   \\\"x\\\"  \\n --- ----- \\n") != std::string::npos, drawn.c_str());
        const std::string started = m_api->sql("select count(*) from a, b", "t", "offasync");
        QVERIFY(started.find("\"ExportOfflineData\"") != std::string::npos);
        for (int i = 0; i < 1000 && m_api->rows("SHOW JOBS").find("FAILED") == std::string::npos; ++i)
            QTest::qWait(5);
        QVERIFY(m_api->rows("SHOW JOB 1").find("Cross join is not supported") != std::string::npos);
        // A job that would take very long.
        m_api->sql("select count(*) from power.meters x left join power.meters y on x.voltage < y.voltage", "t", "offasync");
        QVERIFY(m_api->rows("SHOW JOB 2").find("FINISHED") == std::string::npos);
        QCOMPARE(m_api->sql("STOP JOB 2"), std::string(R"({"code":0,"msg":"ok"})"));
        for (int i = 0; i < 1000 && m_api->rows("SHOW JOB 2").find("KILLED") == std::string::npos; ++i)
            QTest::qWait(5);
        QVERIFY(m_api->rows("SHOW JOB 2").find("KILLED") != std::string::npos);
        QVERIFY(m_api->sql("STOP JOB 2").find("no running job") != std::string::npos);
        QVERIFY(m_api->sql("SHOW JOB 99").find("not found") != std::string::npos);
    }
};

ONDO_TEST(OpenmldbSqlTest)
#include "tst_openmldbsql.moc"
