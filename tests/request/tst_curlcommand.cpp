// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/curlcommand.h"
#include "request/curloptions.h"
#include "request/jsonform.h"

#include "support/ondotest.h"

#include <QProcess>
#include <QRegularExpression>

// Command lines of curl read as requests. What curl itself sends for several hundred of them: tests/interop/curl.sh.
class CurlCommandTest : public QObject
{
    Q_OBJECT
private:
    static core::Result<request::Reading> read(const std::string &text)
    {
        return request::readCurl(text, [](const std::string &path) -> core::Result<std::string> {
            if (path == "body.txt")
                return std::string("from\r\nfile\n");
            core::Error error;
            error.kind = core::ErrorKind::Usage;
            error.message = QStringLiteral("no file");
            return error;
        });
    }

private Q_SLOTS:
    void requests_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *text, const char *method, const char *url, const char *body) { QTest::newRow(text) << QByteArray(text) << QByteArray(method) << QByteArray(url) << QByteArray(body); };
        row("curl h", "GET", "http://h/", "");
        row("curl -d a -d b h/x", "POST", "http://h/x", "a&b");
        row("curl -sSXPUT -da=1 h", "PUT", "http://h/", "a=1");
        row("curl -G -d 'a b' 'h/x?y=1'", "GET", "", "");
        row("curl -G --data-urlencode 'q=a b/ü' 'h/x?y=1'", "GET", "http://h/x?y=1&q=a+b%2f%c3%bc", "");
        row("curl --data-urlencode 'q=a b/' h", "POST", "http://h/", "q=a+b%2F");
        row("curl -d @body.txt h", "POST", "http://h/", "fromfile");
        row("curl --data-binary @body.txt h", "POST", "http://h/", "from\r\nfile\n");
        row("curl --data-raw @body.txt h", "POST", "http://h/", "@body.txt");
        row("curl --json '{\"a\":' --json '1}' h", "POST", "http://h/", "{\"a\":1}");
        row("curl -T body.txt h/dir/", "PUT", "http://h/dir/body.txt", "from\r\nfile\n");
        row("curl h/a/../b/./c#frag", "GET", "http://h/b/c", "");
        row("curl --path-as-is h/a/../b", "GET", "http://h/a/../b", "");
        row("curl -g 'h/[1]{x}'", "GET", "http://h/[1]{x}", "");
    }
    void requests()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, body);
        const auto reading = read(text.toStdString());
        if (url.isEmpty()) { // a blank that nothing encodes
            QVERIFY(!reading);
            return;
        }
        QVERIFY(reading.ok());
        const http::Request &request = reading->requests.at(0).request;
        QCOMPARE(QByteArray::fromStdString(request.method), method);
        QCOMPARE(QByteArray::fromStdString(request.url), url);
        QCOMPARE(QByteArray::fromStdString(request.body), body);
    }

    void severalRequests()
    {
        const auto reading = read("curl 'h/{a,b}[1-2]' -d x --next -I h/last");
        QVERIFY(reading.ok());
        QStringList urls;
        for (const request::Ready &ready : reading->requests)
            urls << QString::fromStdString(ready.request.method + ' ' + ready.request.url);
        QCOMPARE(urls, (QStringList{QStringLiteral("POST http://h/a1"), QStringLiteral("POST http://h/a2"), QStringLiteral("POST http://h/b1"), QStringLiteral("POST http://h/b2"), QStringLiteral("HEAD http://h/last")}));
    }

    void mistakes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        const auto row = [](const char *text, int line, int column) { QTest::newRow(text) << QByteArray(text) << line << column; };
        row("curl --nonsense h", 1, 6);
        row("curl h \\\n  --data=x", 2, 3);
        row("curl -sSy", 1, 6);
        row("curl h -d", 1, 8);
        row("curl -s@ h", 1, 8);
        row("curl --dat x h", 1, 6);
        row("curl 'h/[x]'", 1, 8);
        row("curl -d @missing h", 1, 9);
        row("wget h", 1, 1);
    }
    void mistakes()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        QFETCH(int, column);
        const auto reading = read(text.toStdString());
        QVERIFY(!reading);
        QCOMPARE(core::exitCode(reading.error().kind), 2);
        QCOMPARE(reading.error().position.line.value_or(0), line);
        QCOMPARE(reading.error().position.column.value_or(0), column);
    }

    void ignoredOptionsAreNamed()
    {
        const auto reading = read("curl -sS --limit-rate 1M -o out.txt --http2 h");
        QVERIFY(reading.ok());
        const QString all = reading->notices.join(QLatin1Char('\n'));
        for (const char *name : {"-s", "-S", "--limit-rate", "-o", "--http2"})
            QVERIFY2(all.contains(QLatin1String(name)), name);
        QVERIFY(!all.contains(QStringLiteral("out.txt")));
    }

    void secretsAreNotShown()
    {
        const auto reading = read("curl -u user:hidden-1 -b 'sid=hidden-2' -H 'X-Api-Key: hidden-3' 'h/?access_token=hidden-4&x=1'");
        QVERIFY(reading.ok());
        const std::string shown = request::toJson(reading->requests.at(0), false);
        QVERIFY(shown.find("hidden") == std::string::npos);
        QVERIFY(shown.find("dXNlcjpoaWRkZW4tMQ") == std::string::npos);
        QVERIFY(shown.find("access_token=***&x=1") != std::string::npos);
        const std::string told = request::toJson(reading->requests.at(0), true);
        for (const char *secret : {"dXNlcjpoaWRkZW4tMQ", "hidden-2", "hidden-3", "hidden-4"})
            QVERIFY2(told.find(secret) != std::string::npos, secret);
    }

    // The table is that of the installed curl, whose count and kinds of options it repeats.
    void everyOptionOfCurlIsKnown()
    {
        QProcess curl;
        curl.start(QStringLiteral("curl"), {QStringLiteral("--help"), QStringLiteral("all")});
        QVERIFY(curl.waitForFinished());
        static const QRegularExpression option(QStringLiteral("^\\s*(?:-(.), )?\\s*--([a-z0-9.-]+)(?: ([<\\[]))?"), QRegularExpression::MultilineOption);
        int count = 0;
        auto matches = option.globalMatch(QString::fromUtf8(curl.readAllStandardOutput()));
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            const auto found = request::findCurlOption(match.captured(2).toStdString());
            QVERIFY2(found.option, qPrintable(match.captured(2)));
            QCOMPARE(found.option->takesValue, !match.captured(3).isEmpty());
            if (!match.captured(1).isEmpty())
                QCOMPARE(request::findCurlOption(match.captured(1)[0].toLatin1()), found.option);
            ++count;
        }
        QVERIFY(count > 200);
    }
};

ONDO_TEST(CurlCommandTest)
#include "tst_curlcommand.moc"
