// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "program.h"

#include "support/ondotest.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <map>

namespace {

QStringList queryArguments(const QString &target, const QString &statement, const QStringList &options)
{
    return QStringList({QStringLiteral("query"), QStringLiteral("--url"), target, statement}) + options;
}

Run runQuery(const support::FaultServer &server, const char *statement, const QStringList &options = {})
{
    return Program(queryArguments(answers::target(server), QString::fromUtf8(statement), options)).run();
}

QStringList formatOption(const char *format)
{
    return {QStringLiteral("--format"), QString::fromLatin1(format)};
}

QJsonObject statsOf(const Run &run)
{
    const QList<QByteArray> lines = run.err.trimmed().split('\n');
    return QJsonDocument::fromJson(lines.last()).object();
}

// Answers by what the request's body holds; anything else gets rows(3).
support::FaultServer::Script answerBy(std::map<std::string, std::string> bodies)
{
    return [bodies](support::Connection &connection) {
        for (std::string request; !(request = connection.readRequest()).empty();) {
            std::string body = answers::rows(3);
            for (const auto &[part, answer] : bodies)
                body = request.find(part) != std::string::npos ? answer : body;
            if (!connection.send(answers::http(body)))
                return;
        }
    };
}

// A body that breaks off within its row after count.
support::FaultServer::Script breakOffAfter(int count)
{
    return [count](support::Connection &connection) {
        connection.readRequest();
        const std::string whole = answers::rows(count + 2);
        const std::string sent = whole.substr(0, whole.find("[" + std::to_string(count + 1) + ",") + 2);
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n" + sent);
    };
}

QByteArray fileText(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

// Statements against servers that are scripted here: what is printed, what is sent, and how it ends.
class QueryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void formats_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("csv") << QByteArray("csv") << QByteArray("id,name\n1,n1\n\nid,name\n1,n1\n2,n2\n");
        QTest::newRow("tsv") << QByteArray("tsv") << QByteArray("id\tname\n1\tn1\n\nid\tname\n1\tn1\n2\tn2\n");
        QTest::newRow("json") << QByteArray("json")
                              << QByteArray("[\n{\"id\":1,\"name\":\"n1\"}\n]\n[\n{\"id\":1,\"name\":\"n1\"},\n{\"id\":2,\"name\":\"n2\"}\n]\n");
        QTest::newRow("ndjson") << QByteArray("ndjson")
                                << QByteArray("{\"id\":1,\"name\":\"n1\"}\n{\"id\":1,\"name\":\"n1\"}\n{\"id\":2,\"name\":\"n2\"}\n");
        QTest::newRow("sql") << QByteArray("sql")
                             << QByteArray("INSERT INTO result (id, name) VALUES (1, 'n1');\nINSERT INTO result (id, name) VALUES (1, 'n1');\n"
                                           "INSERT INTO result (id, name) VALUES (2, 'n2');\n");
        QTest::newRow("table") << QByteArray("table")
                               << QByteArray(" id | name\n----+------\n  1 | n1\n\n id | name\n----+------\n  1 | n1\n  2 | n2\n");
        QTest::newRow("markdown") << QByteArray("markdown")
                                  << QByteArray("|  id | name |\n| --: | ---- |\n|   1 | n1   |\n\n|  id | name |\n| --: | ---- |\n|   1 | n1   |\n"
                                                "|   2 | n2   |\n");
        QTest::newRow("null") << QByteArray("null") << QByteArray();
    }
    void formats()
    {
        QFETCH(QByteArray, format);
        QFETCH(QByteArray, expected);
        const support::FaultServer server(answerBy({{"one", answers::rows(1)}, {"two", answers::rows(2)}}));
        const Run run = runQuery(server, "select one;; -- nothing\n; select two;", formatOption(format.constData()));
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.out, expected);
    }

    void aWorkbookGoesToAFile()
    {
        const support::FaultServer server(answerBy({}));
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("x.xlsx"));
        const Run run = runQuery(server, "select 1", {QStringLiteral("-o"), file});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY(fileText(file).startsWith("PK"));
        QVERIFY(!QFile::exists(file + QStringLiteral(".partial")));
    }

    void statementsComeFromInputAndFile()
    {
        const support::FaultServer server(answerBy({}));
        const Run piped = Program(queryArguments(answers::target(server), QStringLiteral("-"), formatOption("csv"))).input("select 1").run();
        QCOMPARE(piped.exitCode, 0);
        QVERIFY(piped.out.endsWith("3,n3\n"));
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("s.sql")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\xEF\xBB\xBFselect 2");
        file.close();
        const Run filed = Program({QStringLiteral("query"), QStringLiteral("--url"), answers::target(server),
            QStringLiteral("--file"), file.fileName(), QStringLiteral("--format=csv")}).run();
        QCOMPARE(filed.exitCode, 0);
        QVERIFY(server.requests().back().ends_with("\r\n\r\nselect 2"));
    }

    void aStatementWithoutRowsPrintsNothing()
    {
        const support::FaultServer server(answerBy({{"insert", answers::affected(7)}}));
        const Run run = runQuery(server, "insert into t values (1)", {QStringLiteral("--stats")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.out.isEmpty());
        QVERIFY(run.err.contains("7 rows affected"));
        QCOMPARE(statsOf(run)[QStringLiteral("affected_rows")].toInt(), 7);
        QCOMPARE(server.requests().size(), std::size_t(1));
    }

    void theFirstFailureEndsTheRun()
    {
        const support::FaultServer server(answerBy({{"bad", answers::error(534, "syntax error near bad")}}));
        const Run run = runQuery(server, "select 1; bad; select 3", formatOption("csv") + QStringList{QStringLiteral("--stats")});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.out, QByteArray("id,name\n1,n1\n2,n2\n3,n3\n"));
        QVERIFY(run.err.contains("syntax error near bad"));
        QVERIFY(run.err.contains("534"));
        QCOMPARE(server.requests().size(), std::size_t(2));
        QCOMPARE(statsOf(run)[QStringLiteral("statements")].toInt(), 2);
    }

    void aWrongPasswordLeavesNoTrace()
    {
        // The server's text repeats what it was sent, plain and encoded.
        const support::FaultServer server(support::alwaysAnswer(answers::http(
            answers::error(855, "Authentication failure: s3cr3t-wrong, Basic cm9vdDpzM2NyM3Qtd3Jvbmc="))));
        Program program(queryArguments(answers::target(server, "root:s3cr3t-wrong@"), QStringLiteral("select 1"),
            {QStringLiteral("--trace"), QStringLiteral("--stats")}));
        const Run run = program.run();
        QCOMPARE(run.exitCode, 4);
        QVERIFY(run.err.contains("Authentication failure"));
        QVERIFY(run.err.contains("855") || run.err.contains("0x0357"));
        for (const char *trace : {"s3cr3t", "cm9vdDpzM2NyM3Qtd3Jvbmc"}) // as it is, and as Basic log-in sends it
            QVERIFY2(!run.out.contains(trace) && !run.err.contains(trace), run.err.constData());
        QVERIFY(server.requests()[0].find("cm9vdDpzM2NyM3Qtd3Jvbmc=") != std::string::npos);
        QDirIterator files(program.home(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext())
            QVERIFY(!fileText(files.next()).contains("s3cr3t"));
    }

    void aSecretInTheUrlLeavesTheListOfProcesses()
    {
        support::Gate gate;
        const support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            connection.waitFor(gate);
            connection.send(answers::http(answers::rows(1)));
        });
        Program program(queryArguments(answers::target(server, "root:p%40ss@"), QStringLiteral("select 1"), {}));
        program.start();
        QTRY_COMPARE(server.requests().size(), std::size_t(1));
        const QByteArray line = fileText(QStringLiteral("/proc/%1/cmdline").arg(program.process().processId()));
        QVERIFY(line.contains("root:******@127.0.0.1"));
        QVERIFY(!line.contains("p%40ss"));
        gate.open();
        const Run run = program.finish();
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.err.contains("--password-env"));
        QVERIFY(server.requests()[0].find("cm9vdDpwQHNz") != std::string::npos);
    }

    void passwordsComeFromEnvironmentAndInput()
    {
        const support::FaultServer server(answerBy({}));
        const QString url = answers::target(server, "root@");
        const Run run = Program({QStringLiteral("query"), QStringLiteral("--url"), url, QStringLiteral("select 1"),
            QStringLiteral("--password-env"), QStringLiteral("ONDO_TEST_PASSWORD")}).with("ONDO_TEST_PASSWORD", QStringLiteral("p@ss")).run();
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY(server.requests()[0].find("cm9vdDpwQHNz") != std::string::npos);
        const Run piped = Program({QStringLiteral("query"), QStringLiteral("--url"), url, QStringLiteral("select 1"),
            QStringLiteral("--password-stdin")}).input("p@ss\nmore").run();
        QVERIFY2(piped.exitCode == 0, piped.err.constData());
        QVERIFY(server.requests()[1].find("cm9vdDpwQHNz") != std::string::npos);
    }

    void noServer()
    {
        const QString target = QStringLiteral("tdengine://root:taosdata@127.0.0.1:%1/").arg(support::closedPort());
        const Run run = Program(queryArguments(target, QStringLiteral("select 1"), {})).run();
        QCOMPARE(run.exitCode, 3);
        QVERIFY(run.out.isEmpty());
    }

    void garbageNamesByteAndRow()
    {
        std::string body = answers::rows(3);
        body.replace(body.find("[3,"), 3, "[3 x");
        const support::FaultServer server(support::alwaysAnswer(answers::http(body)));
        const Run run = runQuery(server, "select 1", formatOption("csv"));
        QCOMPARE(run.exitCode, 5);
        QCOMPARE(run.out, QByteArray("id,name\n1,n1\n2,n2\n"));
        QVERIFY2(run.err.contains("byte") && run.err.contains("row 3"), run.err.constData());
    }

    void aBrokenBodyKeepsItsRows()
    {
        const support::FaultServer server(breakOffAfter(4));
        const Run run = runQuery(server, "select 1", formatOption("json") + QStringList{QStringLiteral("--stats")});
        QCOMPARE(run.exitCode, 3);
        const QJsonDocument json = QJsonDocument::fromJson(run.out);
        QVERIFY2(json.isArray(), run.out.constData());
        QCOMPARE(json.array().size(), 4);
        const QJsonObject stats = statsOf(run);
        QCOMPARE(stats[QStringLiteral("rows")].toInt(), 4);
        QCOMPARE(stats[QStringLiteral("completeness")].toString(), QStringLiteral("cut"));
        QCOMPARE(stats[QStringLiteral("reason")].toString(), QStringLiteral("broken"));
    }

    void aBrokenBodyLeavesTheFileAsItWas()
    {
        const support::FaultServer server(breakOffAfter(2));
        const QTemporaryDir folder;
        const QString name = folder.filePath(QStringLiteral("x.csv"));
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("old\n");
        file.close();
        const Run run = runQuery(server, "select 1", {QStringLiteral("-o"), name});
        QCOMPARE(run.exitCode, 3);
        QCOMPARE(fileText(name), QByteArray("old\n"));
        QCOMPARE(fileText(name + QStringLiteral(".partial")), QByteArray("id,name\n1,n1\n2,n2\n"));

        const support::FaultServer well(answerBy({}));
        const Run again = runQuery(well, "select 1", {QStringLiteral("-o"), name});
        QVERIFY2(again.exitCode == 0, again.err.constData());
        QCOMPARE(fileText(name), QByteArray("id,name\n1,n1\n2,n2\n3,n3\n"));
        QVERIFY(!QFile::exists(name + QStringLiteral(".partial")));
    }

    void theRowLimitIsNoError()
    {
        const support::FaultServer server(support::alwaysAnswer(answers::http(answers::rows(50000))));
        const Run run = runQuery(server, "select 1", formatOption("csv") + QStringList{QStringLiteral("--max-rows"), QStringLiteral("10"), QStringLiteral("--stats")});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.out.count('\n'), 11);
        QCOMPARE(statsOf(run)[QStringLiteral("rows")].toInt(), 10);
        QCOMPARE(statsOf(run)[QStringLiteral("reason")].toString(), QStringLiteral("row_limit"));
        QCOMPARE(statsOf(run)[QStringLiteral("completeness")].toString(), QStringLiteral("cut"));
    }

    void everyRowOfManyChunksIsPrintedOnce()
    {
        const support::FaultServer server(support::alwaysAnswer(answers::http(answers::rows(50000))));
        const Run run = runQuery(server, "select 1", formatOption("tsv"));
        QByteArray expected("id\tname\n");
        for (int i = 1; i <= 50000; ++i)
            expected += QByteArray::number(i) + "\tn" + QByteArray::number(i) + '\n';
        QVERIFY(run.out == expected);
    }

    void statsKeys()
    {
        const support::FaultServer server(answerBy({}));
        const Run run = runQuery(server, "select 1", {QStringLiteral("--stats")});
        const QByteArray line = run.err.trimmed().split('\n').last();
        QList<QByteArray> keys;
        for (const QByteArray &member : line.mid(1, line.size() - 2).split(','))
            keys << member.split(':').first();
        QCOMPARE(keys, (QList<QByteArray>{"\"statements\"", "\"rows\"", "\"columns\"", "\"affected_rows\"", "\"bytes\"", "\"elapsed_ms\"",
                           "\"first_row_ms\"", "\"peak_rss_bytes\"", "\"completeness\"", "\"reason\""}));
        const QJsonObject stats = statsOf(run);
        QCOMPARE(stats[QStringLiteral("rows")].toInt(), 3);
        QCOMPARE(stats[QStringLiteral("columns")].toInt(), 2);
        QCOMPARE(stats[QStringLiteral("bytes")].toInt(), static_cast<int>(answers::rows(3).size()));
        QVERIFY(stats[QStringLiteral("affected_rows")].isNull());
        QVERIFY(stats[QStringLiteral("peak_rss_bytes")].toDouble() > 1e6);
    }

    void parametersBecomeLiterals()
    {
        const support::FaultServer server(answerBy({}));
        const Run run = runQuery(server, "select ':a' where x = :a; select :b, :a",
            {QStringLiteral("--param"), QStringLiteral("a=it's"), QStringLiteral("--param"), QStringLiteral("b=2")});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(server.requests().size(), std::size_t(2));
        QVERIFY(server.requests()[0].find("':a' where x = '") != std::string::npos);
    }

    void parametersAreCheckedBeforeAnythingIsSent_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("parameter");
        QTest::newRow("unused") << QStringLiteral("select 1") << QStringLiteral("a=1");
        QTest::newRow("unused by both") << QStringLiteral("select 1; select 2") << QStringLiteral("a=1");
        QTest::newRow("missing") << QStringLiteral("select :a, :b") << QStringLiteral("a=1");
        QTest::newRow("missing in the second") << QStringLiteral("select :a; select :b") << QStringLiteral("a=1");
        QTest::newRow("numbered") << QStringLiteral("select 1; select ?") << QStringLiteral("1=x");
        QTest::newRow("only in a string") << QStringLiteral("select ':a'; select 2") << QStringLiteral("a=1");
    }
    void parametersAreCheckedBeforeAnythingIsSent()
    {
        QFETCH(QString, statement);
        QFETCH(QString, parameter);
        const support::FaultServer server(answerBy({}));
        const Run run = Program(queryArguments(answers::target(server), statement, {QStringLiteral("--param"), parameter})).run();
        QVERIFY2(run.exitCode == 2, run.err.constData());
        QCOMPARE(server.requests().size(), std::size_t(0));
    }

    void nothingIsCutByAnErrorsStatus()
    {
        const support::FaultServer server([](support::Connection &connection) {
            connection.readRequest();
            connection.send(answers::http("404 page not found", "404 Not Found"));
        });
        const Run run = runQuery(server, "GET /nope", formatOption("csv"));
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.out, QByteArray("status,content_type,body\n404,application/json; charset=utf-8,404 page not found\n"));
        QVERIFY2(!run.err.contains("cut"), run.err.constData());
    }

    void aCountThatDoesNotFitIsNoAnswer()
    {
        std::string body = answers::rows(2);
        body.replace(body.find("\"rows\":2"), 8, "\"rows\":7");
        const support::FaultServer server(answerBy({{"select", body}}));
        const Run run = runQuery(server, "select 1", formatOption("csv"));
        QCOMPARE(run.exitCode, 5);
        QCOMPARE(run.out, QByteArray("id,name\n1,n1\n2,n2\n"));
        QVERIFY2(run.err.contains("cut after 2 rows"), run.err.constData());
    }

    void aRedirectThatIsNotFollowedNamesItsTarget()
    {
        const support::FaultServer server([](support::Connection &connection) {
            connection.readRequest();
            connection.send("HTTP/1.1 307 Moved\r\nLocation: http://elsewhere.example/rest/sql\r\nContent-Length: 0\r\n\r\n");
        });
        const Run run = runQuery(server, "insert into t values (1)");
        QCOMPARE(run.exitCode, 5);
        QVERIFY2(run.err.contains("http://elsewhere.example/rest/sql"), run.err.constData());
    }

    void aRedirectOfAQueryIsFollowedWithoutTheLogin()
    {
        const support::FaultServer target(answerBy({}));
        const support::FaultServer server([&target](support::Connection &connection) {
            connection.readRequest();
            connection.send("HTTP/1.1 307 Moved\r\nLocation: " + target.url() + "rest/sql\r\nContent-Length: 0\r\n\r\n");
        });
        const Run run = runQuery(server, "select 1", formatOption("csv"));
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.out, QByteArray("id,name\n1,n1\n2,n2\n3,n3\n"));
        QVERIFY(server.requests().at(0).find("Authorization: ") != std::string::npos);
        QVERIFY(target.requests().at(0).find("Authorization") == std::string::npos);
    }

    void noLimitIsZero()
    {
        const support::FaultServer server(answerBy({}));
        const Run run = runQuery(server, "select 1", formatOption("csv") + QStringList{QStringLiteral("--max-rows"), QStringLiteral("0")});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.out, QByteArray("id,name\n1,n1\n2,n2\n3,n3\n"));
    }

    // Messages follow the locale as gettext's do; what is printed of results never does.
    void messagesAreTranslatedAndDataIsNot()
    {
        const support::FaultServer server(answerBy({{"bad", answers::error(534, "syntax error")}}));
        const auto run = [&](const char *locale, const char *languages) {
            return Program(queryArguments(answers::target(server), QStringLiteral("select 1; bad"), formatOption("csv")))
                .with("LC_ALL", QString::fromLatin1(locale))
                .with("LANGUAGE", QString::fromLatin1(languages))
                .run();
        };
        const Run plain = run("C.UTF-8", "zh_CN");
        QVERIFY2(plain.err.contains("The statement failed."), plain.err.constData());
        for (const auto &[locale, languages] : {std::pair("zh_CN.UTF-8", ""), std::pair("de_DE.UTF-8", "zh_CN:en")}) {
            const Run translated = run(locale, languages);
            QVERIFY2(!translated.err.contains("The statement failed."), translated.err.constData());
            QVERIFY2(translated.err.contains("[534] syntax error"), translated.err.constData());
            QCOMPARE(translated.out, plain.out);
            QCOMPARE(translated.exitCode, 1);
        }
    }

    void aClosedOutputEndsQuietly()
    {
        const support::FaultServer server(answerBy({}));
        QProcess shell;
        shell.start(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("exec \"$0\" query --url \"$1\" 'select 1' >&-"),
                                              QStringLiteral(ONDO_PROGRAM), answers::target(server)});
        QVERIFY(shell.waitForFinished());
        QCOMPARE(shell.exitCode(), 0);
        QCOMPARE(server.requests().size(), std::size_t(1));
        QVERIFY(!shell.readAllStandardError().contains("ondograph:"));
    }

    void theZoneChangesWhatIsPrintedAndNothingElse()
    {
        const support::FaultServer server(support::alwaysAnswer(answers::http(
            answers::column("ts", "TIMESTAMP", {"\"2018-10-03T06:38:05.000Z\""}))));
        const Run plain = runQuery(server, "select ts", formatOption("csv"));
        QCOMPARE(plain.out, QByteArray("ts\n2018-10-03T06:38:05.000Z\n"));
        const Run zoned = runQuery(server, "select ts", formatOption("csv") + QStringList{QStringLiteral("--tz"), QStringLiteral("Asia/Shanghai")});
        QCOMPARE(zoned.out, QByteArray("ts\n2018-10-03T14:38:05.000+08:00\n"));
        const auto firstLine = [](const std::string &request) { return request.substr(0, request.find("\r\n")); };
        QVERIFY(firstLine(server.requests()[0]).find("Shanghai") == std::string::npos);
        QVERIFY(firstLine(server.requests()[1]).find("Shanghai") == std::string::npos);
    }

    void bytesThatAreNotUtf8()
    {
        const support::FaultServer server(support::alwaysAnswer(answers::http(
            answers::column("raw", "VARCHAR", {"\"a\xFF\"", "\"b\xFE\""}))));
        const Run csv = runQuery(server, "select raw", formatOption("csv"));
        QCOMPARE(csv.out, QByteArray("raw\na\xFF\nb\xFE\n"));
        QVERIFY(!csv.err.contains("UTF-8"));
        const Run json = runQuery(server, "select raw", formatOption("ndjson"));
        QCOMPARE(json.out, QByteArray("{\"raw\":\"a\xEF\xBF\xBD\"}\n{\"raw\":\"b\xEF\xBF\xBD\"}\n"));
        QCOMPARE(json.err.count("UTF-8"), 1);
        QVERIFY(json.err.contains("\"raw\""));
    }
};

ONDO_TEST(QueryTest)
#include "tst_query.moc"
