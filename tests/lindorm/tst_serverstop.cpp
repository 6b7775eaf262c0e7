// SPDX-License-Identifier: GPL-3.0-or-later
#include "server.h"

#include "support/ondotest.h"

#include <QDateTime>

namespace {

// One row of SHOW PROCESSLIST.
struct Listed {
    const char *id;
    const char *user = "root";
    const char *sql = "select count(*) from meters";
    int startedSecondsAgo = 5;
};

std::string rowOf(const Listed &listed, int clockAheadSeconds)
{
    const QDateTime created = QDateTime::currentDateTimeUtc().addSecs(clockAheadSeconds - listed.startedSecondsAgo).toOffsetFromUtc(8 * 3600);
    return std::string("[\"") + listed.id + "\",\"" + listed.user + "\",\"tsdb-1\",\"power\",\"SELECT\",\""
        + created.toString(Qt::ISODateWithMs).toStdString() + "\",\"" + listed.sql + "\"]";
}

} // namespace

class LindormServerStopTest : public QObject
{
    Q_OBJECT

    static core::Result<connector::StopReport> stop(Server &server, const std::vector<Listed> &listed, int clockAheadSeconds = 0)
    {
        std::string rows;
        for (const Listed &one : listed)
            rows += (rows.empty() ? "" : ",") + rowOf(one, clockAheadSeconds);
        server.answerRows("SHOW PROCESSLIST", "ID,USER,HOST,DB,TYPE,CREATED,SQL", "VARCHAR,VARCHAR,VARCHAR,VARCHAR,VARCHAR,VARCHAR,VARCHAR", rows);
        connector::RunningStatement running{"select count(*) from meters", "ondograph", {}, std::chrono::system_clock::now() - std::chrono::seconds(5)};
        NotedSink sink;
        return server.session->stopOnServer(running, sink, {});
    }

private Q_SLOTS:
    void killsTheOneThatItCanOnlyBe()
    {
        Server server;
        server.answer("KILL QUERY 'dHNkYi0x@2'", "");
        const auto report = stop(server,
            {{.id = "1", .sql = "select count(*) from meters2"}, {.id = "dHNkYi0x@2"}, {.id = "3", .user = "guest"}, {.id = "4", .startedSecondsAgo = 60},
                {.id = "5", .sql = "SHOW PROCESSLIST", .startedSecondsAgo = 0}});
        QVERIFY(report.ok());
        QVERIFY2(report->stopped, qPrintable(report->message));
        QCOMPARE(server.statements().back(), std::string("KILL QUERY 'dHNkYi0x@2'"));
    }
    void ofTwoEqualOnesNoneIsKilled()
    {
        Server server;
        const auto report = stop(server, {{.id = "1"}, {.id = "2", .startedSecondsAgo = 4}});
        QVERIFY(report.ok() && !report->stopped);
        QVERIFY2(report->message.contains(QStringLiteral("2 equal")), qPrintable(report->message));
        QCOMPARE(server.statements(), std::vector<std::string>{"SHOW PROCESSLIST"});
    }
    void clocksThatDifferAreComparedByTheServersDate()
    {
        Server server;
        server.answer("KILL QUERY '1'", "");
        const QString date = QLocale::c().toString(QDateTime::currentDateTimeUtc().addSecs(7200), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
        server.headers = {{"Date", date.toStdString()}};
        const auto report = stop(server, {{.id = "1"}, {.id = "2", .startedSecondsAgo = 3605}}, 7200);
        QVERIFY(report.ok());
        QVERIFY2(report->stopped, qPrintable(report->message));
        QCOMPARE(server.statements().back(), std::string("KILL QUERY '1'"));
    }
    void theColumnOfTheTextIsFoundByItsContent()
    {
        Server server;
        server.answerRows("SHOW PROCESSLIST", "ID,USER,HOST,DB,CREATED,COMMAND,TIME", "VARCHAR,VARCHAR,VARCHAR,VARCHAR,VARCHAR,VARCHAR,VARCHAR",
            R"(["a","root","h","power","whenever"," select count(*) from meters\n","12"],["b","root","h","power","whenever","select 1","12"])");
        server.answer("KILL QUERY 'a'", "");
        NotedSink sink;
        const auto report = server.session->stopOnServer({"select count(*) from meters", "ondograph", {}, std::chrono::system_clock::now()}, sink, {});
        QVERIFY(report.ok());
        QVERIFY2(report->stopped, qPrintable(report->message));
    }
    void withoutALogInAnyUserMayBeIt()
    {
        Server server("lindorm://h/power");
        server.answer("KILL QUERY '1'", "");
        const auto report = stop(server, {{.id = "1", .user = ""}});
        QVERIFY(report.ok() && report->stopped);
    }
    void whatHasEndedIsSaidToHave()
    {
        Server server;
        const auto report = stop(server, {});
        QVERIFY(report.ok() && !report->stopped && report->message.contains(QStringLiteral("ended")));
    }
    void aRefusedKillIsSaid()
    {
        Server server;
        const auto report = stop(server, {{.id = "1"}});
        QVERIFY(report.ok() && !report->stopped && report->message.contains(QStringLiteral("syntax")));
    }
    void aServerThatIsGoneIsAnError()
    {
        Server server;
        server.unsent = core::Error{.kind = core::ErrorKind::Network, .message = QStringLiteral("refused")};
        const auto report = stop(server, {});
        QVERIFY(!report.ok());
        QCOMPARE(core::exitCode(report.error().kind), 3);
    }
};

ONDO_TEST(LindormServerStopTest)
#include "tst_serverstop.moc"
