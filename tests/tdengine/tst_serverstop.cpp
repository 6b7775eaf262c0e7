// SPDX-License-Identifier: GPL-3.0-or-later
#include "server.h"

#include "support/ondotest.h"

#include <QDateTime>

namespace {

// One row of SHOW QUERIES.
struct Listed {
    const char *killId;
    const char *user = "root";
    const char *app = "ondograph";
    const char *sql = "select count(*) from power.meters";
    int startedSecondsAgo = 5;
};

std::string queriesAnswer(const std::vector<Listed> &listed)
{
    std::string rows;
    for (const Listed &query : listed) {
        const QString created = QDateTime::currentDateTimeUtc().addSecs(-query.startedSecondsAgo).toString(Qt::ISODateWithMs);
        rows += std::string(rows.empty() ? "" : ",") + "[\"" + query.killId + "\",\"" + query.app + "\",\"" + query.user + "\",\""
            + created.toStdString() + "\"," + std::to_string(query.startedSecondsAgo * 1000000LL) + ",\"" + query.sql + "\"]";
    }
    return "{\"code\":0,\"column_meta\":[[\"kill_id\",\"VARCHAR\",26],[\"app\",\"VARCHAR\",24],[\"user\",\"VARCHAR\",24],"
           "[\"create_time\",\"TIMESTAMP\",8],[\"exec_usec\",\"BIGINT\",8],[\"sql\",\"VARCHAR\",1024]],\"data\":["
        + rows + "],\"rows\":" + std::to_string(listed.size()) + "}";
}

} // namespace

class ServerStopTest : public QObject
{
    Q_OBJECT

    static core::Result<connector::StopReport> stop(Server &server, const std::vector<Listed> &listed)
    {
        server.answer("SHOW QUERIES", queriesAnswer(listed));
        connector::RunningStatement running{"select count(*) from power.meters", "ondograph", "17",
            std::chrono::system_clock::now() - std::chrono::seconds(5)};
        support::KeepingSink sink;
        return server.session->stopOnServer(running, sink, {});
    }
    static void acceptKill(Server &server, const char *id)
    {
        server.answer(std::string("KILL QUERY '") + id + "'",
            "{\"code\":0,\"column_meta\":[[\"affected_rows\",\"INT\",4]],\"data\":[[0]],\"rows\":1}");
    }

private Q_SLOTS:
    void killsTheOneThatItCanOnlyBe()
    {
        Server server("tdengine://root:taosdata@h/");
        acceptKill(server, "1:2");
        const auto report = stop(server,
            {{.killId = "1:1", .sql = "select count(*) from power.meters "}, {.killId = "1:2"}, {.killId = "1:3", .user = "guest"},
                {.killId = "1:4", .app = "taos"}, {.killId = "1:5", .startedSecondsAgo = 60}, {.killId = "1:6", .sql = "SHOW QUERIES", .startedSecondsAgo = 0}});
        QVERIFY(report.ok());
        QVERIFY2(report->stopped, qPrintable(report->message));
        QCOMPARE(server.statements().back(), std::string("KILL QUERY '1:2'"));
    }

    void ofTwoEqualOnesNoneIsKilled()
    {
        Server server("tdengine://root:taosdata@h/");
        acceptKill(server, "1:1");
        acceptKill(server, "1:2");
        const auto report = stop(server, {{.killId = "1:1"}, {.killId = "1:2"}});
        QVERIFY(report.ok());
        QVERIFY(!report->stopped);
        QVERIFY2(report->message.contains(QStringLiteral("2 equal")), qPrintable(report->message));
        QCOMPARE(server.statements(), std::vector<std::string>{"SHOW QUERIES"});
    }

    void ofTwoEqualOnesTheStartTells()
    {
        Server server("tdengine://root:taosdata@h/");
        acceptKill(server, "1:2");
        const auto report = stop(server, {{.killId = "1:1", .startedSecondsAgo = 40}, {.killId = "1:2"}});
        QVERIFY(report.ok() && report->stopped);
        QCOMPARE(server.statements().back(), std::string("KILL QUERY '1:2'"));
    }

    void serversThatListTheAdapterAreUnderstood()
    {
        Server server("tdengine://root:taosdata@h/");
        acceptKill(server, "1:2");
        const auto report = stop(server, {{.killId = "1:2", .app = "taosadapter"}});
        QVERIFY(report.ok() && report->stopped);
    }

    void whatHasEndedIsSaidToHave()
    {
        Server server("tdengine://root:taosdata@h/");
        const auto report = stop(server, {});
        QVERIFY(report.ok());
        QVERIFY(!report->stopped && report->message.contains(QStringLiteral("ended")));
    }

    void aRefusedKillIsSaid()
    {
        Server server("tdengine://root:taosdata@h/");
        server.answer("KILL QUERY '1:2'", "{\"code\":1283,\"desc\":\"Invalid query id\"}");
        const auto report = stop(server, {{.killId = "1:2"}});
        QVERIFY(report.ok());
        QVERIFY(!report->stopped && report->message.contains(QStringLiteral("Invalid query id")));
    }

    void aServerThatIsGoneIsAnError()
    {
        Server server("tdengine://root:taosdata@h/");
        server.hook = [](const http::Request &) {
            support::RecordedAnswer answer;
            answer.unsent = core::Error{.kind = core::ErrorKind::Network, .message = QStringLiteral("refused")};
            return std::optional(answer);
        };
        const auto report = stop(server, {});
        QVERIFY(!report.ok());
        QCOMPARE(core::exitCode(report.error().kind), 3);
    }
};

ONDO_TEST(ServerStopTest)
#include "tst_serverstop.moc"
