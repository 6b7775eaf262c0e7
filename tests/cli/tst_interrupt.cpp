// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "program.h"

#include "support/ondotest.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>

namespace {

// Rows without end, as fast as they are read.
void sendForever(support::Connection &connection)
{
    connection.readRequest();
    std::string chunk;
    for (int i = 0; i < 2000; ++i)
        chunk += "[1,\"abcdefghijklmnop\"],";
    connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
                    "{\"code\":0,\"column_meta\":[[\"id\",\"BIGINT\",8],[\"name\",\"VARCHAR\",16]],\"data\":[");
    while (connection.send(chunk)) { }
}

void sendSignal(Program &program, int signal)
{
    // A program that has ended has the id 0, which would be everybody in this process group.
    if (const auto id = static_cast<pid_t>(program.process().processId()); id > 0)
        ::kill(id, signal);
}

} // namespace

// Runs that are ended from outside.
class InterruptTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSilentServer_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }
    void aSilentServer()
    {
        QFETCH(int, signal);
        support::Gate gate;
        const support::FaultServer server([&](support::Connection &connection) {
            const std::string request = connection.readRequest();
            if (request.find("SHOW QUERIES") != std::string::npos || request.find("show queries") != std::string::npos)
                connection.send(answers::http(answers::column("kill_id", "VARCHAR", {})));
            else
                connection.waitFor(gate);
        });
        Program program({QStringLiteral("query"), QStringLiteral("--url"), answers::target(server), QStringLiteral("select slow")});
        program.start();
        QTRY_COMPARE(server.requests().size(), std::size_t(1));
        sendSignal(program, signal);
        const Run run = program.finish();
        QCOMPARE(run.exitCode, 130);
        QVERIFY(run.out.isEmpty());
    }

    void rowsThatCameArePrintedWhole()
    {
        support::Gate gate;
        const support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            const std::string body = answers::rows(3);
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n" + body.substr(0, body.find("],\"rows\"")));
            connection.waitFor(gate);
        });
        Program program({QStringLiteral("query"), QStringLiteral("--url"), answers::target(server), QStringLiteral("select slow"),
            QStringLiteral("--format"), QStringLiteral("json")});
        program.start();
        QByteArray out;
        while (out.count('}') < 3 && program.process().waitForReadyRead(20000))
            out += program.process().readAllStandardOutput();
        sendSignal(program, SIGINT);
        const Run run = program.finish();
        QCOMPARE(run.exitCode, 130);
        out += run.out;
        QVERIFY2(QJsonDocument::fromJson(out).isArray(), out.constData());
    }

    void aReaderThatTakesNothing()
    {
        const support::FaultServer server(sendForever);
        Program program({QStringLiteral("query"), QStringLiteral("--url"), answers::target(server), QStringLiteral("select much"),
            QStringLiteral("--format"), QStringLiteral("csv")});
        // The pipe to a process that never reads is full soon; the program then waits in a write.
        QProcess reader;
        program.process().setStandardOutputProcess(&reader);
        reader.start(QStringLiteral("sleep"), {QStringLiteral("60")});
        program.start();
        QTRY_COMPARE(server.requests().size(), std::size_t(1));
        QTest::qWait(300);
        sendSignal(program, SIGINT);
        QCOMPARE(program.finish().exitCode, 130);
        reader.kill();
        reader.waitForFinished();
    }

    void aReaderThatGoesAway()
    {
        const support::FaultServer server(sendForever);
        Program program({QStringLiteral("query"), QStringLiteral("--url"), answers::target(server), QStringLiteral("select much"),
            QStringLiteral("--format"), QStringLiteral("csv")});
        QProcess reader;
        program.process().setStandardOutputProcess(&reader);
        reader.start(QStringLiteral("head"), {QStringLiteral("-1")});
        program.start();
        const Run run = program.finish();
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(!run.err.contains("ondograph:"), run.err.constData());
        QVERIFY(reader.waitForFinished());
        QCOMPARE(reader.readAllStandardOutput(), QByteArray("id,name\n"));
    }
};

ONDO_TEST(InterruptTest)
#include "tst_interrupt.moc"
