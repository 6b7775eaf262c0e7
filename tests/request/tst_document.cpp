// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/assemble.h"
#include "request/document.h"

#include "support/ondotest.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

// .http documents, as the JetBrains HTTP client and the VS Code REST Client write them.
class DocumentTest : public QObject
{
    Q_OBJECT
private:
    static core::Result<std::string> readAny(const std::string &path)
    {
        QFile file(QString::fromStdString(path));
        if (!file.open(QIODevice::ReadOnly)) {
            core::Error error;
            error.kind = core::ErrorKind::Usage;
            error.message = file.fileName();
            return error;
        }
        return file.readAll().toStdString();
    }
    static void write(const QTemporaryDir &dir, const char *name, const QByteArray &bytes)
    {
        QFile file(dir.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private Q_SLOTS:
    void partsAreTold()
    {
        const std::string text = "@host = http://h\n\n### First one\n# a comment\n// @no-redirect\nGET {{host}}/a\n    ?x=1\n    &y=2 HTTP/1.1\nAccept: */*\n# within\nX-A:b\n\n"
                                 "###\n# @name second\n# @unknown keep me\nPOST {{host}}/b\nContent-Type: application/json\n\n{\n  \"a\": 1\n}\n> a quote\n\n> {%\n  client.test();\n%}\n\n### last\nhttp://h/only\n";
        const auto document = request::parseDocument(text);
        QVERIFY(document.ok());
        QCOMPARE(QByteArray::fromStdString(document->text), QByteArray::fromStdString(text));
        QCOMPARE(document->entries.size(), std::size_t(3));
        const request::Entry &first = document->entries[0];
        QCOMPARE(first.name, std::string("First one"));
        QCOMPARE(first.line, 6);
        QVERIFY(first.has("no-redirect"));
        QCOMPARE(first.headers.size(), std::size_t(2));
        const request::Entry &second = document->entries[1];
        QCOMPARE(second.name, std::string("second"));
        QVERIFY(second.has("unknown"));
        QVERIFY(second.hasScripts);
        QCOMPARE(second.body.size(), std::size_t(1));
        QCOMPARE(second.body[0].text, std::string("{\n  \"a\": 1\n}\n> a quote"));
        QCOMPARE(document->entries[2].method, std::string("GET"));
        QCOMPARE(document->find("second"), &second);
        QCOMPARE(document->find("3"), &document->entries[2]);
        QVERIFY(!document->find("4"));
    }

    void mistakes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::newRow("no request") << QByteArray("### a\n\n  what is this?\n") << 3 << 3;
        QTest::newRow("no header") << QByteArray("GET http://h/\nA: b\nbody without an empty line\n") << 3 << 1;
        QTest::newRow("variable") << QByteArray("@a b\nGET http://h/\n") << 1 << 1;
        QTest::newRow("check") << QByteArray("# @expect status\nGET http://h/\n") << 1 << 11;
        QTest::newRow("script") << QByteArray("GET http://h/\n\n> {%\n x\n") << 3 << 1;
    }
    void mistakes()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        QFETCH(int, column);
        const auto document = request::parseDocument(text.toStdString());
        QVERIFY(!document);
        QCOMPARE(document.error().position.line.value_or(0), line);
        QCOMPARE(document.error().position.column.value_or(0), column);
    }

    void variablesAndFiles()
    {
        const QTemporaryDir dir;
        write(dir, "raw.bin", QByteArray("\x00{{host}}\xff", 10));
        write(dir, "filled.txt", "host is {{host}}");
        write(dir, ".env", "# x\nFROM_DOTENV=\"dot value\"\n");
        write(dir, "http-client.env.json", "{\"dev\": {\"host\": \"http://dev\", \"port\": 8080, \"user\": \"public\"}, \"prod\": {\"host\": \"http://prod\"}}");
        write(dir, "http-client.private.env.json", "{\"dev\": {\"user\": \"private-user\", \"key\": \"s3cr3t-key\"}}");
        qputenv("ONDO_REQUEST_TEST", "from process");
        const std::string folder = dir.path().toStdString();
        const auto environment = request::loadEnvironment(folder, "dev");
        QVERIFY(environment.ok());
        const auto document = request::parseDocument("@base = {{host}}:{{port}}\n@local = here\n"
                                                     "POST {{base}}/{{local}}/a b?u={{%user}}\nAuthorization: Basic {{user}} {{key}}\nX-Env: {{$processEnv ONDO_REQUEST_TEST}}|{{$dotenv FROM_DOTENV}}\n\n"
                                                     "begin\n< raw.bin\nthen\n<@ filled.txt\n{\"not\": \"{{ a variable }}\"}\n");
        QVERIFY(document.ok());
        request::Resolver resolver(*document, *environment, folder);
        const auto assembled = request::assembled(document->entries[0], resolver, readAny);
        QVERIFY2(assembled.ok(), assembled.ok() ? "" : qPrintable(core::toText(assembled.error())));
        QCOMPARE(assembled->target, std::string("http://dev:8080/here/a%20b?u=private-user"));
        QCOMPARE(assembled->headers[1].value, std::string("from process|dot value"));
        QCOMPARE(QByteArray::fromStdString(assembled->body), QByteArray("begin\n") + QByteArray("\x00{{host}}\xff", 10) + "\nthen\nhost is http://dev\n{\"not\": \"{{ a variable }}\"}");
        const auto ready = request::readyFrom(*assembled, document->entries[0], resolver, false, {});
        QVERIFY(ready.ok());
        QCOMPARE(ready->request.headers[0].value, "Basic " + QByteArray("private-user:s3cr3t-key").toBase64().toStdString());
        QVERIFY(ready->request.headers[0].secret);
        QVERIFY(ready->request.headers[1].secret);
        QVERIFY(!ready->request.urlSecrets.empty());
    }

