// SPDX-License-Identifier: GPL-3.0-or-later
#include "server.h"

#include "support/ondotest.h"

class AggregateTest : public QObject
{
    Q_OBJECT

    static core::Result<connector::AggregateStatement> ask(Server &server, const connector::AggregateRequest &request)
    {
        server.answer("SELECT * FROM information_schema.ins_databases",
            "{\"code\":0,\"column_meta\":[[\"name\",\"VARCHAR\",64],[\"precision\",\"VARCHAR\",2]],"
            "\"data\":[[\"ms1\",\"ms\"],[\"us1\",\"us\"],[\"ns1\",\"ns\"]],\"rows\":3}");
        support::KeepingSink sink;
        return server.session->aggregate(request, sink, {});
    }

private Q_SLOTS:
    void writesOneIntervalStatement()
    {
        Server server("tdengine://root:taosdata@h/");
        const auto statement = ask(server, {.path = {"ms1", "meters", "d1001"}, .timeColumn = "ts", .valueColumns = {"current"},
                                               .fromNs = 1700000000000000000, .toNs = 1700000600000000000, .bucketNs = 60000000000});
        QVERIFY(statement.ok());
        QCOMPARE(statement->sql,
            std::string("SELECT _wstart AS `bucket`, FIRST(`current`) AS `current_first`, LAST(`current`) AS `current_last`, "
                        "MIN(`current`) AS `current_min`, MAX(`current`) AS `current_max`, AVG(`current`) AS `current_mean`, "
                        "COUNT(`current`) AS `current_count` FROM `ms1`.`d1001` WHERE `ts` >= 1700000000000 AND `ts` < 1700000600000 "
                        "INTERVAL(1m) ORDER BY `bucket`"));
        QCOMPARE(statement->bucketNs, std::int64_t(60000000000));
    }

    void partitionsAndConditions()
    {
        Server server("tdengine://root:taosdata@h/");
        const auto statement = ask(server, {.path = {"ms1", "meters"}, .timeColumn = "ts", .valueColumns = {"a", "b"}, .by = "Group Id",
                                               .where = "a > 1 OR b > 2", .bucketNs = 1000000000});
        QVERIFY(statement.ok());
        const QString sql = QString::fromStdString(statement->sql);
        QVERIFY(sql.startsWith(QStringLiteral("SELECT _wstart AS `bucket`, `Group Id` AS `Group Id`, FIRST(`a`) AS `a_first`")));
        QVERIFY(sql.endsWith(QStringLiteral(" WHERE (a > 1 OR b > 2) PARTITION BY `Group Id` INTERVAL(1s) ORDER BY `Group Id`, `bucket`")));
        const auto byName = ask(server, {.path = {"ms1", "meters"}, .timeColumn = "ts", .valueColumns = {"a"}, .by = "tbname", .bucketNs = 1000000000});
        QVERIFY(QString::fromStdString(byName->sql).contains(QStringLiteral(" TBNAME AS `tbname`,")));
        QVERIFY(QString::fromStdString(byName->sql).contains(QStringLiteral(" PARTITION BY TBNAME ")));
    }

