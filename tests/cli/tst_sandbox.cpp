// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include "support/ondotest.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>

namespace {
const QStringList kOnSandbox{QStringLiteral("-c"), QStringLiteral("sandbox/tdengine")};
}

// The program with nothing but itself.
class SandboxTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void threeRows()
    {
        const Run run = Program(QStringList{QStringLiteral("query")} + kOnSandbox
            + QStringList{QStringLiteral("select * from power.meters limit 3"), QStringLiteral("--format"), QStringLiteral("csv")}).run();
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.out.count('\n'), 4);
        QVERIFY2(run.out.startsWith("ts,current,voltage,phase,"), run.out.constData());
    }

    void catalogPaths()
    {
        const QStringList csv{QStringLiteral("--format"), QStringLiteral("csv")};
        const Run root = Program(QStringList{QStringLiteral("catalog")} + kOnSandbox + csv).run();
        QVERIFY2(root.exitCode == 0, root.err.constData());
        QVERIFY2(root.out.startsWith("path,kind,type,detail\n"), root.out.constData());
        QVERIFY(root.out.contains("\npower,database,"));
        QVERIFY2(root.out.contains("information_schema,database,,system\n"), root.out.constData());
        const Run columns = Program(QStringList{QStringLiteral("catalog")} + kOnSandbox + QStringList{QStringLiteral("power/meters")} + csv).run();
        QVERIFY2(columns.out.contains("\npower/meters/ts,column,TIMESTAMP,"), columns.out.constData());
        QVERIFY2(columns.out.contains("power/meters/groupid,tag,INT,"), columns.out.constData());
        const Run children = Program(QStringList{QStringLiteral("catalog")} + kOnSandbox
            + QStringList{QStringLiteral("power/meters/"), QStringLiteral("--max-rows"), QStringLiteral("3"), QStringLiteral("--offset"), QStringLiteral("2")}
            + csv).run();
        QVERIFY2(children.exitCode == 0, children.err.constData());
        QCOMPARE(children.out.count(",childtable,"), 3);
        const Run tables = Program(QStringList{QStringLiteral("catalog")} + kOnSandbox + QStringList{QStringLiteral("power/")} + csv).run();
        QVERIFY2(tables.out.contains("\npower/meters,supertable,"), tables.err.constData());
        const Run unknown = Program(QStringList{QStringLiteral("catalog")} + kOnSandbox + QStringList{QStringLiteral("nowhere/nothing")} + csv).run();
        QCOMPARE(unknown.exitCode, 1);
        QVERIFY(unknown.out.isEmpty());
    }

    void servesUntilInterrupted()
    {
        Program program({QStringLiteral("sandbox")});
        program.start();
        QByteArray line;
        while (!line.contains('\n') && program.process().waitForReadyRead(20000))
            line += program.process().readAllStandardOutput();
        const QJsonObject services = QJsonDocument::fromJson(line).object();
        const QString url = services[QStringLiteral("tdengine")].toObject()[QStringLiteral("url")].toString();
        QVERIFY2(url.startsWith(QStringLiteral("http://127.0.0.1:")), line.constData());
        const QString target = QStringLiteral("tdengine://root:taosdata@") + url.mid(7);
        const Run run = Program({QStringLiteral("query"), QStringLiteral("--url"), target, QStringLiteral("select 1"),
            QStringLiteral("--format"), QStringLiteral("null")}).run();
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY(program.process().processId() > 0); // 0 is everybody in this process group
        ::kill(static_cast<pid_t>(program.process().processId()), SIGTERM);
        QCOMPARE(program.finish().exitCode, 130);
    }

    // The server goes on with what nobody waits for; the run that is interrupted has it killed, and says so.
    void anInterruptedStatementIsKilled()
    {
        Program server({QStringLiteral("sandbox")});
        server.start();
        QByteArray line;
        while (!line.contains('\n') && server.process().waitForReadyRead(20000))
            line += server.process().readAllStandardOutput();
        const QString url
            = QJsonDocument::fromJson(line).object()[QStringLiteral("tdengine")].toObject()[QStringLiteral("url")].toString();
        const QString target = QStringLiteral("tdengine://root:taosdata@") + url.mid(7);
        const auto query = [&](const char *statement) {
            return QStringList{QStringLiteral("query"), QStringLiteral("--url"), target, QString::fromLatin1(statement),
                QStringLiteral("--format"), QStringLiteral("csv")};
        };
        const auto isListed = [&] { return Program(query("show queries")).run().out.contains("power.meters a"); };

        Program slow(query("select count(*) from power.meters a, power.meters b"));
        slow.start();
        QTRY_VERIFY_WITH_TIMEOUT(isListed(), 20000);
        QVERIFY(slow.process().processId() > 0); // 0 is everybody in this process group
        ::kill(static_cast<pid_t>(slow.process().processId()), SIGINT);
        const Run run = slow.finish();
        QCOMPARE(run.exitCode, 130);
        QVERIFY2(run.err.contains("Stopped on the server"), run.err.constData());
        QTRY_VERIFY(!isListed());
        QVERIFY(server.process().processId() > 0); // 0 is everybody in this process group
        ::kill(static_cast<pid_t>(server.process().processId()), SIGTERM);
        QCOMPARE(server.finish().exitCode, 130);
    }
};

ONDO_TEST(SandboxTest)
#include "tst_sandbox.moc"
