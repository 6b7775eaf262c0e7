// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/why.h"

namespace {

http::Request get(const std::string &url, bool safeToRepeat = true)
{
    http::Request request;
    request.url = url;
    request.safeToRepeat = safeToRepeat;
    return request;
}

struct Outcome {
    std::string body; // what came before the end or the error
    std::optional<core::Error> error;
    http::Exchange exchange;
};

Outcome fetch(const http::Request &request)
{
    Outcome outcome;
    const auto client = http::createClient({ .retries = 0 });
    auto sent = client->send(request, {}, &outcome.exchange);
    if (!sent) {
        outcome.error = sent.error();
        return outcome;
    }
    char buffer[4096];
    for (;;) {
        auto read = (*sent)->read(buffer, std::chrono::steady_clock::time_point::max());
        if (!read)
            outcome.error = read.error();
        if (!read || read->state == http::Answer::Read::End)
            break;
        outcome.body.append(buffer, read->size);
    }
    outcome.exchange = (*sent)->exchange();
    return outcome;
}

Outcome fetchFrom(const std::string &answer, bool safeToRepeat = true)
{
    support::FaultServer server([&](support::Connection &connection) {
        connection.readRequest();
        connection.send(answer);
    });
    return fetch(get(server.url(), safeToRepeat));
}

} // namespace

