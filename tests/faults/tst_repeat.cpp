// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/why.h"

#include <algorithm>

namespace {

constexpr const char *kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

http::Request statement(const support::FaultServer &server, bool safeToRepeat)
{
    http::Request request;
    request.method = "POST";
    request.url = server.url("/rest/sql");
    request.body = "insert into d values (now, 1)";
    request.safeToRepeat = safeToRepeat;
    return request;
}

http::Request probe(const support::FaultServer &server)
{
    http::Request request;
    request.url = server.url("/probe");
    request.safeToRepeat = true;
    return request;
}

int statementsSeen(const support::FaultServer &server)
{
    const auto requests = server.requests();
    return static_cast<int>(std::ranges::count_if(requests, [](const std::string &text) { return text.starts_with("POST "); }));
}

// Sends a request whose answer is read to its end, so that its connection is kept.
bool keepConnection(http::Client &client, const support::FaultServer &server)
{
    auto sent = client.send(probe(server), {});
    return sent && http::readAll(**sent, 10).valueOr({}) == "ok";
}

// Answers what is not a statement; ends the connection when a statement comes, without a byte.
support::FaultServer::Script closesOnStatements(bool byReset)
{
    return [byReset](support::Connection &connection) {
        for (;;) {
            const std::string request = connection.readRequest();
            if (request.starts_with("POST ") && byReset)
                connection.reset();
            if (request.empty() || request.starts_with("POST "))
                return;
            connection.send(kOk);
        }
    };
}

} // namespace

// How often a server sees a request whose connection is lost. A statement that may change something: once, always.
class RepeatTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void changingStatementIsSeenOnce_data()
    {
        QTest::addColumn<bool>("kept");
        QTest::addColumn<bool>("byReset");
        QTest::newRow("new, closed") << false << false;
        QTest::newRow("new, reset") << false << true;
        QTest::newRow("kept, closed") << true << false;
        QTest::newRow("kept, reset") << true << true;
    }
    void changingStatementIsSeenOnce()
    {
        QFETCH(bool, kept);
        QFETCH(bool, byReset);
        support::FaultServer server(closesOnStatements(byReset));
        const auto client = http::createClient({});
        if (kept)
            QVERIFY(keepConnection(*client, server));
        http::Exchange failed;
        const auto sent = client->send(statement(server, false), {}, &failed);
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Network);
        QVERIFY(sent.error().mayHaveRun);
        QVERIFY(core::toText(sent.error()).contains(QStringLiteral("127.0.0.1:%1").arg(server.port())));
        QCOMPARE(statementsSeen(server), 1);
        QVERIFY(failed.error && failed.error->mayHaveRun && failed.finished && !failed.head && !failed.keptConnection);
        QCOMPARE(failed.requestBody, std::string("insert into d values (now, 1)"));
    }

    void changingStatementDoesNotUseAConnectionThatDiedUnseen()
    {
        support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            connection.send(kOk);
            if (connection.index() > 0)
                connection.waitUntilClosed();
        });
        const auto client = http::createClient({});
        QVERIFY(keepConnection(*client, server));
        auto sent = client->send(statement(server, false), {});
        ONDO_VERIFY_OK(sent);
        QVERIFY(!(*sent)->exchange().keptConnection);
        QCOMPARE(statementsSeen(server), 1);
    }

    void readingStatementIsRepeatedOnceFromAKeptConnection_data()
    {
        QTest::addColumn<bool>("byReset");
        QTest::newRow("closed") << false;
        QTest::newRow("reset") << true;
    }
    void readingStatementIsRepeatedOnceFromAKeptConnection()
    {
        QFETCH(bool, byReset);
        support::FaultServer server([byReset](support::Connection &connection) {
            connection.readRequest();
            connection.send(kOk);
            const std::string second = connection.readRequest();
            if (connection.index() > 0 || second.empty())
                return;
            if (byReset)
                connection.reset();
        });
        const auto client = http::createClient({});
        QVERIFY(keepConnection(*client, server));
        auto sent = client->send(statement(server, true), {});
        ONDO_VERIFY_OK(sent);
        QCOMPARE(http::readAll(**sent, 10).valueOr({}), std::string("ok"));
        QCOMPARE(statementsSeen(server), 2);
        QCOMPARE(server.connectionCount(), 2);
        QVERIFY(!(*sent)->exchange().keptConnection);
    }

    void readingStatementGivesUpAfterTheRepeat()
    {
        support::FaultServer server(closesOnStatements(false));
        const auto client = http::createClient({ .retries = 0 });
        QVERIFY(keepConnection(*client, server));
        const auto sent = client->send(statement(server, true), {});
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Network);
        QVERIFY(!sent.error().mayHaveRun);
        QCOMPARE(statementsSeen(server), 2);
    }

    void readingStatementOnANewConnectionIsRepeatedAsOftenAsTheProfileSays()
    {
        for (const int retries : { 0, 1, 2 }) {
            support::FaultServer server(closesOnStatements(false));
            const auto client = http::createClient({ .retries = retries, .firstBackOff = std::chrono::milliseconds(1) });
            const auto sent = client->send(statement(server, true), {});
            QVERIFY(!sent.ok());
            QVERIFY(!sent.error().mayHaveRun);
            QCOMPARE(statementsSeen(server), 1 + retries);
        }
    }

    void answerThatHasBegunIsNeverRepeated_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("status") << QByteArray("HTTP/1.1 200 OK\r\n");
        QTest::newRow("head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Le");
        QTest::newRow("interim") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n");
    }
    void answerThatHasBegunIsNeverRepeated()
    {
        QFETCH(QByteArray, part);
        support::FaultServer server([&](support::Connection &connection) {
            while (connection.readRequest().starts_with("GET "))
                connection.send(kOk);
            connection.send(part.toStdString());
        });
        const auto client = http::createClient({});
        QVERIFY(keepConnection(*client, server));
        const auto sent = client->send(statement(server, true), {});
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Network);
        QCOMPARE(statementsSeen(server), 1);
    }

    void connectionOfAChangingStatementServesReaders()
    {
        support::FaultServer server(support::alwaysAnswer(kOk));
        const auto client = http::createClient({});
        for (int i = 0; i < 3; ++i) {
            auto sent = client->send(statement(server, false), {});
            ONDO_VERIFY_OK(sent);
            QVERIFY(http::readAll(**sent, 10).ok());
            QVERIFY(!(*sent)->exchange().keptConnection);
            QVERIFY(keepConnection(*client, server));
        }
        QCOMPARE(server.connectionCount(), 3);
        QCOMPARE(server.requests().size(), std::size_t(6));
    }
};

ONDO_TEST(RepeatTest)
#include "tst_repeat.moc"
