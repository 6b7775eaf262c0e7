// SPDX-License-Identifier: GPL-3.0-or-later
#include "server.h"

#include "support/ondotest.h"

class LindormAggregateTest : public QObject
{
    Q_OBJECT

    static connector::AggregateRequest request()
    {
        connector::AggregateRequest request;
        request.path = {"power", "sensor"};
        request.timeColumn = "time";
        request.valueColumns = {"temperature"};
        request.bucketNs = 60'000'000'000;
        return request;
    }
    static core::Result<connector::AggregateStatement> ask(Server &server, const connector::AggregateRequest &request)
    {
        NotedSink sink;
        return server.session->aggregate(request, sink, {});
    }
    static const std::string &functions()
    {
        static const std::string text = "FIRST(`temperature`) AS `temperature_first`, LAST(`temperature`) AS `temperature_last`, MIN(`temperature`) AS "
                                        "`temperature_min`, MAX(`temperature`) AS `temperature_max`, AVG(`temperature`) AS `temperature_mean`, "
                                        "COUNT(`temperature`) AS `temperature_count`";
        return text;
    }

private Q_SLOTS:
    void oneSeriesThatTheConditionNames()
    {
        Server server;
        server.answerSensor();
        auto wanted = request();
        wanted.where = "device_id = 'a' AND `region` = 'x'";
        wanted.fromNs = 1'500'000;
        wanted.toNs = 7'000'000'000;
        const auto statement = ask(server, wanted);
        QVERIFY2(statement.ok(), statement.ok() ? "" : qPrintable(statement.error().message));
        QCOMPARE(QString::fromStdString(statement->sql),
            QString::fromStdString("SELECT * FROM (SELECT `time` AS `bucket`, " + functions()
                + " FROM power.sensor WHERE `time` >= 2 AND `time` < 7000 AND (device_id = 'a' AND `region` = 'x') SAMPLE BY 1m) ORDER BY `bucket`"));
        QCOMPARE(statement->bucketNs, std::int64_t(60'000'000'000));
        QCOMPARE(server.statements(), std::vector<std::string>{"DESCRIBE TABLE sensor"});
    }
    void oneSeriesAValueOfATagAsksTheServer()
    {
        Server server;
        server.answerSensor();
        server.answerRows("SELECT `device_id`, COUNT(`temperature`) FROM power.sensor SAMPLE BY 0", "device_id,n", "VARCHAR,BIGINT", R"(["a",3],["b",2])");
        auto wanted = request();
        wanted.by = "device_id";
        wanted.bucketNs = 1'200'000'000; // rounded up to whole seconds
        const auto statement = ask(server, wanted);
        QVERIFY2(statement.ok(), statement.ok() ? "" : qPrintable(statement.error().message));
        QCOMPARE(QString::fromStdString(statement->sql),
            QString::fromStdString("SELECT * FROM (SELECT `time` AS `bucket`, `device_id`, " + functions() + " FROM power.sensor SAMPLE BY 2s) ORDER BY `device_id`, `bucket`"));
        QCOMPARE(statement->bucketNs, std::int64_t(2'000'000'000));
    }
    void severalSeriesCannotBeOne()
    {
        Server server;
        server.answerSensor();
        server.answerRows("SELECT `device_id`, COUNT(`temperature`) FROM power.sensor SAMPLE BY 0", "device_id,n", "VARCHAR,BIGINT", R"(["a",3],["a",2])");
        server.answerRows("SELECT COUNT(`temperature`) FROM power.sensor SAMPLE BY 0", "n", "BIGINT", "[3],[2]");
        auto wanted = request();
        wanted.by = "device_id";
        const auto byTag = ask(server, wanted);
        QVERIFY(!byTag.ok());
        QCOMPARE(static_cast<int>(byTag.error().kind), static_cast<int>(core::ErrorKind::Unsupported));
        QVERIFY2(byTag.error().message.contains(QStringLiteral("device_id = a")) && byTag.error().hint.contains(QStringLiteral("region")), qPrintable(byTag.error().hint));
        QVERIFY(!ask(server, request()).ok());
    }
    void whatSampleByCannotDoIsUnsupported_data()
    {
        QTest::addColumn<QString>("time");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("by");
        QTest::addColumn<QString>("where");
        const auto row = [](const char *name, const char *time, const char *value, const char *by, const char *where) {
            QTest::newRow(name) << QString::fromLatin1(time) << QString::fromLatin1(value) << QString::fromLatin1(by) << QString::fromLatin1(where);
        };
        row("a condition on a field", "time", "temperature", "", "humidity > 3");
        row("by a field", "time", "temperature", "humidity", "");
        row("a tag as the value", "time", "region", "", "");
        row("a field as the time", "humidity", "temperature", "", "");
    }
    void whatSampleByCannotDoIsUnsupported()
    {
        QFETCH(QString, time);
        QFETCH(QString, value);
        QFETCH(QString, by);
        QFETCH(QString, where);
        Server server;
        server.answerSensor();
        auto wanted = request();
        wanted.timeColumn = time.toStdString();
        wanted.valueColumns = {value.toStdString()};
        wanted.by = by.toStdString();
        wanted.where = where.toStdString();
        const auto statement = ask(server, wanted);
        QVERIFY(!statement.ok());
        QCOMPARE(static_cast<int>(statement.error().kind), static_cast<int>(core::ErrorKind::Unsupported));
        QCOMPARE(server.statements().size(), std::size_t(1));
    }
    void aRequestThatLacksAPartIsRefused()
    {
        Server server;
        auto wanted = request();
        wanted.bucketNs = 0;
        QCOMPARE(core::exitCode(ask(server, wanted).error().kind), 2);
    }
};

ONDO_TEST(LindormAggregateTest)
#include "tst_aggregate.moc"
