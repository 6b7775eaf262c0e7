// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/answers.h"
#include "cli/program.h"

#include "support/faultserver.h"
#include "support/ondotest.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QUrl>

#include <algorithm>

namespace {

const QString kMarked = QStringLiteral("hunter2/Geheim 密码+%&é");
const QString kTokenMark = QStringLiteral("TokenOfTheServer0123456789==");

QString pairText()
{
    return QStringLiteral("root:") + kMarked;
}

// What the secret looks like wherever it may turn up.
QList<QByteArray> formsOfSecret()
{
    return {kMarked.toUtf8(), "hunter2", "密码", QUrl::toPercentEncoding(kMarked), QUrl::toPercentEncoding(kMarked).toLower(), kMarked.toUtf8().toBase64(),
        pairText().toUtf8().toBase64(), kTokenMark.toUtf8(), QUrl::toPercentEncoding(kTokenMark)};
}

// Logs in, answers, and in its errors repeats all that it was told, as a careless server may.
std::string answerTo(const std::string &request)
{
    if (request.find("/rest/login/") != std::string::npos)
        return answers::http("{\"status\":\"succ\",\"code\":0,\"desc\":\"" + kTokenMark.toStdString() + "\"}");
    const std::string token = request.find("Taosd ") == std::string::npos ? "none" : kTokenMark.toStdString();
    if (request.find("refuse me") != std::string::npos)
        return answers::http(answers::error(855, "Authentication failure: " + pairText().toStdString() + " " + pairText().toUtf8().toBase64().toStdString() + " " + token), "401 No");
    if (request.find("wrong") != std::string::npos)
        return answers::http(answers::error(9826, "syntax error, asked by " + pairText().toStdString() + " with " + token));
    return answers::http(answers::rows(2));
}

void answerAll(support::Connection &connection)
{
    for (std::string request = connection.readRequest(); !request.empty(); request = connection.readRequest())
        connection.send(answerTo(request));
}

} // namespace

