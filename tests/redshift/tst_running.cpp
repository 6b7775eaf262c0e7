// SPDX-License-Identifier: GPL-3.0-or-later
#include "service.h"
#include "support/ondotest.h"

#include <QElapsedTimer>

#include <thread>

namespace {

using Words = std::vector<std::string>;

std::string refusal(const char *name, const char *message)
{
    return std::string("{\"__type\":\"") + name + "\",\"message\":\"" + message + "\"}";
}

} // namespace

class RedshiftRunningTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksUntilTheStatementHasEnded()
    {
        RecordedService service;
        service.answer("ExecuteStatement", std::string("{\"Id\":\"") + kId + "\"}");
        service.answerState("\"Status\":\"SUBMITTED\"");
        service.answerState("\"Status\":\"STARTED\"");
        service.answerRun();
        TellingSink sink;
        const auto outcome = service.run("SELECT v\nFROM t", sink);
        QVERIFY2(!outcome.error, outcome.error ? qPrintable(core::toText(*outcome.error)) : "");
        QCOMPARE(service.operations(), (Words{"ExecuteStatement", "DescribeStatement", "DescribeStatement", "DescribeStatement", "GetStatementResult"}));
        QCOMPARE(sink.states, (words({"SUBMITTED", "STARTED", "FINISHED"})));
        QCOMPARE(outcome.rows, 1);
        QCOMPARE(outcome.serverMicroseconds.value_or(0), 5000);
        QVERIFY(outcome.bytes > 0);
        QCOMPARE(sink.running.back().requestId, std::string(kId));
        QCOMPARE(sink.running.back().text, std::string("SELECT v\nFROM t"));
    }

    void callSaysWhoConnectsAndHasAToken()
    {
        RecordedService service;
        service.answerRun();
        TellingSink sink;
        service.run("SELECT 1", sink);
        service.run("SELECT 1", sink);
        const QJsonObject first = service.input(0);
        QCOMPARE(first.value(QLatin1String("Sql")).toString(), QStringLiteral("SELECT 1"));
        QCOMPARE(first.value(QLatin1String("ClusterIdentifier")).toString(), QStringLiteral("lab"));
        QCOMPARE(first.value(QLatin1String("Database")).toString(), QStringLiteral("dev"));
        QCOMPARE(first.value(QLatin1String("DbUser")).toString(), QStringLiteral("awsuser"));
        QCOMPARE(first.value(QLatin1String("ClientToken")).toString().size(), 36);
        QVERIFY(first.value(QLatin1String("ClientToken")) != service.input(3).value(QLatin1String("ClientToken")));
        QVERIFY(!first.contains(QLatin1String("Parameters")) && !first.contains(QLatin1String("SessionId")) && !first.contains(QLatin1String("WorkgroupName")));
        QVERIFY(!service.requests().at(0).safeToRepeat); // it may change something
        QVERIFY(service.requests().at(1).safeToRepeat && service.requests().at(2).safeToRepeat);
        QCOMPARE(service.input(1).keys(), words({"Id"}));
    }

    void databaseOfTheRunGoesFirst()
    {
        RecordedService service;
        service.answerRun();
        TellingSink sink;
        connector::RunOptions options;
        options.database = "other";
        service.run("SELECT 1", sink, {}, options);
        QCOMPARE(service.input(0).value(QLatin1String("Database")).toString(), QStringLiteral("other"));
    }

    void parametersAreSentAsTexts()
    {
        RecordedService service;
        service.answerRun();
        TellingSink sink;
        connector::RunOptions options;
        options.parameters = {{"id", "", "1"}, {"n", "", "it's"}};
        service.run("SELECT :id::smallint, :n, ':no'", sink, {}, options);
        QCOMPARE(QString::fromUtf8(QJsonDocument(service.input(0).value(QLatin1String("Parameters")).toArray()).toJson(QJsonDocument::Compact)),
            QStringLiteral("[{\"name\":\"id\",\"value\":\"1\"},{\"name\":\"n\",\"value\":\"it's\"}]"));
        options.parameters = {{"id", "", std::nullopt}, {"n", "", "x"}};
        QCOMPARE(service.run("SELECT :id, :n", sink, {}, options).error->kind, core::ErrorKind::Usage);
        QCOMPARE(service.requests().size(), std::size_t(3));
    }

    // The same token, so that nothing starts twice.
    void busyServiceIsAskedAgainWithTheSameToken_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("status");
        QTest::newRow("throttled") << "ThrottlingException" << 400;
        QTest::newRow("in trouble") << "InternalServerException" << 500;
        QTest::newRow("full") << "ActiveStatementsExceededException" << 400;
    }
    void busyServiceIsAskedAgainWithTheSameToken()
    {
        QFETCH(QString, name);
        QFETCH(int, status);
        RecordedService service;
        service.answer("ExecuteStatement", refusal(qPrintable(name), "slow down"), status);
        service.answerRun();
        TellingSink sink;
        QVERIFY(!service.run("SELECT 1", sink).error);
        QCOMPARE(service.operations().at(1), std::string("ExecuteStatement"));
        QCOMPARE(service.requests().at(0).body, service.requests().at(1).body);
        QVERIFY(sink.states.first().contains(name));
    }

    void troubleThatLastsIsTold()
    {
        RecordedService service;
        service.answer("ExecuteStatement", refusal("ThrottlingException", "Rate exceeded"), 400);
        TellingSink sink;
        const auto outcome = service.run("SELECT 1", sink);
        QCOMPARE(service.requests().size(), std::size_t(4));
        QCOMPARE(outcome.error->kind, core::ErrorKind::Server);
        QCOMPARE(outcome.error->serverCode, QStringLiteral("ThrottlingException"));
    }

    void whatCannotStartIsNotAskedAgain()
    {
        RecordedService service;
        service.answer("ExecuteStatement", refusal("ExecuteStatementException", "paused"), 500);
        TellingSink sink;
        QVERIFY(service.run("SELECT 1", sink).error);
        QCOMPARE(service.requests().size(), std::size_t(1));
    }

    void typeMayStandInTheHeaderOnly()
    {
        RecordedService service;
        service.answer("ExecuteStatement", "{}", 400, {{"x-amzn-ErrorType", "AccessDeniedException:http://internal.amazon.com/coral/"}});
        TellingSink sink;
        const auto outcome = service.run("SELECT 1", sink);
        QCOMPARE(outcome.error->kind, core::ErrorKind::Login);
        QCOMPARE(outcome.error->serverCode, QStringLiteral("AccessDeniedException"));
    }

    void wrongClockIsTold()
    {
        RecordedService service;
        const QDateTime there = QDateTime::currentDateTimeUtc().addSecs(-1020);
        const QString date = QLocale::c().toString(there, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
        service.answer("ExecuteStatement", refusal("InvalidSignatureException", "Signature expired"), 400, {{"Date", date.toStdString()}});
        TellingSink sink;
        const auto outcome = service.run("SELECT 1", sink);
        QCOMPARE(core::exitCode(outcome.error->kind), 4);
        QVERIFY2(outcome.error->hint.contains(QStringLiteral("clock is 17 min 0 s ahead of the server's")) || outcome.error->hint.contains(QStringLiteral("17 min 1 s ahead")),
            qPrintable(outcome.error->hint));
    }

    void quotedSecretsAreBlanked()
    {
        RecordedService service("redshift://KEY:verySecretKey@us-east-1/dev?cluster=c&session_token=verySecretToken");
        service.answer("ExecuteStatement", refusal("InvalidSignatureException", "canonical x-amz-security-token:verySecretToken"), 400);
        TellingSink sink;
        const QString text = core::toText(*service.run("SELECT 1", sink).error);
        QVERIFY(!text.contains(QStringLiteral("verySecret")));
        QVERIFY(text.contains(QStringLiteral("x-amz-security-token:***")));
    }

    void errorOfTheSqlHasItsPlace()
    {
        RecordedService service;
        service.answer("ExecuteStatement", std::string("{\"Id\":\"") + kId + "\"}");
        service.answerState("\"Status\":\"FAILED\",\"Error\":\"ERROR: column \\\"é\\\" does not exist\\n  Position: 12\"");
        TellingSink sink;
        const auto outcome = service.run("SELECT 1,\n éé, x", sink);
        QCOMPARE(outcome.error->kind, core::ErrorKind::Statement);
        QCOMPARE(outcome.error->position.line.value_or(0), 2);
        QCOMPARE(outcome.error->position.column.value_or(0), 2);
    }

    void lostAfterTheSubmissionNamesTheId()
    {
        RecordedService service;
        service.answer("ExecuteStatement", std::string("{\"Id\":\"") + kId + "\"}");
        service.hook = [](const std::string &operation) -> std::optional<support::RecordedAnswer> {
            if (operation != "DescribeStatement")
                return std::nullopt;
            support::RecordedAnswer answer;
            answer.unsent = core::Error{.kind = core::ErrorKind::Network, .message = QStringLiteral("gone")};
            return answer;
        };
        TellingSink sink;
        const auto outcome = service.run("INSERT INTO t VALUES (1)", sink);
        QVERIFY(outcome.error->mayHaveRun);
        QVERIFY(outcome.error->hint.contains(QLatin1String(kId)));
    }

    void cancelEndsTheWaitAtOnce()
    {
        RecordedService service;
        service.answer("ExecuteStatement", std::string("{\"Id\":\"") + kId + "\"}");
        service.answerState("\"Status\":\"STARTED\"");
        TellingSink sink;
        std::stop_source stop;
        service.hook = [&](const std::string &operation) -> std::optional<support::RecordedAnswer> {
            if (operation == "DescribeStatement")
                stop.request_stop();
            return std::nullopt;
        };
        QElapsedTimer timer;
        timer.start();
        const auto outcome = service.run("SELECT 1", sink, stop.get_token());
        QCOMPARE(outcome.error->kind, core::ErrorKind::Cancelled);
        QCOMPARE(sink.running.back().requestId, std::string(kId));
    }

    void stopsOnTheServer()
    {
        RecordedService service;
        service.answer("CancelStatement", "{\"Status\":true}");
        service.answerState("\"Status\":\"STARTED\"");
        service.answerState("\"Status\":\"ABORTED\"");
        TellingSink sink;
        const auto report = service.session->stopOnServer({"x", "", kId, {}}, sink, {});
        QVERIFY(report && report->stopped);
        QCOMPARE(service.operations(), (Words{"CancelStatement", "DescribeStatement", "DescribeStatement"}));
    }

    void whatFinishedMeanwhileIsSaid()
    {
        RecordedService service;
        service.answer("CancelStatement", refusal("ValidationException", "Could not cancel a query that is already in FINISHED state"), 400);
        service.answerState("\"Status\":\"FINISHED\"");
        TellingSink sink;
        const auto report = service.session->stopOnServer({"x", "", kId, {}}, sink, {});
        QVERIFY(report && !report->stopped);
        QVERIFY(report->message.contains(QStringLiteral("finished before")));
    }

    // Stopped before the service had given an Id: found by the name that was sent.
    void stopsByNameWhileTheIdIsNotKnown()
    {
        RecordedService service;
        service.answer("ListStatements",
            std::string("{\"Statements\":[{\"Id\":\"") + kId + "\",\"StatementName\":\"ondograph-1\",\"Status\":\"STARTED\"},"
                "{\"Id\":\"x\",\"StatementName\":\"ondograph-12\",\"Status\":\"STARTED\"},{\"Id\":\"y\",\"StatementName\":\"ondograph-1\",\"Status\":\"FINISHED\"}]}");
        service.answer("CancelStatement", "{\"Status\":true}");
        service.answerState("\"Status\":\"ABORTED\"");
        TellingSink sink;
        const auto report = service.session->stopOnServer({"x", "ondograph-1", {}, {}}, sink, {});
        QVERIFY(report && report->stopped);
        QCOMPARE(service.input(1).value(QLatin1String("Id")).toString(), QString::fromLatin1(kId));
        QCOMPARE(service.input(0).value(QLatin1String("Status")).toString(), QStringLiteral("ALL"));
    }

    void sessionsAreKeptAndRenewedOnce()
    {
        RecordedService service("redshift://K:S@us-east-1/dev?workgroup=wg&session=60");
        service.answer("ExecuteStatement", std::string("{\"Id\":\"") + kId + "\",\"SessionId\":\"s1\"}");
        service.answer("ExecuteStatement", std::string("{\"Id\":\"") + kId + "\"}");
        service.answer("ExecuteStatement", refusal("ValidationException", "Session s1 is not available"), 400);
        service.answer("ExecuteStatement", std::string("{\"Id\":\"") + kId + "\",\"SessionId\":\"s2\"}");
        service.answer("ExecuteStatement", refusal("ValidationException", "Session s2 is busy"), 400);
        service.answerState("\"Status\":\"FINISHED\",\"HasResultSet\":false,\"ResultRows\":-1");
        TellingSink sink;
        for (int i = 0; i < 3; ++i)
            QVERIFY(!service.run("SET x TO 1", sink).error);
        const QJsonObject first = service.input(0);
        QCOMPARE(first.value(QLatin1String("SessionKeepAliveSeconds")).toInt(), 60);
        QCOMPARE(first.value(QLatin1String("WorkgroupName")).toString(), QStringLiteral("wg"));
        const QJsonObject second = service.input(2);
        QCOMPARE(second.value(QLatin1String("SessionId")).toString(), QStringLiteral("s1"));
        QVERIFY(!second.contains(QLatin1String("WorkgroupName")) && !second.contains(QLatin1String("Database")) && !second.contains(QLatin1String("SessionKeepAliveSeconds")));
        QVERIFY(service.input(5).contains(QLatin1String("SessionKeepAliveSeconds"))); // the new one
        QCOMPARE(sink.notices.size(), 1);
        const auto busy = service.run("SET x TO 1", sink);
        QCOMPARE(busy.error->serverText, std::string("Session s2 is busy"));
        QCOMPARE(sink.notices.size(), 1);
    }

    void oneStatementAtATimeInASession()
    {
        RecordedService service("redshift://K:S@us-east-1/dev?workgroup=wg&session=60");
        service.answer("ExecuteStatement", std::string("{\"Id\":\"") + kId + "\",\"SessionId\":\"s1\"}");
        service.answerState("\"Status\":\"FINISHED\",\"HasResultSet\":false,\"ResultRows\":-1");
        std::atomic<int> inside = 0;
        std::atomic<int> most = 0;
        service.hook = [&](const std::string &operation) -> std::optional<support::RecordedAnswer> {
            if (operation == "ExecuteStatement")
                most = std::max(most.load(), ++inside);
            else
                --inside;
            return std::nullopt;
        };
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&service] {
                TellingSink sink;
                service.run("SET x TO 1", sink);
            });
        }
        threads.clear();
        QCOMPARE(most.load(), 1);
        QCOMPARE(service.requests().size(), std::size_t(16));
    }
};

ONDO_TEST(RedshiftRunningTest)
#include "tst_running.moc"
