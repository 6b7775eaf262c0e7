// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/readsonly.h"
#include "support/ondotest.h"

class ReadsOnlyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsWhatOnlyReads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("reads");
        const auto row = [](const char *text, bool reads) { QTest::newRow(text) << QByteArray(text) << reads; };
        row("select 1", true);
        row("  -- a comment\n/* and one */ SELECT 'drop table t' FROM \"update\"", true);
        row("(select 1) union (select 2)", true);
        row("select 1;", true);
        row("select 1; select 2", false);
        row("select 1; -- the end", true);
        row("with x as (select 1) select * from x", true);
        row("WITH x AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM x", false);
        row("with x as (select 1) insert into t select * from x", false);
        row("EXPLAIN SELECT 1", true);
        row("explain analyze delete from t", false);
        row("select * into t2 from t", false);
        row("show create table t", true);
        row("describe t", true);
        row("copy t from 's3://b'", false);
        row("unload ('select 1') to 's3://b'", false);
        row("kill query 'x'", false);
        row("set x = 1", false);
        row("", false);
        row("gibberish", false);
        row("GET /dbs", true);
        row("HEAD /", true);
        row("POST /dbs/x\n\n{}", false);
        row("DELETE /dbs/x", false);
    }
    void tellsWhatOnlyReads()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, reads);
        connector::Statement statement;
        statement.text = text.toStdString();
        QCOMPARE(connector::readsOnly(statement, connector::Language()), reads);
    }
};

ONDO_TEST(ReadsOnlyTest)
#include "tst_readsonly.moc"
