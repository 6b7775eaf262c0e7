// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/why.h"

#include <atomic>

#include <zlib.h>

namespace {

constexpr auto kNoDeadline = std::chrono::steady_clock::time_point::max();

std::string gzipped(std::string_view text)
{
    z_stream stream {};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string withLength(std::string_view body, std::string_view headers = {})
{
    return "HTTP/1.1 200 OK\r\n" + std::string(headers) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n"
        + std::string(body);
}

http::Request reading(const std::string &url)
{
    http::Request request;
    request.url = url;
    request.safeToRepeat = true;
    return request;
}

} // namespace

// What goes over the wire, byte for byte, and that it does not matter how the answer is cut up on its way.
class WireTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAnswersCutAtEveryByte_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("keeps");
        const auto row = [](const char *name, const std::string &answer, bool keeps) {
            QTest::newRow(name) << QByteArray::fromStdString(answer) << keeps;
        };
        row("length", withLength("hello world"), true);
        row("chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6;x=y\r\nhello \r\n5\r\nworld\r\n0\r\nX-Sum: 1\r\n\r\n", true);
        row("interim", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + withLength("hello world"), true);
        row("until close", "HTTP/1.1 200 OK\r\n\r\nhello world", false);
        row("1.0", "HTTP/1.0 200 OK\r\nServer: old\r\n\r\nhello world", false);
        row("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 11\n\nhello world", true);
        row("gzip", withLength(gzipped("hello world"), "Content-Encoding: gzip\r\n"), true);
        row("two gzip members", withLength(gzipped("hello ") + gzipped("world"), "Content-Encoding: GZIP\r\n"), true);
    }
    void readsAnswersCutAtEveryByte()
    {
        QFETCH(QByteArray, answer);
        QFETCH(bool, keeps);
        const std::string bytes = answer.toStdString();
        std::atomic<std::size_t> cut = 1;
        support::FaultServer server([&](support::Connection &connection) {
            while (!connection.readRequest().empty()) {
                connection.send(std::string_view(bytes).substr(0, cut));
                connection.waitUntilTaken();
                connection.send(std::string_view(bytes).substr(cut));
                if (!keeps)
                    return;
            }
        });
        const auto client = http::createClient({});
        for (; cut < bytes.size(); ++cut) {
            auto sent = client->send(reading(server.url()), {});
            QVERIFY2(sent.ok(), qPrintable(QString::number(cut)));
            QCOMPARE((*sent)->head().status, 200);
            const auto body = http::readAll(**sent, 1000);
            ONDO_VERIFY_OK(body);
            QCOMPARE(*body, std::string("hello world"));
            QCOMPARE((*sent)->exchange().keptConnection, keeps && cut > 1);
        }
        QCOMPARE(server.connectionCount(), keeps ? 1 : static_cast<int>(bytes.size()) - 1);
    }

    void readsAnswersThatComeByteByByte()
    {
        const std::string chunked = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 207 Multi\r\nTransfer-Encoding: chunked\r\nX: 1\r\n\r\n";
        support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            connection.sendByteByByte(chunked + "3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n");
        });
        const auto client = http::createClient({});
        auto sent = client->send(reading(server.url()), {});
        QVERIFY(sent.ok());
        QCOMPARE((*sent)->head().status, 207);
        QCOMPARE((*sent)->head().reason, std::string("Multi"));
        QCOMPARE((*sent)->head().header("x"), std::string_view("1"));
        QCOMPARE(http::readAll(**sent, 100).valueOr({}), std::string("abcd"));
        const http::Exchange exchange = (*sent)->exchange();
        QVERIFY(exchange.finished && !exchange.error);
        QCOMPARE(exchange.bodyBytes, 4);
        QCOMPARE(exchange.bodyStart, std::string("abcd"));
    }

    void answersWithoutABodyEnd_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("HEAD") << QByteArray("HEAD") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        QTest::newRow("HEAD of br") << QByteArray("HEAD") << QByteArray("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n");
        QTest::newRow("204") << QByteArray("GET") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n");
        QTest::newRow("304") << QByteArray("GET") << QByteArray("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n");
        QTest::newRow("empty") << QByteArray("PUT") << QByteArray("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("empty gzip") << QByteArray("GET")
                                    << QByteArray("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n");
    }
    void answersWithoutABodyEnd()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, answer);
        support::FaultServer server(support::alwaysAnswer(answer.toStdString()));
        const auto client = http::createClient({});
        for (int i = 0; i < 2; ++i) {
            http::Request request = reading(server.url());
            request.method = method.toStdString();
            auto sent = client->send(request, {});
            QVERIFY(sent.ok());
            QCOMPARE(http::readAll(**sent, 100).valueOr("failed"), std::string());
        }
        QCOMPARE(server.connectionCount(), 1);
    }

    void sendsNothingOfItsOwn()
    {
        support::FaultServer server(support::alwaysAnswer(withLength("{}")));
        const auto client = http::createClient({ .userAgent = "Ondograph/1" });
        http::Request request;
        request.method = "POST";
        request.url = server.url("/a/../b%2fc/./d?x=%2F&y=[1]");
        request.headers = { { "X-Empty", "" }, { "Authorization", "Basic c2VjcmV0", true } };
        request.body = std::string("a\0'b\r\n\xff", 7);
        auto sent = client->send(request, {});
        QVERIFY(sent.ok());
        const std::string host = "127.0.0.1:" + std::to_string(server.port());
        const std::string expected = "POST /a/../b%2fc/./d?x=%2F&y=[1] HTTP/1.1\r\nHost: " + host
            + "\r\nUser-Agent: Ondograph/1\r\nX-Empty:\r\nAuthorization: Basic c2VjcmV0\r\nAccept-Encoding: gzip\r\n"
              "Content-Length: 7\r\n\r\n"
            + request.body;
        QCOMPARE(server.requests().at(0), expected);

        const http::Exchange exchange = (*sent)->exchange();
        std::string shown;
        for (const http::Header &header : exchange.requestHeaders)
            shown += header.name + ": " + header.value + "\n";
        QCOMPARE(shown, "Host: " + host + "\nUser-Agent: Ondograph/1\nX-Empty: \nAuthorization: ***\nAccept-Encoding: gzip\nContent-Length: 7\n");
        QCOMPARE(exchange.requestBody, request.body);
        QCOMPARE(exchange.remoteAddress, host);
        QVERIFY(!exchange.keptConnection);
        QVERIFY(exchange.timings.connect >= 0 && exchange.timings.sent >= exchange.timings.connect);
        QVERIFY(exchange.timings.firstByte >= exchange.timings.sent && exchange.timings.tls == -1);
    }

    void sendsTheMethodAsItIs_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("hasLength");
        QTest::newRow("get") << QByteArray("GET") << QByteArray() << false;
        QTest::newRow("get with body") << QByteArray("GET") << QByteArray("{}") << true;
        QTest::newRow("delete") << QByteArray("DELETE") << QByteArray() << false;
        QTest::newRow("empty post") << QByteArray("POST") << QByteArray() << true;
        QTest::newRow("empty put") << QByteArray("PUT") << QByteArray() << true;
        QTest::newRow("patch") << QByteArray("PATCH") << QByteArray("x") << true;
        QTest::newRow("own") << QByteArray("PURGE") << QByteArray() << false;
        // libcurl would ask for "100 Continue" first.
        QTest::newRow("large") << QByteArray("POST") << QByteArray(3'000'000, 'x') << true;
    }
    void sendsTheMethodAsItIs()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, body);
        QFETCH(bool, hasLength);
        support::FaultServer server(support::alwaysAnswer(withLength("ok")));
        const auto client = http::createClient({});
        http::Request request = reading(server.url());
        request.method = method.toStdString();
        request.body = body.toStdString();
        request.acceptGzip = false;
        auto sent = client->send(request, {});
        QVERIFY(sent.ok());
        QCOMPARE(server.requests().size(), std::size_t(1));
        const std::string expected = request.method + " / HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port())
            + "\r\nUser-Agent: Ondograph\r\n" + (hasLength ? "Content-Length: " + std::to_string(body.size()) + "\r\n" : "")
            + "\r\n" + request.body;
        QVERIFY(server.requests()[0] == expected);
    }

    void showsALongHeadAsSent()
    {
        support::FaultServer server(support::alwaysAnswer(withLength("ok")));
        const auto client = http::createClient({});
        http::Request request = reading(server.url());
        for (int i = 0; i < 100; ++i)
            request.headers.push_back({ "X-" + std::to_string(i), std::string(9'000, 'v'), i == 50 });
        auto sent = client->send(request, {});
        ONDO_VERIFY_OK(sent);
        const http::Exchange exchange = (*sent)->exchange();
        QCOMPARE(exchange.requestHeaders.size(), std::size_t(103));
        QCOMPARE(exchange.requestHeaders.at(2 + 50).value, std::string("***"));
        QCOMPARE(exchange.requestHeaders.at(2 + 51).name, std::string("X-51"));
    }

    void undoesGzipAndCountsTheWire()
    {
        const std::string text(1'000'000, 'a');
        const std::string packed = gzipped(text);
        support::FaultServer server(support::alwaysAnswer(withLength(packed, "Content-Encoding: gzip\r\n")));
        const auto client = http::createClient({});
        auto sent = client->send(reading(server.url()), {});
        QVERIFY(sent.ok());
        QVERIFY(http::readAll(**sent, 2'000'000).valueOr({}) == text);
        QCOMPARE((*sent)->exchange().wireBytes, static_cast<std::int64_t>(packed.size()));
        QCOMPARE((*sent)->exchange().bodyBytes, 1'000'000);
        QCOMPARE((*sent)->exchange().bodyStart.size(), http::Exchange::kBodyKept);
    }

    void smallSpansAndDeadlinesWork()
    {
        support::Gate gate;
        support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
            connection.waitFor(gate);
            connection.send("def");
        });
        const auto client = http::createClient({});
        auto sent = client->send(reading(server.url()), {});
        QVERIFY(sent.ok());
        std::string body;
        char byte = 0;
        while (body.size() < 3) {
            const auto read = (*sent)->read({ &byte, 1 }, kNoDeadline);
            QVERIFY(read.ok() && read->state == http::Answer::Read::Data && read->size == 1);
            body += byte;
        }
        const auto nothing = (*sent)->read({ &byte, 1 }, std::chrono::steady_clock::now() + std::chrono::milliseconds(5));
        QVERIFY(nothing.ok() && nothing->state == http::Answer::Read::Waiting);
        QVERIFY(!(*sent)->exchange().finished);
        gate.open();
        QCOMPARE(body + http::readAll(**sent, 10).valueOr({}), std::string("abcdef"));
        const auto again = (*sent)->read({ &byte, 1 }, kNoDeadline);
        QVERIFY(again.ok() && again->state == http::Answer::Read::End);
    }

    void readAllHasALimit()
    {
        support::FaultServer server(support::alwaysAnswer(withLength(std::string(5000, 'x'))));
        const auto client = http::createClient({});
        auto sent = client->send(reading(server.url()), {});
        QVERIFY(sent.ok());
        const auto body = http::readAll(**sent, 4999);
        QVERIFY(!body.ok());
        QCOMPARE(body.error().kind, core::ErrorKind::Limit);
    }

    void speaksToIpv6()
    {
        support::FaultServer server(support::alwaysAnswer(withLength("six")), { .useIpv6 = true, .tls = {} });
        const auto client = http::createClient({});
        auto sent = client->send(reading(server.url()), {});
        ONDO_VERIFY_OK(sent);
        QCOMPARE(http::readAll(**sent, 10).valueOr({}), std::string("six"));
        QCOMPARE((*sent)->exchange().remoteAddress, "[::1]:" + std::to_string(server.port()));
    }

    void proxiesOfTheEnvironmentAreNotUsed()
    {
        const auto proxy = "http://127.0.0.1:" + std::to_string(support::closedPort());
        const QByteArray value = QByteArray::fromStdString(proxy);
        for (const char *name : { "http_proxy", "all_proxy", "ALL_PROXY" })
            qputenv(name, value);
        support::FaultServer server(support::alwaysAnswer(withLength("direct")));
        auto sent = http::createClient({})->send(reading(server.url()), {});
        for (const char *name : { "http_proxy", "all_proxy", "ALL_PROXY" })
            qunsetenv(name);
        ONDO_VERIFY_OK(sent);
    }

    void usesTheProxyOfTheProfile()
    {
        support::FaultServer proxy(support::alwaysAnswer(withLength("by proxy")));
        http::Transport transport;
        transport.proxyUrl = "http://me:pr0xyPass@127.0.0.1:" + std::to_string(proxy.port());
        const auto client = http::createClient(transport);
        auto sent = client->send(reading("http://db.invalid/x"), {});
        ONDO_VERIFY_OK(sent);
        QCOMPARE(http::readAll(**sent, 10).valueOr({}), std::string("by proxy"));
        QVERIFY(proxy.requests().at(0).starts_with("GET http://db.invalid/x HTTP/1.1\r\n"));
        QVERIFY(proxy.requests().at(0).find("Proxy-Authorization: Basic bWU6cHIweHlQYXNz") != std::string::npos);
        const std::string shown = http::toText((*sent)->exchange());
        QVERIFY(shown.find("Proxy-Authorization: ***") != std::string::npos);
        QVERIFY(shown.find("bWU6") == std::string::npos);
    }

    void redirectsComeBack()
    {
        support::FaultServer server(support::alwaysAnswer("HTTP/1.1 307 Go\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"));
        auto sent = http::createClient({})->send(reading(server.url()), {});
        QVERIFY(sent.ok());
        QCOMPARE((*sent)->head().status, 307);
        QCOMPARE((*sent)->head().header("LOCATION"), std::string_view("/other"));
        QCOMPARE(server.requests().size(), std::size_t(1));
    }

    void refusesWhatMustNotBeSent_data()
    {
        QTest::addColumn<QByteArray>("what");
        for (const char *what : { "name", "value", "method", "url", "scheme", "user", "head", "blank" })
            QTest::newRow(what) << QByteArray(what);
    }
    void refusesWhatMustNotBeSent()
    {
        QFETCH(QByteArray, what);
        support::FaultServer server(support::alwaysAnswer(withLength("ok")));
        http::Request request = reading(server.url());
        if (what == "name")
            request.headers = { { "X: Y", "v" } };
        else if (what == "value")
            request.headers = { { "X", "v\r\nInjected: 1" } };
        else if (what == "method")
            request.method = "GET / HTTP/1.1\r\nX:";
        else if (what == "url")
            request.url = "nothing";
        else if (what == "scheme")
            request.url = "file:///etc/passwd";
        else if (what == "user")
            request.url = "http://root:hunter22@127.0.0.1/";
        else if (what == "head")
            request.method = "HEAD", request.body = "x";
        else
            request.url += "a b";
        http::Exchange failed;
        const auto sent = http::createClient({})->send(request, {}, &failed);
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Usage);
        QVERIFY(!core::toText(sent.error()).contains(QLatin1String("hunter22")));
        QCOMPARE(server.connectionCount(), 0);
    }
};

ONDO_TEST(WireTest)
#include "tst_wire.moc"