// Every command with a marked secret: afterwards it is nowhere in what was printed or written. The window's part is
// desktop.SecretsTest.
class LeaksTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    QByteArray m_printed;

    Program &prepared(Program &program) const
    {
        return program.with("ONDOGRAPH_HOME", m_home->filePath(QStringLiteral("home")))
            .with("HOME", m_home->path())
            .with("TMPDIR", m_home->filePath(QStringLiteral("tmp")))
            .with("MARKED", kMarked);
    }
    Run run(const QStringList &arguments, const QByteArray &input = {})
    {
        Program program(arguments);
        const Run ended = prepared(program).input(input).run();
        m_printed += ended.out + ended.err;
        return ended;
    }
    QByteArray written() const
    {
        QByteArray all;
        QDirIterator files(m_home->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                all += file.fileName().toUtf8() + '\n' + file.readAll() + '\n';
        }
        return all;
    }
    static QString url(const support::FaultServer &server, const QString &user, const QString &query)
    {
        return QStringLiteral("tdengine://%1@127.0.0.1:%2/power?%3").arg(user, QString::number(server.port()), query); // the user may hold "%2F"
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QDir(m_home->path()).mkdir(QStringLiteral("tmp"));
        m_printed.clear();
    }

    void noCommandShowsOrKeepsIt_data()
    {
        QTest::addColumn<QString>("query");
        QTest::newRow("password with each request") << QStringLiteral("auth=basic");
        QTest::newRow("token") << QStringLiteral("auth=token");
    }
    void noCommandShowsOrKeepsIt()
    {
        QFETCH(QString, query);
        const support::FaultServer server(answerAll);
        const auto text = [](const char *word) { return QString::fromLatin1(word); };
        const QString inUrl = url(server, QStringLiteral("root:") + QString::fromUtf8(QUrl::toPercentEncoding(kMarked)), query);
        const QString plain = url(server, QStringLiteral("root"), query);
        QCOMPARE(run({text("connections"), text("add"), text("kept"), plain, text("--password-env"), text("MARKED")}).exitCode, 0);
        QCOMPARE(run({text("connections"), text("add"), text("asked"), plain, text("--password-command"), text("printenv MARKED")}).exitCode, 0);
        QCOMPARE(run({text("connections"), text("add"), text("dropped"), inUrl}).exitCode, 0);
        QCOMPARE(run({text("connections"), text("add"), text("refused"), plain, text("--password-stdin")}, kMarked.toUtf8() + '\n').exitCode, 2);
        for (const QStringList &target : {QStringList{text("--url"), inUrl}, {text("-c"), text("kept")}, {text("-c"), text("asked")},
                 {text("--url"), plain, text("--password-env"), text("MARKED")}, {text("--url"), plain, text("--password-stdin")}}) {
            for (const auto &[statement, exitCode] : {std::pair{"select 1", 0}, {"select wrong", 1}, {"select 'refuse me'", 4}}) {
                const Run ended = run(QStringList{text("query")} + target + QStringList{text(statement), text("--trace"), text("--stats")}, kMarked.toUtf8() + '\n');
                QVERIFY2(ended.exitCode == exitCode, ended.err.constData());
            }
            run(QStringList{text("catalog")} + target + QStringList{text("--trace")}, kMarked.toUtf8() + '\n');
        }
        QCOMPARE(run({text("query"), text("--url"), inUrl, text("select * from t"), text("-o"), m_home->filePath(QStringLiteral("rows.csv"))}).exitCode, 0);
        run({text("query"), text("--url"), inUrl + text("&nokey=1"), text("select 1")});
        run({text("query"), text("--url=") + inUrl, text("--nosuch"), inUrl});
        run({text("connections"), text("list")});
        for (const char *name : {"kept", "asked", "dropped"}) {
            run({text("connections"), text("show"), text(name)});
            run({text("connections"), text("test"), text(name), text("--trace")});
            run({text("connections"), text("allow"), text(name)});
        }
        const Run exported = run({text("connections"), text("export")});
        QVERIFY(exported.out.contains("${env:MARKED}"));

        const std::vector<std::string> sent = server.requests();
        QVERIFY(std::any_of(sent.begin(), sent.end(), [](const std::string &request) { return request.find("Authorization: ") != std::string::npos; }));
        const QByteArray all = m_printed + written();
        QVERIFY(all.contains("select wrong") && all.contains("***") && all.contains("kept.json")); // the search sees what is there
        for (const QByteArray &form : formsOfSecret()) {
            const qsizetype at = all.indexOf(form);
            QVERIFY2(at < 0, QByteArray(form + " in: " + all.mid(qMax<qsizetype>(0, at - 300), 500)).constData());
        }
    }
    void theListOfProcessesShowsNone()
    {
        support::Gate asked;
        support::Gate looked;
        const support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            asked.open();
            connection.waitFor(looked);
            connection.send(answers::http(answers::rows(1)));
        });
        const QString inUrl = url(server, QStringLiteral("root:") + QString::fromUtf8(QUrl::toPercentEncoding(kMarked)), QStringLiteral("auth=basic"));
        Program program({QStringLiteral("query"), QStringLiteral("--url"), inUrl, QStringLiteral("select 1")});
        prepared(program).start();
        QVERIFY(asked.wait());
        QFile arguments(QStringLiteral("/proc/%1/cmdline").arg(program.process().processId()));
        QVERIFY(arguments.open(QIODevice::ReadOnly));
        const QByteArray seen = arguments.readAll();
        looked.open();
        QCOMPARE(program.finish().exitCode, 0);
        QVERIFY(seen.contains("select 1") && seen.contains("root:*"));
        for (const QByteArray &form : formsOfSecret())
            QVERIFY2(!seen.contains(form), seen.constData());
    }
    void aChangedCommandRunsOnlyOnceItIsAllowed()
    {
        const support::FaultServer server(answerAll);
        const QString plain = url(server, QStringLiteral("root"), QStringLiteral("auth=basic"));
        const auto text = [](const char *word) { return QString::fromLatin1(word); };
        run({text("connections"), text("add"), text("mine"), plain, text("--password-command"), text("printenv MARKED")});
        QByteArray exported = run({text("connections"), text("export"), text("mine")}).out;
        QVERIFY(exported.contains("printenv MARKED"));
        exported.replace("printenv MARKED", "printenv MARKED; touch $HOME/ran");
        QFile file(m_home->filePath(QStringLiteral("theirs.json")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(exported) == exported.size());
        file.close();
        QCOMPARE(run({text("connections"), text("import"), file.fileName(), text("--replace")}).exitCode, 0);
        const Run blocked = run({text("query"), text("-c"), text("mine"), text("select 1")});
        QCOMPARE(blocked.exitCode, 2);
        QVERIFY2(blocked.err.contains("touch $HOME/ran") && blocked.err.contains("connections allow"), blocked.err.constData());
        QVERIFY(!QFile::exists(m_home->filePath(QStringLiteral("ran"))));
        QVERIFY(server.requests().empty());
        QVERIFY(run({text("connections"), text("allow"), text("mine")}).err.contains("touch $HOME/ran"));
        QCOMPARE(run({text("query"), text("-c"), text("mine"), text("select 1")}).exitCode, 0);
        QVERIFY(QFile::exists(m_home->filePath(QStringLiteral("ran"))));
    }
};

ONDO_TEST(LeaksTest)
#include "tst_leaks.moc"
