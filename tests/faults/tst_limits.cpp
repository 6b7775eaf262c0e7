// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/why.h"

namespace {

using std::chrono::milliseconds;

http::Request reads(const support::FaultServer &server)
{
    http::Request request;
    request.url = server.url();
    request.safeToRepeat = true;
    return request;
}

std::string ofLength(const std::string &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

} // namespace

// Limits of time and size, of a profile and of a request.
class LimitsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLongAnswerEndsAtTheLimit_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("isWhole");
        QTest::newRow("below") << 999 << true;
        QTest::newRow("just") << 1000 << true;
        QTest::newRow("one more") << 1001 << false;
        QTest::newRow("far more") << 500'000 << false;
    }
    void aLongAnswerEndsAtTheLimit()
    {
        QFETCH(int, size);
        QFETCH(bool, isWhole);
        support::FaultServer server(support::alwaysAnswer(ofLength(std::string(static_cast<std::size_t>(size), 'x'))));
        auto sent = http::createClient({ .bodyLimit = 1000 })->send(reads(server), {});
        ONDO_VERIFY_OK(sent);
        std::size_t seen = 0;
        std::optional<core::Error> error;
        for (bool isOver = false; !isOver;) {
            char buffer[700];
            const auto read = (*sent)->read(buffer, std::chrono::steady_clock::time_point::max());
            isOver = !read || read->state == http::Answer::Read::End;
            if (read)
                seen += read->size;
            else
                error = read.error();
        }
        QCOMPARE(seen, std::size_t(std::min(size, 1000)));
        QCOMPARE(!error, isWhole);
        if (isWhole)
            return;
        QCOMPARE(error->kind, core::ErrorKind::Limit);
        QVERIFY2(error->message.contains(QLatin1String("1000")) && error->hint.contains(QLatin1String("max_body")), qPrintable(core::toText(*error)));
        QVERIFY((*sent)->exchange().error);
    }

    void aTrickleIsNoSilence()
    {
        const std::string body(25, 'x');
        support::FaultServer server([&body](support::Connection &connection) {
            connection.readRequest();
            const std::string answer = ofLength(body);
            connection.send(std::string_view(answer).substr(0, answer.size() - body.size()));
            for (const char &byte : body) {
                std::this_thread::sleep_for(milliseconds(20));
                connection.send({ &byte, 1 });
            }
        });
        http::Transport transport;
        transport.idleTimeout = milliseconds(400); // the whole takes longer
        auto sent = http::createClient(transport)->send(reads(server), {});
        ONDO_VERIFY_OK(sent);
        QCOMPARE(http::readAll(**sent, 100).valueOr({}), body);
    }

    void silenceAfterAcceptEndsByTheProfilesTimes_data()
    {
        QTest::addColumn<bool>("isTls");
        QTest::newRow("plain: idle") << false;
        QTest::newRow("TLS: connecting") << true;
    }
    void silenceAfterAcceptEndsByTheProfilesTimes()
    {
        QFETCH(bool, isTls);
        support::FaultServer server([](support::Connection &connection) { connection.waitUntilClosed(); });
        http::Transport transport;
        transport.connectTimeout = milliseconds(isTls ? 60 : 10'000);
        transport.idleTimeout = milliseconds(isTls ? 10'000 : 60);
        http::Request request = reads(server);
        if (isTls)
            request.url = "https" + request.url.substr(4);
        const auto sent = http::createClient(transport)->send(request, {});
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Timeout);
        QVERIFY2(sent.error().message.contains(QLatin1String("0.06 s")), qPrintable(sent.error().message));
        QCOMPARE(server.connectionCount(), 1);
    }

    void aRequestsOwnTimesWin()
    {
        support::FaultServer server([](support::Connection &connection) { connection.waitUntilClosed(); });
        http::Transport transport;
        transport.idleTimeout = milliseconds(1);
        http::Request request = reads(server);
        request.idleTimeout = milliseconds(70);
        const auto sent = http::createClient(transport)->send(request, {});
        QVERIFY(!sent.ok());
        QVERIFY2(sent.error().message.contains(QLatin1String("0.07 s")), qPrintable(sent.error().message));
    }
};

ONDO_TEST(LimitsTest)
#include "tst_limits.moc"
