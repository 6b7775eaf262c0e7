// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/request.h"

#include "support/ondotest.h"

class RequestTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsLineHeadersAndBody()
    {
        const auto request = connector::parseRequest("# import\npost /rest/sql HTTP/1.1\r\n  ?tz=UTC\r\n  &timing=true\r\nX-A: 1\r\n# no header\r\nX-B:  two words \r\n\r\na;\r\nb\n\nc");
        QVERIFY(request.ok());
        QCOMPARE(request->method, std::string("POST"));
        QCOMPARE(request->target, std::string("/rest/sql?tz=UTC&timing=true"));
        QCOMPARE(request->headers.size(), std::size_t(2));
        QCOMPARE(request->headers[1].name, std::string("X-B"));
        QCOMPARE(request->headers[1].value, std::string("two words"));
        QCOMPARE(request->body, std::string("a;\r\nb\n\nc"));
    }

    void aRequestMayBeOneLine()
    {
        const auto request = connector::parseRequest("GET /-/ping");
        QVERIFY(request.ok());
        QCOMPARE(request->target, std::string("/-/ping"));
        QVERIFY(request->headers.empty() && request->body.empty());
    }

    void aLineThatIsNoHeaderIsNamed()
    {
        const auto request = connector::parseRequest("POST /x\nX-A: 1\nselect 1");
        QVERIFY(!request.ok());
        QCOMPARE(static_cast<int>(request.error().kind), static_cast<int>(core::ErrorKind::Usage));
        QCOMPARE(request.error().position.line.value(), 3);
    }

    void onlyTheOwnOriginIsTrusted_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<bool>("own");
        const auto row = [](const char *target, const char *url, bool own) { QTest::newRow(target) << QByteArray(target) << QByteArray(url) << own; };
        row("/x?a=b", "http://h:6041/x?a=b", true);
        row("http://h:6041/x", "http://h:6041/x", true);
        row("HTTP://H:6041", "HTTP://H:6041", true);
        row("http://h:6042/x", "http://h:6042/x", false);
        row("https://h:6041/x", "https://h:6041/x", false);
        row("http://h:6041@evil.example/x", "http://h:6041@evil.example/x", false);
        row("http://h:6041.evil.example/x", "http://h:6041.evil.example/x", false);
        row("//evil.example/x", "http://h:6041//evil.example/x", true);
    }
    void onlyTheOwnOriginIsTrusted()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, url);
        QFETCH(bool, own);
        const connector::RequestTarget resolved = connector::resolveTarget("http://h:6041", target.toStdString());
        QCOMPARE(QByteArray::fromStdString(resolved.url), url);
        QCOMPARE(resolved.isOwnOrigin, own);
    }

    void findsAndFillsVariables()
    {
        const std::string text = "POST /{{ db }}/x?{{a}}={{a}}\n\n{\"k\": {{ {}, \"v\": \"{{$base64 f.zip}}\", \"w\": \"{{w-1}}\", \"open\": \"{{\"}";
        QCOMPARE(connector::variablesOf(text), (std::vector<std::string>{"db", "a", "w-1"}));
        QCOMPARE(connector::withVariables(text, {{"db", "d{{a}}"}, {"w-1", ""}}),
            std::string("POST /d{{a}}/x?{{a}}={{a}}\n\n{\"k\": {{ {}, \"v\": \"{{$base64 f.zip}}\", \"w\": \"\", \"open\": \"{{\"}"));
        QVERIFY(connector::variablesOf("{{}} {{ }} {{a b}} {{").empty());
    }
};

ONDO_TEST(RequestTest)
#include "tst_request.moc"