// Servers whose answer is not what HTTP promises. No broken body may look like a whole one.
class BrokenAnswersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyCutOfABodyIsAnError_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789");
        QTest::newRow("chunked") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n");
    }
    void everyCutOfABodyIsAnError()
    {
        QFETCH(QByteArray, answer);
        const std::string bytes = answer.toStdString();
        const std::string whole = "0123456789";
        // The line feed that ends the last chunk's empty trailer may be missing: all that counts has come.
        const std::size_t needed = bytes.size() - (bytes.ends_with("\r\n\r\n") ? 1 : 0);
        for (std::size_t size = 0; size < needed; ++size) {
            const Outcome outcome = fetchFrom(bytes.substr(0, size));
            QVERIFY2(outcome.error, qPrintable(QString::number(size)));
            QCOMPARE(outcome.error->kind, core::ErrorKind::Network);
            QVERIFY(whole.starts_with(outcome.body));
            QVERIFY(outcome.exchange.finished && outcome.exchange.error);
            QCOMPARE(outcome.exchange.bodyStart, outcome.body);
            QVERIFY(!outcome.error->hint.isEmpty());
        }
        QVERIFY(!fetchFrom(bytes).error);
    }

    void lossNamesTheBytesThatCame()
    {
        const Outcome outcome = fetchFrom("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + std::string(123, 'x'));
        QCOMPARE(outcome.body.size(), std::size_t(123));
        QVERIFY(outcome.error && outcome.error->message.contains(QLatin1String("123 bytes")));
        QCOMPARE(outcome.error->httpStatus, 200);
        QVERIFY(!outcome.error->mayHaveRun);
    }

    void resetInTheMiddleIsAnError_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        QTest::newRow("until close") << QByteArray("HTTP/1.1 200 OK\r\n\r\n");
    }
    void resetInTheMiddleIsAnError()
    {
        QFETCH(QByteArray, head);
        support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            connection.send(head.toStdString() + "abc");
            connection.waitUntilTaken();
            connection.reset();
        });
        const Outcome outcome = fetch(get(server.url()));
        QCOMPARE(outcome.body, std::string("abc"));
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, core::ErrorKind::Network);
    }

    void everyCutOfAHeadIsAnError()
    {
        const std::string head = "HTTP/1.1 200 OK\r\nX: 1\r\n\r\n";
        for (std::size_t size = 0; size < head.size(); ++size) {
            for (const bool safeToRepeat : { true, false }) {
                const Outcome outcome = fetchFrom(head.substr(0, size), safeToRepeat);
                QVERIFY2(outcome.error, qPrintable(QString::number(size)));
                QCOMPARE(outcome.error->kind, core::ErrorKind::Network);
                QCOMPARE(outcome.error->mayHaveRun, !safeToRepeat);
                QVERIFY(!outcome.exchange.head);
            }
        }
    }

    void whatIsNotHttpIsRefused_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("0.9") << QByteArray("<html>hello</html>");
        QTest::newRow("ssh") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
        QTest::newRow("tls alert") << QByteArray("\x15\x03\x01\x00\x02\x02\x16", 7);
        QTest::newRow("zeros") << QByteArray(3000, '\0');
        QTest::newRow("bad chunk size") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n");
        QTest::newRow("HTTP/9") << QByteArray("HTTP/9.7 200 OK\r\nContent-Length: 0\r\n\r\n");
    }
    void whatIsNotHttpIsRefused()
    {
        QFETCH(QByteArray, answer);
        const Outcome outcome = fetchFrom(answer.toStdString());
        QVERIFY(outcome.error);
        QVERIFY2(outcome.error->kind == core::ErrorKind::Network, core::kindName(outcome.error->kind));
        QVERIFY(outcome.body.empty());
    }

    void endlessHeadersAreLimited_data()
    {
        QTest::addColumn<bool>("oneLine");
        QTest::newRow("one line") << true;
        QTest::newRow("many lines") << false;
    }
    void endlessHeadersAreLimited()
    {
        QFETCH(bool, oneLine);
        support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nX: ");
            while (connection.send(oneLine ? std::string(1000, 'x') : std::string(1000, 'x') + "\r\nX: ")) { }
        });
        const Outcome outcome = fetch(get(server.url()));
        QVERIFY(outcome.error);
        QVERIFY2(outcome.error->kind == core::ErrorKind::Limit, core::toText(*outcome.error).toUtf8().constData());
        QVERIFY(outcome.error->message.contains(QLatin1String("headers")));
    }

    void silenceEndsInATimeout_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("mayHaveRun");
        QTest::newRow("before the head") << QByteArray() << true;
        QTest::newRow("in the head") << QByteArray("HTTP/1.1 200 OK\r\n") << true;
        QTest::newRow("in the body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc") << false;
    }
    void silenceEndsInATimeout()
    {
        QFETCH(QByteArray, answer);
        QFETCH(bool, mayHaveRun);
        support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            connection.send(answer.toStdString());
            connection.waitUntilClosed();
        });
        http::Request request = get(server.url(), false);
        request.idleTimeout = std::chrono::milliseconds(30);
        const Outcome outcome = fetch(request);
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, core::ErrorKind::Timeout);
        QCOMPARE(outcome.error->mayHaveRun, mayHaveRun);
        QVERIFY(outcome.error->message.contains(QStringLiteral("127.0.0.1:%1").arg(server.port())));
        QCOMPARE(outcome.body, std::string(mayHaveRun ? "" : "abc"));
    }

    void aReaderThatPausesIsNoSilence()
    {
        support::Gate gate;
        support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
            if (connection.waitFor(gate))
                connection.send("ok");
        });
        http::Request request = get(server.url());
        request.idleTimeout = std::chrono::milliseconds(200);
        const auto client = http::createClient({});
        auto sent = client->send(request, {});
        ONDO_VERIFY_OK(sent);
        QTest::qSleep(250); // longer than the time-out, and nobody waits for the server
        gate.open();
        QCOMPARE(http::readAll(**sent, 10).valueOr({}), std::string("ok"));
    }

    void brokenGzipIsAnError_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        const QByteArray packed = QByteArray::fromHex("1f8b08000000000002ffcb48cdc9c95728cf2fca49010085114a0d0b000000");
        QTest::newRow("whole") << packed << -1;
        QTest::newRow("short trailer") << packed.chopped(1) << static_cast<int>(core::ErrorKind::Network);
        QTest::newRow("short data") << packed.first(15) << static_cast<int>(core::ErrorKind::Network);
        QTest::newRow("bad sum") << packed.chopped(5) + QByteArray("\x00\x0b\x00\x00\x00", 5) << static_cast<int>(core::ErrorKind::Decode);
        QTest::newRow("text") << QByteArray("hello world") << static_cast<int>(core::ErrorKind::Decode);
    }
    void brokenGzipIsAnError()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, kind);
        const Outcome outcome = fetchFrom("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
            + std::to_string(body.size()) + "\r\n\r\n" + body.toStdString());
        QVERIFY(outcome.error || outcome.body == "hello world");
        QCOMPARE(outcome.error ? static_cast<int>(outcome.error->kind) : -1, kind);
    }

    void unknownCodingIsAnError()
    {
        const Outcome outcome = fetchFrom("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nxx");
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, core::ErrorKind::Decode);
        QVERIFY(outcome.error->message.contains(QLatin1String("br")));
        QVERIFY(outcome.exchange.head);
    }

    void moreThanContentLengthIsIgnored()
    {
        const Outcome outcome = fetchFrom("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef");
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.body, std::string("abc"));
    }
};

ONDO_TEST(BrokenAnswersTest)
#include "tst_brokenanswers.moc"
