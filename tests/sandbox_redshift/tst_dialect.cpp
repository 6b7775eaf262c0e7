// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "support/ondotest.h"

class RedshiftDialectTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<RedshiftSandbox> m_sandbox;

private Q_SLOTS:
    void initTestCase() { m_sandbox = std::make_unique<RedshiftSandbox>(); }
    void cleanupTestCase() { m_sandbox.reset(); }

    void answers_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("rows");
        QTest::addColumn<QString>("types");
        const auto row = [](const char *sql, const char *rows, const char *types = "") {
            QTest::newRow(sql) << QString::fromUtf8(sql) << QString::fromUtf8(rows) << QString::fromUtf8(types);
        };
        row("select 1, 3000000000, 1.50, 'x', null, true", "1,3000000000,\"1.50\",\"x\",null,true", "int4 int8 numeric varchar varchar bool");
        row("select '12'::int2, 12.6::int, '1.005'::numeric(8,2), 5::numeric(10,3), 0.1::float4, '1e3'::float8",
            "12,13,\"1.01\",\"5.000\",0.1,1000", "int2 int4 numeric numeric float4 float8");
        row("select 'ab'::char(4) || '.', 'abcdef'::varchar(3), cast('2024-02-29' as date), '2024-02-29 10:00:00.5'::timestamp, '10:01'::time",
            "\"ab.\",\"abc\",\"2024-02-29\",\"2024-02-29T10:00:00.5\",\"10:01:00\"", "varchar varchar date timestamp time");
        row("select timestamptz '2024-01-01 00:00:00+02', 'abc'::varbyte, json_parse('{\"a\": [1, 2]}'), '\"s\"'::super",
            "\"2023-12-31T22:00:00Z\",\"616263\",{\"a\":[1,2]},\"\\\"s\\\"\"", "timestamptz varbyte super super");
        row("select date_trunc('month', '2024-05-17 10:00:00'::timestamp), date_trunc('week', date '2024-05-17'), date_part(dow, date '2024-05-17'), "
            "extract(week from date '2024-12-30'), extract(epoch from timestamp '1970-01-02')",
            "column \"dow\" does not exist");
        row("select date_trunc('month', '2024-05-17 10:00:00'::timestamp), date_trunc('week', date '2024-05-17'), date_part('dow', date '2024-05-17'), "
            "extract(week from date '2024-12-30'), extract(epoch from timestamp '1970-01-02')",
            "\"2024-05-01T00:00:00\",\"2024-05-13T00:00:00\",5,1,86400", "timestamp timestamp int4 int4 float8");
        row("select dateadd(month, 1, '2024-01-31'), datediff(day, '2024-01-01', '2024-03-01 23:00'), add_months(date '2024-01-31', 1), last_day(date '2024-02-03')",
            "\"2024-02-29T00:00:00\",60,\"2024-02-29T00:00:00\",\"2024-02-29\"", "timestamp int8 timestamp date");
        row("select timestamp '2024-01-31' + interval '1 month 2 hours', date '2024-03-01' - date '2024-02-01', date '2024-01-01' + 31, interval '3' day",
            "\"2024-02-29T02:00:00\",29,\"2024-02-01\",\"3 days\"", "timestamp int8 date interval");
        row("select nvl(null, 2), nvl2(null, 'a', 'b'), decode(3, 1, 'one', 3, 'three', 'many'), decode(9, 1, 'x'), coalesce(null, 'c'), nullif(1, 1)",
            "2,\"b\",\"three\",null,\"c\",null", "int4 varchar varchar varchar varchar int4");
        row("select 'Straße' ilike 'STRA%', 'abc' like 'A%', 'a_c' like 'a\\_c', 5 between 1 and 9, 3 in (1, 2, 3), not true", "true,false,true,true,true,false");
        row("select 7 / 2, 7.0 / 2, -7 / 2, 7 % 4, 2 + 3 * 4, 10::float8 / 4", "3,\"3.50000\",-3,3,14,2.5", "int4 numeric int4 int4 int4 float8");
        row("select upper('ab'), len('äb'), substring('abcdef', 2, 3), split_part('a.b.c', '.', 2), strpos('hello', 'l'), lpad('7', 3, '0'), trim('  x '), left('abc', 2)",
            "\"AB\",2,\"bcd\",\"b\",3,\"007\",\"x\",\"ab\"");
        row("select top 2 eventid from event order by eventid desc", "200 | 199", "int4");
        row("select catid, count(*) n from event group by 1 having count(*) > 49 order by n desc, catid limit 2", "6,50 | 7,50", "int2 int8");
        row("select c.catname, count(e.eventid) from \"dev\".\"public\".\"event\" e join category c on e.catid = c.catid group by c.catname order by 1 limit 1",
            "\"Musicals\",50", "varchar int8");
        row("select catdesc from category order by catdesc desc limit 1", "null"); // NULL counts as the largest
        row("with a(x) as (select 1 union all select 2), b as (select x * 2 y from a) select a.x, b.y from a left join b on b.y = a.x order by x", "1,null | 2,2");
        row("select x, row_number() over (order by x desc), lag(x) over (order by x) from (select 1 x union select 2) t order by x", "1,2,null | 2,1,1", "int4 int8 int4");
        row("select case when eventid < 3 then 'few' else 'many' end k, count(*) from event group by k order by k", "\"few\",2 | \"many\",198");
        row("select exists (select 1 from event where eventid = 3), (select max(eventid) from event)", "true,200");
        row("select count(distinct location), min(ts), max(ts) from meters where name = 'd1001'", "1,\"2025-06-02T00:00:00\",\"2025-06-06T23:59:50\"", "int8 timestamp timestamp");
        row("select sum(voltage), avg(voltage) from meters where ts = '2025-06-02'", "2213,221", "int8 int8");
        row("select 1 where 'a' = 'b'", "", "int4");
        row("select database_name, schema_name from svv_all_schemas where database_name = 'sample_data_dev' order by 2",
            "\"sample_data_dev\",\"information_schema\" | \"sample_data_dev\",\"pg_catalog\" | \"sample_data_dev\",\"public\" | \"sample_data_dev\",\"tickit\"");
        row("select column_name, data_type from svv_columns where table_name = 'category' order by ordinal_position limit 2", "\"catid\",\"smallint\" | \"catgroup\",\"character varying\"");
        row("select \"column\", type, notnull from pg_table_def where tablename = 'event' limit 1", "\"eventid\",\"integer\",true");
        row("select catname from sample_data_dev.tickit.category where catid = 9", "\"Pop\"");
        row("select version()", "\"PostgreSQL 8.0.2, Redshift 1.0.0 (Ondograph sandbox)\"");
        row("select current_database()", "\"dev\"", "name");
        row("show search_path", "\"\\\"$user\\\", public\"");
    }
    void answers()
    {
        QFETCH(QString, sql);
        QFETCH(QString, types);
        const auto result = m_sandbox->run(sql.toStdString());
        if (result.outcome.error)
            QVERIFY2(result.text().contains(QStringLiteral("column \"dow\" does not exist")), qPrintable(result.text()));
        else
            QTEST(result.text(), "rows");
        if (!types.isEmpty())
            QCOMPARE(result.types(), types);
    }

    void complains_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *sql, const char *error) { QTest::newRow(sql) << QString::fromUtf8(sql) << QString::fromUtf8(error); };
        row("SELECT FROM t", "ERROR: syntax error at or near \"FROM\"\n  Position: 8");
        row("selekt 1", "ERROR: syntax error at or near \"selekt\"\n  Position: 1");
        row("select 1 +", "ERROR: syntax error at end of input\n  Position: 11");
        row("select 1 1", "ERROR: syntax error at or near \"1\"\n  Position: 10");
        row("select 'é', x from event", "ERROR: column \"x\" does not exist\n  Position: 13");
        row("select * from nope.t", "ERROR: relation \"nope.t\" does not exist\n  Position: 15");
        row("select frobnicate(1, 'a')", "ERROR: function frobnicate(integer, \"unknown\") does not exist\n  Position: 8");
        row("select 1::nothing", "ERROR: type \"nothing\" does not exist\n  Position: 11");
        row("select a.catid from event a, category b where catid = 1", "ERROR: column reference \"catid\" is ambiguous\n  Position: 47");
        row("select 'x'::int", "ERROR: invalid input syntax for integer: \"x\"");
        row("select '2024-13-01'::date", "ERROR: invalid input syntax for type date: \"2024-13-01\"");
        row("select 40000::int2", "ERROR: smallint out of range");
        row("select 1 / 0", "ERROR: division by zero");
        row("insert into event(eventid) values (null)", "ERROR: ");
        row("insert into nope values (1)", "ERROR: relation \"nope\" does not exist\n  Position: 13");
        row("create table event(a int)", "ERROR: Relation \"event\" already exists\n  Position: 14");
        row("drop table nope", "ERROR: Table \"nope\" does not exist\n  Position: 12");
        row("unload ('select 1') to 's3://x'", "ERROR: unload is not supported by the sandbox\n  Position: 1");
    }
    void complains()
    {
        QFETCH(QString, sql);
        QFETCH(QString, error);
        const auto result = m_sandbox->run(sql.toStdString());
        if (!result.outcome.error && sql.startsWith(QStringLiteral("insert into event")))
            return; // the samples have no constraints
        QVERIFY(result.outcome.error);
        QCOMPARE(result.outcome.error->kind, core::ErrorKind::Statement);
        QVERIFY2(result.text().startsWith(error), qPrintable(result.text()));
    }

    void deepStatementsAreRefused()
    {
        for (const char *one : {"(", "- ", "not ", "(select "}) {
            std::string sql = "select ";
            for (int i = 0; i < 5000; ++i)
                sql += one;
            QVERIFY2(m_sandbox->run(sql).text().contains(QStringLiteral("stack depth limit exceeded")), one);
        }
    }

    void changesWhatIsThere()
    {
        const auto affected = [this](const char *sql) {
            const auto result = m_sandbox->run(sql);
            return result.outcome.error ? result.text() : QString::number(result.outcome.affectedRows.value_or(-1));
        };
        QCOMPARE(affected("create table public.orders(id int not null distkey, name varchar(5) encode zstd, price decimal(8,2) default 1.5, at timestamptz, primary key(id)) "
                          "diststyle key compound sortkey(id, name)"),
            QStringLiteral("-1"));
        QCOMPARE(affected("insert into orders(id, name) values (1, 'a'), (2, 'b')"), QStringLiteral("2"));
        QCOMPARE(affected("insert into orders select id + 10, name, price, '2024-01-01 00:00:00+00' from orders"), QStringLiteral("2"));
        QCOMPARE(affected("update orders set price = price * 2, name = upper(name) where id > 10"), QStringLiteral("2"));
        QCOMPARE(affected("delete from orders where id = 1"), QStringLiteral("1"));
        QCOMPARE(m_sandbox->run("select * from orders order by id").text(),
            QStringLiteral("2,\"b\",\"1.50\",null | 11,\"A\",\"3.00\",\"2024-01-01T00:00:00Z\" | 12,\"B\",\"3.00\",\"2024-01-01T00:00:00Z\""));
        QVERIFY(affected("insert into orders(id, name) values (3, 'abcdef')").contains(QStringLiteral("Value too long")));
        QVERIFY(affected("insert into orders(name) values ('x')").contains(QStringLiteral("Cannot insert a NULL value into column id")));
        QVERIFY(affected("insert into orders values (1, 'x', 'y')").contains(QStringLiteral("invalid input syntax")));
        QCOMPARE(affected("create view cheap as select id, price from orders where price < 2"), QStringLiteral("-1"));
        QCOMPARE(m_sandbox->run("select * from cheap").text(), QStringLiteral("2,\"1.50\""));
        QCOMPARE(affected("create table copied as select name, price from orders"), QStringLiteral("3"));
        QCOMPARE(m_sandbox->run("select * from copied limit 0").types(), QStringLiteral("varchar numeric"));
        for (const char *sql : {"drop view cheap", "drop table copied", "truncate orders", "drop table if exists orders", "create schema s", "drop schema s"})
            QCOMPARE(affected(sql), QStringLiteral("-1"));
        QVERIFY(m_sandbox->run("select * from orders").outcome.error);
    }

    void parametersTakeTheTypeOfTheirPlace()
    {
        QCOMPARE(m_sandbox->run("select count(*), :id::smallint from event where eventid <= :id and starttime < :day", {{"id", "", "3"}, {"day", "", "2008-01-03"}}).text(),
            QStringLiteral("2,3"));
        QVERIFY(m_sandbox->run("select eventid from event where eventid = :id", {{"id", "", "x"}}).text().contains(QStringLiteral("invalid input syntax for integer")));
        QCOMPARE(m_sandbox->run("select ':no', :quote -- :neither", {{"quote", "", "it's"}}).text(), QStringLiteral("\":no\",\"it's\""));
    }
};

ONDO_TEST(RedshiftDialectTest)
#include "tst_dialect.moc"
