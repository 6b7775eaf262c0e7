// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/login.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/why.h"

#include <atomic>
#include <thread>
#include <vector>

namespace {

core::Error loginError(core::ErrorKind kind)
{
    core::Error error;
    error.kind = kind;
    error.message = QStringLiteral("no");
    return error;
}

using Token = core::Result<auth::TokenLogin::Token>;
using Fetched = core::Result<auth::TokenLogin::Fetched>;

Fetched made(const std::string &text, std::optional<std::chrono::seconds> lifetime = std::nullopt)
{
    return auth::TokenLogin::Fetched{core::Secret(text), lifetime};
}

// A clock that goes only when it is told to.
struct HeldClock {
    std::chrono::system_clock::time_point now{std::chrono::hours(24 * 365)};
    auth::TokenLogin::Clock clock()
    {
        return [this] { return now; };
    }
};

} // namespace

class LoginTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void headersAreSecret()
    {
        const http::Header basic = auth::basicHeader("root", core::Secret("taosdata"));
        QCOMPARE(basic.name, std::string("Authorization"));
        QCOMPARE(basic.value, std::string("Basic cm9vdDp0YW9zZGF0YQ=="));
        QVERIFY(basic.secret);
        const http::Header token = auth::tokenHeader("Taosd", core::Secret("abc"));
        QCOMPARE(token.value, std::string("Taosd abc"));
        QVERIFY(token.secret);
    }

    void fetchesOnceAndAgainWhenRefused()
    {
        int count = 0;
        auth::TokenLogin login("Taosd", [&](std::stop_token) { return made("token" + std::to_string(++count)); });
        const Token first = login.token({});
        ONDO_VERIFY_OK(first);
        QCOMPARE(first->secret.reveal(), std::string_view("token1"));
        QCOMPARE(login.token({}).value().generation, first->generation);
        login.refused(first->generation);
        login.refused(first->generation);
        const Token second = login.token({});
        QCOMPARE(second->secret.reveal(), std::string_view("token2"));
        login.refused(first->generation); // late news of the old token
        QCOMPARE(login.token({}).value().generation, second->generation);
        QCOMPARE(login.fetchCount(), 2);
    }

    void failureIsReportedAndTriedAgain()
    {
        bool fails = true;
        auth::TokenLogin login("Taosd", [&](std::stop_token) -> Fetched {
            if (fails)
                return loginError(core::ErrorKind::Login);
            return made("token");
        });
        QCOMPARE(login.token({}).error().kind, core::ErrorKind::Login);
        fails = false;
        ONDO_VERIFY_OK(login.token({}));
        QCOMPARE(login.fetchCount(), 2);
    }

    void manyThreadsShareOneFetch()
    {
        auth::TokenLogin login("Taosd", [](std::stop_token) { return made("token"); });
        std::atomic<int> good = 0;
        std::vector<std::jthread> threads;
        for (int i = 0; i < 16; ++i) {
            threads.emplace_back([&] {
                const Token token = login.token({});
                if (token && token->secret.reveal() == "token" && token->generation == 1)
                    ++good;
            });
        }
        threads.clear();
        QCOMPARE(good.load(), 16);
        QCOMPARE(login.fetchCount(), 1);
    }

    void waiterLeavesOnStop()
    {
        support::Gate isFetching;
        support::Gate mayEnd;
        auth::TokenLogin login("Taosd", [&](std::stop_token) {
            isFetching.open();
            mayEnd.wait();
            return made("token");
        });
        std::jthread fetcher([&] { static_cast<void>(login.token({})); });
        isFetching.wait();
        std::stop_source stop;
        core::ErrorKind seen = core::ErrorKind::Internal;
        std::thread waiter([&] { seen = login.token(stop.get_token()).error().kind; });
        stop.request_stop();
        waiter.join(); // while the fetch still runs
        QCOMPARE(seen, core::ErrorKind::Cancelled);
        mayEnd.open();
        fetcher.join();
        ONDO_VERIFY_OK(login.token({}));
        QCOMPARE(login.fetchCount(), 1);
    }

    void anotherWaiterTakesOverFromACancelledFetcher()
    {
        support::Gate isFetching;
        std::atomic<int> fetches = 0;
        auth::TokenLogin login("Taosd", [&](std::stop_token stop) -> Fetched {
            if (++fetches > 1)
                return made("second");
            isFetching.open();
            support::Gate never;
            never.wait(stop);
            return loginError(core::ErrorKind::Cancelled);
        });
        std::stop_source stop;
        core::ErrorKind first = core::ErrorKind::Internal;
        std::thread fetcher([&] { first = login.token(stop.get_token()).error().kind; });
        isFetching.wait();
        std::atomic<int> good = 0;
        std::vector<std::jthread> waiters;
        for (int i = 0; i < 4; ++i) {
            waiters.emplace_back([&] {
                const Token token = login.token({});
                if (token && token->secret.reveal() == "second")
                    ++good;
            });
        }
        stop.request_stop();
        fetcher.join();
        waiters.clear();
        QCOMPARE(first, core::ErrorKind::Cancelled);
        QCOMPARE(good.load(), 4);
        QCOMPARE(login.fetchCount(), 2);
    }

    void waitersShareTheFailure()
    {
        support::Gate isFetching;
        support::Gate mayEnd;
        auth::TokenLogin login("Taosd", [&](std::stop_token) -> Fetched {
            isFetching.open();
            mayEnd.wait();
            return loginError(core::ErrorKind::Login);
        });
        std::atomic<int> refused = 0;
        const auto ask = [&] {
            const Token token = login.token({});
            if (!token && token.error().kind == core::ErrorKind::Login)
                ++refused;
        };
        std::jthread fetcher(ask);
        isFetching.wait();
        std::jthread waiter(ask);
        mayEnd.open();
        fetcher.join();
        waiter.join();
        QCOMPARE(refused.load(), 2);
    }

    void isFetchedAnewShortlyBeforeItExpires_data()
    {
        QTest::addColumn<int>("lifetime");
        QTest::addColumn<int>("lastFresh"); // seconds after it was asked for
        QTest::newRow("an hour") << 3600 << 3539;
        QTest::newRow("a minute") << 60 << 47;
        QTest::newRow("ten seconds") << 10 << 7;
    }
    void isFetchedAnewShortlyBeforeItExpires()
    {
        QFETCH(int, lifetime);
        QFETCH(int, lastFresh);
        HeldClock time;
        const auto start = time.now;
        int count = 0;
        auth::TokenLogin login(
            "Bearer", [&](std::stop_token) { return made("token" + std::to_string(++count), std::chrono::seconds(lifetime)); }, time.clock());
        QVERIFY(!login.state().fetchedAt);
        QCOMPARE(login.state().scheme, std::string("Bearer"));
        ONDO_VERIFY_OK(login.token({}));
        QCOMPARE(*login.state().expiresAt, start + std::chrono::seconds(lifetime));
        time.now = start + std::chrono::seconds(lastFresh);
        QCOMPARE(login.token({}).value().generation, std::uint64_t(1));
        time.now += std::chrono::seconds(1);
        QCOMPARE(login.token({}).value().secret.reveal(), std::string_view("token2"));
        QCOMPARE(login.state().renewals, 1);
        QCOMPARE(*login.state().fetchedAt, time.now);
        QCOMPARE(*login.state().expiresAt, time.now + std::chrono::seconds(lifetime));
    }
    void aTokenThatStillHoldsServesWhenItsRenewalFails()
    {
        HeldClock time;
        bool fails = false;
        auth::TokenLogin login(
            "Bearer", [&](std::stop_token) { return fails ? Fetched(loginError(core::ErrorKind::Network)) : made("token", std::chrono::seconds(100)); },
            time.clock());
        ONDO_VERIFY_OK(login.token({}));
        fails = true;
        time.now += std::chrono::seconds(99);
        QCOMPARE(login.token({}).value().generation, std::uint64_t(1));
        QCOMPARE(login.fetchCount(), 2);
        time.now += std::chrono::seconds(1);
        QCOMPARE(login.token({}).error().kind, core::ErrorKind::Network);
        fails = false;
        QCOMPARE(login.token({}).value().generation, std::uint64_t(2));
    }
    void renewsOnRequest()
    {
        int count = 0;
        auth::TokenLogin login("Bearer", [&](std::stop_token) { return ++count == 3 ? Fetched(loginError(core::ErrorKind::Login)) : made(std::to_string(count)); });
        ONDO_VERIFY_OK(login.token({}));
        QCOMPARE(login.renew({}).value().secret.reveal(), std::string_view("2"));
        QCOMPARE(login.renew({}).error().kind, core::ErrorKind::Login);
        QCOMPARE(login.token({}).value().secret.reveal(), std::string_view("2")); // kept
        QCOMPARE(login.state().renewals, 1);
    }
};

ONDO_TEST(LoginTest)
#include "tst_login.moc"
