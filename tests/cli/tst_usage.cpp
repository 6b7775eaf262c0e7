// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "program.h"

#include "support/ondotest.h"

#include <QDir>
#include <QFile>

// What is said of a command line before anything is sent.
class UsageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void helpAndVersion()
    {
        const Run help = Program({QStringLiteral("--help")}).run();
        QCOMPARE(help.exitCode, 0);
        for (const char *command : {"query", "catalog", "request", "connections", "connectors", "sandbox"}) {
            QVERIFY(help.out.contains(command));
            const Run own = Program({QString::fromLatin1(command), QStringLiteral("--help")}).run();
            QCOMPARE(own.exitCode, 0);
            QVERIFY(own.out.contains(command));
            QVERIFY(own.err.isEmpty());
        }
        const Run version = Program({QStringLiteral("--version")}).run();
        QCOMPARE(version.exitCode, 0);
        QVERIFY(version.out.startsWith("ondograph "));
    }

    void badCommandLines_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const char *arguments, const char *said) {
            QTest::newRow(name) << QString::fromLatin1(arguments).split(QLatin1Char(' ')) << QString::fromLatin1(said);
        };
        row("command", "qurey", "Did you mean query?");
        row("option", "query --fromat csv", "Did you mean --format?");
        row("format", "query -c sandbox/x --format cvs select", "Did you mean csv?");
        row("option without value", "query --url", "--url needs a value");
        row("flag with value", "query --stats=yes", "takes no value");
        row("option twice", "query --tz UTC --tz UTC", "given twice");
        row("no connection", "query select", "No connection");
        row("two connections", "query -c a --url b://c select", "exclude each other");
        row("unknown connection", "query -c nowhere select", "nowhere");
        row("no statement", "query -c nowhere", "No statement");
        row("two statements", "query -c nowhere --file f select", "twice");
        row("unquoted statement", "query -c nowhere select 1", "one word too many");
        row("file that is not there", "query -c nowhere --file /nonexistent/f.sql", "/nonexistent/f.sql");
        row("zone", "query -c nowhere --tz Mars/Base select", "Mars/Base");
        row("row limit", "query -c nowhere --max-rows many select", "--max-rows");
        row("negative row limit", "query -c nowhere --max-rows -1 select", "--max-rows");
        row("time-out", "query -c nowhere --timeout soon select", "--timeout");
        row("parameter", "query -c nowhere --param x select", "NAME=VALUE");
        row("parameter twice", "query -c nowhere --param x=1 --param x=2 select", "twice");
        row("unknown extension", "query -c nowhere -o f.parquet select", "f.parquet");
        row("unknown scheme", "query --url nodialect://h/ select", "nodialect");
        row("file of the transport", "query --url tdengine+https://root:x@h/?ca=/nonexistent/ca.pem select", "/nonexistent/ca.pem");
        row("unset variable", "query --url tdengine://root@h/ --password-env ONDO_NOT_SET select", "ONDO_NOT_SET");
        row("password and statement from input", "query --url tdengine://root@h/ --password-stdin -", "Standard input");
        row("port", "sandbox --port-base 99999", "port");
        row("offset", "catalog -c nowhere --offset -5", "--offset");
    }
    void badCommandLines()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        const Run run = Program(arguments).run();
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.err.contains(said.toUtf8()), run.err.constData());
        QVERIFY2(run.out.isEmpty(), run.out.constData());
    }

    void unwritableOutputIsFoundBeforeAnythingIsSent()
    {
        const support::FaultServer server(support::alwaysAnswer(answers::http(answers::rows(1))));
        const QTemporaryDir folder;
        for (const QString &file : {QStringLiteral("/nonexistent/x.csv"), folder.path()}) {
            const Run run = Program({QStringLiteral("query"), QStringLiteral("--url"), answers::target(server),
                QStringLiteral("insert into t values (1)"), QStringLiteral("--format"), QStringLiteral("csv"),
                QStringLiteral("-o"), file}).run();
            QCOMPARE(run.exitCode, 2);
            QVERIFY(run.err.contains(file.toUtf8()));
        }
        QCOMPARE(server.connectionCount(), 0);
    }

    void connectorsListsDamagedOnesToo()
    {
        const QTemporaryDir folder;
        QFile damaged(folder.filePath(QStringLiteral("broken.so")));
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write("not a library");
        damaged.close();
        const Run run = Program({QStringLiteral("connectors"), QStringLiteral("--format"), QStringLiteral("csv")})
                            .with("ONDOGRAPH_CONNECTOR_PATH", folder.path())
                            .run();
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.out.startsWith("id,version,state,capabilities,reason\n"), run.out.constData());
        QVERIFY(run.out.contains(",ready,"));
        QVERIFY2(run.out.contains("broken,,damaged,,"), run.out.constData());
    }
};

ONDO_TEST(UsageTest)
#include "tst_usage.moc"
