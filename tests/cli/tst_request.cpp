// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "program.h"

#include "support/ondotest.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

// "ondograph request", run as others run it.
class RequestCommandTest : public QObject
{
    Q_OBJECT
private:
    static QString file(const QTemporaryDir &dir, const char *name, const QByteArray &bytes)
    {
        const QString path = dir.filePath(QString::fromLatin1(name));
        QFile out(path);
        if (out.open(QIODevice::WriteOnly))
            out.write(bytes);
        return path;
    }

private Q_SLOTS:
    void theBodyComesAsItIs()
    {
        const std::string body("\x00\x01 raw \xff\r\n", 10);
        support::FaultServer server(support::alwaysAnswer("HTTP/1.1 418 I'm a teapot\r\nX-A: 1\r\nContent-Length: 10\r\n\r\n" + body));
        const QString url = QString::fromStdString(server.url("/x?y=1"));
        const Run plain = Program({QStringLiteral("request"), QStringLiteral("POST"), url, QStringLiteral("-H"), QStringLiteral("X-B: two  words"), QStringLiteral("-d"), QStringLiteral("###\n> a\n")}).run();
        QCOMPARE(plain.exitCode, 0);
        QCOMPARE(plain.out, QByteArray::fromStdString(body));
        const QByteArray sent = QByteArray::fromStdString(server.requests().at(0));
        QVERIFY(sent.startsWith("POST /x?y=1 HTTP/1.1\r\n"));
        QVERIFY(sent.contains("\r\nX-B: two  words\r\n"));
        QVERIFY(sent.endsWith("\r\n\r\n###\n> a\n"));
        const Run head = Program({QStringLiteral("request"), QStringLiteral("GET"), url, QStringLiteral("--include"), QStringLiteral("--fail")}).run();
        QCOMPARE(head.exitCode, 1);
        QVERIFY(head.out.startsWith("HTTP/1.1 418 I'm a teapot\r\nX-A: 1\r\n"));
    }

