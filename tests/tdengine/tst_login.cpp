// SPDX-License-Identifier: GPL-3.0-or-later
#include "server.h"

#include "support/ondotest.h"

#include <atomic>
#include <set>
#include <thread>

namespace {

constexpr const char *kEmpty = "{\"code\":0,\"column_meta\":[[\"v\",\"INT\",4]],\"data\":[],\"rows\":0}";

support::RecordedAnswer bodyAnswer(std::string body, int status = 200)
{
    support::RecordedAnswer answer;
    answer.status = status;
    answer.body = std::move(body);
    return answer;
}

bool isLogin(const http::Request &request)
{
    return request.url.find("/rest/login/") != std::string::npos;
}

std::string authorization(const http::Request &request)
{
    http::Head head;
    head.headers = request.headers;
    return std::string(head.header("Authorization"));
}

} // namespace

// Gives tokens token1, token2, … and takes those from accepted on.
struct TokenServer {
    std::atomic<int> given = 0;
    std::atomic<int> accepted = 1;
    int refusalStatus = 200;

    std::optional<support::RecordedAnswer> answer(const http::Request &request)
    {
        if (isLogin(request))
            return bodyAnswer("{\"code\":0,\"desc\":\"token" + std::to_string(++given) + "\"}");
        const std::string header = authorization(request);
        if (header.starts_with("Taosd token") && std::stoi(header.substr(11)) >= accepted)
            return bodyAnswer(kEmpty);
        return bodyAnswer("{\"code\":855,\"desc\":\"Authentication failure\"}", refusalStatus);
    }
};

class LoginTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneLoginServesManyStatements()
    {
        Server server("tdengine://root:secretpw@h/?auth=token");
        TokenServer tokens;
        server.hook = [&](const http::Request &request) { return tokens.answer(request); };
        for (int i = 0; i < 10; ++i) {
            support::KeepingSink sink;
            QVERIFY(!server.run("select v from t", sink).error);
        }
        QCOMPARE(tokens.given.load(), 1);
        QCOMPARE(server.requests().size(), std::size_t(11));
    }

    void manyThreadsLogInOnce()
    {
        Server server("tdengine://root:secretpw@h/?auth=token");
        TokenServer tokens;
        server.hook = [&](const http::Request &request) { return tokens.answer(request); };
        std::atomic<int> failures = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 8; ++i) {
                threads.emplace_back([&] {
                    support::KeepingSink sink;
                    if (server.run("select v from t", sink).error)
                        ++failures;
                });
            }
        }
        QCOMPARE(failures.load(), 0);
        QCOMPARE(tokens.given.load(), 1);
    }

    void aRefusedTokenIsFetchedOnceMore_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("200") << 200;
        QTest::newRow("401") << 401;
    }
    void aRefusedTokenIsFetchedOnceMore()
    {
        QFETCH(int, status);
        Server server("tdengine://root:secretpw@h/?auth=token");
        TokenServer tokens;
        tokens.refusalStatus = status;
        server.hook = [&](const http::Request &request) { return tokens.answer(request); };
        support::KeepingSink sink;
        QVERIFY(!server.run("select v from t", sink).error);
        tokens.accepted = 2;
        support::KeepingSink again;
        QVERIFY(!server.run("insert into t values (now, 1)", again).error);
        QCOMPARE(tokens.given.load(), 2);
        QCOMPARE(again.schemas, 1);
        QCOMPARE(again.running.size(), std::size_t(1));
    }

    void aServerThatRefusesAllTokensIsAskedTwice()
    {
        Server server("tdengine://root:secretpw@h/?auth=token");
        TokenServer tokens;
        tokens.accepted = 1000;
        server.hook = [&](const http::Request &request) { return tokens.answer(request); };
        support::KeepingSink sink;
        const connector::Outcome outcome = server.run("select v from t", sink);
        QVERIFY(outcome.error.has_value());
        QCOMPARE(static_cast<int>(outcome.error->kind), static_cast<int>(core::ErrorKind::Login));
        QCOMPARE(outcome.error->serverCode, QStringLiteral("855"));
        QCOMPARE(tokens.given.load(), 2);
        QCOMPARE(server.requests().size(), std::size_t(4));
    }

    void aWrongPasswordIsSentOnce_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::newRow("basic") << QByteArray("tdengine://root:secretpw@h/");
        QTest::newRow("bearer") << QByteArray("tdengine://:secretpw@h/?auth=bearer");
        QTest::newRow("token") << QByteArray("tdengine://root:secretpw@h/?auth=token");
    }
    void aWrongPasswordIsSentOnce()
    {
        QFETCH(QByteArray, url);
        Server server(url.toStdString());
        server.hook = [](const http::Request &) { return bodyAnswer("{\"code\":3,\"desc\":\"no secretpw\"}", 401); };
        support::KeepingSink sink;
        const connector::Outcome outcome = server.run("select v from t", sink);
        QCOMPARE(server.requests().size(), std::size_t(1));
        QVERIFY(outcome.error.has_value());
        QCOMPARE(core::exitCode(outcome.error->kind), 4);
        QVERIFY(!core::toText(*outcome.error).contains(QStringLiteral("secretpw")));
    }

    // What a proxy echoes may hold the password in any form, or the token.
    void noErrorShowsASecret()
    {
        Server server("tdengine://root:secret%2Fpw@h/?auth=token");
        server.hook = [](const http::Request &request) {
            if (isLogin(request))
                return bodyAnswer("{\"code\":0,\"desc\":\"tokentoken\"}");
            return bodyAnswer("<html>no such page: /rest/login/root/secret%2Fpw secret/pw tokentoken</html>", 404);
        };
        support::KeepingSink sink;
        const connector::Outcome outcome = server.run("select v from t", sink);
        QVERIFY(outcome.error.has_value());
        const QString text = core::toText(*outcome.error);
        for (const char *secret : {"secret/pw", "secret%2Fpw", "tokentoken"})
            QVERIFY2(!text.contains(QLatin1String(secret)), qPrintable(text));
    }

    void theTokenRequestHidesThePassword()
    {
        Server server("tdengine://root:secret%2Fpw@h/?auth=token");
        TokenServer tokens;
        server.hook = [&](const http::Request &request) { return tokens.answer(request); };
        support::KeepingSink sink;
        QVERIFY(!server.run("select v from t", sink).error);
        const http::Request login = server.requests().front();
        QVERIFY(login.secretAnswer);
        QVERIFY(login.safeToRepeat);
        QCOMPARE(login.urlSecrets.size(), std::size_t(1));
        QCOMPARE(login.url.substr(login.urlSecrets[0].first, login.urlSecrets[0].second), std::string("secret%2Fpw"));
        QVERIFY(server.requests().back().headers.back().secret);
        QCOMPARE(sink.exchanges.front().url, login.url); // the log-in is reported, before the statement
    }

    void onlyReadingIsSafeToRepeat_data()
    {
        QTest::addColumn<QByteArray>("statement");
        QTest::addColumn<bool>("safe");
        const auto row = [](const char *statement, bool safe) { QTest::newRow(statement) << QByteArray(statement) << safe; };
        row("select 1", true);
        row("  -- insert\n/* drop */ SELECT 1", true);
        row("(select 1) union (select 2)", true);
        row("show databases", true);
        row("describe t", true);
        row("explain select 1", true);
        row("insert into t values (now, 1)", false);
        row("-- select\ninsert into t values (now, 1)", false);
        row("create table t (ts timestamp)", false);
        row("with x as (select 1) insert into t select * from x", false);
        row("kill query '1'", false);
        row("selective", false);
        row("delete from t", false);
    }
    void onlyReadingIsSafeToRepeat()
    {
        QFETCH(QByteArray, statement);
        QFETCH(bool, safe);
        Server server("tdengine://root:secretpw@h/");
        support::KeepingSink sink;
        server.run(statement.toStdString(), sink);
        QCOMPARE(server.requests().back().safeToRepeat, safe);
        QCOMPARE(server.requests().back().body, statement.trimmed().toStdString());
    }

    void requestIdsArePositiveAndUnique()
    {
        Server server("tdengine://root:secretpw@h/");
        std::set<std::string> ids;
        for (int i = 0; i < 100; ++i) {
            support::KeepingSink sink;
            server.run("select 1", sink);
            const std::string id = sink.running.at(0).requestId;
            QVERIFY(std::stoll(id) > 0);
            QVERIFY(server.requests().back().url.find("req_id=" + id + "&") != std::string::npos);
            ids.insert(id);
        }
        QCOMPARE(ids.size(), std::size_t(100));
    }

    void aStopEndsTheRun()
    {
        Server server("tdengine://root:secretpw@h/");
        std::stop_source stop;
        stop.request_stop();
        support::KeepingSink sink;
        const connector::Outcome outcome = server.run("select 1", sink, stop.get_token());
        QVERIFY(outcome.error.has_value());
        QCOMPARE(core::exitCode(outcome.error->kind), 130);
    }

    void partsThatAreMissingAreUsageErrors_data()
    {
        QTest::addColumn<QByteArray>("url");
        for (const char *url : {"tdengine://h/", "tdengine://root@h/", "tdengine://:pw@h/", "tdengine://h/?auth=bearer", "tdengine://h/?auth=token"})
            QTest::newRow(url) << QByteArray(url);
    }
    void partsThatAreMissingAreUsageErrors()
    {
        QFETCH(QByteArray, url);
        connector::Registry registry({QStringLiteral(ONDO_CONNECTOR_DIR)});
        const auto profile = connector::profileFromUrl(url.toStdString(), registry.manifests());
        QVERIFY(profile.ok());
        support::RecordedClient client([](const http::Request &) { return support::RecordedAnswer(); });
        const auto session = (*registry.connector("tdengine"))->createSession(*profile, client);
        QVERIFY(!session.ok());
        QCOMPARE(core::exitCode(session.error().kind), 2);
        QVERIFY(client.requests().empty());
    }
};

ONDO_TEST(LoginTest)
#include "tst_login.moc"
