// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/gzip.h"
#include "sandboxclient.h"
#include "support/ondotest.h"

#include <QElapsedTimer>
#include <QTcpSocket>

#include <atomic>
#include <thread>

// Answers with what it was sent; "/wait" works until it is told to stop, "/flood" writes until nobody reads.
class EchoService : public sandbox::Service
{
public:
    void serve(const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop) override
    {
        if (request.path == "/wait") {
            isWaiting = true;
            while (!stop.stop_requested())
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            wasStopped = true;
            reply.answer(503, {}, {});
        } else if (request.path == "/flood") {
            const std::string block(65536, 'x');
            reply.begin(200, {});
            while (reply.write(block))
                written += block.size();
            wasStopped = true;
        } else if (request.path == "/stream") {
            reply.begin(200, {{"Content-Type", "text/plain"}});
            for (int i = 0; i < 3; ++i)
                reply.write("part" + std::to_string(i) + ' ');
            reply.end();
        } else {
            reply.answer(200, {{"X-Method", request.method}}, request.body + '|' + std::string(request.queryValue("q")));
        }
    }
    std::string targetUrl(std::uint16_t) const override { return {}; }
    std::string baseUrl(std::uint16_t) const override { return {}; }

    std::atomic<bool> isWaiting = false;
    std::atomic<bool> wasStopped = false;
    std::atomic<std::size_t> written = 0;
};

class ServerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_service = std::make_unique<EchoService>();
        m_server = sandbox::Server::listen(*m_service, 0).value();
    }
    void cleanup()
    {
        m_server.reset();
        m_service.reset();
    }

    void keepsTheConnection()
    {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_server->port());
        QVERIFY(socket.waitForConnected());
        for (int i = 0; i < 3; ++i) {
            socket.write("POST /x?q=a%20b HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi");
            QCOMPARE(readAnswer(socket).body, QByteArray("hi|a b"));
        }
        socket.write("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
        QCOMPARE(readAnswer(socket).header("Connection"), QByteArray("close"));
        QVERIFY(socket.state() == QAbstractSocket::UnconnectedState || socket.waitForDisconnected());
    }
    void answersPipelinedRequests()
    {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_server->port());
        QVERIFY(socket.waitForConnected());
        socket.write("POST /a HTTP/1.1\r\nContent-Length: 1\r\n\r\n1POST /b HTTP/1.1\r\nConnection: close\r\nContent-Length: 1\r\n\r\n2");
        QByteArray all;
        while (socket.waitForReadyRead())
            all += socket.readAll();
        QCOMPARE(all.count("HTTP/1.1 200 OK"), 2);
        QVERIFY(all.indexOf("1|") > 0 && all.indexOf("2|") > all.indexOf("1|"));
    }
    void readsChunkedBodies()
    {
        const HttpAnswer answer = exchange(m_server->port(),
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;ext=1\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n");
        QCOMPARE(answer.body, QByteArray("abc0123456789|"));
    }
    void readsGzipBodiesAndRefusesDamagedOnes()
    {
        const std::string packed = sandbox::GzipStream().compressed("select 1", true);
        const QByteArray body(packed.data(), static_cast<qsizetype>(packed.size()));
        const auto request = [](const QByteArray &bytes) -> QByteArray {
            return "POST / HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: " + QByteArray::number(bytes.size()) + "\r\n\r\n" + bytes;
        };
        QCOMPARE(exchange(m_server->port(), request(body)).body, QByteArray("select 1|"));
        QCOMPARE(exchange(m_server->port(), request(body.left(body.size() - 4))).status, 400);
        QCOMPARE(exchange(m_server->port(), request("not gzip")).status, 400);
    }
    void invitesABodyThatAsksFirst()
    {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_server->port());
        QVERIFY(socket.waitForConnected());
        socket.write("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
        QCOMPARE(readAnswer(socket).status, 100);
        socket.write("body");
        QCOMPARE(readAnswer(socket).body, QByteArray("body|"));
    }
    void packsAnswersForWhoTakesIt()
    {
        const HttpAnswer answer = exchange(m_server->port(), "GET /stream HTTP/1.1\r\nAccept-Encoding: br, gzip;q=0.5\r\n\r\n");
        QCOMPARE(answer.header("Content-Encoding"), QByteArray("gzip"));
        QCOMPARE(*sandbox::gunzip({answer.body.constData(), std::size_t(answer.body.size())}, 1000), std::string("part0 part1 part2 "));
        const HttpAnswer plain = exchange(m_server->port(), "GET /stream HTTP/1.1\r\nAccept-Encoding: gzip;q=0\r\n\r\n");
        QVERIFY(plain.header("Content-Encoding").isEmpty());
        QCOMPARE(plain.body, QByteArray("part0 part1 part2 "));
    }
    void speaksToHttp10()
    {
        const HttpAnswer answer = exchange(m_server->port(), "GET /stream HTTP/1.0\r\n\r\n");
        QVERIFY(answer.header("Transfer-Encoding").isEmpty());
        QCOMPARE(answer.body, QByteArray("part0 part1 part2 "));
    }
    void sendsNoBodyToHead()
    {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_server->port());
        QVERIFY(socket.waitForConnected());
        socket.write("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
        QByteArray all;
        while (socket.waitForReadyRead())
            all += socket.readAll();
        QVERIFY(all.endsWith("\r\n\r\n"));
        QVERIFY(all.contains("Content-Length: 1\r\n"));
    }
    void refusesWhatIsNoRequest_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::newRow("no target") << QByteArray("GET\r\n\r\n") << 400;
        QTest::newRow("two blanks") << QByteArray("GET /a b HTTP/1.1\r\n\r\n") << 400;
        QTest::newRow("version") << QByteArray("GET / HTTP/2.0\r\n\r\n") << 505;
        QTest::newRow("header") << QByteArray("GET / HTTP/1.1\r\nnonsense\r\n\r\n") << 400;
        QTest::newRow("length") << QByteArray("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n") << 400;
        QTest::newRow("huge length") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n") << 413;
        QTest::newRow("too large") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 999999999999\r\n\r\n") << 413;
        QTest::newRow("both") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n") << 400;
        QTest::newRow("coding") << QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n") << 501;
        QTest::newRow("chunk") << QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n") << 400;
        QTest::newRow("long target") << "GET /" + QByteArray(70000, 'a') + " HTTP/1.1\r\n\r\n" << 414;
        QTest::newRow("long head") << "GET / HTTP/1.1\r\nA: " + QByteArray(70000, 'a') + "\r\n\r\n" << 431;
    }
    void refusesWhatIsNoRequest()
    {
        QFETCH(QByteArray, request);
        QTEST(exchange(m_server->port(), request).status, "status");
    }
    void survivesRequestsCutAnywhere()
    {
        const QByteArray request = "POST /x?q=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";
        for (qsizetype cut = 0; cut < request.size(); ++cut) {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), m_server->port());
            QVERIFY(socket.waitForConnected());
            socket.write(request.left(cut));
            socket.disconnectFromHost();
        }
        for (qsizetype cut = 1; cut < request.size(); ++cut) {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), m_server->port());
            QVERIFY(socket.waitForConnected());
            socket.write(request.left(cut));
            socket.flush();
            socket.write(request.mid(cut));
            QCOMPARE(readAnswer(socket).body, QByteArray("hello|1"));
        }
    }
    void tellsTheServiceWhenTheClientGoes()
    {
        const auto server = sandbox::Server::listen(*m_service, 0, std::chrono::milliseconds(1)).value();
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), server->port());
        QVERIFY(socket.waitForConnected());
        socket.write("GET /wait HTTP/1.1\r\n\r\n");
        QVERIFY(socket.waitForBytesWritten());
        QTRY_VERIFY(m_service->isWaiting);
        socket.abort();
        QTRY_VERIFY(m_service->wasStopped);
    }
    void goesOnForAWhileWithoutTheClient()
    {
        const auto server = sandbox::Server::listen(*m_service, 0, std::chrono::hours(1)).value();
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), server->port());
        QVERIFY(socket.waitForConnected());
        socket.write("GET /wait HTTP/1.1\r\n\r\n");
        QVERIFY(socket.waitForBytesWritten());
        QTRY_VERIFY(m_service->isWaiting);
        socket.abort();
        QTest::qWait(50);
        QVERIFY(!m_service->wasStopped);
    }

    void waitsForASlowReader()
    {
        QTcpSocket socket;
        socket.setReadBufferSize(1024);
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_server->port());
        QVERIFY(socket.waitForConnected());
        socket.write("GET /flood HTTP/1.1\r\n\r\n");
        QVERIFY(socket.waitForReadyRead());
        std::size_t before = 0;
        do { // what the two kernels buffer is finite
            before = m_service->written;
            QTest::qWait(200);
        } while (m_service->written != before);
        QVERIFY(before < 200u * 1024 * 1024);
        socket.abort();
        QTRY_VERIFY(m_service->wasStopped);
    }
    void endsWhileItServes()
    {
        QTcpSocket waiting, flooded, idle;
        for (QTcpSocket *socket : {&waiting, &flooded, &idle}) {
            socket->setReadBufferSize(1024);
            socket->connectToHost(QStringLiteral("127.0.0.1"), m_server->port());
            QVERIFY(socket->waitForConnected());
        }
        waiting.write("GET /wait HTTP/1.1\r\n\r\n");
        flooded.write("GET /flood HTTP/1.1\r\n\r\n");
        QVERIFY(waiting.waitForBytesWritten());
        QVERIFY(flooded.waitForReadyRead());
        QTRY_VERIFY(m_service->isWaiting);
        QElapsedTimer timer;
        timer.start();
        m_server.reset();
        QVERIFY(timer.elapsed() < 5000);
    }
    void saysThatAPortIsTaken()
    {
        const auto second = sandbox::Server::listen(*m_service, m_server->port());
        QVERIFY(!second.ok());
        QCOMPARE(second.error().kind, core::ErrorKind::Usage);
        QVERIFY(second.error().message.contains(QString::number(m_server->port())));
    }
    void servesManyAtOnce()
    {
        std::vector<std::thread> threads;
        std::atomic<int> right = 0;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([this, i, &right] {
                for (int k = 0; k < 40; ++k) {
                    const QByteArray body = QByteArray::number(i * 1000 + k);
                    const HttpAnswer answer = exchange(m_server->port(),
                        "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
                    right += answer.body == body + '|';
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(int(right), 320);
    }

private:
    std::unique_ptr<EchoService> m_service;
    std::unique_ptr<sandbox::Server> m_server;
};

ONDO_TEST(ServerTest)
#include "tst_server.moc"
