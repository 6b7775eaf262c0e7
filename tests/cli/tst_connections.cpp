// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "program.h"

#include "support/ondotest.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

constexpr const char *kPassword = "s3cretWord";

} // namespace

// Saved connections: what is in their files, and what of them is used.
class ConnectionsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    Run run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return Program(arguments).with("ONDOGRAPH_HOME", m_home->path()).with("DB_PASSWORD", QString::fromLatin1(kPassword)).input(input).run();
    }
    Run run(const char *arguments) const { return run(QString::fromLatin1(arguments).split(QLatin1Char(' '))); }
    QByteArray file(const QString &name) const
    {
        QFile file(m_home->filePath(QStringLiteral("connections/") + name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    bool write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_home->filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void aSavedOneIsUsedByItsName()
    {
        const support::FaultServer server(support::alwaysAnswer(answers::http(answers::rows(2))));
        const QString url = QStringLiteral("tdengine://root@127.0.0.1:%1/power").arg(server.port());
        const Run added = run({QStringLiteral("connections"), QStringLiteral("add"), QStringLiteral("电厂/1"), url, QStringLiteral("--password-env"), QStringLiteral("DB_PASSWORD")});
        QVERIFY2(added.exitCode == 0, added.err.constData());
        const Run queried = run({QStringLiteral("query"), QStringLiteral("-c"), QStringLiteral("电厂/1"), QStringLiteral("select 1"), QStringLiteral("--format"), QStringLiteral("csv")});
        QCOMPARE(queried.exitCode, 0);
        QCOMPARE(queried.out, QByteArray("id,name\n1,n1\n2,n2\n"));
        const std::string request = server.requests().at(0);
        QVERIFY(request.starts_with("POST /rest/sql/power?"));
        const QByteArray login = QByteArray("root:").append(kPassword).toBase64();
        QVERIFY(request.find("Authorization: Basic " + login.toStdString()) != std::string::npos);
    }

    void noFileHoldsASecret()
    {
        run({QStringLiteral("connections"), QStringLiteral("add"), QStringLiteral("a"),
            QStringLiteral("tdengine://root:%1@h/?proxy=http%3A%2F%2Fme%3A%1%40proxy%3A3128").arg(QLatin1String(kPassword))});
        const Run second = run("connections add b tdengine://root@h/ --password-env DB_PASSWORD");
        QCOMPARE(second.exitCode, 0);
        for (const char *name : {"a.json", "b.json"}) {
            const QByteArray text = file(QLatin1String(name));
            QVERIFY(text.contains("\"host\": \"h\""));
            QVERIFY(!text.contains(kPassword));
        }
        QVERIFY(file(QStringLiteral("a.json")).contains("proxy:3128"));
        QVERIFY(file(QStringLiteral("b.json")).contains("${env:DB_PASSWORD}"));
        for (const char *command : {"connections list --format csv", "connections show b --format csv", "connections export"}) {
            const Run shown = run(command);
            QCOMPARE(shown.exitCode, 0);
            QVERIFY(shown.out.size() > 10 && !shown.out.contains(kPassword));
        }
    }

    void aSecretInTheUrlIsNotKeptAndThatIsSaid()
    {
        const Run added = run({QStringLiteral("connections"), QStringLiteral("add"), QStringLiteral("a"), QStringLiteral("tdengine://root:%1@h/").arg(QLatin1String(kPassword))});
        QCOMPARE(added.exitCode, 0);
        QVERIFY(added.err.contains("is not kept"));
        QVERIFY(!added.err.contains(kPassword));
    }

    void anUnsetVariableIsNamed()
    {
        run("connections add a tdengine://root@h/ --password-env ONDO_NOT_SET");
        const Run queried = run({QStringLiteral("query"), QStringLiteral("-c"), QStringLiteral("a"), QStringLiteral("select 1")});
        QCOMPARE(queried.exitCode, 2);
        QVERIFY(queried.err.contains("ONDO_NOT_SET"));
    }

    void namesAreTakenOnce()
    {
        QCOMPARE(run("connections add a tdengine://root@h/").exitCode, 0);
        QCOMPARE(run("connections add a tdengine://root@other/").exitCode, 2);
        QVERIFY(file(QStringLiteral("a.json")).contains("\"h\""));
        QCOMPARE(run("connections add a tdengine://root@other/ --replace").exitCode, 0);
        QVERIFY(file(QStringLiteral("a.json")).contains("\"other\""));
        QCOMPARE(run("connections add sandbox/a tdengine://root@h/").exitCode, 2);
        QCOMPARE(run("connections remove a").exitCode, 0);
        QCOMPARE(run("connections remove a").exitCode, 2);
        QCOMPARE(run("connections show a").exitCode, 2);
    }

    void exportedOnesAreImportedAllOrNone()
    {
        run("connections add a tdengine://root@h/ --group G --env test --read-only");
        run("connections add b tdengine://root@i/db?tz=Asia/Shanghai");
        const Run exported = run("connections export");
        QCOMPARE(QJsonDocument::fromJson(exported.out).array().size(), 2);
        QVERIFY(write(QStringLiteral("all.json"), exported.out));
        const QStringList import{QStringLiteral("connections"), QStringLiteral("import"), m_home->filePath(QStringLiteral("all.json"))};
        QCOMPARE(run("connections remove a").exitCode, 0);
        QCOMPARE(run(import).exitCode, 2); // b is taken
        QVERIFY(file(QStringLiteral("a.json")).isEmpty());
        QCOMPARE(run("connections remove b").exitCode, 0);
        QCOMPARE(run(import).exitCode, 0);
        QCOMPARE(run("connections export").out, exported.out);
    }

    void brokenFilesAreToldAndLoseNothing()
    {
        run("connections add a tdengine://root@h/");
        QVERIFY(write(QStringLiteral("connections/broken.json"), "{\"name\": \"broken\", "));
        const Run listed = run("connections list --format csv");
        QCOMPARE(listed.exitCode, 0);
        QVERIFY(listed.err.contains("broken.json"));
        QVERIFY(listed.out.contains("\na,tdengine,"));
        const Run used = run({QStringLiteral("query"), QStringLiteral("-c"), QStringLiteral("broken"), QStringLiteral("select 1")});
        QCOMPARE(used.exitCode, 2);
        QVERIFY(used.err.contains("broken.json"));
        QVERIFY(write(QStringLiteral("bad.json"), "[{\"name\":\"x\",\"connector\":7}]"));
        const Run imported = run({QStringLiteral("connections"), QStringLiteral("import"), m_home->filePath(QStringLiteral("bad.json"))});
        QCOMPARE(imported.exitCode, 2);
        QVERIFY(imported.err.contains("connector"));
    }

    void aReadOnlyOneSendsNothingThatWrites()
    {
        const support::FaultServer server(support::alwaysAnswer(answers::http(answers::rows(1))));
        const QString url = QStringLiteral("tdengine://root@127.0.0.1:%1/").arg(server.port());
        run({QStringLiteral("connections"), QStringLiteral("add"), QStringLiteral("a"), url, QStringLiteral("--read-only"), QStringLiteral("--password-env"), QStringLiteral("DB_PASSWORD")});
        const auto query = [&](const char *sql) {
            return run({QStringLiteral("query"), QStringLiteral("-c"), QStringLiteral("a"), QString::fromLatin1(sql)}).exitCode;
        };
        QCOMPARE(query("select 1; drop table t"), 2);
        QCOMPARE(server.requests().size(), std::size_t(0));
        QCOMPARE(query("select 1"), 0);
        QCOMPARE(server.requests().size(), std::size_t(1));
    }

    void testNamesTheStepThatFails()
    {
        const support::FaultServer server(support::alwaysAnswer(answers::http(answers::error(855, "Authentication failure"), "401 Unauthorized")));
        const QString url = QStringLiteral("tdengine://root@127.0.0.1:%1/").arg(server.port());
        run({QStringLiteral("connections"), QStringLiteral("add"), QStringLiteral("a"), url, QStringLiteral("--password-env"), QStringLiteral("DB_PASSWORD")});
        const Run refused = run("connections test a --format csv");
        QCOMPARE(refused.exitCode, 4);
        QVERIFY(refused.out.startsWith("step,status,ms,detail\nprofile,ok,"));
        QVERIFY(refused.out.contains("\ntcp,ok,") && refused.out.contains("\nhttp,ok,") && refused.out.contains("\nlog-in,failed,"));
        QVERIFY(refused.out.contains("\ncatalogue,skipped,,"));
        QVERIFY(!refused.out.contains(kPassword));
        run("connections add b tdengine://root@127.0.0.1:1/ --password-env DB_PASSWORD");
        const Run closed = run("connections test b --format csv");
        QCOMPARE(closed.exitCode, 3);
        QVERIFY(closed.out.contains("\ntcp,failed,"));
        const Run unopened = run("connections test nobody --format ndjson");
        QCOMPARE(unopened.exitCode, 2);
        QVERIFY(unopened.out.contains("{\"step\":\"profile\",\"status\":\"failed\""));
    }

    void testOfAGoodOneTakesEachStep()
    {
        const Run tested = run("connections test sandbox/lindorm --format csv");
        QVERIFY2(tested.exitCode == 0, tested.out.constData());
        QStringList steps;
        for (const QByteArray &line : tested.out.trimmed().split('\n'))
            steps << QString::fromUtf8(line.left(line.indexOf(',')));
        QCOMPARE(steps.join(QLatin1Char(' ')), QStringLiteral("step profile name address tcp tls http log-in server clock statement catalogue"));
        QVERIFY(tested.out.contains("\ntls,skipped,,") && !tested.out.contains(",failed,"));
    }
};

ONDO_TEST(ConnectionsTest)
#include "tst_connections.moc"
