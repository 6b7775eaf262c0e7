// SPDX-License-Identifier: GPL-3.0-or-later
#include "server.h"

#include "support/ondotest.h"

class LindormSessionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesProfilesThatDoNotGoTogether_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("words");
        QTest::newRow("password alone") << QStringLiteral("lindorm://:pw@h/") << QStringLiteral("no user");
        QTest::newRow("colon in the user") << QStringLiteral("lindorm://a%3Ab:pw@h/") << QStringLiteral("colon");
        QTest::newRow("nothing") << QStringLiteral("lindorm://h/?chunk_size=0") << QStringLiteral("chunk_size");
        QTest::newRow("too many") << QStringLiteral("lindorm://h/?chunk_size=1000001") << QStringLiteral("chunk_size");
    }
    void refusesProfilesThatDoNotGoTogether()
    {
        QFETCH(QString, url);
        QFETCH(QString, words);
        Server server(url.toStdString());
        QVERIFY(!server.session && server.failure);
        QCOMPARE(core::exitCode(server.failure->kind), 2);
        QVERIFY2(server.failure->message.contains(words), qPrintable(server.failure->message));
        QVERIFY(!server.failure->message.contains(QStringLiteral("pw")));
    }
    void repeatsNothingThatMayChangeSomething()
    {
        Server server;
        server.answer("insert into t values (1)", "");
        server.answer("select 1", "");
        NotedSink sink;
        server.run("insert into t values (1)", sink);
        server.run("select 1", sink);
        server.run("upsert into t values (1)", sink);
        const auto requests = server.requests();
        QVERIFY(!requests[0].safeToRepeat && requests[1].safeToRepeat && !requests[2].safeToRepeat);
        QCOMPARE(sink.running.size(), std::size_t(3));
        QCOMPARE(sink.running[0].text, std::string("insert into t values (1)"));
    }
    void aLostWriteMayHaveRun()
    {
        Server server;
        server.unsent = core::Error{.kind = core::ErrorKind::Network, .message = QStringLiteral("lost"), .mayHaveRun = true};
        NotedSink sink;
        const auto outcome = server.run("insert into t values (1)", sink);
        QVERIFY(outcome.error && outcome.error->mayHaveRun);
        QCOMPARE(core::exitCode(outcome.error->kind), 3);
    }
    void secretsAreBlankedWhereTheServerRepeatsThem()
    {
        Server server("lindorm://reader:s3cretword@h/power");
        server.answer("select 1", R"({"code":1045,"sqlstate":"28000","message":"no: cmVhZGVyOnMzY3JldHdvcmQ= s3cretword"})");
        NotedSink sink;
        const auto outcome = server.run("select 1", sink);
        QVERIFY(outcome.error);
        QCOMPARE(QString::fromStdString(outcome.error->serverText), QStringLiteral("no: *** ***"));
        const http::Header login = server.requests()[0].headers.back();
        QVERIFY(login.name == "Authorization" && login.secret);
    }
    void aStopEndsAtOnce()
    {
        Server server;
        std::stop_source source;
        source.request_stop();
        NotedSink sink;
        const auto outcome = server.run("select 1", sink, source.get_token());
        QVERIFY(outcome.error);
        QCOMPARE(core::exitCode(outcome.error->kind), 130);
    }
    void saysWhichConditionsSampleByIgnores_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("condition"); // empty: no notice
        const auto row = [](const char *name, const char *statement, const char *condition) {
            QTest::newRow(name) << QString::fromLatin1(statement) << QString::fromLatin1(condition);
        };
        row("a field", "select max(humidity) from sensor where time > 3 and temperature > 5 sample by 1m", "\"temperature > 5\"");
        row("several", "select max(humidity) from power.sensor where (humidity < 1 or region = 'x') and temperature between 1 and 2 and region = 'a' sample by 1m",
            "\"(humidity < 1 or region = 'x') AND temperature between 1 and 2\"");
        row("in backticks, any case", "select max(humidity) from `sensor` where `Temperature`>5 sample by 0", "\"`Temperature`>5\"");
        row("in a sub-query", "select * from (select max(humidity) as m from sensor where abs(temperature) > 5 sample by 1m) where m > 3", "\"abs(temperature) > 5\"");
        row("tags and time", "select max(temperature) from sensor where time between 1 and 2 and region = 'temperature' sample by 1m", "");
        row("filtered outside", "select * from (select max(humidity) as m from sensor where region = 'a' sample by 1m) where m > 3", "");
        row("no SAMPLE BY", "select max(humidity) from sensor where temperature > 5", "");
        row("a table that nobody knows", "select max(humidity) from other where temperature > 5 sample by 1m", "");
    }
    void saysWhichConditionsSampleByIgnores()
    {
        QFETCH(QString, statement);
        QFETCH(QString, condition);
        Server server;
        server.answerSensor();
        NotedSink sink;
        server.run(statement.toStdString(), sink);
        QCOMPARE(sink.notices.size(), condition.isEmpty() ? 0 : 1);
        if (!condition.isEmpty())
            QVERIFY2(sink.notices[0].contains(condition), qPrintable(sink.notices[0]));
        QCOMPARE(sink.running.size(), std::size_t(1)); // what is asked besides is not announced
    }
    void columnsAreAskedForOnceUntilTablesChange()
    {
        Server server;
        server.answerSensor();
        NotedSink sink;
        const std::string sampled = "select max(humidity) from sensor where temperature > 5 sample by 1m";
        server.run(sampled, sink);
        server.run(sampled, sink);
        QCOMPARE(server.statements(), (std::vector<std::string>{"DESCRIBE TABLE sensor", sampled, sampled}));
        server.run("alter table sensor add x double", sink);
        server.run(sampled, sink);
        QCOMPARE(server.statements()[4], std::string("DESCRIBE TABLE sensor"));
        QCOMPARE(sink.notices.size(), 3);
    }
    void quotesNamesWhereNeeded()
    {
        Server server;
        QCOMPARE(server.session->quotedPath({"power", "meters"}), std::string("power.meters"));
        QCOMPARE(server.session->quotedPath({"default", "a`b"}), std::string("`default`.`a``b`"));
        QCOMPARE(server.session->selectStatement({"DB1", "select"}, 10), std::string("SELECT * FROM DB1.`select` LIMIT 10"));
        QCOMPARE(server.session->selectStatement({"d", "1t"}, 0), std::string("SELECT * FROM d.`1t`"));
    }
};

ONDO_TEST(LindormSessionTest)
#include "tst_session.moc"