    void statusDecidesWithFail_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        for (const auto &[status, code] : {std::pair(200, 0), std::pair(404, 1), std::pair(401, 4), std::pair(403, 4), std::pair(407, 4), std::pair(408, 3), std::pair(500, 1), std::pair(502, 3), std::pair(504, 3)})
            QTest::addRow("%d", status) << status << code;
    }
    void statusDecidesWithFail()
    {
        QFETCH(int, status);
        QFETCH(int, code);
        support::FaultServer server(support::alwaysAnswer(answers::http("{}", std::to_string(status) + " X")));
        QCOMPARE(Program({QStringLiteral("request"), QStringLiteral("GET"), QString::fromStdString(server.url()), QStringLiteral("--fail")}).run().exitCode, code);
    }

    void unreachableIsThree()
    {
        const QString url = QStringLiteral("http://127.0.0.1:%1/").arg(support::closedPort());
        QCOMPARE(Program({QStringLiteral("request"), QStringLiteral("GET"), url}).run().exitCode, 3);
    }

    void dryRunSendsNothing()
    {
        const Run run = Program({QStringLiteral("request"), QStringLiteral("--dry-run"), QStringLiteral("POST"), QStringLiteral("http://nowhere.invalid/a?token=hidden-1"), QStringLiteral("-H"),
            QStringLiteral("Authorization: Basic user hidden-2"), QStringLiteral("--json"), QStringLiteral("{\"a\": 1}")})
                            .run();
        QCOMPARE(run.exitCode, 0);
        const QJsonObject object = QJsonDocument::fromJson(run.out).object();
        QCOMPARE(object.keys(), (QStringList{QStringLiteral("body"), QStringLiteral("headers"), QStringLiteral("method"), QStringLiteral("url")}));
        QCOMPARE(object[QStringLiteral("url")].toString(), QStringLiteral("http://nowhere.invalid/a?token=***"));
        QCOMPARE(object[QStringLiteral("body")].toString(), QStringLiteral("{\"a\": 1}"));
        QVERIFY(object[QStringLiteral("headers")].toArray().contains(QJsonArray{QStringLiteral("Authorization"), QStringLiteral("***")}));
        QVERIFY(object[QStringLiteral("headers")].toArray().contains(QJsonArray{QStringLiteral("Content-Type"), QStringLiteral("application/json")}));
        QVERIFY(!run.out.contains("hidden"));
        const Run bytes = Program({QStringLiteral("request"), QStringLiteral("--dry-run"), QStringLiteral("PUT"), QStringLiteral("http://h/"), QStringLiteral("-d"), QStringLiteral("@-")}).input(QByteArray("\xff\x00", 2)).run();
        QVERIFY(bytes.out.contains("\"body\":{\"base64\":\"/wA=\"}"));
    }

    void badCommandLines_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const QStringList &arguments, const char *said) { QTest::newRow(name) << arguments << QString::fromLatin1(said); };
        row("nothing", {}, "No request");
        row("two", {QStringLiteral("GET"), QStringLiteral("http://h/"), QStringLiteral("--curl"), QStringLiteral("curl h")}, "More than one");
        row("word", {QStringLiteral("nonsense")}, "neither a request");
        row("form", {QStringLiteral("GET"), QStringLiteral("http://h/"), QStringLiteral("--as"), QStringLiteral("pyhton")}, "Did you mean python");
        row("path without host", {QStringLiteral("GET"), QStringLiteral("/x")}, "no host");
        row("header", {QStringLiteral("GET"), QStringLiteral("http://h/"), QStringLiteral("-H"), QStringLiteral("nothing")}, "Name: value");
        row("curl option", {QStringLiteral("--curl"), QStringLiteral("curl h \\\n --frob")}, "line 2, column 2");
        row("file", {QStringLiteral("-F"), QStringLiteral("/nonexistent/a.http")}, "/nonexistent/a.http");
    }
    void badCommandLines()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        const Run run = Program(QStringList{QStringLiteral("request")} + arguments).run();
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.err.contains(said.toUtf8()), run.err.constData());
        QVERIFY(run.out.isEmpty());
    }

    void documentsRunInOrder()
    {
        support::FaultServer server([](support::Connection &connection) {
            for (std::string request = connection.readRequest(); !request.empty(); request = connection.readRequest()) {
                const bool isLogin = request.starts_with("POST /login");
                connection.send(answers::http(isLogin ? "{\"token\": \"t-123\", \"list\": [7]}" : "{\"ok\": true, \"n\": [5]}"));
            }
        });
        const QTemporaryDir dir;
        const QString path = file(dir, "flow.http", ("@base = " + server.url("") + "\n### \n# @name login\n# @expect status 200\n# @expect /token exists\nPOST {{base}}/login\n\nuser\n\n> {% client.log(); %}\n"
                                                     "### second\n# @expect /n/0 == 5\nGET {{base}}/data/{{login.response.body./list/0}}\nX-Token: {{login.response.body.$.token}}\n"
                                                     "### third\n# @expect /n/0 == 6\nGET {{base}}/last\n").c_str());
        const Run all = Program({QStringLiteral("request"), QStringLiteral("-F"), path}).run();
        QCOMPARE(all.exitCode, 1);
        QCOMPARE(all.out, QByteArray("{\"token\": \"t-123\", \"list\": [7]}\n{\"ok\": true, \"n\": [5]}\n{\"ok\": true, \"n\": [5]}"));
        QVERIFY2(all.err.contains("/n/0 == 6") && all.err.contains("3 requests, 1 failed"), all.err.constData());
        QCOMPARE(all.err.count("Scripts of other clients"), 1);
        const QByteArray second = QByteArray::fromStdString(server.requests().at(1));
        QVERIFY(second.startsWith("GET /data/7 ") && second.contains("X-Token: t-123\r\n"));
        const Run one = Program({QStringLiteral("request"), path + QStringLiteral("#second")}).run(); // needs the log-in
        QCOMPARE(one.exitCode, 0);
        QCOMPARE(server.requests().size(), std::size_t(5));
        QCOMPARE(Program({QStringLiteral("request"), path + QStringLiteral("#fourth")}).run().exitCode, 2);
    }

    void aConnectionsLogInGoesAlong()
    {
        support::FaultServer server(support::alwaysAnswer(answers::http(answers::rows(1))));
        const Run run = Program({QStringLiteral("request"), QStringLiteral("--url"), answers::target(server), QStringLiteral("POST"), QStringLiteral("/rest/sql"), QStringLiteral("-d"), QStringLiteral("select 1")}).run();
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.out, QByteArray::fromStdString(answers::rows(1)));
        const QByteArray sent = QByteArray::fromStdString(server.requests().at(0));
        QVERIFY(sent.contains("Authorization: Basic cm9vdDp0YW9zZGF0YQ==\r\n"));
        const Run dry = Program({QStringLiteral("request"), QStringLiteral("--dry-run"), QStringLiteral("--url"), answers::target(server), QStringLiteral("GET"), QStringLiteral("/rest/x")}).run();
        QCOMPARE(dry.exitCode, 0);
        QVERIFY(dry.out.contains("[\"Authorization\",\"***\"]"));
        QCOMPARE(server.requests().size(), std::size_t(1));
    }

    void curlLinesAreSentAsCurlSends()
    {
        support::FaultServer server(support::alwaysAnswer(answers::http("ok")));
        const QString base = QString::fromStdString(server.url(""));
        const Run run = Program({QStringLiteral("request"), QStringLiteral("--curl"), QStringLiteral("curl -s %1/a%20b?q=100% -H 'X-A;' -d 'x=1' -d '{{y}}'").arg(base)}).run();
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.out, QByteArray("ok"));
        const QByteArray sent = QByteArray::fromStdString(server.requests().at(0));
        QVERIFY(sent.startsWith("POST /a%20b?q=100% HTTP/1.1\r\n"));
        for (const char *line : {"\r\nAccept: */*\r\n", "\r\nUser-Agent: curl/", "\r\nContent-Type: application/x-www-form-urlencoded\r\n", "\r\nX-A:\r\n", "\r\n\r\nx=1&{{y}}"})
            QVERIFY2(sent.contains(line), line);
        QVERIFY(run.err.contains("-s"));
    }
};

ONDO_TEST(RequestCommandTest)
#include "tst_request.moc"
