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
        auth::TokenLogin login([&](std::stop_token) { return core::Secret("token" + std::to_string(++count)); });
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
        auth::TokenLogin login([&](std::stop_token) -> core::Result<core::Secret> {
            if (fails)
                return loginError(core::ErrorKind::Login);
            return core::Secret("token");
        });
        QCOMPARE(login.token({}).error().kind, core::ErrorKind::Login);
        fails = false;
        ONDO_VERIFY_OK(login.token({}));
        QCOMPARE(login.fetchCount(), 2);
    }

    void manyThreadsShareOneFetch()
    {
        auth::TokenLogin login([](std::stop_token) { return core::Secret("token"); });
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
        auth::TokenLogin login([&](std::stop_token) {
            isFetching.open();
            mayEnd.wait();
            return core::Secret("token");
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
        auth::TokenLogin login([&](std::stop_token stop) -> core::Result<core::Secret> {
            if (++fetches > 1)
                return core::Secret("second");
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
        auth::TokenLogin login([&](std::stop_token) -> core::Result<core::Secret> {
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
};

ONDO_TEST(LoginTest)
#include "tst_login.moc"