    void widthsAndTimesInTheDatabasesPrecision_data()
    {
        QTest::addColumn<QByteArray>("database");
        QTest::addColumn<qint64>("fromNs");
        QTest::addColumn<qint64>("bucketNs");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("interval");
        QTest::addColumn<qint64>("usedNs");
        QTest::newRow("ms up") << QByteArray("ms1") << qint64(1000001) << qint64(1500001) << QByteArray(">= 2 ") << QByteArray("INTERVAL(2a)") << qint64(2000000);
        QTest::newRow("ms before 1970") << QByteArray("ms1") << qint64(-1500000) << qint64(1) << QByteArray(">= -1 ") << QByteArray("INTERVAL(1a)") << qint64(1000000);
        QTest::newRow("us") << QByteArray("us1") << qint64(1000001) << qint64(1500001) << QByteArray(">= 1001 ") << QByteArray("INTERVAL(1501u)") << qint64(1501000);
        QTest::newRow("ns") << QByteArray("ns1") << qint64(1700000000123456789) << qint64(1500001) << QByteArray(">= 1700000000123456789 ") << QByteArray("INTERVAL(1500001b)") << qint64(1500001);
        QTest::newRow("days are hours") << QByteArray("ms1") << qint64(0) << qint64(86400000000000) << QByteArray(">= 0 ") << QByteArray("INTERVAL(24h)") << qint64(86400000000000);
        QTest::newRow("90 seconds") << QByteArray("ms1") << qint64(0) << qint64(90000000000) << QByteArray(">= 0 ") << QByteArray("INTERVAL(90s)") << qint64(90000000000);
    }
    void widthsAndTimesInTheDatabasesPrecision()
    {
        QFETCH(QByteArray, database);
        QFETCH(qint64, fromNs);
        QFETCH(qint64, bucketNs);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, interval);
        QFETCH(qint64, usedNs);
        Server server("tdengine://root:taosdata@h/");
        const auto statement = ask(server, {.path = {database.toStdString(), "t"}, .timeColumn = "ts", .valueColumns = {"v"}, .fromNs = fromNs, .bucketNs = bucketNs});
        QVERIFY(statement.ok());
        QVERIFY2(statement->sql.find(from.toStdString()) != std::string::npos, statement->sql.c_str());
        QVERIFY2(statement->sql.find(interval.toStdString()) != std::string::npos, statement->sql.c_str());
        QCOMPARE(qint64(statement->bucketNs), usedNs);
    }

    void thePrecisionIsAskedForOnce()
    {
        Server server("tdengine://root:taosdata@h/");
        for (int i = 0; i < 3; ++i)
            QVERIFY(ask(server, {.path = {"ms1", "t"}, .timeColumn = "ts", .valueColumns = {"v"}, .bucketNs = 1}).ok());
        QCOMPARE(server.requests().size(), std::size_t(1));
    }

    void whatIsMissingIsAUsageError()
    {
        Server server("tdengine://root:taosdata@h/");
        QVERIFY(!ask(server, {.path = {"ms1", "t"}, .timeColumn = "ts", .bucketNs = 1}).ok());
        QVERIFY(!ask(server, {.path = {"ms1", "t"}, .timeColumn = "ts", .valueColumns = {"v"}}).ok());
        QVERIFY(!ask(server, {.path = {}, .timeColumn = "ts", .valueColumns = {"v"}, .bucketNs = 1}).ok());
        QVERIFY(!ask(server, {.path = {"nosuch", "t"}, .timeColumn = "ts", .valueColumns = {"v"}, .bucketNs = 1}).ok());
    }

    void namesAreQuotedOnlyWhereNeeded()
    {
        Server server("tdengine://root:taosdata@h/");
        const auto quoted = [&](std::vector<std::string> path) { return QString::fromStdString(server.session->quotedPath(path)); };
        QCOMPARE(quoted({"power", "meters"}), QStringLiteral("power.meters"));
        QCOMPARE(quoted({"power", "meters", "d1001"}), QStringLiteral("power.d1001"));
        QCOMPARE(quoted({"Power", "a b"}), QStringLiteral("`Power`.`a b`"));
        QCOMPARE(quoted({"power", "table"}), QStringLiteral("power.`table`"));
        QCOMPARE(quoted({"power", "1st"}), QStringLiteral("power.`1st`"));
        QCOMPARE(quoted({"power", "电表"}), QStringLiteral("power.`电表`"));
        QCOMPARE(QString::fromStdString(server.session->selectStatement({"power", "meters"}, 1000)), QStringLiteral("SELECT * FROM power.meters LIMIT 1000"));
        QCOMPARE(QString::fromStdString(server.session->selectStatement({"power"}, 0)), QStringLiteral("SELECT * FROM power"));
    }
};

ONDO_TEST(AggregateTest)
#include "tst_aggregate.moc"
