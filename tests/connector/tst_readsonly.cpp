// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/affectedobject.h"
#include "connector/readsonly.h"
#include "support/ondotest.h"

namespace {

connector::RequestTemplate templateOf(const char *text, bool reads, const char *sqlPlace = "")
{
    connector::RequestTemplate request;
    request.text = text;
    request.readsOnly = reads;
    request.sqlPlace = sqlPlace;
    return request;
}

connector::Manifest someManifest()
{
    connector::Manifest manifest;
    manifest.templates = {templateOf("POST /sql/{{db}}\n\nSELECT 1", true, "body"), templateOf("POST /search", true), templateOf("PUT /row", false),
        templateOf("POST /json\n\n{}", true, "/sql"), templateOf("POST /deep\n\n{}", true, "/query/text"),
        templateOf("POST /\nX-Operation: Run\n\n{}", true, "/Sqls"), templateOf("POST /\nX-Operation: List\n\n{}", true),
        templateOf("POST /\nX-Operation: Stop\n\n{}", false), templateOf("POST https://api.{{region}}.example/list", true)};
    return manifest;
}

connector::Statement statementOf(const QByteArray &text)
{
    connector::Statement statement;
    statement.text = text.toStdString();
    return statement;
}

} // namespace

class ReadsOnlyTest : public QObject
{
    Q_OBJECT

    using Row = std::pair<const char *, bool>;
    static void addRows(std::initializer_list<Row> rows)
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("reads");
        for (const auto &[text, reads] : rows)
            QTest::newRow(text) << QByteArray(text) << reads;
    }
    static void check(const connector::Manifest &manifest)
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, reads);
        QCOMPARE(connector::readsOnly(statementOf(text), manifest), reads);
    }

