// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/retry.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/why.h"

#include <thread>

namespace {

using std::chrono::milliseconds;

constexpr const char *kFine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

std::string refusing(int status, const std::string &headers = {})
{
    return "HTTP/1.1 " + std::to_string(status) + " Later\r\n" + headers + "Content-Length: 4\r\n\r\nbusy";
}

// Refuses the first requests, then is fine; on one connection or several.
support::FaultServer::Script refusesAtFirst(std::atomic<int> &refusals, const std::string &answer)
{
    return [&refusals, answer](support::Connection &connection) {
        while (!connection.readRequest().empty())
            connection.send(refusals-- > 0 ? answer : kFine);
    };
}

http::Transport quick()
{
    return { .firstBackOff = milliseconds(1) };
}

http::Request asking(const support::FaultServer &server, bool safeToRepeat)
{
    http::Request request;
    request.method = "POST";
    request.url = server.url("/rest/sql");
    request.body = "select 1";
    request.safeToRepeat = safeToRepeat;
    return request;
}

void noteInto(http::Request &request, std::vector<http::Exchange> &attempts)
{
    request.repeated = [&attempts](const http::Exchange &attempt) { attempts.push_back(attempt); };
}

} // namespace

// Servers that are busy or gone for a while, and a network that is: what may be sent again, when, and how that is told.
class RetryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void busyThenFine_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("headers");
        QTest::newRow("503") << 503 << QByteArray();
        QTest::newRow("503, at once") << 503 << QByteArray("Retry-After: 0\r\n");
        QTest::newRow("429, date in the past") << 429 << QByteArray("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n");
        QTest::newRow("429, nonsense") << 429 << QByteArray("Retry-After: soon\r\n");
    }
    void busyThenFine()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, headers);
        std::atomic<int> refusals = 2;
        support::FaultServer server(refusesAtFirst(refusals, refusing(status, headers.toStdString())));
        std::vector<http::Exchange> attempts;
        http::Request request = asking(server, true);
        noteInto(request, attempts);
        auto sent = http::createClient(quick())->send(request, {});
        ONDO_VERIFY_OK(sent);
        QCOMPARE(http::readAll(**sent, 10).valueOr({}), std::string("ok"));
        QCOMPARE(server.requests().size(), std::size_t(3));
        QCOMPARE(server.connectionCount(), 1); // answers that were read to their end keep their connection
        QCOMPARE(attempts.size(), std::size_t(2));
        QCOMPARE(attempts[0].head->status, status);
        QCOMPARE(attempts[0].bodyStart, std::string("busy"));
        QVERIFY2(attempts[0].note.contains(QLatin1String("attempt 2")), qPrintable(attempts[0].note));
        QVERIFY(attempts[0].finished && attempts[0].id != attempts[1].id);
        QVERIFY(http::toText(attempts[0]).find("attempt 2") != std::string::npos);
    }

    void whatMayChangeSomethingIsSeenOnce_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("503") << 503;
        QTest::newRow("429") << 429;
    }
    void whatMayChangeSomethingIsSeenOnce()
    {
        QFETCH(int, status);
        std::atomic<int> refusals = 1;
        support::FaultServer server(refusesAtFirst(refusals, refusing(status, "Retry-After: 0\r\n")));
        auto sent = http::createClient(quick())->send(asking(server, false), {});
        ONDO_VERIFY_OK(sent);
        QCOMPARE((*sent)->head().status, status);
        QCOMPARE(server.requests().size(), std::size_t(1));
    }

    void theLastAnswerIsTheResult()
    {
        std::atomic<int> refusals = 100;
        support::FaultServer server(refusesAtFirst(refusals, refusing(503)));
        auto sent = http::createClient(quick())->send(asking(server, true), {});
        ONDO_VERIFY_OK(sent);
        QCOMPARE((*sent)->head().status, 503);
        QCOMPARE(http::readAll(**sent, 10).valueOr({}), std::string("busy"));
        QCOMPARE(server.requests().size(), std::size_t(3));
        QVERIFY((*sent)->exchange().note.contains(QLatin1String("3 attempts")));
    }

    void whoAsksForTooLongIsNotAskedAgain()
    {
        std::atomic<int> refusals = 100;
        support::FaultServer server(refusesAtFirst(refusals, refusing(429, "Retry-After: 3600\r\n")));
        auto sent = http::createClient(quick())->send(asking(server, true), {});
        ONDO_VERIFY_OK(sent);
        QCOMPARE((*sent)->head().status, 429);
        QCOMPARE(server.requests().size(), std::size_t(1));
        QVERIFY2((*sent)->exchange().note.contains(QLatin1String("3600")), qPrintable((*sent)->exchange().note));
    }

    void theWaitIsObeyedAndEndsAtOnce()
    {
        std::atomic<int> refusals = 100;
        support::FaultServer server(refusesAtFirst(refusals, refusing(429, "Retry-After: 50\r\n")));
        support::Gate waits;
        std::stop_source stop;
        http::Request request = asking(server, true);
        request.repeated = [&waits](const http::Exchange &attempt) {
            if (attempt.note.contains(QLatin1String("50 s")))
                waits.open();
        };
        std::optional<core::Error> error;
        std::thread asker([&] {
            const auto sent = http::createClient({})->send(request, stop.get_token());
            if (!sent)
                error = sent.error();
        });
        waits.wait();
        QCOMPARE(server.requests().size(), std::size_t(1));
        stop.request_stop();
        asker.join();
        QVERIFY(error);
        QCOMPARE(error->kind, core::ErrorKind::Cancelled);
        QCOMPARE(server.requests().size(), std::size_t(1));
    }

    void readsRetryAfter_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("ms");
        const qint64 none = -1;
        QTest::newRow("seconds") << QByteArray("120") << qint64(120'000);
        QTest::newRow("date") << QByteArray("Fri, 31 Dec 1999 23:59:59 GMT") << qint64(9'000);
        QTest::newRow("date in the past") << QByteArray("Fri, 31 Dec 1999 23:59:00 GMT") << qint64(0);
        QTest::newRow("more than a number holds") << QByteArray("99999999999999999999") << qint64(1'000'000'000'000);
        QTest::newRow("negative") << QByteArray("-5") << none;
        QTest::newRow("words") << QByteArray("soon") << none;
        QTest::newRow("empty") << QByteArray() << none;
    }
    void readsRetryAfter()
    {
        QFETCH(QByteArray, value);
        QFETCH(qint64, ms);
        constexpr qint64 kTenSecondsBeforeTheYear2000 = 946'684'790'000;
        const auto wait = http::retryAfter(value.toStdString(), kTenSecondsBeforeTheYear2000);
        QCOMPARE(wait ? qint64(wait->count()) : qint64(-1), ms);
    }

    void aConnectionThatDiedWhileTheNetworkWasGoneCostsAReaderNothing()
    {
        support::Gate done;
        support::FaultServer server([&done](support::Connection &connection) {
            connection.readRequest();
            if (connection.index() == 0)
                connection.vanish();
            connection.send(kFine);
            if (connection.index() == 0)
                connection.waitFor(done);
        });
        http::Transport transport;
        transport.connectTimeout = transport.lostAfter = milliseconds(300);
        const auto client = http::createClient(transport);
        for (const bool isFirst : { true, false }) {
            auto sent = client->send(asking(server, true), {});
            ONDO_VERIFY_OK(sent);
            QCOMPARE(http::readAll(**sent, 10).valueOr({}), std::string("ok"));
            QCOMPARE(server.connectionCount(), isFirst ? 1 : 2);
        }
        QCOMPARE(server.requests().size(), std::size_t(2));
        done.open();
    }

    void aNetworkThatGoesInTheMiddleOfAChangeIsToldOnce()
    {
        support::Gate done;
        support::FaultServer server([&done](support::Connection &connection) {
            connection.readHead();
            connection.vanish();
            connection.waitFor(done);
        });
        http::Transport transport;
        transport.connectTimeout = transport.lostAfter = milliseconds(300);
        http::Request request = asking(server, false);
        request.body.assign(32'000'000, 'x'); // more than the system takes in for a server that does not read
        const auto sent = http::createClient(transport)->send(request, {});
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Network);
        QVERIFY(sent.error().mayHaveRun);
        QVERIFY2(sent.error().message.contains(QLatin1String("is gone")), qPrintable(core::toText(sent.error())));
        QCOMPARE(server.connectionCount(), 1);
        done.open();
    }
};

ONDO_TEST(RetryTest)
#include "tst_retry.moc"