    void unknownNames()
    {
        const QTemporaryDir dir;
        write(dir, "http-client.env.json", "{\"dev\": {}, \"staging\": {}}");
        const auto environment = request::loadEnvironment(dir.path().toStdString(), "live");
        QVERIFY(!environment);
        QVERIFY(environment.error().hint.contains(QStringLiteral("dev, staging")));
        const auto document = request::parseDocument("GET http://h/\nX-A: b{{missing}}\n");
        request::Resolver resolver(*document, {}, {});
        const auto assembled = request::assembled(document->entries[0], resolver, readAny);
        QVERIFY(!assembled);
        QCOMPARE(assembled.error().position.line.value_or(0), 2);
        QCOMPARE(assembled.error().position.column.value_or(0), 7);
        const auto circle = request::parseDocument("@a = {{b}}\n@b = {{a}}\nGET http://h/{{a}}\n");
        request::Resolver turning(*circle, {}, {});
        QVERIFY(!request::assembled(circle->entries[0], turning, readAny));
    }

    void answersGiveValues()
    {
        const auto document = request::parseDocument("GET http://h/{{login.response.body.$.data.tokens[1]}}/{{login.response.body./data/big}}/{{login.response.headers.x-id}}\n");
        request::Resolver resolver(*document, {}, {});
        QVERIFY(!request::assembled(document->entries[0], resolver, readAny));
        request::KeptAnswer answer;
        answer.head.headers = {{"X-Id", "42", false}};
        answer.body = "{\"data\": {\"tokens\": [\"a\", \"b\\u0063\"], \"big\": 18446744073709551615}}";
        resolver.keepAnswer("login", answer);
        const auto assembled = request::assembled(document->entries[0], resolver, readAny);
        QVERIFY(assembled.ok());
        QCOMPARE(assembled->target, std::string("http://h/bc/18446744073709551615/42"));
    }

    void checks_data()
    {
        QTest::addColumn<QByteArray>("check");
        QTest::addColumn<bool>("holds");
        const auto row = [](const char *check, bool holds) { QTest::newRow(check) << QByteArray(check) << holds; };
        row("status 200", true);
        row("status == 201", false);
        row("status < 400", true);
        row("status 2xx", true);
        row("header content-type contains json", true);
        row("header x-none missing", true);
        row("/a/0 == 5", true);
        row("/a/0 == 5.00", true);
        row("/a/0 == \"5\"", true);
        row("/a/1 == 9007199254740993", true);
        row("/a/1 == 9007199254740992", false);
        row("/a/1 > 9007199254740992", true);
        row("/a exists", true);
        row("/a/7 missing", true);
        row("/s == two words", true);
        row("/s matches ^two\\s", true);
        row("/o == {\"k\":null}", true);
        row("$.a[0] >= 5", true);
        row("/x~1y == true", true);
        row("body contains two", true);
        row("/none == 1", false);
        row("/none != 1", true);
    }
    void checks()
    {
        QFETCH(QByteArray, check);
        QFETCH(bool, holds);
        const auto parsed = request::parseCheck(check.toStdString(), 1, 1);
        QVERIFY(parsed.ok());
        http::Head head;
        head.status = 200;
        head.headers = {{"Content-Type", "application/json", false}};
        const auto result = request::evaluate(*parsed, head, "{\"a\": [5, 9007199254740993], \"s\": \"two words\", \"o\": { \"k\" : null }, \"x/y\": true}");
        QCOMPARE(result.holds, holds);
    }
};

ONDO_TEST(DocumentTest)
#include "tst_document.moc"