private Q_SLOTS:
    void tellsWhatOnlyReads_data()
    {
        addRows({{"select 1", true},
            {"  -- a comment\n/* and one */ SELECT 'drop table t' FROM \"update\"", true},
            {"(select 1) union (select 2)", true},
            {"((with x as (select 1) select * from x))", true},
            {"values (1), (2)", true},
            {"table t", true},
            {"use sales", true},
            {"use sales; drop table t", false},
            {"use sales drop", false},
            {"select load, set, call, kill from cpu", true},
            {"select max(update), replace(a, 'x', 'y'), (delete) from t", true},
            {"select a.into from a", true},
            {"select t.delete from t", true},
            {"", false},
            {"-- nothing", false},
            {";", false},
            {"gibberish", false},
            {"\"select\" 1", false},
            {"'select' 1", false},
            {"/* drop */ show create table t", true},
            {"describe t", true},
            {"desc t", true},
            {"show databases", true}});
    }
    void tellsWhatOnlyReads() { check(connector::Manifest()); }

    void seesWhatWrites_data()
    {
        addRows({{"insert into t values (1)", false}, {"/* x */ insert into t values (1)", false}, {"update t set a = 1", false},
            {"WITH x AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM x", false}, {"with x as (select 1) insert into t select * from x", false},
            {"with x as (select 1), y as (/* here */ delete from t returning *) select 1", false},
            {"with recursive t as (select 1) search depth first by a set o delete from u using t", false},
            {"with update as (select 1) select 1", true}, {"select * into t2 from t", false}, {"select a, 'x' /* */ into temp t2 from t", false},
            {"select 1 from t for update", false}, {"select 1 from t for no key update", false}, {"select substring(a for 3) from t", true},
            {"copy t from 's3://b'", false}, {"unload ('select 1') to 's3://b'", false}, {"kill query 'x'", false}, {"set x = 1", false},
            {"set session x = 1", false}, {"call p(1)", false}, {"merge into t using s on a = b when matched then delete", false},
            {"truncate t", false}, {"analyze t", false}, {"vacuum", false}, {"create table t as select 1", false}, {"drop table t", false},
            {"alter table t add c int", false}, {"grant select on t to u", false}, {"exec p", false}, {"do $$ begin end $$", false},
            {"begin", false}, {"lock t", false}, {"load data infile 'x' into table t", false}, {"deploy d select 1", false},
            {"select pg_terminate_backend(1)", false}, {"select setval('s', 1)", false}, {"select NextVal ('s')", false},
            {"select pg_catalog.\"setval\" ( 's', 1)", false}, {"select lo_import('/etc/passwd')", false}, {"select 1 where 1 = (select dblink_exec('x'))", false},
            {"values (set_config('a', 'b', false))", false}, {"select drop_chunks('t')", false}, {"select add_retention_policy('t', interval '1 d')", false},
            {"select setval from t", true}, {"select 'setval(1)'", true}});
    }
    void seesWhatWrites() { check(connector::Manifest()); }

    void knowsThatOnlyAnalyzeRuns_data()
    {
        addRows({{"EXPLAIN SELECT 1", true}, {"explain delete from t", true}, {"explain (costs off) delete from t", true},
            {"explain analyze select 1", true}, {"explain analyze delete from t", false}, {"EXPLAIN /* */ ANALYSE VERBOSE UPDATE t SET a = 1", false},
            {"explain (analyze, buffers) insert into t values (1)", false}, {"explain (analyze) select 1", true}, {"explain analyze", false},
            {"explain analyze with x as (select 1) delete from t", false}, {"explain analyze verbose true select 1", true},
            {"desc analyze delete from t", false}, {"explain select 1; delete from t", false}});
    }
    void knowsThatOnlyAnalyzeRuns() { check(connector::Manifest()); }

    void seesTheSecondStatement_data()
    {
        addRows({{"select 1;", true}, {"select 1; -- the end", true}, {"select 1;;/* */;", true}, {"select 1; select 2", false},
            {"select ';' as a, \";\" as b -- ;\n/* ; */", true}, {"select 'it''s; drop table t'", true}, {"select 'a'';' ; drop table t", false},
            {"select \"a\"\"; drop\" from t", true}, {"show tables; drop table t", false}, {"select 1 -- x\n; delete from t", false}});
    }
    void seesTheSecondStatement() { check(connector::Manifest()); }

    void distrustsWhatServersReadDifferently_data()
    {
        addRows({{"select 'open", false}, {"select \"open", false}, {"select 1 /* open", false}, {"select 1 /* /* */ ' */ ; drop table t --'", false},
            {"select 1 /*! into t2 */ from t", false}, {"select `a;b` from t", false}, {"select 'a\\' from t", true},
            // With backslashes that escape, this string ends later than without.
            {"select 'a\\'' ; delete from t -- '", false}, {"select '\\', '; delete from t; --'", false}});
    }
    void distrustsWhatServersReadDifferently() { check(connector::Manifest()); }

    void readsWithTheDialectsQuotes()
    {
        connector::Manifest manifest;
        manifest.language.backslashEscapes = true;
        manifest.language.stringQuotes = "'\"";
        manifest.language.identifierQuote = "`";
        QVERIFY(connector::readsOnly(statementOf("select 'it\\'s; drop', \"a\\\"; b\", `c;d` from t"), manifest));
        QVERIFY(!connector::readsOnly(statementOf("select 'it\\\\'; drop table t"), manifest));
        manifest.language.dollarQuotes = true;
        QVERIFY(connector::readsOnly(statementOf("select $$it's; drop table t$$, $a$ $$ ; $a$"), manifest));
        QVERIFY(!connector::readsOnly(statementOf("select $a$ x $b$ ; $a$ ; drop table t"), manifest));
        QVERIFY(!connector::readsOnly(statementOf("select $$ open"), manifest));
        manifest.language.dollarQuotes = false;
        QVERIFY(!connector::readsOnly(statementOf("select $$; drop table t$$"), manifest));
    }

    void takesOnlyRequestsThatRead_data()
    {
        addRows({{"GET /dbs", true}, {"HEAD /", true}, {"POST /dbs/x\n\n{}", false}, {"DELETE /dbs/x", false}, {"POST /search\n\n{\"q\":1}", true},
            {"post /search?x=1", true}, {"POST /search/more", false}, {"POST /x/../search", false}, {"POST /sql/..%2frow\n\nSELECT 1", false},
            {"GET /search\nX-HTTP-Method-Override: DELETE", false}, {"PUT /row\n\n{}", false}, {"POST https://api.eu.example/list", true},
            {"POST https://api.eu.example/drop", false}, {"POST https://api.eu/x.example/list", false}, {"POST http://other/search", false}});
    }
    void takesOnlyRequestsThatRead() { check(someManifest()); }

    void readsTheSqlInRequests_data()
    {
        addRows({{"POST /sql/db\n\nSELECT 1", true}, {"POST /sql/db\n\nDROP TABLE t", false}, {"POST /sql/db\n\nSELECT 1; DROP TABLE t", false},
            {"POST /sql/db", false}, {"POST /sql/\n\nSELECT 1", false}, {"POST /sql/a/b\n\nSELECT 1", false},
            {"POST /sql/db\nContent-Encoding: gzip\n\nSELECT 1", false}, {"POST /json\n\n{\"a\": {\"sql\": 1}, \"sql\": \"select 1\", \"b\": [1]}", true},
            {"POST /json\n\n{\"sql\": \"drop table t\"}", false}, {"POST /json\n\n{\"sql\": \"select 1\", \"sql\": \"drop table t\"}", false},
            {"POST /json\n\n{\"sql\": \"select 1\", \"SQL\": \"drop table t\"}", false}, {"POST /json\n\n{\"s\\u0071l\": \"drop table t\"}", false},
            {"POST /json\n\n{\"sql\": \"select 1\"} {\"sql\": \"drop table t\"}", false}, {"POST /json\n\n{\"sql\": 1}", false},
            {"POST /json\n\n{\"sql\": \"select 1\"", false}, {"POST /json\n\n{}", false}, {"POST /json\n\nselect 1", false},
            {"POST /deep\n\n{\"query\": {\"text\": \"select 1\"}}", true}, {"POST /deep\n\n{\"query\": \"select 1\"}", false},
            {"POST /\nX-Operation: Run\n\n{\"Sqls\": [\"select 1\", \"select 2\"]}", true},
            {"POST /\nX-Operation: Run\n\n{\"Sqls\": [\"select 1\", \"delete from t\"]}", false}, {"POST /\nX-Operation: Run\n\n{\"Sqls\": []}", false},
            {"POST /\nX-Operation: List\n\n{}", true}, {"POST /\nX-Operation: Stop\n\n{}", false}, {"POST /\n\n{}", false},
            {"POST /\nX-Operation: List\nX-Operation: Stop\n\n{}", false}});
    }
    void readsTheSqlInRequests() { check(someManifest()); }

    void namesVerbAndObject_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("verb");
        QTest::addColumn<QByteArray>("name");
        const auto row = [](const char *text, const char *verb, const char *name) { QTest::newRow(text) << QByteArray(text) << QByteArray(verb) << QByteArray(name); };
        row("insert into sales.orders (a) values (1)", "INSERT", "sales.orders");
        row("Delete From only \"Big Table\" where 1=1", "DELETE", "\"Big Table\"");
        row("update t set a = 1", "UPDATE", "t");
        row("delete from user where id = 1", "DELETE", "user");
        row("drop table if exists a.b.c", "DROP", "a.b.c");
        row("create or replace view v as select 1", "CREATE", "v");
        row("truncate table t", "TRUNCATE", "t");
        row("merge into t using s on 1=1", "MERGE", "t");
        row("copy t from 's3://x'", "COPY", "t");
        row("unload ('select 1 to x') to 's3://b/k'", "UNLOAD", "'s3://b/k'");
        row("kill query 'abc'", "KILL", "'abc'");
        row("grant select on table t to u", "GRANT", "t");
        row("call p(1)", "CALL", "p");
        row("with x as (select 1) insert into t select * from x", "INSERT", "t");
        row("select * into temp t2 from t", "SELECT INTO", "t2");
        row("explain analyze delete from t", "EXPLAIN ANALYZE DELETE", "t");
        row("select 1; drop table t", "DROP", "t");
        row("select setval('s', 1)", "SELECT", "setval()");
        row("DELETE /dbs/x?force=1", "DELETE", "/dbs/x");
        row("POST /json\n\n{\"sql\": \"drop table t\"}", "DROP", "t");
        row("POST /json\n\n{}", "POST", "/json");
        row("'x'", "", "");
    }
    void namesVerbAndObject()
    {
        QFETCH(QByteArray, text);
        const auto object = connector::affectedObject(statementOf(text), someManifest());
        QVERIFY(object.has_value());
        QTEST(QByteArray::fromStdString(object->verb), "verb");
        QTEST(QByteArray::fromStdString(object->name), "name");
    }

    void readsALongInsertAtOnce()
    {
        std::string text = "insert into t values (1)";
        for (int i = 0; i < 1000000; ++i)
            text += ",(1)";
        const auto object = connector::affectedObject({text, 0, text.size(), 1, false}, connector::Manifest());
        QVERIFY(object.has_value());
        QCOMPARE(object->name, std::string("t"));
    }
};

ONDO_TEST(ReadsOnlyTest)
#include "tst_readsonly.moc"
