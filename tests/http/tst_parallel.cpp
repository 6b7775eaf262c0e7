// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/why.h"

#include <atomic>
#include <thread>
#include <vector>

namespace {

constexpr const char *kShort = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

http::Request requestTo(const std::string &url, bool safeToRepeat)
{
    http::Request request;
    request.url = url;
    request.safeToRepeat = safeToRepeat;
    return request;
}

} // namespace

// One client, many threads: nothing waits for another's answer, nothing is shared but the pool.
class ParallelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aHeldAnswerBlocksNobody()
    {
        support::FaultServer server([](support::Connection &connection) {
            for (std::string request; !(request = connection.readRequest()).empty();) {
                if (!request.starts_with("GET /large")) {
                    connection.send(kShort);
                    continue;
                }
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
                const std::string piece(1'000'000, 'x');
                for (int i = 0; i < 100 && connection.send(piece); ++i) { }
            }
        });
        const auto client = http::createClient({});
        auto held = client->send(requestTo(server.url("/large"), true), {});
        ONDO_VERIFY_OK(held);
        for (const bool safeToRepeat : { true, false, true }) {
            auto sent = client->send(requestTo(server.url("/small"), safeToRepeat), {});
            ONDO_VERIFY_OK(sent);
            QCOMPARE(http::readAll(**sent, 10).valueOr({}), std::string("ok"));
        }
        // Not reading is back-pressure: what came so far is little more than one receive.
        QVERIFY2((*held)->exchange().wireBytes < 1'000'000, qPrintable(QString::number((*held)->exchange().wireBytes)));
        QVERIFY(http::readAll(**held, 100'000'000).valueOr({}).size() == 100'000'000);
    }

    void anAnswerOutlivesItsClient()
    {
        support::FaultServer server(support::alwaysAnswer(kShort));
        auto client = http::createClient({});
        auto sent = client->send(requestTo(server.url(), true), {});
        client.reset();
        ONDO_VERIFY_OK(sent);
        QCOMPARE(http::readAll(**sent, 10).valueOr({}), std::string("ok"));
    }

    void manyThreadsShareAClient()
    {
        support::FaultServer server(support::alwaysAnswer(kShort));
        const auto client = http::createClient({});
        std::atomic<int> good = 0;
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 20; ++i) {
                    auto sent = client->send(requestTo(server.url(), (t + i) % 3 != 0), {});
                    if (sent && http::readAll(**sent, 10).valueOr({}) == "ok")
                        ++good;
                }
            });
        }
        threads.clear();
        QCOMPARE(good.load(), 160);
        QCOMPARE(server.requests().size(), std::size_t(160));
    }

    void manyThreadsAreStoppedAtOnce()
    {
        std::atomic<int> asked = 0;
        support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            if (asked++ % 2 == 0)
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            connection.waitUntilClosed();
        });
        const auto client = http::createClient({});
        std::stop_source stop;
        std::atomic<int> cancelled = 0;
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&] {
                auto sent = client->send(requestTo(server.url(), false), stop.get_token());
                const auto body = sent ? http::readAll(**sent, 100) : core::Result<std::string>(sent.error());
                if (!body && body.error().kind == core::ErrorKind::Cancelled)
                    ++cancelled;
            });
        }
        while (asked < 8)
            std::this_thread::yield();
        stop.request_stop();
        threads.clear();
        QCOMPARE(cancelled.load(), 8);
    }
};

ONDO_TEST(ParallelTest)
#include "tst_parallel.moc"
